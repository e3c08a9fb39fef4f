#include "rules/clock.h"

#include <string.h>

#include "rules/clock_steps.h"
#include "rules/course.h"
#include "rules/level.h"
#include "rules/suspension.h"

static bool match_at_level(const struct match *match, const struct record *record, const char *level)
{
	const struct condition *condition = match_condition(match, "level");
	return match_holds_but(match, record, "level") && (!condition || condition_holds_text(condition, level));
}

bool target_applies_at_level(const struct ledger *ledger, const struct target *target, const struct record *record,
                             const char *level)
{
	const struct contract *contract = ledger->contract;
	const struct service *service = target->item.service;
	struct instant at;
	return match_at_level(&target->applies, record, level) && ledger_item_covers(ledger, &target->item, record) &&
	       ledger_record_at(ledger, record, &at) && span_holds(target->item.valid, at, contract->offset) &&
	       span_holds(service ? service->term : contract->term, at, contract->offset);
}

/* The first limit that fits, or NULL. */
static const struct allowance *find_allowance(const struct ledger *ledger, const struct target *target,
                                              const struct record *record, const char *level, struct instant start,
                                              bool *provisional)
{
	struct date day = date_of_instant((struct instant){ start.seconds, ledger->contract->offset });
	for (size_t i = 0; i < target->allowance_count; i++) {
		const struct allowance *allowance = &target->allowances[i];
		if (!match_at_level(&allowance->when, record, level))
			continue;
		if (allowance->on != ON_ANY_DAY) {
			*provisional |= !calendar_knows(ledger->calendar, date_year(day));
			if (calendar_is_workday(ledger->calendar, day) != (allowance->on == ON_WORKDAY))
				continue;
		}
		return allowance;
	}
	return NULL;
}

static struct work_rules target_rules(const struct ledger *ledger, const struct target *target)
{
	struct work_rules rules = ledger->rules;
	if (target->has_rule)
		rules.rule = target->rule;
	if (target->has_day_ends)
		rules.ends_at_close = target->ends_at_close;
	return rules;
}

/* The agreed deadline: the field's time, or the end of its day. */
static bool agreed_deadline(const struct ledger *ledger, const struct record *record, const char *field,
                            const struct work_rules *rules, struct instant *out)
{
	struct date day;
	if (record_instant(record, field, out))
		return true;
	if (!record_date(record, field, &day))
		return false;
	bool close = rules->ends_at_close && rules->shifts.count;
	*out = instant_at(day, close ? rules->shifts.items[rules->shifts.count - 1].to : DAY_SECONDS,
	                  ledger->contract->offset);
	return true;
}

/* Sets the start. False, with the verdict set, when there is none. */
static bool find_start(const struct ledger *ledger, struct instant as_of, struct arena *arena,
                       struct clock_reading *reading)
{
	const struct target *target = reading->target;
	const struct record *record = reading->record;
	reading->verdict = VERDICT_NOT_APPLICABLE;
	if (target->from_missed) {
		struct instant at;
		ledger_record_at(ledger, record, &at);
		struct date day = date_of_instant((struct instant){ at.seconds, ledger->contract->offset });
		const struct target *missed = contract_target(ledger->contract, target->from_missed, day);
		struct clock_reading first = { .verdict = VERDICT_NOT_APPLICABLE };
		if (missed)
			first = clock_read(ledger, missed, record, as_of, NULL);
		reading->has_from = first.verdict == VERDICT_MISSED;
		reading->from = first.deadline;
		reading->provisional |= first.provisional;
		if (reading->has_from)
			step_missed(arena, reading, missed);
		return reading->has_from;
	}
	if (!target->from) {
		reading->has_from = ledger_record_at(ledger, record, &reading->from);
		return reading->has_from && instant_compare(reading->from, as_of) <= 0;
	}
	struct event start = course_event(ledger, record, target->from, as_of, NULL, NULL);
	reading->has_from = start.happened;
	reading->from = start.at;
	if (!start.happened && course_passed(ledger, record, target->from, as_of)) {
		reading->verdict = VERDICT_UNKNOWN;
		step_absent(arena, reading, target->from);
	}
	return start.happened;
}

/* Sets the deadline, the stops counted. False when there is none by which to judge. */
static bool find_deadline(const struct ledger *ledger, const struct interval_list *stops, struct instant as_of,
                          struct arena *arena, struct clock_reading *reading)
{
	const struct target *target = reading->target;
	struct work_rules rules = target_rules(ledger, target);
	reading->verdict = VERDICT_UNKNOWN;
	if (target->by) {
		reading->has_deadline =
		    agreed_deadline(ledger, reading->record, target->by, &rules, &reading->deadline);
		if (reading->has_deadline)
			step_agreed(arena, reading);
		else
			step_absent(arena, reading, target->by);
		return reading->has_deadline;
	}
	const struct allowance *allowance =
	    find_allowance(ledger, target, reading->record, reading->level, reading->from, &reading->provisional);
	struct deadline deadline;
	if (!allowance) {
		reading->verdict = VERDICT_NOT_APPLICABLE;
		return false;
	}
	if (!deadline_of(arena, reading->from, allowance->within, &rules, &deadline))
		return false;
	step_within(arena, reading, allowance, &deadline);
	struct suspended suspended = suspend(&rules, reading->from, allowance->within, deadline.at, stops,
	                                     reading->has_to ? reading->to.seconds : INTERVAL_OPEN, as_of.seconds);
	reading->provisional |= deadline.provisional || suspended.provisional;
	reading->paused_seconds = suspended.seconds;
	reading->deadline = suspended.deadline;
	reading->has_deadline = !suspended.frozen;
	step_paused(arena, reading);
	return true;
}

static bool is_excluded(const struct target *target, const struct record *record)
{
	return (!target->each_ticket && record_text(record, "parent")) || match_denied(&target->counts_if, record);
}

/* Whether what makes the target pointless came first, and in time. A later
 * reopening does not undo that. */
static bool is_spared(const struct ledger *ledger, const struct clock_reading *reading, struct instant as_of)
{
	const char *unless = reading->target->unless;
	struct instant at;
	return unless && ledger_instant(ledger, reading->record, unless, &at) && instant_compare(at, as_of) <= 0 &&
	       (!reading->has_deadline || instant_compare(at, reading->deadline) <= 0) &&
	       (!reading->has_to || instant_compare(at, reading->to) < 0);
}

/* How late the clock ended, or is. A plain date is some moment of its day: on the
 * day of the deadline it is in time, and late it is so until the day's end. */
static int64_t seconds_late(const struct clock_reading *reading, struct instant as_of)
{
	struct date day;
	struct instant reached = reading->open ? as_of : reading->to;
	int64_t late = reached.seconds - reading->deadline.seconds;
	bool is_date = !reading->open && record_date(reading->record, reading->target->to, &day);
	return is_date && late >= 0 ? late + DAY_SECONDS : late;
}

static enum verdict judge(const struct ledger *ledger, struct clock_reading *reading, struct instant as_of)
{
	if (is_spared(ledger, reading, as_of))
		return VERDICT_NOT_APPLICABLE;
	if (reading->open && course_passed(ledger, reading->record, reading->target->to, as_of))
		return VERDICT_UNKNOWN;
	if (!reading->has_deadline)
		return VERDICT_PAUSED;
	int64_t late = seconds_late(reading, as_of);
	if (late > 0) {
		reading->overrun_seconds = late;
		return VERDICT_MISSED;
	}
	return reading->open ? VERDICT_RUNNING : VERDICT_MET;
}

/* The verdict of a clock that has begun. */
static void run(const struct ledger *ledger, struct instant as_of, struct arena *arena, struct clock_reading *reading)
{
	struct arena *scratch = arena_new();
	struct interval_list stops = { .count = 0 };
	struct event end = course_event(ledger, reading->record, reading->target->to, as_of, scratch, &stops);
	step_start(arena, reading);
	reading->has_to = end.happened;
	reading->to = end.at;
	reading->open = !end.happened;
	course_pauses(ledger, reading->record, reading->target, as_of, scratch, &stops);
	if (find_deadline(ledger, &stops, as_of, arena, reading))
		reading->verdict = judge(ledger, reading, as_of);
	arena_free(scratch);
}

struct clock_reading clock_read_at_level(const struct ledger *ledger, const struct target *target,
                                         const struct record *record, const char *level, struct instant as_of,
                                         struct arena *arena)
{
	struct clock_reading reading = {
		.record = record, .target = target, .verdict = VERDICT_NOT_APPLICABLE, .level = level, .open = true
	};
	if (!target_applies_at_level(ledger, target, record, level))
		return reading;
	bool begun = find_start(ledger, as_of, arena, &reading);
	if (begun)
		run(ledger, as_of, arena, &reading);
	/* Of what does not count by the contract nothing is missing, and nothing late. */
	if (reading.verdict != VERDICT_NOT_APPLICABLE && is_excluded(target, record)) {
		reading.verdict = VERDICT_EXCLUDED;
		reading.overrun_seconds = 0;
	}
	if (begun)
		step_verdict(arena, &reading, as_of);
	return reading;
}

struct clock_reading clock_read(const struct ledger *ledger, const struct target *target, const struct record *record,
                                struct instant as_of, struct arena *arena)
{
	const char *level =
	    match_holds_but(&target->applies, record, "level") ? judged_level(ledger, target, record, as_of) : NULL;
	return clock_read_at_level(ledger, target, record, level, as_of, arena);
}

static void read_type(const struct ledger *ledger, const struct schema *schema, struct span span, struct instant as_of,
                      struct arena *arena, struct clock_list *list)
{
	const struct contract *contract = ledger->contract;
	struct record_list records = ledger_select(ledger, arena, schema->type, span, NULL);
	for (size_t i = 0; i < records.count; i++) {
		for (size_t t = 0; t < contract->target_count; t++) {
			const struct target *target = &contract->targets[t];
			if (target->applies.schema != schema)
				continue;
			struct clock_reading reading = clock_read(ledger, target, records.items[i], as_of, NULL);
			if (reading.verdict != VERDICT_NOT_APPLICABLE)
				arena_push(arena, list->items, list->count, list->capacity, reading);
		}
	}
}

struct clock_list clock_read_all(const struct ledger *ledger, struct span span, struct instant as_of,
                                 struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct clock_list list = { .count = 0 };
	for (size_t t = 0; t < contract->target_count; t++) {
		const struct schema *schema = contract->targets[t].applies.schema;
		size_t first = 0;
		while (contract->targets[first].applies.schema != schema)
			first++;
		if (first == t)
			read_type(ledger, schema, span, as_of, arena, &list);
	}
	return list;
}

static const char *const NAMES[VERDICT_COUNT] = {
	[VERDICT_MET] = "met",         [VERDICT_MISSED] = "missed",     [VERDICT_RUNNING] = "running",
	[VERDICT_PAUSED] = "paused",   [VERDICT_EXCLUDED] = "excluded", [VERDICT_NOT_APPLICABLE] = "not_applicable",
	[VERDICT_UNKNOWN] = "unknown",
};

static const char *const TITLES[VERDICT_COUNT] = {
	[VERDICT_MET] = N_("met in time"),        [VERDICT_MISSED] = N_("missed"),
	[VERDICT_RUNNING] = N_("running"),        [VERDICT_PAUSED] = N_("paused"),
	[VERDICT_EXCLUDED] = N_("not counted"),   [VERDICT_NOT_APPLICABLE] = N_("not applicable"),
	[VERDICT_UNKNOWN] = N_("cannot be told"),
};

const char *verdict_name(enum verdict verdict)
{
	return NAMES[verdict];
}

const char *verdict_title(enum verdict verdict)
{
	return translate(TITLES[verdict]);
}
