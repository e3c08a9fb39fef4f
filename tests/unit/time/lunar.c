/* Lunar dates (B-D3). lunar.csv comes from lunar-javascript, see tests/data/calendar_sources.mjs; ICU is a third
 * witness. */
#include "fixture.h"

#include <stdlib.h>
#include <unicode/ucal.h>

#include "time/lunar.h"

static void check_date(char **cells, void *context)
{
	size_t *rows = context;
	struct date date;
	char text[DATE_TEXT];
	++*rows;
	if (!lunar_to_date(atoi(cells[0]), atoi(cells[1]), atoi(cells[2]), &date) ||
	    strcmp(date_format(date, text), cells[3]) != 0)
		fail_msg("%s-%s-%s %s: %s, not %s", cells[0], cells[1], cells[2], cells[4], text, cells[3]);
}

static void dates_are_those_of_the_table(void **state)
{
	(void)state;
	size_t rows = 0;
	read_table("tests/unit/time/lunar.csv", 5, check_date, &rows);
	assert_int_equal(rows, 71 * (12 * 2 + 7)); /* first and last days, and seven festivals more */
}

/* Between the first and the last day of a month the days follow each other. */
static void days_of_a_month_follow_each_other(void **state)
{
	(void)state;
	for (int year = 1990; year <= 2060; year++)
		for (int month = 1; month <= 12; month++) {
			struct date first, date, last;
			assert_true(lunar_to_date(year, month, 1, &first));
			assert_true(lunar_to_date(year, month, 30, &last));
			int length = last.day - first.day + 1;
			assert_in_range(length, 29, 30);
			for (int day = 1; day <= length; day++) {
				assert_true(lunar_to_date(year, month, day, &date));
				assert_int_equal(date.day, first.day + day - 1);
			}
		}
}

static void what_is_no_lunar_date_is_refused(void **state)
{
	(void)state;
	struct date date;
	assert_false(lunar_to_date(1989, 1, 1, &date) || lunar_to_date(2061, 1, 1, &date));
	assert_false(lunar_to_date(2026, 0, 1, &date) || lunar_to_date(2026, 13, 1, &date));
	assert_false(lunar_to_date(2026, 1, 0, &date) || lunar_to_date(2026, 1, 31, &date));
}

static bool is_new_moon_in_icu(UCalendar *calendar, struct date date, int month)
{
	UErrorCode error = U_ZERO_ERROR;
	ucal_setMillis(calendar, date.day * 86400000.0, &error); /* 8:00 in China */
	bool holds = ucal_get(calendar, UCAL_DATE, &error) == 1 &&
	             ucal_get(calendar, UCAL_MONTH, &error) == month - 1 &&
	             !ucal_get(calendar, UCAL_IS_LEAP_MONTH, &error);
	assert_true(U_SUCCESS(error));
	return holds;
}

/* ICU reckons every month alike but five, where the new moon is within minutes of midnight. */
static void icu_agrees_but_for_five_months(void **state)
{
	(void)state;
	static const int differing[][2] = { { 1998, 12 }, { 2012, 7 }, { 2018, 10 }, { 2027, 1 }, { 2030, 1 } };
	UErrorCode error = U_ZERO_ERROR;
	static const UChar zone[] = u"Asia/Shanghai";
	UCalendar *calendar = ucal_open(zone, -1, "zh@calendar=chinese", UCAL_DEFAULT, &error);
	assert_true(U_SUCCESS(error));
	for (int year = 1990; year <= 2060; year++)
		for (int month = 1; month <= 12; month++) {
			struct date date;
			bool known = false;
			assert_true(lunar_to_date(year, month, 1, &date));
			for (size_t i = 0; i < sizeof differing / sizeof *differing; i++)
				known |= differing[i][0] == year && differing[i][1] == month;
			if (!known && !is_new_moon_in_icu(calendar, date, month))
				fail_msg("ICU has another first day of month %d of %d", month, year);
		}
	ucal_close(calendar);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_those_of_the_table),
		cmocka_unit_test(days_of_a_month_follow_each_other),
		cmocka_unit_test(what_is_no_lunar_date_is_refused),
		cmocka_unit_test(icu_agrees_but_for_five_months),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
