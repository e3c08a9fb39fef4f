/* Properties of deadlines, for every minute of 2026, every unit and every rule. */
#include "fixture.h"

#include "time/deadline.h"

static const struct shift OFFICE[] = { { 32400, 43200 }, { 50400, 64800 } };

/* Whether the second before a deadline lies where the unit promises: in a shift, or on a working day. */
static bool in_working_time(const struct work_rules *rules, enum unit unit, struct instant deadline)
{
	struct instant before = { deadline.seconds - 1, deadline.offset };
	int32_t second = instant_second_of_day(before);
	if (!calendar_is_workday(rules->calendar, date_of_instant(before)))
		return false;
	bool in_shift = false;
	for (size_t i = 0; i < rules->shifts.count; i++)
		in_shift |= second >= rules->shifts.items[i].from && second < rules->shifts.items[i].to;
	if (unit == UNIT_WORKING_HOUR)
		return in_shift;
	return second == (rules->ends_at_close ? rules->shifts.items[rules->shifts.count - 1].to : DAY_SECONDS) - 1;
}

static void walk(const struct work_rules *rules, struct duration within)
{
	bool exact = within.unit == UNIT_MINUTE || within.unit == UNIT_HOUR;
	struct instant previous = { INT64_MIN, OFFSET_CHINA };
	struct instant start = instant_at(date_of_ymd(2026, 1, 1), 0, OFFSET_CHINA);
	struct instant end = instant_at(date_of_ymd(2027, 1, 1), 0, OFFSET_CHINA);
	for (; start.seconds < end.seconds; start.seconds += 60) {
		struct deadline deadline;
		char text[INSTANT_TEXT];
		if (!deadline_of(NULL, start, within, rules, &deadline))
			fail_msg("no deadline from %s", instant_format(start, text));
		if (instant_compare(deadline.at, previous) < 0)
			fail_msg("unit %d amount %d rule %d: a later start has an earlier deadline: %s", within.unit,
			         within.amount, rules->rule, instant_format(start, text));
		if (instant_compare(deadline.at, start) <= 0)
			fail_msg("unit %d rule %d: not after its start %s", within.unit, rules->rule,
			         instant_format(start, text));
		if (exact) {
			int64_t seconds = within.amount * (within.unit == UNIT_MINUTE ? 60 : 3600);
			assert_int_equal(deadline.at.seconds - start.seconds, seconds);
		} else if (within.unit == UNIT_WORKING_HOUR || rules->rule != RULE_SAME_CLOCK) {
			/* Of days on end the check of the first is the check of all. */
			if (deadline.at.seconds != previous.seconds &&
			    !in_working_time(rules, within.unit, deadline.at))
				fail_msg("unit %d rule %d from %s: not in working time", within.unit, rules->rule,
				         instant_format(start, text));
		} else {
			int32_t second = instant_second_of_day(deadline.at);
			assert_true(second == 0 || second == instant_second_of_day(start));
		}
		previous = deadline.at;
	}
}

static void walk_amounts(const struct work_rules *rules, enum unit unit)
{
	walk(rules, (struct duration){ 1, unit });
	walk(rules, (struct duration){ 5, unit });
}

static struct work_rules office_rules(struct arena *arena, enum day_rule rule, bool close)
{
	return (struct work_rules){ fixture_calendar(arena), { OFFICE, 2 }, rule, close, OFFSET_CHINA };
}

static void units_of_hours_keep_the_order_of_starts(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct work_rules rules = office_rules(arena, RULE_CIVIL_CODE, false);
	for (enum unit unit = UNIT_MINUTE; unit <= UNIT_WORKING_HOUR; unit++)
		walk_amounts(&rules, unit);
	arena_free(arena);
}

static void units_of_days_keep_the_order_of_starts(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	for (enum day_rule rule = RULE_CIVIL_CODE; rule <= RULE_COUNT_FIRST_DAY; rule++) {
		for (int close = 0; close <= (rule == RULE_SAME_CLOCK ? 0 : 1); close++) {
			struct work_rules rules = office_rules(arena, rule, close);
			for (enum unit unit = UNIT_WORKING_DAY; unit <= UNIT_YEAR; unit++)
				walk_amounts(&rules, unit);
		}
	}
	arena_free(arena);
}

/* Working hours found again: the deadline is the first instant with so much working time behind it. */
static void working_hours_measure_what_they_promise(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct work_rules rules = office_rules(arena, RULE_CIVIL_CODE, false);
	struct instant start = instant_at(date_of_ymd(2026, 1, 1), 0, OFFSET_CHINA);
	for (int i = 0; i < 20000; i++, start.seconds += 1571) {
		struct deadline deadline;
		int32_t amount = i % 60 + 1;
		assert_true(
		    deadline_of(NULL, start, (struct duration){ amount, UNIT_WORKING_HOUR }, &rules, &deadline));
		struct instant before = { deadline.at.seconds - 1, OFFSET_CHINA };
		assert_int_equal(working_seconds(&rules, start, deadline.at, NULL), amount * 3600);
		assert_int_equal(working_seconds(&rules, start, before, NULL), amount * 3600 - 1);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(units_of_hours_keep_the_order_of_starts),
		cmocka_unit_test(units_of_days_keep_the_order_of_starts),
		cmocka_unit_test(working_hours_measure_what_they_promise),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
