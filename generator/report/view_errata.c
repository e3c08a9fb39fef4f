/* Errata (更正说明): what was changed after a report was signed, field by field,
 * and which of its figures differ now. */
#include <string.h>

#include "proof/note.h"
#include "report/comparison.h"
#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

struct telling {
	const struct reporter *reporter;
	struct arena *arena;
	const struct seal *seal;
	int year;
	struct diags *diags;
};

static const char *time_words(const struct telling *telling, struct instant at)
{
	int32_t offset = telling->reporter->source.ledger->contract->offset;
	return telling->year ? wording_time(telling->arena, at, offset, telling->year)
	                     : wording_instant(telling->arena, at, offset);
}

static const char *change_words(const struct event *event)
{
	switch (event->change) {
	case CHANGE_ADDED:
		return event->again ? "重新录入" : "补录";
	case CHANGE_CHANGED:
		return "修改";
	case CHANGE_REMOVED:
		return "删除";
	}
	die("an event of kind %d", (int)event->change);
}

/* The fields that an event changed: {name, before, after}; null when it added or removed the record. */
static struct value *fields(const struct telling *telling, const struct event *event)
{
	const struct provenance *provenance = telling->reporter->source.provenance;
	const struct schema *schema = life_schema(provenance, provenance_life_of(provenance, event));
	struct value *items = value_array(telling->arena);
	for (size_t i = 0; i < event->field_count; i++) {
		const struct field_change *change = &event->fields[i];
		size_t index = schema ? schema_field_index(schema, change->name) : SIZE_MAX;
		struct value *item = value_push(telling->arena, items, value_object(telling->arena));
		view_text(telling->arena, item, "name", index == SIZE_MAX ? change->name : schema->fields[index].title);
		view_text(telling->arena, item, "before", change->before);
		view_text(telling->arena, item, "after", change->after);
	}
	return view_list(telling->arena, items);
}

static struct value *change(const struct telling *telling, const struct erratum *erratum)
{
	struct arena *arena = telling->arena;
	const struct report_source *source = &telling->reporter->source;
	const struct schema *schema = life_schema(source->provenance, erratum->life);
	const struct commit *commit = &erratum->event->commit->facts;
	const char *name =
	    arena_printf(arena, "%s/%s/%s", erratum->life->contract, erratum->life->type, erratum->life->id);
	struct value *item = value_object(arena);
	/* a record that is gone has no page */
	view_text(arena, item, "record",
	          ledger_find(source->ledger, erratum->life->type, erratum->life->id) ? name : NULL);
	view_text(arena, item, "id", erratum->life->id);
	view_text(arena, item, "type", schema ? schema->title : erratum->life->type);
	view_text(arena, item, "change", change_words(erratum->event));
	value_set(arena, item, "fields", fields(telling, erratum->event));
	view_text(arena, item, "commit", arena_strndup(arena, commit->id, COMMIT_SHORT));
	view_text(arena, item, "committed_at", time_words(telling, commit->committer.at));
	view_text(arena, item, "author", commit->author.name);
	view_text(arena, item, "subject", commit->subject);
	view_text(arena, item, "reason", note_reason(source->ledger, name, commit->id, "changed-after-signing"));
	return item;
}

static struct value *changes(const struct telling *telling)
{
	const struct erratum_list *errata = &telling->reporter->errata;
	struct value *items = value_array(telling->arena);
	for (size_t i = 0; i < errata->count; i++)
		if (errata->items[i].seal == telling->seal)
			value_push(telling->arena, items, change(telling, &errata->items[i]));
	return view_list(telling->arena, items);
}

/* The changes of the seal that a figure rests on, each record once. */
static struct value *behind(const struct telling *telling, const struct figure_difference *difference)
{
	const struct report_source *source = &telling->reporter->source;
	const struct erratum_list *errata = &telling->reporter->errata;
	struct value *items = value_array(telling->arena);
	const struct life *last = NULL; /* the errata of a life follow each other */
	for (size_t i = 0; i < errata->count; i++) {
		const struct erratum *erratum = &errata->items[i];
		const struct record *record = ledger_find(source->ledger, erratum->life->type, erratum->life->id);
		if (erratum->seal != telling->seal || erratum->life == last ||
		    !difference_rests_on(difference, source->provenance, erratum->event, record))
			continue;
		last = erratum->life;
		struct value *item = value_push(telling->arena, items, value_object(telling->arena));
		view_text(telling->arena, item, "id", erratum->life->id);
		view_text(telling->arena, item, "record", record ? record->name : NULL);
	}
	return view_list(telling->arena, items);
}

static struct value *figures(const struct telling *telling)
{
	const struct comparison *since = &telling->reporter->since[telling->seal - telling->reporter->seals.items];
	struct value *items = value_array(telling->arena);
	for (size_t i = 0; i < since->count; i++) {
		const struct figure_difference *difference = &since->items[i];
		struct value *item = value_push(telling->arena, items, value_object(telling->arena));
		view_text(telling->arena, item, "clause", difference->clause);
		view_text(telling->arena, item, "name", difference->name);
		view_text(telling->arena, item, "figure", difference->figure);
		view_text(telling->arena, item, "before", difference->before);
		view_text(telling->arena, item, "after", difference->after);
		value_set(telling->arena, item, "records", behind(telling, difference));
	}
	return view_list(telling->arena, items);
}

/* What the contract calls reports of that kind. */
static const char *report_name(const struct contract *contract, const char *kind)
{
	for (size_t i = 0; i < contract->report_count; i++)
		if (kind && strcmp(contract->reports[i].kind, kind) == 0)
			return contract->reports[i].item.name;
	return kind;
}

struct value *view_seal(const struct reporter *reporter, struct arena *arena, const struct seal *seal, int year,
                        struct diags *diags)
{
	struct telling telling = { reporter, arena, seal, year, diags };
	const struct contract *contract = reporter->source.ledger->contract;
	const char *period = record_text(seal->record, "period");
	struct value *object = value_object(arena);
	view_text(arena, object, "record", seal->record->name);
	view_text(arena, object, "id", seal->record->id);
	view_text(arena, object, "report", report_name(contract, record_text(seal->record, "report")));
	view_text(arena, object, "period", seal->has_period ? period_title(arena, &seal->period) : period);
	view_text(arena, object, "signed_at", time_words(&telling, seal->signed_at));
	view_text(arena, object, "signer", record_text(seal->record, "signer"));
	view_text(arena, object, "role", record_text(seal->record, "role"));
	view_text(arena, object, "verdict", record_text(seal->record, "verdict"));
	view_text(arena, object, "commit", seal->commit ? arena_strndup(arena, seal->commit, COMMIT_SHORT) : NULL);
	view_flag(arena, object, "known", seal->has_behind);
	value_set(arena, object, "figures", figures(&telling));
	value_set(arena, object, "changes", changes(&telling));
	return object;
}

static bool is_told(const struct view *view, const struct seal *seal)
{
	const struct erratum_list *errata = &view->reporter->errata;
	bool own = seal->has_period && seal->period.kind == view->subject.period.kind &&
	           seal->period.span.from.day == view->span.from.day;
	for (size_t i = 0; i < errata->count; i++)
		if (errata->items[i].seal == seal &&
		    (own || span_holds(view->span, errata->items[i].event->commit->facts.committer.at, view->offset)))
			return true;
	return false;
}

struct value *view_errata(const struct view *view)
{
	const struct seal_list *seals = &view->reporter->seals;
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < seals->count; i++)
		if (is_told(view, &seals->items[i]))
			value_push(view->arena, items,
			           view_seal(view->reporter, view->arena, &seals->items[i], view->year, view->diags));
	return view_list(view->arena, items);
}
