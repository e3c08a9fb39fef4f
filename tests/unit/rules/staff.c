/* Staff: head counts, rosters, consents, absences (B-S1, B-S2, B-D9, D-S1, E-S1). */
#include "fixture.h"

#include "rules/staff.h"

static struct staff_state state_of(struct fixture *fixture, const char *rule, const char *from, const char *to,
                                   const char *as_of)
{
	put_contract(fixture,
	             arena_printf(fixture->arena, "\"staff_rules\":[{\"id\":\"s\",\"clause\":\"B-S1\",%s}]", rule));
	struct ledger *ledger = read_sound_ledger(fixture);
	struct staff_list list = staff_states(ledger, (struct span){ day(from), day(to) }, at(as_of), fixture->arena);
	assert_int_equal(list.count, 1);
	return list.items[0];
}

static void assert_gap(const struct staff_state *state, size_t index, const char *from, const char *to, size_t count)
{
	assert_true(index < state->gap_count);
	assert_int_equal(state->gaps[index].days.from.day, day(from).day);
	assert_int_equal(state->gaps[index].days.to.day, day(to).day);
	assert_int_equal(state->gaps[index].count, count);
}

#define STAFF                                                                                                                              \
	"id,name,role,from,to,replaces,consent\n"                                                                                          \
	"a,甲,技术支持,2025-12-01,2026-03-31,,\nb,乙,技术支持,2026-01-01,,,\n"                                                   \
	"c,丙,技术支持,2026-04-03,,a,采购人同意函\nd,丁,驻场工程师,2026-02-01,,,\ne,戊,项目经理,2026-01-01,2026-06-" \
	"30,,\n"

/* B-S1, D-S1 */
static void heads_are_counted_on_every_day(void **state)
{
	struct fixture *fixture = *state;
	put_records(fixture, "staff", STAFF);
	const char *rule = "\"count\":{\"type\":\"staff\",\"role\":\"技术支持\"},\"at_least\":2";
	struct staff_state year = state_of(fixture, rule, "2026-01-01", "2027-01-01", "2026-05-01 12:00");
	assert_false(year.kept);
	assert_int_equal(year.gap_count, 1);
	/* Both ends of a stay count: one is missing on 1 and 2 April. */
	assert_gap(&year, 0, "2026-04-01", "2026-04-03", 1);
	assert_int_equal(year.days, 31 + 28 + 31 + 30 + 1);
	assert_int_equal(year.count, 2);
	assert_int_equal(year.lowest, 1);
	assert_true(state_of(fixture, rule, "2026-03-01", "2026-04-01", "2026-05-01 12:00").kept);
}

/* B-S1 */
static void changes_need_consent_and_a_successor(void **state)
{
	struct fixture *fixture = *state;
	put_records(fixture, "staff", STAFF);
	const char *rule = "\"consent\":{\"type\":\"staff\"}";
	struct staff_state year = state_of(fixture, rule, "2026-01-01", "2027-01-01", "2026-12-01 12:00");
	/* d came without consent, e left without a successor; who was there from the start needs none. */
	assert_int_equal(year.record_count, 2);
	assert_string_equal(year.records[0]->id, "d");
	assert_string_equal(year.records[1]->id, "e");
	assert_true(state_of(fixture, rule, "2026-03-01", "2026-06-01", "2026-12-01 12:00").kept);
	assert_int_equal(state_of(fixture, rule, "2026-01-01", "2027-01-01", "2026-06-29 12:00").record_count, 1);
}

/* B-D9, E-S1 */
static void the_roster_follows_the_calendar(void **state)
{
	struct fixture *fixture = *state;
	put_records(fixture, "staff", STAFF);
	put_records(fixture, "roster",
	            "id,date,shift,staff\n"
	            /* National Day 2026: 1 to 7 October; the 10th, a Saturday, is worked */
	            "R1,2026-10-01,值班,a\nR2,2026-10-01,值班,a\nR3,2026-10-02,值班,a\nR4,2026-10-02,值班,b\n"
	            "R5,2026-10-03,驻场,a\nR6,2026-10-04,值班,b\nR7,2026-10-11,值班,b\n");
	const char *rule = "\"roster\":{\"type\":\"roster\",\"shift\":\"值班\"},\"on\":\"restday\",\"at_least\":1";
	struct staff_state week = state_of(fixture, rule, "2026-10-01", "2026-10-12", "2026-12-01 12:00");
	assert_int_equal(week.days, 8);
	assert_int_equal(week.gap_count, 2);
	assert_gap(&week, 0, "2026-10-03", "2026-10-04", 0);
	assert_gap(&week, 1, "2026-10-05", "2026-10-08", 0);
	/* Two shifts of one person are one person. */
	const char *two = "\"roster\":{\"type\":\"roster\",\"shift\":\"值班\"},\"on\":\"restday\",\"at_least\":2";
	struct staff_state days = state_of(fixture, two, "2026-10-01", "2026-10-03", "2026-12-01 12:00");
	assert_int_equal(days.gap_count, 1);
	assert_gap(&days, 0, "2026-10-01", "2026-10-02", 1);
	const char *workdays = "\"roster\":{\"type\":\"roster\"},\"on\":\"workday\",\"at_least\":1";
	assert_int_equal(state_of(fixture, workdays, "2026-10-01", "2026-10-12", "2026-12-01 12:00").days, 3);
}

/* B-S2 */
static void absences_count_in_working_days(void **state)
{
	struct fixture *fixture = *state;
	put_records(fixture, "staff", STAFF);
	put_records(fixture, "absences",
	            "id,staff,from,to,reason,substitute\nA1,a,2026-03-30,2026-04-02,病假,\nA2,b,2026-03-06,2026-03-09,"
	            "事假,a\n");
	struct staff_state march =
	    state_of(fixture, "\"absence\":{\"type\":\"absences\"}", "2026-03-01", "2026-04-01", "2026-12-01 12:00");
	/* 30 and 31 March; Friday 6 and Monday 9 March with a substitute. */
	assert_int_equal(march.absent_days, 4);
	assert_int_equal(march.uncovered_days, 2);
	assert_int_equal(march.record_count, 2);
	assert_false(march.kept);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_rules, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(heads_are_counted_on_every_day),
		TEST(changes_need_consent_and_a_successor),
		TEST(the_roster_follows_the_calendar),
		TEST(absences_count_in_working_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
