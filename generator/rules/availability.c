#include "rules/course.h"
#include "rules/figures.h"

static void add(struct arena *arena, struct interval_list *list, int64_t from, int64_t to)
{
	struct interval interval = { from, to };
	if (from < to)
		arena_push(arena, list->items, list->count, list->capacity, interval);
}

/* The hours in which the system is to be up, from … to. */
static struct interval_list agreed_time(const struct ledger *ledger, const struct system *system, int64_t from,
                                        int64_t to, struct arena *arena, bool *provisional)
{
	struct interval_list agreed = { .count = 0 };
	int32_t offset = ledger->contract->offset;
	if (!system->has_service_time) {
		add(arena, &agreed, from, to);
		return agreed;
	}
	struct date day = date_of_instant((struct instant){ from, offset });
	for (int64_t midnight; (midnight = instant_at(day, 0, offset).seconds) < to; day.day++) {
		*provisional |= !calendar_knows(ledger->calendar, date_year(day));
		if (!calendar_is_workday(ledger->calendar, day))
			continue;
		for (size_t i = 0; i < system->service_time.count; i++) {
			struct shift shift = system->service_time.items[i];
			struct interval open =
			    interval_clip((struct interval){ midnight + shift.from, midnight + shift.to }, from, to);
			add(arena, &agreed, open.from, open.to);
		}
	}
	return agreed;
}

static bool announced_in_time(const struct ledger *ledger, const struct record *change, struct instant start)
{
	struct instant announced;
	struct deadline earliest;
	if (!record_instant(change, "announced_at", &announced))
		return false;
	if (!ledger->contract->has_announced)
		return instant_compare(announced, start) <= 0;
	return deadline_of(NULL, announced, ledger->contract->announced, &ledger->rules, &earliest) &&
	       instant_compare(earliest.at, start) <= 0;
}

static struct interval_list maintenance_of(const struct ledger *ledger, const struct system *system,
                                           struct arena *arena)
{
	const struct record_list *changes = ledger_records(ledger, "changes");
	struct interval_list windows = { .count = 0 };
	for (size_t i = 0; i < changes->count; i++) {
		const struct record *change = changes->items[i];
		struct instant from, to;
		if (ledger_system(ledger, change) == system && record_text(change, "approved_by") &&
		    record_instant(change, "planned_from", &from) && record_instant(change, "planned_to", &to) &&
		    announced_in_time(ledger, change, from))
			add(arena, &windows, from.seconds, to.seconds);
	}
	interval_unite(&windows);
	return windows;
}

/* A field's time when it has come, else that of the other field, reopenings heeded. */
static struct event either(const struct ledger *ledger, const struct record *incident, const char *field,
                           const char *otherwise, struct instant as_of, struct arena *arena, struct interval_list *gaps)
{
	struct event event = course_event(ledger, incident, field, as_of, arena, NULL);
	return event.happened ? event : course_event(ledger, incident, otherwise, as_of, arena, gaps);
}

static struct interval_list outages_of(const struct ledger *ledger, const struct system *system, struct instant as_of,
                                       struct arena *arena)
{
	const struct record_list *incidents = ledger_referring(ledger, "incidents", "outage", "true");
	struct interval_list outages = { .count = 0 };
	for (size_t i = 0; i < incidents->count; i++) {
		const struct record *incident = incidents->items[i];
		struct interval_list gaps = { .count = 0 }, whole = { .count = 0 };
		if (ledger_system(ledger, incident) != system)
			continue;
		struct event from = either(ledger, incident, "outage_from", "reported_at", as_of, NULL, NULL);
		struct event to = either(ledger, incident, "outage_to", "restored_at", as_of, arena, &gaps);
		if (!from.happened)
			continue;
		add(arena, &whole, from.at.seconds, to.happened ? to.at.seconds : as_of.seconds);
		interval_unite(&gaps);
		struct interval_list down = interval_subtract(arena, &whole, &gaps);
		for (size_t d = 0; d < down.count; d++)
			add(arena, &outages, down.items[d].from, down.items[d].to);
	}
	interval_unite(&outages);
	return outages;
}

static struct availability read_system(const struct ledger *ledger, const struct system *system, struct span span,
                                       struct instant as_of, struct arena *arena)
{
	struct availability row = { .system = system };
	int32_t offset = ledger->contract->offset;
	struct span term = system->service ? system->service->term : ledger->contract->term;
	if (span.from.day < term.from.day)
		span.from = term.from;
	if (span.to.day > term.to.day)
		span.to = term.to;
	int64_t from = span_from(span, offset).seconds, to = span_to(span, offset).seconds;
	if (to > as_of.seconds)
		to = as_of.seconds;
	struct interval_list hours = agreed_time(ledger, system, from, to, arena, &row.provisional);
	struct interval_list maintenance = maintenance_of(ledger, system, arena);
	struct interval_list outages = outages_of(ledger, system, as_of, arena);
	struct interval_list agreed = interval_subtract(arena, &hours, &maintenance);
	struct interval_list up = interval_subtract(arena, &agreed, &outages);
	row.agreed_seconds = interval_seconds(&agreed);
	row.outage_seconds = row.agreed_seconds - interval_seconds(&up);
	for (size_t i = 0; i < outages.count; i++) {
		struct interval part = interval_clip(outages.items[i], from, to);
		row.outages += part.from < part.to;
	}
	return row;
}

struct availability_list system_availability(const struct ledger *ledger, struct span span, struct instant as_of,
                                             struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct availability_list list = { .count = 0 };
	for (size_t i = 0; i < contract->system_count; i++) {
		struct availability row = read_system(ledger, &contract->systems[i], span, as_of, arena);
		arena_push(arena, list.items, list.count, list.capacity, row);
	}
	return list;
}

bool availability_percent(const struct availability *availability, double *percent)
{
	if (!availability->agreed_seconds)
		return false;
	*percent = (double)(availability->agreed_seconds - availability->outage_seconds) * 100 /
	           (double)availability->agreed_seconds;
	return true;
}
