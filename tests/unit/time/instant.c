/* Dates, instants and how engineers write them (edge cases 23, 24, 48). */
#include "fixture.h"

/* Steps through 800 years day by day and counts the calendar along, by the Gregorian rules written out. */
static void every_day_follows_the_day_before(void **state)
{
	(void)state;
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year = 1600, month = 1, day = 1, weekday = 6; /* 1 January 1600 was a Saturday */
	struct date date = date_of_ymd(year, month, day);
	assert_int_equal(date_of_ymd(1970, 1, 1).day, 0);
	for (; year < 2400; date.day++) {
		int found_year, found_month, found_day;
		date_to_ymd(date, &found_year, &found_month, &found_day);
		if (found_year != year || found_month != month || found_day != day || date_weekday(date) != weekday ||
		    date_of_ymd(year, month, day).day != date.day || date_year(date) != year)
			fail_msg("%d-%d-%d was taken for %d-%d-%d", year, month, day, found_year, found_month,
			         found_day);
		bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
		weekday = weekday % 7 + 1;
		if (++day > lengths[month - 1] + (month == 2 && leap)) {
			assert_false(date_is_valid(year, month, day));
			day = 1;
			if (++month > 12) {
				month = 1;
				year++;
			}
		}
		assert_true(date_is_valid(year, month, day));
	}
	assert_false(date_is_valid(2026, 0, 1) || date_is_valid(2026, 13, 1) || date_is_valid(2026, 1, 0) ||
	             date_is_valid(0, 1, 1) || date_is_valid(10000, 1, 1));
}

/* ISO 8601: week 1 holds the year's first Thursday (edge case 38). */
static void weeks_are_those_of_iso_8601(void **state)
{
	(void)state;
	static const struct {
		const char *date;
		int week_year, week;
	} cases[] = {
		{ "2026-01-01", 2026, 1 },  { "2025-12-29", 2026, 1 },  { "2025-12-28", 2025, 52 },
		{ "2026-12-31", 2026, 53 }, { "2027-01-03", 2026, 53 }, { "2027-01-04", 2027, 1 },
		{ "2024-12-30", 2025, 1 },  { "2023-01-01", 2022, 52 }, { "2026-11-21", 2026, 47 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int week_year, week;
		struct date date = fixture_date(cases[i].date);
		date_iso_week(date, &week_year, &week);
		assert_int_equal(week_year, cases[i].week_year);
		assert_int_equal(week, cases[i].week);
		assert_int_equal(date_of_iso_week(week_year, week).day, date.day - date_weekday(date) + 1);
	}
}

static void months_end_where_they_must(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		int months;
		const char *to;
	} cases[] = {
		{ "2026-01-31", 1, "2026-02-28" },  { "2024-01-31", 1, "2024-02-29" },
		{ "2026-01-31", 2, "2026-03-31" },  { "2026-03-31", -1, "2026-02-28" },
		{ "2026-01-15", -1, "2025-12-15" }, { "2026-12-15", 1, "2027-01-15" },
		{ "2024-02-29", 12, "2025-02-28" }, { "2024-02-29", 48, "2028-02-29" },
		{ "2026-03-09", 0, "2026-03-09" },  { "2026-03-09", -27, "2023-12-09" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[DATE_TEXT];
		date_format(date_add_months(fixture_date(cases[i].from), cases[i].months), text);
		assert_string_equal(text, cases[i].to);
	}
}

static void an_instant_knows_its_day_in_its_own_offset(void **state)
{
	(void)state;
	char text[INSTANT_TEXT];
	struct instant before_epoch = { -1, 0 };
	assert_int_equal(date_of_instant(before_epoch).day, -1);
	assert_int_equal(instant_second_of_day(before_epoch), 86399);
	assert_string_equal(instant_format(before_epoch, text), "1969-12-31T23:59:59+00:00");
	struct instant utc = fixture_instant("2026-03-09T20:00:00Z");
	assert_string_equal(instant_format(utc, text), "2026-03-09T20:00:00+00:00");
	utc.offset = OFFSET_CHINA;
	assert_string_equal(instant_format(utc, text), "2026-03-10T04:00:00+08:00");
	utc.offset = -(3 * 3600 + 1800);
	assert_string_equal(instant_format(utc, text), "2026-03-09T16:30:00-03:30");
	assert_int_equal(instant_compare(utc, fixture_instant("2026-03-10T04:00:00+08:00")), 0);
	assert_true(instant_compare(utc, fixture_instant("2026-03-10T04:00:01+08:00")) < 0);
	assert_true(instant_compare(fixture_instant("2026-03-10T04:00:01+08:00"), utc) > 0);
	struct instant midnight = instant_at(date_of_ymd(2026, 3, 9), DAY_SECONDS, OFFSET_CHINA);
	assert_string_equal(instant_format(midnight, text), "2026-03-10T00:00:00+08:00");
	assert_int_equal(midnight.seconds, 1773072000);
}

static void instants_are_read_as_engineers_write_them(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected; /* NULL: no instant */
		bool guessed;
	} cases[] = {
		{ "2026-03-09T08:05:00+08:00", "2026-03-09T08:05:00+08:00", false },
		{ "2026-03-09T08:05:07", "2026-03-09T08:05:07+08:00", false },
		{ "2026-03-09T08:05", "2026-03-09T08:05:00+08:00", false },
		{ "2026-03-09T00:05Z", "2026-03-09T00:05:00+00:00", false },
		{ "2026-03-09T08:05:00+0800", "2026-03-09T08:05:00+08:00", false },
		{ "2026-03-09T08:05-03", "2026-03-09T08:05:00-03:00", false },
		{ "2026-03-09T24:00", "2026-03-10T00:00:00+08:00", false },
		{ "2026-12-31T24:00:00", "2027-01-01T00:00:00+08:00", false },
		{ " 2026-03-09T08:05\r\n", "2026-03-09T08:05:00+08:00", false },
		{ "2026-03-09 08:05", "2026-03-09T08:05:00+08:00", false },
		{ "2026-03-09  8:05:09", "2026-03-09T08:05:09+08:00", true },
		{ "2026-03-09 08:05:00 +0800", "2026-03-09T08:05:00+08:00", true },
		{ "2026/3/9 8:05", "2026-03-09T08:05:00+08:00", true },
		{ "2026.3.9 8:05", "2026-03-09T08:05:00+08:00", true },
		{ "20260309 08:05", "2026-03-09T08:05:00+08:00", true },
		{ "2026-3-9T8:5", "2026-03-09T08:05:00+08:00", true },
		{ "2026年3月9日 8时05分", "2026-03-09T08:05:00+08:00", true },
		{ "2026年3月9日8时5分30秒", "2026-03-09T08:05:30+08:00", true },
		{ "2026年3月9日8时", "2026-03-09T08:00:00+08:00", true },
		{ "2026年3月9号8点5分", "2026-03-09T08:05:00+08:00", true },
		{ "2026年3月9日08:05", "2026-03-09T08:05:00+08:00", true },
		{ "2026年3月9日24时", "2026-03-10T00:00:00+08:00", true },
		{ "２０２６－０３－０９　０８：０５", "2026-03-09T08:05:00+08:00", true },
		{ "2026-03-09 08：05", "2026-03-09T08:05:00+08:00", true },
		{ "2026／3／9 8:05", "2026-03-09T08:05:00+08:00", true },
		{ "", NULL, false },
		{ "2026-03-09", NULL, false },
		{ "2026-03-0908:05", NULL, false },
		{ "20260309", NULL, false },
		{ "2026-03-09T", NULL, false },
		{ "2026-03-09T8", NULL, false },
		{ "2026-02-29T08:05", NULL, false },
		{ "2026-13-09T08:05", NULL, false },
		{ "2026-00-09T08:05", NULL, false },
		{ "0000-01-01T08:05", NULL, false },
		{ "2026-03-09T24:01", NULL, false },
		{ "2026-03-09T24:00:01", NULL, false },
		{ "2026-03-09T25:00", NULL, false },
		{ "2026-03-09T08:60", NULL, false },
		{ "2026-03-09T08:05:60", NULL, false },
		{ "2026-03-09T08:05:00.5", NULL, false }, /* an instant has seconds; nothing is dropped in silence */
		{ "2026-03-09T08:05+15:00", NULL, false },
		{ "2026-03-09T08:05+8", NULL, false },
		{ "2026-03-09T08:05+08:60", NULL, false },
		{ "2026-03-09T08:05+08:0", NULL, false },
		{ "2026-03-09T08:05x", NULL, false },
		{ "2026-03/09 08:05", NULL, false },
		{ "26-03-09 08:05", NULL, false },
		{ "２６年3月9日8时", NULL, false },
		{ "2026年3月9 8时", NULL, false },
		{ "2026年3月9日8时5", NULL, false },
		{ "2026年3月9日8时5分3", NULL, false },
		{ "2026-03-09T08:", NULL, false },
		{ "2026-03-09T08:05:", NULL, false },
		{ "下午3点", NULL, false },
		{ "\xFF\xFE", NULL, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct instant instant;
		bool guessed = false;
		char text[INSTANT_TEXT];
		bool read = instant_parse(chunk_of(cases[i].text), OFFSET_CHINA, &instant, &guessed);
		if (read != (cases[i].expected != NULL))
			fail_msg("\"%s\" was %s", cases[i].text, read ? "read" : "refused");
		if (!read)
			continue;
		assert_string_equal(instant_format(instant, text), cases[i].expected);
		if (guessed != cases[i].guessed)
			fail_msg("\"%s\": guessed is %d", cases[i].text, guessed);
	}
}

static void dates_are_read_as_engineers_write_them(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
		bool guessed;
	} cases[] = {
		{ "2026-03-09", "2026-03-09", false },
		{ "2026-3-9", "2026-03-09", true },
		{ "2026/3/9", "2026-03-09", true },
		{ "2026.3.9", "2026-03-09", true },
		{ "20260309", "2026-03-09", true },
		{ "2026年3月9日", "2026-03-09", true },
		{ "２０２６年３月９日", "2026-03-09", true },
		{ "2024-02-29", "2024-02-29", false },
		{ "2026-03-09T08:05", NULL, false },
		{ "2026-02-30", NULL, false },
		{ "2026-3", NULL, false },
		{ "202639", NULL, false },
		{ "2026039", NULL, false },
		{ "20260009", NULL, false },
		{ "2026年3月", NULL, false },
		{ "3/9/2026", NULL, false },
		{ "2026-03-09 ", "2026-03-09", false },
		{ "2026-03-091", NULL, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct date date;
		bool guessed = false;
		char text[DATE_TEXT];
		bool read = date_parse(chunk_of(cases[i].text), &date, &guessed);
		if (read != (cases[i].expected != NULL))
			fail_msg("\"%s\" was %s", cases[i].text, read ? "read" : "refused");
		if (!read)
			continue;
		assert_string_equal(date_format(date, text), cases[i].expected);
		assert_int_equal(guessed, cases[i].guessed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_follows_the_day_before),
		cmocka_unit_test(weeks_are_those_of_iso_8601),
		cmocka_unit_test(months_end_where_they_must),
		cmocka_unit_test(an_instant_knows_its_day_in_its_own_offset),
		cmocka_unit_test(instants_are_read_as_engineers_write_them),
		cmocka_unit_test(dates_are_read_as_engineers_write_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
