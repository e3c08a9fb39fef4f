/* Figures in words: dates, durations and rates as a Chinese reader expects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/wording.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct instant at(int year, int month, int day, int32_t second)
{
	return instant_at(date_of_ymd(year, month, day), second, OFFSET_CHINA);
}

static void dates(void **state)
{
	(void)state;
	assert_string_equal(wording_date(arena, date_of_ymd(2026, 3, 9)), "2026年3月9日");
	assert_string_equal(wording_day(arena, date_of_ymd(2026, 3, 9), 2026), "3月9日");
	assert_string_equal(wording_day(arena, date_of_ymd(2025, 12, 31), 2026), "2025年12月31日");
	assert_string_equal(wording_weekday(date_of_ymd(2026, 3, 9)), "星期一");
	assert_string_equal(wording_weekday(date_of_ymd(2026, 3, 15)), "星期日");
}

static void spans_name_their_last_day(void **state)
{
	(void)state;
	struct span week = { date_of_ymd(2026, 3, 9), date_of_ymd(2026, 3, 16) };
	struct span day = { date_of_ymd(2026, 3, 9), date_of_ymd(2026, 3, 10) };
	struct span new_year = { date_of_ymd(2025, 12, 29), date_of_ymd(2026, 1, 5) };
	assert_string_equal(wording_span(arena, week, 2026), "3月9日—3月15日");
	assert_string_equal(wording_span(arena, week, 2025), "2026年3月9日—3月15日");
	assert_string_equal(wording_span(arena, day, 2026), "3月9日");
	assert_string_equal(wording_span(arena, new_year, 2026), "2025年12月29日—2026年1月4日");
}

static void instants_are_worded_in_the_contracts_zone(void **state)
{
	(void)state;
	struct instant utc = at(2026, 3, 9, 8 * 3600 + 5 * 60);
	utc.offset = 0;
	assert_string_equal(wording_instant(arena, utc, OFFSET_CHINA), "2026年3月9日 08:05");
	assert_string_equal(wording_time(arena, utc, OFFSET_CHINA, 2026), "3月9日 08:05");
	assert_string_equal(wording_time(arena, at(2026, 3, 9, 29105), OFFSET_CHINA, 2026), "3月9日 08:05:05");
}

/* The last day ends at 24:00 (Civil Code, article 203). */
static void an_end_at_midnight_belongs_to_the_day_before(void **state)
{
	(void)state;
	assert_string_equal(wording_end(arena, at(2026, 10, 9, 0), OFFSET_CHINA, 2026), "10月8日 24:00");
	assert_string_equal(wording_end(arena, at(2026, 1, 1, 0), OFFSET_CHINA, 2026), "2025年12月31日 24:00");
	assert_string_equal(wording_end(arena, at(2026, 10, 9, 60), OFFSET_CHINA, 2026), "10月9日 00:01");
}

static void durations_are_exact(void **state)
{
	(void)state;
	assert_string_equal(wording_duration(arena, 0), "0分");
	assert_string_equal(wording_duration(arena, 20), "20秒");
	assert_string_equal(wording_duration(arena, 4320), "1小时12分");
	assert_string_equal(wording_duration(arena, 7230), "2小时30秒");
	assert_string_equal(wording_duration(arena, 86400 + 300), "24小时5分");
}

static void a_rate_never_rounds_a_miss_away(void **state)
{
	(void)state;
	assert_string_equal(wording_percent(arena, 3, 4), "75.0%");
	assert_string_equal(wording_percent(arena, 2, 3), "66.7%");
	assert_string_equal(wording_percent(arena, 5, 5), "100.0%");
	assert_string_equal(wording_percent(arena, 9999, 10000), "99.9%");
	assert_string_equal(wording_percent(arena, 0, 3), "0.0%");
	assert_string_equal(wording_percent(arena, 0, 0), "—");
}

static void numbers_are_grouped_by_thousands(void **state)
{
	(void)state;
	assert_string_equal(wording_number(arena, 0), "0");
	assert_string_equal(wording_number(arena, 999), "999");
	assert_string_equal(wording_number(arena, 1234567), "1,234,567");
	assert_string_equal(wording_number(arena, -1234.5), "-1,234.5");
	assert_string_equal(wording_number(arena, 0.256), "0.26");
	assert_string_equal(wording_number(arena, -0.001), "0");
	assert_string_equal(wording_number(arena, 100), "100");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates),
		cmocka_unit_test(spans_name_their_last_day),
		cmocka_unit_test(instants_are_worded_in_the_contracts_zone),
		cmocka_unit_test(an_end_at_midnight_belongs_to_the_day_before),
		cmocka_unit_test(durations_are_exact),
		cmocka_unit_test(a_rate_never_rounds_a_miss_away),
		cmocka_unit_test(numbers_are_grouped_by_thousands),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
