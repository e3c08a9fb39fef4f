#include <stdlib.h>

#include "rules/course.h"
#include "rules/figures.h"

enum state { NOT_YET, OPEN, RESTORED };

/* Neighbours in the list of incidents, and when any of them was in motion: before
 * begin none has been reported, from settled on all are restored for good. */
struct group {
	int64_t begin, settled;
};

enum { GROUP_SIZE = 32 };

struct backlog_index {
	const struct ledger *ledger;
	struct group *groups; /* of GROUP_SIZE incidents each */
};

static enum state state_at(const struct ledger *ledger, const struct record *incident, struct instant at)
{
	if (!course_event(ledger, incident, "reported_at", at, NULL, NULL).happened)
		return NOT_YET;
	bool over = course_event(ledger, incident, "restored_at", at, NULL, NULL).happened ||
	            course_passed(ledger, incident, "restored_at", at);
	return over ? RESTORED : OPEN;
}

/* The last of the times that record has, and of latest. */
static int64_t last_time(const struct ledger *ledger, const struct record *record, int64_t latest)
{
	for (size_t i = 0; i < record->schema->field_count; i++) {
		struct instant at;
		if (record->fields[i].present && ledger_instant(ledger, record, record->schema->fields[i].name, &at) &&
		    at.seconds > latest)
			latest = at.seconds;
	}
	return latest;
}

/* From when on nothing that happens to the incident changes its state any more, if it is restored then. */
static int64_t settled_at(const struct ledger *ledger, const struct record *incident)
{
	const struct record_list *reopenings = course_rows(ledger, incident, "reopenings");
	if (state_at(ledger, incident, (struct instant){ INT64_MAX, 0 }) != RESTORED)
		return INT64_MAX;
	int64_t latest = last_time(ledger, incident, INT64_MIN);
	for (size_t i = 0; i < reopenings->count; i++)
		latest = last_time(ledger, reopenings->items[i], latest);
	return latest;
}

struct backlog_index *backlog_index_new(const struct ledger *ledger, struct arena *arena)
{
	const struct record_list *incidents = ledger_records(ledger, "incidents");
	struct backlog_index *index = arena_alloc(arena, sizeof *index);
	index->ledger = ledger;
	index->groups = arena_alloc(arena, (incidents->count / GROUP_SIZE + 1) * sizeof *index->groups);
	for (size_t i = 0; i < incidents->count; i++) {
		struct group *group = &index->groups[i / GROUP_SIZE];
		struct instant reported;
		if (i % GROUP_SIZE == 0)
			*group = (struct group){ INT64_MAX, INT64_MIN };
		if (!ledger_instant(ledger, incidents->items[i], "reported_at", &reported))
			continue;
		int64_t settled = settled_at(ledger, incidents->items[i]);
		group->begin = reported.seconds < group->begin ? reported.seconds : group->begin;
		group->settled = settled > group->settled ? settled : group->settled;
	}
	return index;
}

static struct instant second_before(struct instant instant)
{
	return (struct instant){ instant.seconds - 1, instant.offset };
}

struct backlog incident_backlog(const struct backlog_index *index, struct span span, struct instant as_of,
                                struct arena *arena)
{
	const struct ledger *ledger = index->ledger;
	const struct record_list *incidents = ledger_records(ledger, "incidents");
	int32_t offset = ledger->contract->offset;
	struct instant start = second_before(span_from(span, offset)), end = second_before(span_to(span, offset));
	struct backlog backlog = { .opening = 0 };
	if (instant_compare(as_of, start) < 0)
		start = as_of;
	if (instant_compare(as_of, end) < 0)
		end = as_of;
	for (size_t i = 0; i < incidents->count; i++) {
		const struct group *group = &index->groups[i / GROUP_SIZE];
		const struct record *incident = incidents->items[i];
		if (group->begin > end.seconds || group->settled <= start.seconds) {
			i = (i / GROUP_SIZE + 1) * GROUP_SIZE - 1;
			continue;
		}
		enum state before = state_at(ledger, incident, start), after = state_at(ledger, incident, end);
		backlog.opening += before == OPEN;
		backlog.reported += before == NOT_YET && after != NOT_YET;
		backlog.reopened += before == RESTORED && after == OPEN;
		backlog.restored += before != RESTORED && after == RESTORED;
		backlog.closing += after == OPEN;
		if (before == OPEN)
			arena_push(arena, backlog.carried, backlog.carried_count, backlog.carried_capacity, incident);
	}
	return backlog;
}

/* From the report to the last restoration, the gaps before reopenings left out. */
static bool repair_seconds(const struct ledger *ledger, const struct record *incident, struct instant as_of,
                           struct arena *scratch, double *out, bool *reopened)
{
	struct interval_list gaps = { .count = 0 };
	struct event from = course_event(ledger, incident, "reported_at", as_of, NULL, NULL);
	struct event to = course_event(ledger, incident, "restored_at", as_of, scratch, &gaps);
	*reopened = gaps.count > 0;
	interval_unite(&gaps);
	*out = (double)(to.at.seconds - from.at.seconds - interval_seconds(&gaps));
	return from.happened && to.happened;
}

struct incident_figures incident_figures(const struct ledger *ledger, struct span span, struct instant as_of,
                                         struct arena *arena)
{
	struct record_list incidents = ledger_select(ledger, arena, "incidents", span, NULL);
	struct incident_figures figures = { .count = 0 };
	double *seconds = xcalloc(incidents.count + 1, sizeof *seconds);
	size_t repaired = 0;
	for (size_t i = 0; i < incidents.count; i++) {
		const struct record *incident = incidents.items[i];
		bool reopened;
		if (state_at(ledger, incident, as_of) == NOT_YET)
			continue;
		figures.count++;
		/* Tickets of one cause are repaired together. */
		if (repair_seconds(ledger, incident, as_of, arena, &seconds[repaired], &reopened) &&
		    !record_text(incident, "parent"))
			repaired++;
		figures.reopened += reopened;
	}
	figures.repair = spread_of(seconds, repaired);
	free(seconds);
	struct availability_list systems = system_availability(ledger, span, as_of, arena);
	int64_t up = 0;
	size_t outages = 0;
	for (size_t i = 0; i < systems.count; i++) {
		up += systems.items[i].agreed_seconds - systems.items[i].outage_seconds;
		outages += systems.items[i].outages;
	}
	figures.has_mtbf = outages > 0;
	if (outages)
		figures.mtbf_seconds = (double)up / (double)outages;
	return figures;
}
