/* Reports: which ones a contract calls for, and how they are named (issue 4). What
 * this repository's own templates make of them is in tests/command/report_golden.py. */
#include "fixture.h"

static struct making start_with(struct fixture *fixture, const char *templates, const char *as_of)
{
	put_small_contract(fixture);
	run(fixture, arena_printf(fixture->arena, "mkdir repo/templates && cd repo/templates && %s", templates));
	commit_all(fixture);
	return start(fixture, as_of);
}

#define BARE "echo '# {{report.name}}' | tee weekly.md monthly.md fault.md"

static void subjects_are_whole_periods_and_a_draft_of_the_running_one(void **state)
{
	struct fixture *fixture = *state;
	struct making making = start_with(fixture, BARE, "2026-03-11 12:00");
	struct report_subjects subjects = report_subjects(making.reporter, fixture->arena);
	struct buf names = BUF_INIT;
	for (size_t i = 0; i < subjects.count; i++) {
		struct report *report = report_make(making.reporter, fixture->arena, subjects.items[i], fixture->diags);
		assert_non_null(report);
		buf_printf(&names, "%s%s ", report->stem, report->subject.draft ? "*" : "");
	}
	/* week 1 began before the term; I3 has not happened yet */
	assert_string_equal(buf_str(&names),
	                    "2026-W01 2026-W02 2026-W03 2026-W04 2026-W05 2026-W06 2026-W07 2026-W08 2026-W09 "
	                    "2026-W10 2026-W11* 2026-01 2026-02 2026-03* fault-I1 fault-I2 ");
	buf_free(&names);
	stop(&making);
}

static void a_document_on_a_record_in_work_is_a_draft(void **state)
{
	struct fixture *fixture = *state;
	struct making making = start_with(fixture, BARE, "2026-03-10 15:00");
	assert_true(subject_of(fixture, &making, "fault", "I2").draft);
	assert_false(subject_of(fixture, &making, "fault", "I1").draft);
	stop(&making);
}

/* One template and one line in the contract, and no C. */
static void a_new_kind_needs_a_template_and_a_line(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"clauses\": {\"X\": \"约定\"}, \"reports\": [{\"id\": \"duty-note\", \"kind\": \"duty-note\", "
	             "\"clause\": \"X\", \"name\": \"值班通报\", \"every\": \"quarter\"}]");
	put(fixture, "repo/templates/duty-note.md", "# {{report.name}} {{period.title}}\n");
	commit_all(fixture);
	struct making making = start(fixture, "2026-07-01 09:00");
	struct report *report = report_make(making.reporter, fixture->arena,
	                                    subject_of(fixture, &making, "duty-note", "2026-Q2"), fixture->diags);
	assert_string_equal(told(fixture), "");
	assert_string_equal(report->markdown.data, "# 值班通报 2026年第二季度\n");
	assert_string_equal(report->stem, "duty-note-2026-Q2");
	assert_string_equal(report->title, "值班通报（2026年第二季度）");
	stop(&making);
}

static void what_cannot_be_made_is_told_with_its_remedy(void **state)
{
	struct fixture *fixture = *state;
	struct making making = start_with(fixture, BARE, "2026-04-01 10:00");
	struct report_subject subject;
	assert_false(report_subject_find(making.reporter, fixture->arena, "yearly", "2026", &subject, fixture->diags));
	assert_false(
	    report_subject_find(making.reporter, fixture->arena, "weekly", "2026-03", &subject, fixture->diags));
	assert_false(report_subject_find(making.reporter, fixture->arena, "fault", "I9", &subject, fixture->diags));
	const char *all = told(fixture);
	assert_non_null(strstr(all, "contract c has no report of kind yearly"));
	assert_non_null(strstr(all, "name one of: weekly, monthly, fault"));
	assert_non_null(
	    strstr(all, "2026-03 is no period of report weekly in the term of contract c; write one such as 2026-W01"));
	assert_non_null(strstr(all, "there is no such record I9"));
	stop(&making);
}

static void faults_of_templates_are_told_where_they_are(void **state)
{
	struct fixture *fixture = *state;
	struct making making =
	    start_with(fixture, "echo '{{nobody}}' >weekly.md && echo '{{#open}}' >monthly.md", "2026-04-01 10:00");
	assert_null(report_make(making.reporter, fixture->arena, subject_of(fixture, &making, "weekly", "2026-W10"),
	                        fixture->diags));
	assert_null(report_make(making.reporter, fixture->arena, subject_of(fixture, &making, "monthly", "2026-03"),
	                        fixture->diags));
	assert_told(fixture, "templates/weekly.md:1:");
	assert_told(fixture, "templates/monthly.md:1:");
	assert_non_null(strstr(told(fixture), "there is no template templates/fault.md for report kind fault"));
	stop(&making);
}

/* Opening + new − closed must be closing: a finding closed before it was found
 * breaks the sum. */
static void sums_that_do_not_agree_are_an_error(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"clauses\": {\"X\": \"约定\"}, \"reports\": [{\"id\": \"monthly\", \"kind\": "
	                      "\"monthly\", \"clause\": \"X\", \"name\": \"月报\"}]");
	put_records(fixture, "risks",
	            "id,identified_on,class,description,status,closed_on\nR1,2026-04-10,容量,磁盘,已消除,2026-03-05\n");
	put(fixture, "repo/templates/monthly.md", "# {{report.name}}\n");
	commit_all(fixture);
	struct making making = start(fixture, "2026-05-01 09:00");
	report_make(making.reporter, fixture->arena, subject_of(fixture, &making, "monthly", "2026-03"),
	            fixture->diags);
	assert_non_null(strstr(told(fixture), "the figures of risks in 2026-03 do not agree"));
	stop(&making);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up_rules, tear_down)
		TEST(subjects_are_whole_periods_and_a_draft_of_the_running_one),
		TEST(a_document_on_a_record_in_work_is_a_draft),
		TEST(a_new_kind_needs_a_template_and_a_line),
		TEST(what_cannot_be_made_is_told_with_its_remedy),
		TEST(faults_of_templates_are_told_where_they_are),
		TEST(sums_that_do_not_agree_are_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
