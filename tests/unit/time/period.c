/* Periods (design 5.9; edge cases 38, 43). */
#include "fixture.h"

#include "time/period.h"

static struct span span(const char *first, const char *last)
{
	return (struct span){ fixture_date(first), { fixture_date(last).day + 1 } };
}

/* "2026-03-09—2026-03-15", last day included. */
static const char *shown(struct arena *arena, struct span days)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	return arena_printf(arena, "%s—%s", date_format(days.from, from),
	                    date_format((struct date){ days.to.day - 1 }, to));
}

static void names_are_read(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	static const struct {
		const char *first, *last, *name; /* the term's days and the period's name */
		enum period_kind kind;
		const char *whole, *clipped, *title; /* whole NULL: no period of that term */
	} cases[] = {
		{ "2026-01-01", "2026-12-31", "2026-11-21", PERIOD_DAY, "2026-11-21—2026-11-21",
		  "2026-11-21—2026-11-21", "2026年11月21日" },
		{ "2026-01-01", "2026-12-31", "2026-W47", PERIOD_WEEK, "2026-11-16—2026-11-22", "2026-11-16—2026-11-22",
		  "2026年第47周（11月16日—11月22日）" },
		{ "2026-01-01", "2026-12-31", "2026-W01", PERIOD_WEEK, "2025-12-29—2026-01-04", "2026-01-01—2026-01-04",
		  "2026年第1周（2025年12月29日—2026年1月4日）" },
		{ "2026-01-01", "2026-12-31", "2026-W53", PERIOD_WEEK, "2026-12-28—2027-01-03", "2026-12-28—2026-12-31",
		  "2026年第53周（2026年12月28日—2027年1月3日）" },
		{ "2025-01-01", "2025-12-31", "2025-W53", PERIOD_WEEK, NULL, NULL, NULL },
		{ "2026-01-01", "2026-12-31", "2026-02", PERIOD_MONTH, "2026-02-01—2026-02-28", "2026-02-01—2026-02-28",
		  "2026年2月" },
		{ "2026-01-01", "2026-12-31", "2026-Q4", PERIOD_QUARTER, "2026-10-01—2026-12-31",
		  "2026-10-01—2026-12-31", "2026年第四季度" },
		{ "2026-01-01", "2026-12-31", "2026-H1", PERIOD_HALF_YEAR, "2026-01-01—2026-06-30",
		  "2026-01-01—2026-06-30", "2026年上半年" },
		{ "2026-01-01", "2026-12-31", "2026", PERIOD_YEAR, "2026-01-01—2026-12-31", "2026-01-01—2026-12-31",
		  "2026年" },
		/* A term of three contract years that begins in October (A). */
		{ "2025-10-01", "2028-09-30", "2025-H2", PERIOD_HALF_YEAR, "2025-07-01—2025-12-31",
		  "2025-10-01—2025-12-31", "2025年下半年" },
		{ "2025-10-01", "2028-09-30", "2028-Q3", PERIOD_QUARTER, "2028-07-01—2028-09-30",
		  "2028-07-01—2028-09-30", "2028年第三季度" },
		{ "2025-10-01", "2028-09-30", "2028", PERIOD_YEAR, "2028-01-01—2028-12-31", "2028-01-01—2028-09-30",
		  "2028年" },
		{ "2025-10-01", "2028-09-30", "Y1", PERIOD_CONTRACT_YEAR, "2025-10-01—2026-09-30",
		  "2025-10-01—2026-09-30", "第1合同年" },
		{ "2025-10-01", "2028-09-30", "Y1-H2", PERIOD_CONTRACT_HALF_YEAR, "2026-04-01—2026-09-30",
		  "2026-04-01—2026-09-30", "第1合同年下半年" },
		{ "2025-10-01", "2028-09-30", "Y2-Q3", PERIOD_CONTRACT_QUARTER, "2027-04-01—2027-06-30",
		  "2027-04-01—2027-06-30", "第2合同年第三季度" },
		{ "2025-10-01", "2028-09-30", "term", PERIOD_TERM, "2025-10-01—2028-09-30", "2025-10-01—2028-09-30",
		  "合同期" },
		/* A term that begins on the 31st: each part is counted from there (edge case 43). */
		{ "2026-01-31", "2027-01-30", "Y1-Q1", PERIOD_CONTRACT_QUARTER, "2026-01-31—2026-04-29",
		  "2026-01-31—2026-04-29", "第1合同年第一季度" },
		{ "2026-01-31", "2027-01-30", "Y1-Q2", PERIOD_CONTRACT_QUARTER, "2026-04-30—2026-07-30",
		  "2026-04-30—2026-07-30", "第1合同年第二季度" },
		{ "2026-01-31", "2027-01-30", "Y1-H2", PERIOD_CONTRACT_HALF_YEAR, "2026-07-31—2027-01-30",
		  "2026-07-31—2027-01-30", "第1合同年下半年" },
		/* The 49 days of B end within a contract quarter. */
		{ "2025-03-03", "2025-04-20", "Y1", PERIOD_CONTRACT_YEAR, "2025-03-03—2026-03-02",
		  "2025-03-03—2025-04-20", "第1合同年" },
		{ "2025-03-03", "2025-04-20", "2025-03", PERIOD_MONTH, "2025-03-01—2025-03-31", "2025-03-03—2025-03-31",
		  "2025年3月" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct period period;
		bool read = period_parse(arena, cases[i].name, span(cases[i].first, cases[i].last), &period);
		if (read != (cases[i].whole != NULL))
			fail_msg("%s was %s", cases[i].name, read ? "read" : "refused");
		if (!read)
			continue;
		assert_int_equal(period.kind, cases[i].kind);
		assert_string_equal(period.name, cases[i].name);
		assert_string_equal(shown(arena, period.whole), cases[i].whole);
		assert_string_equal(shown(arena, period.span), cases[i].clipped);
		assert_string_equal(period_title(arena, &period), cases[i].title);
	}
	arena_free(arena);
}

static void what_is_no_period_of_the_term_is_refused(void **state)
{
	(void)state;
	static const char *const names[] = {
		"",         "2025",    "2027",       "2025-12",   "2027-01",     "2025-12-31", "2027-01-01", "2026-13",
		"2026-00",  "2026-1",  "2026-W54",   "2026-W0",   "2026-W00",    "2026-W1",    "2026-Q5",    "2026-Q0",
		"2026-Q11", "2026-H3", "2026-02-29", "2026-11-2", "2026-11-211", "2026-",      "26",         "20260",
		"0000",     "Y0",      "Y2",         "Y1-",       "Y1-Q5",       "Y1-H0",      "Y1-W1",      "Y1-Q1x",
		"y1",       "Y01",     "Term",       "term ",     "２０２６",
	};
	struct arena *arena = arena_new();
	struct period period;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (period_parse(arena, names[i], span("2026-01-01", "2026-12-31"), &period))
			fail_msg("\"%s\" was read", names[i]);
	assert_true(period_parse(arena, "Y12", span("2014-01-01", "2026-12-31"), &period));
	assert_false(period_parse(arena, "Y1-Q2", span("2025-03-03", "2025-04-20"), &period));
	arena_free(arena);
}

/* The periods of a kind follow each other without gap or overlap, each found from each of its days. */
static void periods_tile_the_term(void **state)
{
	(void)state;
	static const struct {
		const char *first, *last;
	} terms[] = { { "2025-10-01", "2028-09-30" },
		      { "2026-01-31", "2027-01-30" },
		      { "2024-02-29", "2026-02-27" },
		      { "2025-03-03", "2025-04-20" },
		      { "2026-03-09", "2026-03-09" } };
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		struct span term = span(terms[i].first, terms[i].last);
		for (enum period_kind kind = PERIOD_DAY; kind <= PERIOD_TERM; kind++) {
			struct period period = period_of(arena, kind, term.from, term), other;
			assert_int_equal(period.span.from.day, term.from.day);
			assert_false(period_previous(arena, &period, term, &other));
			for (struct date date = term.from; date.day < term.to.day; date.day++) {
				if (date.day == period.span.to.day) {
					struct period before = period;
					assert_true(period_next(arena, &before, term, &period));
					assert_int_equal(period.whole.from.day, before.whole.to.day);
					assert_int_equal(period.span.from.day, date.day);
					assert_true(period_previous(arena, &period, term, &other));
					assert_string_equal(other.name, before.name);
					assert_int_equal(other.span.to.day, before.span.to.day);
				}
				other = period_of(arena, kind, date, term);
				assert_string_equal(other.name, period.name);
				assert_int_equal(other.span.from.day, period.span.from.day);
				assert_true(period_parse(arena, period.name, term, &other));
				assert_int_equal(other.kind, kind);
				assert_int_equal(other.whole.from.day, period.whole.from.day);
				assert_int_equal(other.span.to.day, period.span.to.day);
			}
			assert_int_equal(period.span.to.day, term.to.day);
			assert_false(period_next(arena, &period, term, &other));
		}
	}
	arena_free(arena);
}

static void a_date_outside_the_term_counts_as_its_nearest_day(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct span term = span("2025-10-01", "2028-09-30");
	assert_string_equal(period_of(arena, PERIOD_CONTRACT_YEAR, fixture_date("2020-01-01"), term).name, "Y1");
	assert_string_equal(period_of(arena, PERIOD_CONTRACT_YEAR, fixture_date("2030-01-01"), term).name, "Y3");
	struct period outside = period_of(arena, PERIOD_MONTH, fixture_date("2025-09-30"), term);
	assert_true(outside.span.from.day >= outside.span.to.day);
	arena_free(arena);
}

static void a_span_is_half_open_in_the_zone_asked_for(void **state)
{
	(void)state;
	struct span month = span("2026-03-01", "2026-03-31");
	char text[INSTANT_TEXT];
	assert_string_equal(instant_format(span_from(month, OFFSET_CHINA), text), "2026-03-01T00:00:00+08:00");
	assert_string_equal(instant_format(span_to(month, OFFSET_CHINA), text), "2026-04-01T00:00:00+08:00");
	assert_true(span_holds(month, fixture_instant("2026-03-01T00:00:00"), OFFSET_CHINA));
	assert_true(span_holds(month, fixture_instant("2026-03-31T23:59:59"), OFFSET_CHINA));
	assert_false(span_holds(month, fixture_instant("2026-04-01T00:00:00"), OFFSET_CHINA));
	assert_false(span_holds(month, fixture_instant("2026-02-28T23:59:59"), OFFSET_CHINA));
	assert_true(span_holds(month, fixture_instant("2026-02-28T16:00:00Z"), OFFSET_CHINA));
	assert_false(span_holds(month, fixture_instant("2026-02-28T16:00:00Z"), 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_read),
		cmocka_unit_test(what_is_no_period_of_the_term_is_refused),
		cmocka_unit_test(periods_tile_the_term),
		cmocka_unit_test(a_date_outside_the_term_counts_as_its_nearest_day),
		cmocka_unit_test(a_span_is_half_open_in_the_zone_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
