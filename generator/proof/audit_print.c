/* The audit for programs and for people. */
#include <math.h>
#include <string.h>

#include "proof/audit.h"
#include "proof/trace.h"

static void set_text(struct arena *arena, struct value *object, const char *name, const char *text)
{
	value_set(arena, object, name, text ? value_string(arena, text) : value_null(arena));
}

static void set_number(struct arena *arena, struct value *object, const char *name, double number)
{
	value_set(arena, object, name, value_number(arena, number));
}

static void set_instant(struct arena *arena, struct value *object, const char *name, struct instant instant)
{
	char text[INSTANT_TEXT];
	set_text(arena, object, name, instant_format(instant, text));
}

static void set_commit(struct arena *arena, struct value *object, const struct history_commit *commit)
{
	set_text(arena, object, "commit", commit ? commit->facts.id : NULL);
	if (!commit)
		return;
	set_text(arena, object, "author", commit->facts.author.name);
	set_instant(arena, object, "commit_time", commit->facts.committer.at);
}

static struct value *flag_json(struct arena *arena, const struct audit *audit, const struct flag *flag)
{
	struct value *json = value_object(arena);
	set_text(arena, json, "flag", flag_name(flag->kind));
	set_text(arena, json, "title", flag->title);
	set_text(arena, json, "record", flag->record);
	set_commit(arena, json, flag->commit);
	set_text(arena, json, "other_commit", flag->other ? flag->other->facts.id : NULL);
	const struct anchor *anchor = flag->commit ? grade_anchor(&audit->grades, flag->commit) : NULL;
	set_text(arena, json, "grade", flag->commit ? grade_letter(grade_of(&audit->grades, flag->commit)) : NULL);
	set_text(arena, json, "anchor", anchor ? anchor->tag : NULL);
	set_text(arena, json, "fact", flag->fact);
	set_text(arena, json, "reason", flag->reason);
	return json;
}

static struct value *seal_json(struct arena *arena, const struct audit *audit, const struct seal *seal,
                               struct diags *diags)
{
	struct value *json = value_object(arena);
	set_text(arena, json, "record", seal->record->name);
	set_text(arena, json, "report", record_text(seal->record, "report"));
	set_text(arena, json, "period", record_text(seal->record, "period"));
	set_instant(arena, json, "signed_at", seal->signed_at);
	set_text(arena, json, "signer", record_text(seal->record, "signer"));
	set_text(arena, json, "commit", seal->commit);
	value_set(arena, json, "known", value_bool(arena, seal->has_behind));
	set_text(arena, json, "verdict", record_text(seal->record, "verdict"));
	if (audit->figures)
		value_set(arena, json, "figures", audit->figures->as.array.items[seal - audit->seals.items]);
	struct value *errata = value_set(arena, json, "errata", value_array(arena));
	for (size_t i = 0; i < audit->errata.count; i++)
		if (audit->errata.items[i].seal == seal)
			value_push(arena, errata,
			           trace_event(arena, audit->provenance, audit->errata.items[i].event, diags));
	return json;
}

static struct value *lag_json(struct arena *arena, const struct lag_figures *figures)
{
	struct value *json = value_object(arena);
	set_text(arena, json, "type", figures->type);
	set_text(arena, json, "author", figures->author);
	set_number(arena, json, "count", (double)figures->count);
	set_number(arena, json, "on_time", (double)figures->on_time);
	set_number(arena, json, "imported", (double)figures->imported);
	if (!figures->count) {
		set_text(arena, json, "share", NULL);
		set_text(arena, json, "median_minutes", NULL);
		set_text(arena, json, "p90_minutes", NULL);
		return json;
	}
	set_number(arena, json, "share", 100.0 * (double)figures->on_time / (double)figures->count);
	set_number(arena, json, "median_minutes", figures->median / 60);
	set_number(arena, json, "p90_minutes", figures->p90 / 60);
	return json;
}

struct value *audit_json(struct arena *arena, const struct audit *audit, struct diags *diags)
{
	struct value *json = value_object(arena);
	set_text(arena, json, "contract", audit->ledger->contract->id);
	struct value *flags = value_set(arena, json, "flags", value_array(arena));
	for (size_t i = 0; i < audit->flags.count; i++)
		value_push(arena, flags, flag_json(arena, audit, &audit->flags.items[i]));
	struct value *seals = value_set(arena, json, "seals", value_array(arena));
	for (size_t i = 0; i < audit->seals.count; i++)
		value_push(arena, seals, seal_json(arena, audit, &audit->seals.items[i], diags));
	struct value *lags = value_set(arena, json, "lags", value_array(arena));
	for (size_t i = 0; i < audit->lags.count; i++)
		value_push(arena, lags, lag_json(arena, &audit->lags.items[i]));
	return json;
}

static void put_flag(const struct audit *audit, const struct flag *flag, struct buf *out)
{
	buf_printf(out, "  %s  %s\n    %s\n", flag->record ? flag->record : flag->commit->facts.id, flag->title,
	           flag->fact);
	if (flag->commit)
		buf_printf(out, "    %s %.*s, %s, %s %s\n", translate("commit"), COMMIT_SHORT, flag->commit->facts.id,
		           flag->commit->facts.author.name, translate("grade"),
		           grade_letter(grade_of(&audit->grades, flag->commit)));
	if (flag->reason)
		buf_printf(out, "    %s: %s\n", translate("reason"), flag->reason);
}

static void put_seal(const struct audit *audit, const struct seal *seal, struct buf *out)
{
	struct arena *arena = arena_new();
	const char *period = record_text(seal->record, "period"), *signer = record_text(seal->record, "signer");
	buf_printf(out, "  %s  %s  %s  %s\n", seal->record->name, period ? period : "",
	           flag_time(arena, seal->signed_at, audit->ledger->contract->offset), signer ? signer : "");
	const struct value *figures = audit->figures ? audit->figures->as.array.items[seal - audit->seals.items] : NULL;
	for (size_t i = 0; figures && i < figures->as.array.count; i++) {
		const struct value *figure = figures->as.array.items[i];
		const char *clause = value_get_string(figure, "clause");
		buf_printf(out, "    %s%s%s %s: %s → %s\n", clause ? clause : "", clause ? " " : "",
		           value_get_string(figure, "name"), value_get_string(figure, "figure"),
		           value_get_string(figure, "old"), value_get_string(figure, "new"));
	}
	for (size_t i = 0; i < audit->errata.count; i++) {
		const struct erratum *erratum = &audit->errata.items[i];
		if (erratum->seal == seal)
			buf_printf(out, "    %s: %s, %s %.*s, %s\n", flag_record(arena, erratum->life),
			           event_words(arena, audit->provenance, erratum->event), translate("commit"),
			           COMMIT_SHORT, erratum->event->commit->facts.id,
			           erratum->event->commit->facts.author.name);
	}
	arena_free(arena);
}

static void put_lag(const struct lag_figures *figures, struct buf *out)
{
	const char *whose = figures->type     ? figures->type
	                    : figures->author ? figures->author
	                                      : translate("all records");
	buf_printf(out, translate("  %s: %zu recorded, %zu in time, %zu imported"), whose, figures->count,
	           figures->on_time, figures->imported);
	if (figures->count)
		buf_printf(out, translate("; in time: %.1f%%; median %.0f min, P90 %.0f min"),
		           floor(1000.0 * (double)figures->on_time / (double)figures->count) / 10, figures->median / 60,
		           figures->p90 / 60);
	buf_putc(out, '\n');
}

void audit_text(const struct audit *audit, struct buf *out)
{
	buf_printf(out, translate("%s: %zu flags, %zu sign-offs, %zu changes after signing\n"),
	           audit->ledger->contract->id, audit->flags.count, audit->seals.count, audit->errata.count);
	for (size_t i = 0; i < audit->flags.count; i++)
		put_flag(audit, &audit->flags.items[i], out);
	if (audit->seals.count)
		buf_printf(out, "%s\n", translate("sign-offs"));
	for (size_t i = 0; i < audit->seals.count; i++)
		put_seal(audit, &audit->seals.items[i], out);
	buf_printf(out, "%s\n", translate("time from event to first commit"));
	for (size_t i = 0; i < audit->lags.count; i++)
		put_lag(&audit->lags.items[i], out);
}
