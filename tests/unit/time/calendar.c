/* The working calendar (edge cases 19, 20). Its facts are held against a second source by
 * tests/data/calendar_sources.mjs. */
#include "fixture.h"

static void a_day_is_what_the_notice_says_else_what_the_week_says(void **state)
{
	(void)state;
	static const struct {
		const char *date;
		bool work;
		const char *name; /* of the notice's entry; NULL: none */
	} cases[] = {
		{ "2026-03-09", true, NULL },      { "2026-03-14", false, NULL },   { "2026-03-15", false, NULL },
		{ "2026-02-14", true, "春节" },    { "2026-02-15", false, "春节" }, { "2026-02-28", true, "春节" },
		{ "2026-10-10", true, "国庆节" },  { "2026-10-11", false, NULL },   { "2024-06-08", false, NULL },
		{ "2024-06-10", false, "端午节" }, { "2022-12-31", false, "元旦" }, { "2027-01-01", true, NULL },
	};
	struct arena *arena = arena_new();
	struct calendar *calendar = fixture_calendar(arena);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct date date = fixture_date(cases[i].date);
		const struct calendar_day *entry = calendar_entry(calendar, date);
		assert_int_equal(calendar_is_workday(calendar, date), cases[i].work);
		assert_int_equal(entry != NULL, cases[i].name != NULL);
		if (entry) {
			assert_string_equal(entry->name, cases[i].name);
			assert_int_equal(entry->date.day, date.day);
			assert_int_equal(entry->kind, cases[i].work ? DAY_WORK : DAY_REST);
		}
	}
	arena_free(arena);
}

/* The notice for 2023 begins on 31 December 2022, which makes nothing of 2022 known. */
static void a_year_is_known_by_its_own_notice(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct calendar *calendar = fixture_calendar(arena);
	for (int year = 2020; year < 2030; year++)
		assert_int_equal(calendar_knows(calendar, year), year >= 2023 && year <= 2026);
	arena_free(arena);
}

static void a_day_entered_twice_must_be_the_same(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct calendar *calendar = calendar_new(arena);
	struct date day = date_of_ymd(2027, 1, 1), last = date_of_ymd(2028, 12, 31);
	assert_true(calendar_set(calendar, day, DAY_REST, "元旦"));
	assert_true(calendar_set(calendar, day, DAY_REST, "元旦"));
	assert_false(calendar_set(calendar, day, DAY_WORK, "元旦"));
	assert_false(calendar_set(calendar, day, DAY_REST, "春节"));
	assert_false(calendar_is_workday(calendar, day));
	/* Day 366, and 1 January after a year of 365. */
	assert_true(calendar_set(calendar, last, DAY_WORK, "元旦"));
	assert_true(calendar_is_workday(calendar, last));
	assert_null(calendar_entry(calendar, date_of_ymd(2028, 1, 1)));
	assert_null(calendar_entry(calendar, date_of_ymd(2026, 12, 31)));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_what_the_notice_says_else_what_the_week_says),
		cmocka_unit_test(a_year_is_known_by_its_own_notice),
		cmocka_unit_test(a_day_entered_twice_must_be_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
