/* Limits and what is left of them (E-L1, B-L1, B-L2). */
#include "fixture.h"

#include "rules/limit.h"

static struct limit_state state_of(struct fixture *fixture, const char *from, const char *to, const char *as_of)
{
	struct ledger *ledger = read_sound_ledger(fixture);
	struct limit_list list = limit_states(ledger, (struct span){ day(from), day(to) }, at(as_of), fixture->arena);
	assert_int_equal(list.count, 1);
	return list.items[0];
}

/* E-L1, design 5.4 */
static void a_major_fault_is_known_by_its_length(void **state)
{
	struct fixture *fixture = *state;
	put_contract(
	    fixture,
	    "\"systems\":[{\"id\":\"office\",\"service\":\"s\"},{\"id\":\"cases\"}],\"services\":[{\"id\":\"s\"}],"
	    "\"limits\":[{\"id\":\"l\",\"clause\":\"E-L1\",\"service\":\"s\",\"per\":\"contract-year\",\"at_most\":2,"
	    "\"count\":{\"type\":\"incidents\",\"parent\":null},\"from\":\"reported_at\",\"to\":\"restored_at\","
	    "\"at_least\":\"2h\"}]");
	put_records(
	    fixture, "incidents",
	    "id,title,system,kind,channel,level,parent,reported_at,restored_at\n"
	    /* two hours to the second; a second less, though called P1; another system; a ticket of the same cause */
	    "I1,故障,office,系统故障,电话,P3,,2026-03-09 08:00,2026-03-09 10:00\n"
	    "I2,故障,office,系统故障,电话,P1,,2026-03-09 08:00,2026-03-09T09:59:59\n"
	    "I3,故障,cases,系统故障,电话,P1,,2026-03-09 08:00,2026-03-09 12:00\n"
	    "I4,故障,office,系统故障,电话,P1,I1,2026-03-09 08:00,2026-03-09 12:00\n"
	    "I5,故障,office,系统故障,电话,P1,,2026-05-09 08:00,\n");
	struct limit_state before = state_of(fixture, "2026-01-01", "2027-01-01", "2026-05-09 09:59");
	assert_int_equal(before.counted, 1);
	assert_int_equal(before.left, 1);
	assert_int_equal(before.verdict, LIMIT_WITHIN);
	assert_string_equal(before.records[0]->id, "I1");
	assert_string_equal(before.period.name, "Y1");
	/* Still open, it counts as soon as it has lasted so long. */
	struct limit_state after = state_of(fixture, "2026-01-01", "2027-01-01", "2026-05-09 10:00");
	assert_int_equal(after.counted, 2);
	assert_int_equal(after.verdict, LIMIT_REACHED);
	/* A report of March, asked for later, counts what is known then of the whole year. */
	assert_int_equal(state_of(fixture, "2026-03-01", "2026-04-01", "2026-05-09 10:00").counted, 2);
}

/* B-L1, B-L2 */
static void a_count_over_the_term_leaves_a_rest(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"limits\":[{\"id\":\"l\",\"clause\":\"B-L1\",\"count\":{\"type\":\"calls\",\"answered\":false},"
	             "\"at_most\":3,\"warn_at\":2}]");
	struct buf rows = BUF_INIT;
	buf_puts(&rows, "id,called_at,answered\nC0,2026-01-05 09:00,是\n");
	static const enum limit_verdict expected[] = { LIMIT_WITHIN, LIMIT_WITHIN, LIMIT_WARNING, LIMIT_REACHED,
		                                       LIMIT_PASSED };
	static const size_t left[] = { 3, 2, 1, 0, 0 };
	for (size_t unanswered = 0; unanswered < 5; unanswered++) {
		if (unanswered)
			buf_printf(&rows, "C%zu,2026-02-0%zu 09:00,否\n", unanswered, unanswered);
		put_records(fixture, "calls", buf_str(&rows));
		struct limit_state limit = state_of(fixture, "2026-06-01", "2026-07-01", "2026-06-30 12:00");
		assert_int_equal(limit.counted, unanswered);
		assert_int_equal(limit.left, left[unanswered]);
		assert_int_equal(limit.verdict, expected[unanswered]);
	}
	buf_free(&rows);
}

static void a_limit_counts_in_its_own_period(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"limits\":[{\"id\":\"l\",\"clause\":\"B-L2\",\"per\":\"month\",\"at_most\":1,"
	                      "\"count\":{\"type\":\"evaluations\",\"verdict\":\"不满意\"}}]");
	put_records(fixture, "evaluations",
	            "id,evaluated_on,verdict\nV1,2026-03-31,不满意\nV2,2026-04-01,不满意\nV3,2026-04-02,满意\nV4,2026-"
	            "04-30,不满意\n");
	assert_int_equal(state_of(fixture, "2026-01-01", "2026-04-01", "2026-06-01 00:00").counted, 1);
	assert_int_equal(state_of(fixture, "2026-04-01", "2026-05-01", "2026-06-01 00:00").counted, 2);
	assert_int_equal(state_of(fixture, "2026-04-01", "2026-05-01", "2026-04-15 00:00").counted, 1);
	assert_string_equal(state_of(fixture, "2026-01-01", "2027-01-01", "2026-04-15 00:00").period.name, "2026-04");
}

/* B-L2: a report signed as unsatisfactory counts as an evaluation does. */
static void sign_offs_count_beside_evaluations(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"limits\":[{\"id\":\"l\",\"clause\":\"B-L2\",\"at_most\":2,"
	                      "\"count\":{\"type\":\"evaluations\",\"verdict\":\"不满意\"},"
	                      "\"also\":{\"type\":\"signoffs\",\"verdict\":\"不满意\"}}]");
	put_records(fixture, "evaluations", "id,evaluated_on,verdict\nV1,2026-03-31,不满意\nV2,2026-04-01,满意\n");
	put_records(fixture, "signoffs",
	            "id,report,period,signer,role,signed_at,verdict\n"
	            "SGN-2026-01,monthly,2026-03,甲,采购人代表,2026-04-02 09:00,不满意\n"
	            "SGN-2026-02,monthly,2026-04,甲,采购人代表,2026-05-02 09:00,合格\n"
	            "SGN-2026-03,monthly,2026-05,甲,采购人代表,2026-06-02 09:00,不满意\n");
	struct limit_state limit = state_of(fixture, "2026-01-01", "2027-01-01", "2026-05-31 00:00");
	assert_int_equal(limit.counted, 2);
	assert_string_equal(limit.records[1]->id, "SGN-2026-01");
	assert_int_equal(limit.verdict, LIMIT_REACHED);
	assert_int_equal(state_of(fixture, "2026-01-01", "2027-01-01", "2026-06-30 00:00").verdict, LIMIT_PASSED);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_rules, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_major_fault_is_known_by_its_length),
		TEST(a_count_over_the_term_leaves_a_rest),
		TEST(sign_offs_count_beside_evaluations),
		TEST(a_limit_counts_in_its_own_period),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
