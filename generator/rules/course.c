#include "rules/course.h"

#include <string.h>

static const struct record_list NO_ROWS;

const struct record_list *course_rows(const struct ledger *ledger, const struct record *record, const char *type)
{
	if (strcmp(record->schema->type, "incidents") != 0)
		return &NO_ROWS;
	return ledger_referring(ledger, type, "incident", record->id);
}

/* The field's own time, if it has come by as_of. */
static bool time_by(const struct ledger *ledger, const struct record *record, const char *field, struct instant as_of,
                    struct instant *out)
{
	return ledger_instant(ledger, record, field, out) && instant_compare(*out, as_of) <= 0;
}

/* Whether a reopening at that instant continues what was restored at end. */
static bool continues(const struct ledger *ledger, struct instant end, struct instant at)
{
	struct deadline last;
	if (!ledger->contract->has_reopen)
		return true;
	return deadline_of(NULL, end, ledger->contract->reopen, &ledger->rules, &last) &&
	       instant_compare(at, last.at) <= 0;
}

struct event course_event(const struct ledger *ledger, const struct record *record, const char *field,
                          struct instant as_of, struct arena *arena, struct interval_list *gaps)
{
	struct event event = { .happened = false };
	const struct record_list *reopenings = course_rows(ledger, record, "reopenings");
	event.happened = time_by(ledger, record, field, as_of, &event.at);
	for (size_t i = 0; i < reopenings->count && event.happened; i++) {
		const struct record *reopening = reopenings->items[i];
		struct instant at;
		if (schema_field_index(reopening->schema, field) == SIZE_MAX ||
		    !time_by(ledger, reopening, "at", as_of, &at) || instant_compare(at, event.at) < 0 ||
		    !continues(ledger, event.at, at))
			continue;
		if (gaps) {
			struct interval gap = { event.at.seconds, at.seconds };
			arena_push(arena, gaps->items, gaps->count, gaps->capacity, gap);
		}
		event.reopened = true;
		event.reopened_at = at;
		event.happened = time_by(ledger, reopening, field, as_of, &event.at);
	}
	return event;
}

bool course_passed(const struct ledger *ledger, const struct record *record, const char *field, struct instant as_of)
{
	static const struct {
		const char *field;
		int rank;
	} steps[] = {
		{ "responded_at", 1 }, { "remote_started_at", 1 }, { "dispatched_at", 1 }, { "plan_at", 1 },
		{ "arrived_at", 1 },   { "workaround_at", 1 },     { "restored_at", 2 },   { "solved_at", 2 },
		{ "resolved_at", 3 },  { "closed_at", 4 },
	};
	enum { STEP_COUNT = sizeof steps / sizeof *steps };
	struct event event = course_event(ledger, record, field, as_of, NULL, NULL);
	int rank = 0;
	for (size_t i = 0; i < STEP_COUNT; i++)
		if (strcmp(steps[i].field, field) == 0)
			rank = steps[i].rank;
	for (size_t i = 0; rank && i < STEP_COUNT; i++) {
		struct instant at;
		if (steps[i].rank > rank && time_by(ledger, record, steps[i].field, as_of, &at) &&
		    !(event.reopened && instant_compare(at, event.reopened_at) <= 0))
			return true;
	}
	return false;
}

static bool reason_allowed(const struct target *target, const char *reason)
{
	for (size_t i = 0; reason && i < target->pause_reason_count; i++)
		if (strcmp(target->pause_reasons[i], reason) == 0)
			return true;
	return false;
}

void course_pauses(const struct ledger *ledger, const struct record *record, const struct target *target,
                   struct instant as_of, struct arena *arena, struct interval_list *stops)
{
	const struct record_list *pauses = course_rows(ledger, record, "pauses");
	for (size_t i = 0; i < pauses->count; i++) {
		const struct record *pause = pauses->items[i];
		const char *only = record_text(pause, "target");
		struct instant from, to;
		if (!reason_allowed(target, record_text(pause, "reason")) || !record_text(pause, "approved_by") ||
		    (only && strcmp(only, target->item.id) != 0) || !time_by(ledger, pause, "from", as_of, &from))
			continue;
		bool ended = time_by(ledger, pause, "to", as_of, &to);
		struct interval stop = { from.seconds, ended ? to.seconds : INTERVAL_OPEN };
		arena_push(arena, stops->items, stops->count, stops->capacity, stop);
	}
	interval_unite(stops);
}
