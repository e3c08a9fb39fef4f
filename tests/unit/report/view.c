/* Views: the figures of a small contract, worked in the head (issue 4). */
#include "fixture.h"

static const struct value *view_of(struct fixture *fixture, const char *kind, const char *which, const char *as_of)
{
	put_small_contract(fixture);
	run(fixture,
	    "mkdir repo/templates && cd repo/templates && echo x >weekly.md && echo x >monthly.md && echo x >fault.md");
	commit_all(fixture);
	struct making making = start(fixture, as_of);
	struct report *report =
	    report_make(making.reporter, fixture->arena, subject_of(fixture, &making, kind, which), fixture->diags);
	assert_non_null(report);
	assert_string_equal(told(fixture), "");
	stop(&making);
	return report->view;
}

#define LATER "2026-04-01 10:00"

static void facts_of_contract_report_and_period(void **state)
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "weekly", "2026-W11", LATER);
	assert_value(fixture, view, "contract.term", "\"2026年1月1日—12月31日\"");
	assert_value(fixture, view, "report.copies", "\"一式两份\"");
	assert_value(fixture, view, "report.clause_text", "\"报告\"");
	assert_value(fixture, view, "report.draft", "false");
	assert_value(fixture, view, "period.title", "\"2026年第11周（3月9日—3月15日）\"");
	assert_value(fixture, view, "period.previous.id", "\"2026-W10\"");
	assert_value(fixture, view, "as_of", "\"2026年4月1日 10:00\"");
	/* exactly what a signature block takes */
	assert_value(
	    fixture, view, "report.signers",
	    "[{\"id\": \"purchaser\", \"role\": \"采购人代表\", \"organisation\": \"采购人\", \"seal\": true}]");
}

static void targets_are_compared_with_the_period_before(void **state) /* E-T1 */
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "weekly", "2026-W11", LATER);
	assert_value(fixture, view, "targets.list.items.0.limit", "\"重大故障2小时，其他8小时\"");
	assert_value(fixture, view, "targets.list.items.0.met", "1");
	assert_value(fixture, view, "targets.list.items.0.attainment", "\"100.0%\"");
	assert_value(fixture, view, "targets.list.items.0.previous_attainment", "\"0.0%\"");
	assert_value(fixture, view, "targets.list.items.0.trend", "\"↑100.0\"");
	assert_value(fixture, view, "targets.misses", "null");
	/* nothing to divide is no 100 % */
	assert_value(fixture, view, "targets.list.items.1.attainment", "\"—\"");
	assert_value(fixture, view, "targets.list.items.1.trend", "\"—\"");
}

static void misses_carry_record_clause_and_overrun(void **state) /* E-T1 */
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "monthly", "2026-03", LATER);
	assert_value(fixture, view, "targets.counted", "5");
	assert_value(fixture, view, "targets.missed", "3");
	assert_value(fixture, view, "targets.misses.count", "3");
	assert_value(fixture, view, "targets.missed_records", "3");
	assert_value(fixture, view, "targets.misses.items.0.record.id", "\"I1\"");
	assert_value(fixture, view, "targets.misses.items.0.deadline", "\"3月2日 11:00\"");
	assert_value(fixture, view, "targets.misses.items.0.overrun", "\"20分\"");
	assert_value(fixture, view, "targets.misses.items.0.cause", "\"证书过期\"");
	/* days late as the calendar counts them */
	assert_value(fixture, view, "targets.misses.items.1.record.id", "\"F1\"");
	assert_value(fixture, view, "targets.misses.items.1.to", "\"3月12日\"");
	assert_value(fixture, view, "targets.misses.items.1.overrun", "\"2天\"");
	assert_value(fixture, view, "targets.misses.items.2.open", "true");
	assert_value(fixture, view, "targets.misses.items.2.more", "false");
}

static void duties_are_counted_where_they_are_due(void **state) /* E-D1 */
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "weekly", "2026-W11", LATER);
	assert_value(fixture, view, "duties.judged", "7");
	assert_value(fixture, view, "duties.done", "6");
	assert_value(fixture, view, "duties.on_time", "\"85.7%\"");
	assert_value(fixture, view, "duties.faulty.items.0.missed", "1");
	assert_value(fixture, view, "duties.faults.count", "1");
	/* Thursday's work was due at its 24:00 */
	assert_value(fixture, view, "duties.faults.items.0.due", "\"3月12日 24:00\"");
	assert_value(fixture, view, "duties.faults.items.0.verdict", "\"逾期未完成\"");
	assert_value(fixture, view, "duties.map.columns", "[\"9\", \"10\", \"11\", \"12\", \"13\", \"14\", \"15\"]");
	assert_value(fixture, view, "duties.map.rows.0.cells",
	             "[\"done\", \"done\", \"done\", \"missed\", \"done\", \"done\", \"done\"]");
	assert_value(fixture, view, "duties.next.items.0.times", "7");
}

/* A report of the past tells a limit as it stood at the end of its period. */
static void limits_stand_as_at_the_end_of_the_period(void **state) /* E-L1 */
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "weekly", "2026-W10", LATER);
	assert_value(fixture, view, "limits.list.items.0.period", "\"2026年1月1日—3月8日\"");
	assert_value(fixture, view, "limits.list.items.0.used", "1");
	assert_value(fixture, view, "limits.list.items.0.left", "0");
	assert_value(fixture, view, "limits.list.items.0.reached", "true");
	assert_value(fixture, view, "limits.list.items.0.records.items.0.id", "\"I1\"");
}

static void incidents_flow_from_opening_to_closing(void **state)
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "monthly", "2026-03", LATER);
	assert_value(fixture, view, "incidents.times", "3");
	assert_value(fixture, view, "incidents.backlog.opening", "0");
	assert_value(fixture, view, "incidents.backlog.restored", "2");
	assert_value(fixture, view, "incidents.backlog.closing", "1");
	assert_value(fixture, view, "incidents.list.items.0.level", "\"P1 重大故障\"");
	assert_value(fixture, view, "incidents.list.items.0.took", "\"2小时20分\"");
	assert_value(fixture, view, "incidents.list.items.0.missed", "1");
	assert_value(fixture, view, "incidents.list.items.2.restored_at", "\"4月1日 00:30\"");
	/* open on the last day, restored on the first of the next month: 150 min of it is
	 * no matter here, but the record is the period's */
	assert_value(fixture, view, "incidents.list.items.2.took", "\"7小时30分\"");
}

static void records_are_listed_picked_and_counted(void **state)
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "monthly", "2026-03", LATER);
	assert_value(fixture, view, "records.incidents.times", "3");
	assert_value(fixture, view, "records.incidents.previous", "\"0\"");
	assert_value(fixture, view, "records.incidents.by.system.items.0.name", "\"行政管理子系统\"");
	assert_value(fixture, view, "records.incidents.by.system.items.0.times", "2");
	assert_value(fixture, view, "records.incidents.by.system.items.0.share", "\"66.7%\"");
	assert_value(fixture, view, "records.incidents.by.cause_party.items.0.name", "\"承建方\"");
	assert_value(fixture, view, "records.incidents.matrix.columns", "[\"系统故障\", \"性能问题\", \"数据问题\"]");
	assert_value(fixture, view, "records.incidents.matrix.rows.0.cells", "[1, 0, 1]");
	assert_value(fixture, view, "records.incidents.matrix.totals", "[1, 1, 1]");
	assert_value(fixture, view, "records.inspections.where.result.异常.items.0.id", "\"N10\"");
	/* a type that the contract has no records of is known and empty */
	assert_value(fixture, view, "records.licences.list", "null");
}

static void metrics_are_watched_against_thresholds(void **state) /* E-D7 */
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "weekly", "2026-W11", LATER);
	assert_value(fixture, view, "metrics.list.items.0.mean", "\"72\"");
	assert_value(fixture, view, "metrics.list.items.0.exceeded", "1");
	/* the worst of each day */
	assert_value(fixture, view, "metrics.list.items.0.course.labels", "[\"3/9\", \"3/10\"]");
	assert_value(fixture, view, "metrics.list.items.0.course.values", "[70, 86]");
	assert_value(fixture, view, "metrics.exceeded.items.0.id", "\"M2\"");
	assert_value(fixture, view, "metrics.watched.count", "1");
}

static void backups_show_reruns_and_gaps(void **state) /* E-D4 */
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "weekly", "2026-W11", LATER);
	assert_value(fixture, view, "backups.failed.items.0.rerun", "\"B3 成功\"");
	assert_value(fixture, view, "backups.series.items.0.times", "2");
	assert_value(fixture, view, "backups.series.items.0.failed", "1");
	/* from the 10th, 8:00, to the end of the 15th */
	assert_value(fixture, view, "backups.series.items.0.longest", "\"136小时\"");
}

static void findings_that_are_overdue_are_told(void **state) /* E-D2 */
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "weekly", "2026-W11", LATER);
	assert_value(fixture, view, "findings.opening", "2");
	assert_value(fixture, view, "findings.opened", "0");
	assert_value(fixture, view, "findings.closed", "1");
	assert_value(fixture, view, "findings.closing", "1");
	assert_value(fixture, view, "findings.overdue", "1");
	assert_value(fixture, view, "findings.open_list.items.0.id", "\"F2\"");
}

/* What lies after the as-of instant has not happened. */
static void a_running_period_is_a_draft(void **state)
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "monthly", "2026-03", "2026-03-31 20:00");
	assert_value(fixture, view, "report.draft", "true");
	assert_value(fixture, view, "targets.running.items.0.record.id", "\"I3\"");
	assert_value(fixture, view, "duties.open", "1");
	assert_value(fixture, view, "incidents.list.items.2.open", "true");
}

static void notes_and_appendix_show_the_commits(void **state) /* proof beside every figure */
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "weekly", "2026-W10", LATER);
	/* committed on 1 April: all but 24 hours after the event are late */
	assert_value(fixture, view, "notes.late.items.0.id", "\"B1\"");
	assert_value(fixture, view, "notes.late.items.0.lag", "\"584小时\"");
	assert_value(fixture, view, "appendix.figures.items.0.records.list.items.0.record", "\"c/incidents/I1\"");
	/* the figure leads to its row */
	assert_value(fixture, view, "appendix.figures.items.0.anchor", "\"figure-targets-list-1\"");
	assert_value(fixture, view, "targets.list.items.0.behind", "\"figure-targets-list-1\"");
	assert_value(fixture, view, "findings.behind", "\"figure-findings\"");
	/* nothing counted: no row to lead to */
	assert_value(fixture, view, "requests.behind", "null");
	assert_value(fixture, view, "appendix.figures.items.0.figure", "\"达标 0，超时 1\"");
	assert_value(fixture, view, "appendix.entries.items.0.author", "\"驻场工程师甲\"");
	assert_value(fixture, view, "appendix.entries.items.0.committed_at", "\"4月1日 10:00\"");
	assert_value(fixture, view, "appendix.changed", "null");
}

static void a_mass_change_is_one_row_of_the_appendix(void **state)
{
	struct fixture *fixture = *state;
	put_small_contract(fixture);
	run(fixture, "mkdir repo/templates && echo x >repo/templates/monthly.md && cd repo/templates && "
	             "cp monthly.md weekly.md && cp monthly.md fault.md");
	commit_all(fixture);
	run(fixture, "cd repo && sed -i 's/日常巡检,正常/日常巡检,异常/' records/c/inspections.csv && "
	             "sed -i 's/^I2,查询慢/I2,查询很慢/' records/c/incidents.csv");
	commit_all(fixture);
	struct making making = start(fixture, LATER);
	struct report *report = report_make(making.reporter, fixture->arena,
	                                    subject_of(fixture, &making, "monthly", "2026-03"), fixture->diags);
	assert_non_null(report);
	assert_value(fixture, report->view, "appendix.changed.count", "2");
	assert_value(fixture, report->view, "appendix.changed.items.0.fields", "\"标题\"");
	assert_value(fixture, report->view, "appendix.changed.items.0.times", "1");
	assert_value(fixture, report->view, "appendix.changed.items.1.type", "\"巡检\"");
	assert_value(fixture, report->view, "appendix.changed.items.1.times", "5");
	assert_value(fixture, report->view, "appendix.changed.items.1.fields", "\"结果\"");
	assert_value(fixture, report->view, "appendix.changed_records", "6");
	stop(&making);
}

static void a_single_document_has_clocks_and_events(void **state) /* E-T5 */
{
	struct fixture *fixture = *state;
	const struct value *view = view_of(fixture, "fault", "I1", LATER);
	assert_value(fixture, view, "subject.reported_at", "\"2026年3月2日 09:00\"");
	assert_value(fixture, view, "subject.system", "\"行政管理子系统\"");
	assert_value(fixture, view, "subject.clocks.count", "1");
	assert_value(fixture, view, "subject.misses.items.0.overrun", "\"20分\"");
	assert_value(fixture, view, "subject.events.0.at", "\"2026-03-02T09:00:00+08:00\"");
	assert_value(fixture, view, "subject.events.3.deadline", "true");
	assert_value(fixture, view, "subject.history.items.0.change", "\"录入\"");
	assert_value(fixture, view, "subject.related.pauses", "null");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up_rules, tear_down)
		TEST(facts_of_contract_report_and_period),
		TEST(targets_are_compared_with_the_period_before),
		TEST(misses_carry_record_clause_and_overrun),
		TEST(duties_are_counted_where_they_are_due),
		TEST(limits_stand_as_at_the_end_of_the_period),
		TEST(incidents_flow_from_opening_to_closing),
		TEST(records_are_listed_picked_and_counted),
		TEST(metrics_are_watched_against_thresholds),
		TEST(backups_show_reruns_and_gaps),
		TEST(findings_that_are_overdue_are_told),
		TEST(a_running_period_is_a_draft),
		TEST(notes_and_appendix_show_the_commits),
		TEST(a_mass_change_is_one_row_of_the_appendix),
		TEST(a_single_document_has_clocks_and_events),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
