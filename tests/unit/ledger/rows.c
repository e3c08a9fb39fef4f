/* The five contracts under records/: each T, D, L, M and S row of the requirements is an item that
 * says what the row says (issue 3; docs/requirements.md). */
#include "../rules/fixture.h"

static const struct {
	const char *contract, *clause, *item, *says;
} ROWS[] = {
	{ "nantong-elicense", "A-T1", "answer-phone", "reported_at to responded_at: 15m" },
	{ "nantong-elicense", "A-T2", "clear-ordinary", "reported_at to restored_at: 30m" },
	{ "nantong-elicense", "A-T3", "arrive", "reported_at to arrived_at: restday 30m, 1h" },
	{ "nantong-elicense", "A-T4", "dispatch", "remote_started_at to dispatched_at: 30m" },
	{ "nantong-elicense", "A-T5", "plan-major", "reported_at to plan_at: 2h" },
	{ "nantong-elicense", "A-T6", "solve", "reported_at to restored_at: 8h" },
	{ "nantong-elicense", "A-T7", "service-report", "restored_at to report_filed_at: 48h" },
	{ "nantong-elicense", "A-T8", "protective-plan", "inspected_at to plan_at: 2wd" },
	{ "nantong-elicense", "A-D1", "security-inspection", "month: inspections" },
	{ "nantong-elicense", "A-D2", "overall-report", "contract-half-year: deliverables" },
	{ "nantong-elicense", "A-D3", "weekly-report", "week: deliverables" },
	{ "nantong-elicense", "A-D3", "half-year-report", "half-year: deliverables" },
	{ "nantong-elicense", "A-D3", "annual-report", "contract-year: deliverables" },
	{ "nantong-elicense", "A-D4", "full-backup", "week: backups" },
	{ "nantong-elicense", "A-D5", "health-check", "week: inspections" },
	{ "nantong-elicense", "A-M1", "first-half", "50%, due 15wd" },
	{ "nantong-elicense", "A-M1", "second-half", "50%, opens 6mo, due 15wd" },
	{ "shaanxi-civil", "B-T1", "answer-urgent", "reported_at to responded_at: 30m" },
	{ "shaanxi-civil", "B-T1", "arrive-urgent", "reported_at to arrived_at: 2h" },
	{ "shaanxi-civil", "B-T1", "solve-urgent", "arrived_at to restored_at: 2h" },
	{ "shaanxi-civil", "B-T2", "answer-ordinary", "reported_at to responded_at: 30m" },
	{ "shaanxi-civil", "B-T2", "arrive-ordinary", "reported_at to arrived_at: 4h" },
	{ "shaanxi-civil", "B-T2", "solve-ordinary", "arrived_at to restored_at: 4h" },
	{ "shaanxi-civil", "B-T3", "substitute-urgent", "missed solve-urgent to workaround_at: 2h" },
	{ "shaanxi-civil", "B-T3", "substitute-ordinary", "missed solve-ordinary to workaround_at: 2h" },
	{ "shaanxi-civil", "B-T4", "answer-hotline", "reported_at to responded_at: 30m" },
	{ "shaanxi-civil", "B-T5", "solve-request", "requested_at to solved_at: 24h" },
	{ "shaanxi-civil", "B-L1", "missed-calls", "at most 5 calls per term" },
	{ "shaanxi-civil", "B-L2", "dissatisfied", "at most 2 evaluations per term" },
	{ "shaanxi-civil", "B-D1", "quarterly-inspection", "contract-quarter: inspections" },
	{ "shaanxi-civil", "B-D1", "inspection-report", "finished_at to report_filed_at: 1w" },
	{ "shaanxi-civil", "B-D2", "annual-report", "contract-year: deliverables" },
	{ "shaanxi-civil", "B-D3", "marriage-inspection", "contract-month: inspections" },
	{ "shaanxi-civil", "B-D3", "festival-inspection", "02-14 05-20 lunar 07-07 moved by -1: inspections" },
	{ "shaanxi-civil", "B-D4", "grading", "contract-year: assessments, 4 times over" },
	{ "shaanxi-civil", "B-D5", "code-audit", "contract-year: assessments" },
	{ "shaanxi-civil", "B-D6", "full-backup", "month: backups, 4 times over" },
	{ "shaanxi-civil", "B-D6", "incremental-backup", "week: backups, 4 times over" },
	{ "shaanxi-civil", "B-D7", "data-quality", "contract-quarter: assessments, 2 times over" },
	{ "shaanxi-civil", "B-D8", "drill", "contract-half-year: drills" },
	{ "shaanxi-civil", "B-D9", "residents", "at least 3 of staff" },
	{ "shaanxi-civil", "B-D9", "weekend-roster", "at least 1 of roster on rest days" },
	{ "shaanxi-civil", "B-S1", "manager", "at least 1 of staff" },
	{ "shaanxi-civil", "B-S1", "support", "at least 4 of staff" },
	{ "shaanxi-civil", "B-S1", "consent", "consent for staff" },
	{ "shaanxi-civil", "B-S2", "absences", "absences counted" },
	{ "fujian-oa", "C-T1", "answer-fault", "reported_at to responded_at: 30m" },
	{ "fujian-oa", "C-T1", "answer-question", "requested_at to responded_at: 30m" },
	{ "fujian-oa", "C-T2", "plan", "reported_at to plan_at: 1wd" },
	{ "fujian-oa", "C-T2", "cure", "reported_at to resolved_at: 1wd" },
	{ "fujian-oa", "C-T3", "fault-report", "restored_at to report_filed_at: 2wd" },
	{ "fujian-oa", "C-D1", "roll-up", "day: inspections" },
	{ "fujian-oa", "C-D2", "question-analysis", "month: deliverables" },
	{ "fujian-oa", "C-D3", "monthly-score", "month: assessments" },
	{ "fujian-oa", "C-D4", "patch-test", "changes need test_reference" },
	{ "fujian-oa", "C-D5", "implementation-plan", "term: deliverables within 10d of signing" },
	{ "fujian-oa", "C-M1", "deduction", "monthly-score below 80: amount / 12" },
	{ "nantong-egov", "D-T1", "crash", "reported_at to restored_at: 4h" },
	{ "nantong-egov", "D-T2", "crash", "reported_at to restored_at: 4h" },
	{ "nantong-egov", "D-D1", "workday-check", "workday: inspections" },
	{ "nantong-egov", "D-D2", "weekly-report", "week: deliverables" },
	{ "nantong-egov", "D-D2", "weekly-confirmation", "week: deliverables" },
	{ "nantong-egov", "D-D3", "backup", "week: backups, 2 times over" },
	{ "nantong-egov", "D-D4", "training-plan", "contract-year: trainings" },
	{ "nantong-egov", "D-D4", "training", "contract-half-year: trainings" },
	{ "nantong-egov", "D-S1", "team", "at least 6 of staff" },
	{ "nantong-egov", "D-S1", "onsite", "at least 1 of staff" },
	{ "nantong-egov", "D-S1", "reserve", "at least 1 of staff" },
	{ "nantong-egov", "D-M1", "first-half", "50%, opens 1d" },
	{ "nantong-egov", "D-M1", "second-half", "50%, opens 1d" },
	{ "hengqin-admin", "E-T1", "restore-p1", "reported_at to restored_at: 2h" },
	{ "hengqin-admin", "E-T1", "restore-p2", "reported_at to restored_at: 4h" },
	{ "hengqin-admin", "E-T1", "restore-p3", "reported_at to restored_at: 8h" },
	{ "hengqin-admin", "E-T1", "restore-p4", "reported_at to restored_at: 24h" },
	{ "hengqin-admin", "E-T1", "restore-p5", "record to restored_at: by agreed_at" },
	{ "hengqin-admin", "E-T2", "answer-phone", "reported_at to responded_at: 10m" },
	{ "hengqin-admin", "E-T3", "answer-onsite", "reported_at to responded_at: level system 30m, 10m" },
	{ "hengqin-admin", "E-T3", "arrive", "reported_at to arrived_at: 1h" },
	{ "hengqin-admin", "E-T3", "arrive-major", "reported_at to arrived_at: 1h" },
	{ "hengqin-admin", "E-T4", "remote", "reported_at to remote_started_at: 15m" },
	{ "hengqin-admin", "E-T5", "fault-record", "restored_at to report_filed_at: 24h" },
	{ "hengqin-admin", "E-L1", "major-faults", "at most 1 incidents per contract-year, of 2h or longer" },
	{ "hengqin-admin", "E-D1", "daily-inspection", "day: inspections" },
	{ "hengqin-admin", "E-D1", "daily-report", "day: deliverables" },
	{ "hengqin-admin", "E-D2", "vulnerability-scan", "month: assessments" },
	{ "hengqin-admin", "E-D2", "mend-findings", "record to closed_on: by due_on" },
	{ "hengqin-admin", "E-D3", "monthly-report", "month: deliverables" },
	{ "hengqin-admin", "E-D4", "restore-test", "quarter: backups" },
	{ "hengqin-admin", "E-D5", "recovery-drill", "contract-year: drills" },
	{ "hengqin-admin", "E-D6", "log-analysis", "month: assessments" },
	{ "hengqin-admin", "E-D7", "cloud-health", "day: measurements" },
	{ "hengqin-admin", "E-D8", "exercise", "contract-year: exercises" },
	{ "hengqin-admin", "E-S1", "resident", "at least 1 of staff" },
	{ "hengqin-admin", "E-S1", "resident-roster", "at least 1 of roster on working days" },
};

static const char *const PERIODS[] = {
	[PERIOD_DAY] = "day",
	[PERIOD_WEEK] = "week",
	[PERIOD_MONTH] = "month",
	[PERIOD_QUARTER] = "quarter",
	[PERIOD_HALF_YEAR] = "half-year",
	[PERIOD_YEAR] = "year",
	[PERIOD_CONTRACT_MONTH] = "contract-month",
	[PERIOD_CONTRACT_QUARTER] = "contract-quarter",
	[PERIOD_CONTRACT_HALF_YEAR] = "contract-half-year",
	[PERIOD_CONTRACT_YEAR] = "contract-year",
	[PERIOD_TERM] = "term",
};

static void put_duration(struct buf *out, struct duration duration)
{
	static const char *const units[] = {
		[UNIT_MINUTE] = "m", [UNIT_HOUR] = "h", [UNIT_WORKING_HOUR] = "wh", [UNIT_WORKING_DAY] = "wd",
		[UNIT_DAY] = "d",    [UNIT_WEEK] = "w", [UNIT_MONTH] = "mo",        [UNIT_YEAR] = "y"
	};
	buf_printf(out, "%d%s", duration.amount, units[duration.unit]);
}

static void say_target(const struct target *target, struct buf *out)
{
	if (target->from_missed)
		buf_printf(out, "missed %s", target->from_missed);
	else
		buf_puts(out, target->from ? target->from : "record");
	buf_printf(out, " to %s:", target->to);
	if (target->by)
		buf_printf(out, " by %s", target->by);
	for (size_t i = 0; i < target->allowance_count; i++) {
		const struct allowance *allowance = &target->allowances[i];
		buf_puts(out, i ? ", " : " ");
		buf_puts(out, allowance->on == ON_RESTDAY ? "restday " : "");
		for (size_t c = 0; c < allowance->when.count; c++)
			buf_printf(out, "%s ", allowance->when.conditions[c].field);
		put_duration(out, allowance->within);
	}
}

static void say_duty(const struct duty *duty, struct buf *out)
{
	if (duty->kind == DUTY_EVERY)
		buf_puts(out, PERIODS[duty->every]);
	else if (duty->kind == DUTY_EVERY_WORKDAY)
		buf_puts(out, "workday");
	for (size_t i = 0; i < duty->date_count; i++)
		buf_printf(out, "%s%s%02d-%02d", i ? " " : "", duty->dates[i].lunar ? "lunar " : "",
		           duty->dates[i].month, duty->dates[i].day);
	if (duty->offset_days)
		buf_printf(out, " moved by %d", duty->offset_days);
	buf_printf(out, ": %s", duty->evidence.schema->type);
	if (duty->each_value_count)
		buf_printf(out, ", %zu times over", duty->each_value_count);
	if (duty->due_from == DUE_AFTER_SIGNING) {
		buf_puts(out, " within ");
		put_duration(out, duty->due);
		buf_puts(out, " of signing");
	}
}

static void say_limit(const struct limit *limit, struct buf *out)
{
	buf_printf(out, "at most %u %s per %s", limit->at_most, limit->count.schema->type, PERIODS[limit->per]);
	if (limit->kind == LIMIT_LENGTH) {
		buf_puts(out, ", of ");
		put_duration(out, limit->at_least);
		buf_puts(out, " or longer");
	}
}

static void say_staff_rule(const struct staff_rule *rule, struct buf *out)
{
	static const char *const days[] = {
		[ON_ANY_DAY] = "", [ON_WORKDAY] = " on working days", [ON_RESTDAY] = " on rest days"
	};
	if (rule->kind == STAFF_CONSENT)
		buf_printf(out, "consent for %s", rule->match.schema->type);
	else if (rule->kind == STAFF_ABSENCE)
		buf_printf(out, "%s counted", rule->match.schema->type);
	else
		buf_printf(out, "at least %u of %s%s", rule->at_least, rule->match.schema->type, days[rule->on]);
}

static void say_payment(const struct payment *payment, struct buf *out)
{
	buf_printf(out, "%g%%", payment->share);
	if (payment->has_opens) {
		buf_puts(out, ", opens ");
		put_duration(out, payment->opens);
	}
	if (payment->has_due) {
		buf_puts(out, ", due ");
		put_duration(out, payment->due);
	}
}

static bool is(const struct item *item, const char *id, const char *clause)
{
	return strcmp(item->id, id) == 0 && strcmp(item->clause, clause) == 0;
}

/* What the item of that id says; nothing when no item of that clause has it. */
static void say(const struct contract *contract, const char *id, const char *clause, struct buf *out)
{
	for (size_t i = 0; i < contract->target_count && !out->len; i++) {
		const struct target *target = &contract->targets[i];
		bool excludes = target->excluded_by && strcmp(target->excluded_by, clause) == 0;
		if (is(&target->item, id, excludes ? target->item.clause : clause))
			say_target(target, out);
	}
	for (size_t i = 0; i < contract->duty_count && !out->len; i++)
		if (is(&contract->duties[i].item, id, clause))
			say_duty(&contract->duties[i], out);
	for (size_t i = 0; i < contract->limit_count && !out->len; i++)
		if (is(&contract->limits[i].item, id, clause))
			say_limit(&contract->limits[i], out);
	for (size_t i = 0; i < contract->staff_rule_count && !out->len; i++)
		if (is(&contract->staff_rules[i].item, id, clause))
			say_staff_rule(&contract->staff_rules[i], out);
	for (size_t i = 0; i < contract->payment_count && !out->len; i++)
		if (is(&contract->payments[i].item, id, clause))
			say_payment(&contract->payments[i], out);
	for (size_t i = 0; i < contract->demand_count && !out->len; i++)
		if (is(&contract->demands[i].item, id, clause))
			buf_printf(out, "%s need %s", contract->demands[i].match.schema->type,
			           contract->demands[i].fields[0]);
	if (!out->len && contract->has_appraisal && is(&contract->appraisal.item, id, clause))
		buf_printf(out, "%s below %g: amount / %u", contract->appraisal.duty, contract->appraisal.pass_mark,
		           contract->appraisal.months);
}

static int set_up_contracts(void **state)
{
	char root[4096];
	if (!getcwd(root, sizeof root) || set_up_rules(state) != 0)
		return -1;
	struct fixture *fixture = *state;
	run(fixture, arena_printf(fixture->arena,
	                          "cd '%s/records' && cp --parents */contract.json \"$OLDPWD\"/repo/records", root));
	return 0;
}

static void every_row_is_an_item_of_its_contract(void **state)
{
	struct fixture *fixture = *state;
	struct repository *repository = repository_open(path_of(fixture, "repo"), fixture->diags);
	struct snapshot *snapshot = snapshot_of_worktree(fixture->arena, repository, fixture->diags);
	struct records *records = records_read(fixture->arena, snapshot, fixture->diags);
	repository_free(repository);
	const struct ledger *ledger = NULL;
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		struct buf said = BUF_INIT;
		if (!ledger || strcmp(ledger->contract->id, ROWS[i].contract) != 0)
			ledger = ledger_new(fixture->arena, records, ROWS[i].contract, fixture->diags);
		assert_non_null(ledger);
		assert_non_null(contract_clause(ledger->contract, ROWS[i].clause));
		say(ledger->contract, ROWS[i].item, ROWS[i].clause, &said);
		if (strcmp(buf_str(&said), ROWS[i].says) != 0)
			fail_msg("%s %s: \"%s\" is not \"%s\"", ROWS[i].clause, ROWS[i].item, buf_str(&said),
			         ROWS[i].says);
		buf_free(&said);
	}
	assert_string_equal(told(fixture), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_row_is_an_item_of_its_contract, set_up_contracts, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
