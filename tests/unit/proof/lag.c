/* Lag against the recording limit, and imports (design chapter 6). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proof/lag.h"

static const struct schema_field fields[] = {
	{ .name = "id", .title = "编号" },
	{ .name = "reported_at", .title = "申报时间", .type = FIELD_DATETIME },
	{ .name = "found_on", .title = "发现日期", .type = FIELD_DATE },
};

static const struct schema by_instant = { .type = "incidents", .fields = fields, .field_count = 3, .date_field = 1 };
static const struct schema by_date = { .type = "findings", .fields = fields, .field_count = 3, .date_field = 2 };

static struct instant china(int month, int day, int hour, int minute)
{
	return instant_at(date_of_ymd(2026, month, day), hour * 3600 + minute * 60, OFFSET_CHINA);
}

/* The lag of a record of that schema, dated so, first committed so, under contract. */
static struct lag judge(const struct contract *contract, const struct schema *schema, struct instant at,
                        struct instant committed)
{
	struct ledger ledger = { .contract = contract, .rules = { .offset = OFFSET_CHINA } };
	struct field values[3] = { { 0 } };
	struct record record = { .schema = schema, .id = "1", .fields = values };
	struct history_commit commit = { .facts = { .id = "abcdef0123", .committer = { .at = committed } } };
	struct event added = { .change = CHANGE_ADDED, .commit = &commit };
	struct life life = { .events = &added, .event_count = 1 };
	values[schema->date_field].present = true;
	if (schema->date_field == 1)
		values[1].as.instant = at;
	else
		values[2].as.date = date_of_instant(at);
	return lag_of(&ledger, &record, &life);
}

static const struct contract within_a_day = { .offset = OFFSET_CHINA,
	                                      .has_recording = true,
	                                      .recording = { 24, UNIT_HOUR } };

static void test_limit(void **state)
{
	(void)state;
	struct instant at = china(3, 9, 10, 0);
	struct lag lag = judge(&within_a_day, &by_instant, at, china(3, 10, 10, 0));
	assert_int_equal(lag.verdict, LAG_ON_TIME); /* at the limit is in time */
	assert_int_equal(lag.seconds, DAY_SECONDS);
	assert_int_equal(instant_compare(lag.limit, china(3, 10, 10, 0)), 0);
	lag = judge(&within_a_day, &by_instant, at, (struct instant){ china(3, 10, 10, 0).seconds + 1, 0 });
	assert_int_equal(lag.verdict, LAG_LATE);
}

static void test_whole_day(void **state)
{
	(void)state;
	/* Dated by its day alone, it can be recorded from the day's end on. */
	assert_int_equal(judge(&within_a_day, &by_date, china(3, 9, 0, 0), china(3, 11, 0, 0)).verdict, LAG_ON_TIME);
	assert_int_equal(judge(&within_a_day, &by_date, china(3, 9, 0, 0), china(3, 11, 0, 1)).verdict, LAG_LATE);
}

static void test_unjudged(void **state)
{
	(void)state;
	struct contract unlimited = { .offset = OFFSET_CHINA };
	assert_int_equal(judge(&unlimited, &by_instant, china(3, 9, 0, 0), china(6, 1, 0, 0)).verdict, LAG_UNJUDGED);
	struct lag before = judge(&within_a_day, &by_instant, china(3, 9, 10, 0), china(3, 9, 9, 0));
	assert_int_equal(before.verdict, LAG_UNJUDGED);
	assert_int_equal(before.seconds, -3600);
}

static void test_import(void **state)
{
	(void)state;
	struct import import = { .until = date_of_ymd(2026, 1, 31), .reason = "一次性录入" };
	struct contract contract = within_a_day;
	contract.imports = &import;
	contract.import_count = 1;
	struct instant committed = china(6, 1, 0, 0);
	assert_int_equal(judge(&contract, &by_instant, china(1, 31, 23, 59), committed).verdict, LAG_IMPORTED);
	assert_int_equal(judge(&contract, &by_instant, china(2, 1, 0, 0), committed).verdict, LAG_LATE);
	import.commit = "abcd";
	assert_int_equal(judge(&contract, &by_instant, china(1, 31, 0, 0), committed).verdict, LAG_IMPORTED);
	import.commit = "0123";
	assert_int_equal(judge(&contract, &by_instant, china(1, 31, 0, 0), committed).verdict, LAG_LATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_whole_day),
		cmocka_unit_test(test_unjudged),
		cmocka_unit_test(test_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
