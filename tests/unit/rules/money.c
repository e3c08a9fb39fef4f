/* Payments due and the monthly appraisal (A-M1, D-M1, C-M1). */
#include "fixture.h"

#include "rules/money.h"

#define PAYMENTS                                                                                                       \
	"\"amount\":380000,\"signed_on\":\"2025-12-26\",\"payment\":["                                                 \
	"{\"id\":\"first\",\"clause\":\"A-M1\",\"share\":50,\"due\":{\"after\":\"signing\",\"within\":\"15wd\"}},"     \
	"{\"id\":\"rest\",\"clause\":\"A-M1\",\"share\":50,\"opens\":{\"after\":\"start\",\"within\":\"6mo\"},"        \
	"\"due\":{\"after\":\"invoice\",\"within\":\"15wd\"}}]"

static struct payment_state payment(struct fixture *fixture, size_t index, const char *as_of)
{
	struct ledger *ledger = read_sound_ledger(fixture);
	struct payment_list list = payment_states(ledger, at(as_of), fixture->arena);
	assert_true(index < list.count);
	return list.items[index];
}

/* A-M1 */
static void payments_open_fall_due_and_are_late(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, PAYMENTS);
	struct payment_state first = payment(fixture, 0, "2026-01-10 12:00");
	/* Fifteen working days after Friday 26 December 2025: New Year is 1 to 3 January, Sunday the 4th is worked:
	 * Monday 19 January. */
	assert_at(first.due, "2026-01-20 00:00");
	assert_int_equal(first.amount_fen, 19000000);
	assert_int_equal(first.verdict, PAYMENT_OPEN);
	assert_int_equal(payment(fixture, 0, "2026-01-20 00:01").verdict, PAYMENT_OVERDUE);
	struct payment_state rest = payment(fixture, 1, "2026-06-30 12:00");
	assert_false(rest.has_due);
	assert_at(rest.opens, "2026-07-02 00:00");
	assert_int_equal(rest.verdict, PAYMENT_NOT_OPEN);
	assert_int_equal(payment(fixture, 1, "2026-07-02 00:00").verdict, PAYMENT_OPEN);
	put_records(fixture, "payments",
	            "id,milestone,invoiced_on,paid_on,amount\nP1,first,2026-01-05,2026-01-19,190000\nP2,rest,2026-07-"
	            "06,2026-07-28,190000\n");
	assert_int_equal(payment(fixture, 0, "2026-12-01 12:00").verdict, PAYMENT_PAID);
	/* Fifteen working days after Monday 6 July: 27 July. */
	assert_at(payment(fixture, 1, "2026-12-01 12:00").due, "2026-07-28 00:00");
	assert_int_equal(payment(fixture, 1, "2026-12-01 12:00").verdict, PAYMENT_PAID_LATE);
	assert_int_equal(payment(fixture, 1, "2026-07-20 12:00").verdict, PAYMENT_OPEN);
}

/* A-M1, D-M1 */
static void yearly_payments_follow_the_contract_years(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/contract.json",
	    "{\"purchaser\":\"采购人\",\"provider\":\"承建运维单位\",\"term\":{\"from\":\"2025-07-01\",\"to\":\"2028-"
	    "06-30\"},\"amount\":680000.01,"
	    "\"payment\":[{\"id\":\"half\",\"clause\":\"D-M1\",\"share\":50,\"every\":\"contract-year\",\"opens\":{"
	    "\"after\":\"end\",\"within\":\"1d\"}}]}");
	put_records(fixture, "payments",
	            "id,milestone,invoiced_on,paid_on,amount\nP1,half,2026-07-06,2026-07-24,340000\n");
	struct payment_list list = payment_states(read_sound_ledger(fixture), at("2026-11-20 12:00"), fixture->arena);
	assert_int_equal(list.count, 2);
	assert_string_equal(list.items[0].period.name, "Y1");
	assert_int_equal(list.items[0].verdict, PAYMENT_PAID);
	assert_int_equal(list.items[1].verdict, PAYMENT_NOT_OPEN);
	assert_null(list.items[1].invoice);
	assert_int_equal(list.items[1].amount_fen, 34000001); /* half a fen is rounded up */
}

/* C-M1 */
static void a_bad_month_costs_its_share(void **state)
{
	struct fixture *fixture = *state;
	put_contract(
	    fixture,
	    "\"amount\":480000,\"duties\":[{\"id\":\"score\",\"clause\":\"C-D3\",\"every\":\"month\",\"due\":\"10wd\","
	    "\"evidence\":{\"type\":\"assessments\",\"kind\":\"月度考核\"}}],"
	    "\"appraisal\":{\"id\":\"a\",\"clause\":\"C-M1\",\"duty\":\"score\",\"score\":\"score\",\"pass_mark\":80,"
	    "\"grave\":{\"type\":\"assessments\",\"grave_event\":true}}");
	put_records(fixture, "assessments",
	            "id,kind,assessed_at,score,grave_event\nA1,月度考核,2026-02-02,80,\nA2,月度考核,2026-03-02,79.9,\n"
	            "A3,月度考核,2026-04-01,95,是\nA4,月度考核,2026-05-06,,\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	struct instant as_of = at("2026-05-31 12:00");
	struct duty_list windows = duty_windows(ledger, as_of, fixture->arena);
	struct appraisal_list months = appraisal_months(ledger, &windows, as_of, fixture->arena);
	assert_int_equal(months.count, 12);
	/* 80 is no miss; 480000 ÷ 12 × 20.1 % = 8040; a grave event costs 5 % at 95; no score, no deduction. */
	assert_string_equal(months.items[0].assessment->id, "A1");
	assert_false(months.items[0].deducted);
	assert_int_equal(months.items[1].deduction_fen, 804000);
	assert_string_equal(months.items[1].formula, "480,000.00 ÷ 12 × (100 − 79.9)%");
	assert_int_equal(months.items[2].deduction_fen, 200000);
	assert_non_null(months.items[2].grave);
	assert_string_equal(months.items[3].assessment->id, "A4");
	assert_false(months.items[3].deducted);
	assert_null(months.items[4].assessment);
}

static void an_appraisal_needs_an_amount_and_a_duty(void **state)
{
	struct fixture *fixture = *state;
	put_contract(
	    fixture,
	    "\"appraisal\":{\"id\":\"a\",\"clause\":\"C-M1\",\"duty\":\"score\",\"score\":\"score\",\"pass_mark\":80}");
	assert_false(read_ledger(fixture)->contract->has_appraisal);
	assert_told(fixture, "records/c/contract.json:5:13: error: contract has no \"amount\"");
	assert_told(fixture, "records/c/contract.json:5:46: error: the contract has no duty \"score\"");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_rules, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(payments_open_fall_due_and_are_late),
		TEST(yearly_payments_follow_the_contract_years),
		TEST(a_bad_month_costs_its_share),
		TEST(an_appraisal_needs_an_amount_and_a_duty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
