/* The law of time: a table of deadlines worked out by hand from the Civil Code, the contracts' clauses and the State
 * Council's notices. */
#include "fixture.h"

#include "time/deadline.h"

struct tables {
	struct arena *arena;
	struct calendar *cn, *none;
	size_t rows, faults;
};

static struct shifts read_shifts(struct arena *arena, const char *text)
{
	struct shift *shifts = arena_alloc(arena, 4 * sizeof *shifts);
	size_t count = 0;
	int from_hour, from_minute, to_hour, to_minute, used;
	for (; sscanf(text, "%d:%d-%d:%d%n", &from_hour, &from_minute, &to_hour, &to_minute, &used) == 4;
	     text += used + (text[used] == ' '))
		shifts[count++] =
		    (struct shift){ (from_hour * 60 + from_minute) * 60, (to_hour * 60 + to_minute) * 60 };
	return (struct shifts){ shifts, count };
}

static enum day_rule read_rule(const char *text)
{
	static const char *const names[] = { "civil-code", "same-clock", "count-first-day" };
	for (size_t i = 0; i < 3; i++)
		if (strcmp(text, names[i]) == 0)
			return (enum day_rule)i;
	fail_msg("\"%s\" is no rule", text);
	return RULE_CIVIL_CODE;
}

enum { FROM, WITHIN, RULE, DAY_ENDS, SHIFTS, CALENDAR, DEADLINE, PROVISIONAL, SOURCE, COLUMNS };

static void check_row(char **cells, void *context)
{
	struct tables *tables = context;
	struct work_rules rules = {
		.calendar = strcmp(cells[CALENDAR], "cn") == 0 ? tables->cn : tables->none,
		.shifts = read_shifts(tables->arena, cells[SHIFTS]),
		.rule = read_rule(cells[RULE]),
		.ends_at_close = strcmp(cells[DAY_ENDS], "close") == 0,
		.offset = OFFSET_CHINA,
	};
	struct duration within;
	struct deadline fast, told;
	char found[INSTANT_TEXT] = "never", expected[INSTANT_TEXT] = "never";
	struct instant from = fixture_instant(cells[FROM]);
	assert_true(duration_parse(cells[WITHIN], &within));
	bool exists = deadline_of(NULL, from, within, &rules, &fast);
	if (exists)
		instant_format(fast.at, found);
	if (strcmp(cells[DEADLINE], "never") != 0)
		instant_format(fixture_instant(cells[DEADLINE]), expected);
	bool provisional = strcmp(cells[PROVISIONAL], "yes") == 0;
	tables->rows++;
	if (strcmp(found, expected) != 0 || (exists && fast.provisional != provisional)) {
		print_message("%s + %s (%s, %s): %s%s, not %s%s: %s\n", cells[FROM], cells[WITHIN], cells[RULE],
		              cells[DAY_ENDS], found, fast.provisional ? " provisional" : "", expected,
		              provisional ? " provisional" : "", cells[SOURCE]);
		tables->faults++;
	}
	/* With reasons the deadline is the same, and none goes unexplained. */
	assert_int_equal(deadline_of(tables->arena, from, within, &rules, &told), exists);
	if (exists) {
		assert_int_equal(told.at.seconds, fast.at.seconds);
		assert_int_equal(told.provisional, fast.provisional);
		assert_true(told.step_count > 0);
		assert_int_equal(fast.step_count, 0);
	}
}

static void deadlines_are_those_of_the_table(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena_new() };
	tables.cn = fixture_calendar(tables.arena);
	tables.none = calendar_new(tables.arena);
	read_table("tests/unit/time/deadlines.csv", COLUMNS, check_row, &tables);
	assert_true(tables.rows >= 150);
	assert_int_equal(tables.faults, 0);
	arena_free(tables.arena);
}

/* The steps of a deadline, one a line. */
static void check_steps(enum day_rule rule, bool close, const char *from, const char *within, const char *expected)
{
	struct arena *arena = arena_new();
	static const struct shift shifts[] = { { 32400, 43200 }, { 50400, 64800 } };
	struct work_rules rules = { fixture_calendar(arena), { shifts, 2 }, rule, close, OFFSET_CHINA };
	struct duration duration;
	struct deadline deadline;
	struct buf steps = BUF_INIT;
	assert_true(duration_parse(within, &duration));
	assert_true(deadline_of(arena, fixture_instant(from), duration, &rules, &deadline));
	for (size_t i = 0; i < deadline.step_count; i++)
		buf_printf(&steps, "%s: %s\n", deadline.steps[i].rule, deadline.steps[i].text);
	assert_string_equal(buf_str(&steps), expected);
	buf_free(&steps);
	arena_free(arena);
}

/* Each rule that moved the deadline, and no other (design, chapter 8: when). */
static void steps_name_each_rule_that_moved_it(void **state)
{
	(void)state;
	check_steps(RULE_CIVIL_CODE, false, "2026-09-30T10:00", "2h",
	            "Civil Code, article 201: minutes and hours count from the start at once and run without pause\n");
	check_steps(RULE_CIVIL_CODE, false, "2026-09-30T10:00", "3wd",
	            "Civil Code, article 201: the first day, 2026-09-30, does not count\n"
	            "State Council's notice: 2026-10-01 to 2026-10-07 are rest days (国庆节)\n"
	            "State Council's notice: 2026-10-10 is worked in exchange (国庆节)\n"
	            "Civil Code, article 203: the last day, 2026-10-10, ends at 24:00\n");
	check_steps(RULE_CIVIL_CODE, true, "2026-03-13T10:00", "1wd",
	            "Civil Code, article 201: the first day, 2026-03-13, does not count\n"
	            "weekend: 2026-03-14 to 2026-03-15 are rest days\n"
	            "Civil Code, article 203: the last day, 2026-03-16, ends at close of business, 18:00\n");
	check_steps(
	    RULE_CIVIL_CODE, false, "2026-08-31T10:00", "6mo",
	    "Civil Code, article 201: the first day, 2026-08-31, does not count\n"
	    "Civil Code, article 202: the last month has no day of that number; it ends on its last day, "
	    "2027-02-28\n"
	    "weekend: 2027-02-28 is a rest day\n"
	    "no notice: the notice for 2027 was not entered; its days are judged by the week alone\n"
	    "Civil Code, article 203: the last day, 2027-02-28, is a rest day; the next working day, 2027-03-01, "
	    "takes its place\n"
	    "Civil Code, article 203: the last day, 2027-03-01, ends at 24:00\n");
	check_steps(RULE_CIVIL_CODE, false, "2026-04-03T17:30", "1wh",
	            "contract: only working hours count: 09:00–12:00, 14:00–18:00\n"
	            "State Council's notice: 2026-04-04 to 2026-04-06 are rest days (清明节)\n");
	check_steps(RULE_CIVIL_CODE, false, "2026-03-09T12:30", "1wh",
	            "contract: only working hours count: 09:00–12:00, 14:00–18:00\n"
	            "contract: the start is outside working hours; counting begins at 2026-03-09T14:00:00+08:00\n");
	check_steps(RULE_SAME_CLOCK, true, "2026-03-14T10:00", "1wd",
	            "Civil Code, article 204: the contract agrees that the count ends at the time of day at which it "
	            "begins\n"
	            "contract: the start is on a rest day; counting begins at 0:00 of 2026-03-16\n");
	check_steps(RULE_COUNT_FIRST_DAY, false, "2026-10-10T10:00", "1wd",
	            "Civil Code, article 204: the contract agrees that the first day counts: 2026-10-10\n"
	            "State Council's notice: 2026-10-10 is worked in exchange (国庆节)\n"
	            "Civil Code, article 203: the last day, 2026-10-10, ends at 24:00\n");
	check_steps(RULE_COUNT_FIRST_DAY, true, "2026-03-09T18:00", "2d",
	            "Civil Code, article 203: business had closed on 2026-03-09; the next day is the first\n"
	            "Civil Code, article 204: the contract agrees that the first day counts: 2026-03-10\n"
	            "Civil Code, article 203: the last day, 2026-03-11, ends at close of business, 18:00\n");
}

static void durations_are_read_strictly(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int32_t amount;
		enum unit unit;
		const char *words;
	} good[] = {
		{ "30m", 30, UNIT_MINUTE, "30分钟" },
		{ "2h", 2, UNIT_HOUR, "2小时" },
		{ "4wh", 4, UNIT_WORKING_HOUR, "4个工作小时" },
		{ "2wd", 2, UNIT_WORKING_DAY, "2个工作日" },
		{ "10d", 10, UNIT_DAY, "10日" },
		{ "1w", 1, UNIT_WEEK, "1周" },
		{ "6mo", 6, UNIT_MONTH, "6个月" },
		{ "99999y", 99999, UNIT_YEAR, "99999年" },
	};
	static const char *const bad[] = { "",    "m",    "0m",   "-1m",     "+1m",         "01m", "1",
		                           "1 m", "1M",   "1.5h", "1mon",    "1min",        "1s",  " 1m",
		                           "1m ", "1wdx", "１m",  "100000m", "99999999999h" };
	struct arena *arena = arena_new();
	struct duration duration;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(duration_parse(good[i].text, &duration));
		assert_int_equal(duration.amount, good[i].amount);
		assert_int_equal(duration.unit, good[i].unit);
		assert_string_equal(duration_format(arena, duration), good[i].words);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (duration_parse(bad[i], &duration))
			fail_msg("\"%s\" was read as a duration", bad[i]);
	arena_free(arena);
}

static void working_seconds_are_those_inside_the_shifts(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	static const struct shift office[] = { { 32400, 43200 }, { 50400, 64800 } }, night[] = { { 79200, 108000 } };
	struct work_rules rules = { fixture_calendar(arena), { office, 2 }, RULE_CIVIL_CODE, false, OFFSET_CHINA };
	static const struct {
		const char *from, *to;
		int64_t seconds;
		bool provisional;
	} cases[] = {
		{ "2026-03-09T11:30:00", "2026-03-09T14:30:00", 3600, false },
		{ "2026-03-09T12:00:00", "2026-03-09T14:00:00", 0, false },
		{ "2026-03-09T08:00:00", "2026-03-09T20:00:00", 25200, false },
		{ "2026-03-13T17:59:30", "2026-03-16T09:00:30", 60, false },
		{ "2026-09-30T00:00:00", "2026-10-11T00:00:00", 4 * 25200, false }, /* 30, 8, 9, 10 */
		{ "2026-12-31T00:00:00", "2027-01-01T00:00:00", 25200, false },     /* 2027 is not needed */
		{ "2026-12-31T00:00:00", "2027-01-01T00:00:01", 25200, true },
		{ "2026-03-09T11:00:00", "2026-03-09T11:00:00", 0, false },
		{ "2026-03-09T11:00:00", "2026-03-09T10:00:00", 0, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool provisional = false;
		struct instant from = fixture_instant(cases[i].from), to = fixture_instant(cases[i].to);
		assert_int_equal(working_seconds(&rules, from, to, &provisional), cases[i].seconds);
		assert_int_equal(provisional, cases[i].provisional);
		assert_int_equal(working_seconds(&rules, from, to, NULL), cases[i].seconds);
	}
	rules.shifts = (struct shifts){ night, 1 };
	/* Friday's night until Saturday 06:00; Monday's from 22:00. */
	assert_int_equal(
	    working_seconds(&rules, fixture_instant("2026-03-14T05:00"), fixture_instant("2026-03-16T22:10"), NULL),
	    3600 + 600);
	arena_free(arena);
}

/* The largest duration that can be written ends, in every unit and by every rule. */
static void the_largest_amounts_have_deadlines(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	static const struct shift office[] = { { 32400, 43200 }, { 50400, 64800 } };
	struct instant start = fixture_instant("2026-03-31T10:00");
	for (enum day_rule rule = RULE_CIVIL_CODE; rule <= RULE_COUNT_FIRST_DAY; rule++)
		for (enum unit unit = UNIT_MINUTE; unit <= UNIT_YEAR; unit++) {
			struct work_rules rules = { calendar_new(arena), { office, 2 }, rule, false, OFFSET_CHINA };
			struct deadline deadline;
			assert_true(deadline_of(arena, start, (struct duration){ 99999, unit }, &rules, &deadline));
			assert_true(instant_compare(deadline.at, start) > 0);
		}
	arena_free(arena);
}

/* A calendar that never has a working day again ends the search (edge case 23). */
static void a_calendar_without_working_days_has_no_deadline(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	static const struct shift office[] = { { 32400, 43200 } };
	struct calendar *calendar = calendar_new(arena);
	struct work_rules rules = { calendar, { office, 1 }, RULE_CIVIL_CODE, false, OFFSET_CHINA };
	struct deadline deadline;
	for (struct date date = date_of_ymd(2026, 1, 1); date_year(date) < 2040; date.day++)
		calendar_set(calendar, date, DAY_REST, "停业");
	static const enum unit units[] = { UNIT_WORKING_HOUR, UNIT_WORKING_DAY, UNIT_DAY, UNIT_MONTH };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		assert_false(deadline_of(arena, fixture_instant("2026-03-09T10:00"), (struct duration){ 1, units[i] },
		                         &rules, &deadline));
	rules.rule = RULE_SAME_CLOCK;
	assert_false(deadline_of(arena, fixture_instant("2026-03-09T10:00"), (struct duration){ 1, UNIT_WORKING_DAY },
	                         &rules, &deadline));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deadlines_are_those_of_the_table),
		cmocka_unit_test(steps_name_each_rule_that_moved_it),
		cmocka_unit_test(durations_are_read_strictly),
		cmocka_unit_test(working_seconds_are_those_inside_the_shifts),
		cmocka_unit_test(the_largest_amounts_have_deadlines),
		cmocka_unit_test(a_calendar_without_working_days_has_no_deadline),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
