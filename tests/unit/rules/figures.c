/* Figures worked by hand (issue 3; design 5.6–5.10; edge cases 31–41). */
#include "fixture.h"

#include "rules/agreement.h"
#include "rules/interval.h"

static const struct span MARCH = { { 20513 }, { 20544 } }; /* 2026-03-01 … 2026-03-31 */
#define LATER "2026-12-01 00:00"

static void a_spread_has_rank_and_middle(void **state)
{
	(void)state;
	double one[] = { 7 }, even[] = { 4, 1, 3, 2 }, ten[] = { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 },
	       eleven[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
	assert_true(spread_of(one, 1).median == 7 && spread_of(one, 1).p90 == 7);
	struct spread spread = spread_of(even, 4);
	assert_true(spread.mean == 2.5 && spread.median == 2.5 && spread.p90 == 4 && spread.maximum == 4);
	assert_true(spread_of(ten, 10).p90 == 9);
	assert_true(spread_of(eleven, 11).p90 == 10 && spread_of(eleven, 11).median == 6);
	assert_int_equal(spread_of(NULL, 0).count, 0);
}

/* edge case 40 */
static void a_rate_never_hides_a_miss(void **state)
{
	struct fixture *fixture = *state;
	const struct {
		size_t met, missed;
		const char *text;
	} cases[] = { { 0, 0, "—" },       { 3, 1, "75.0%" }, { 1, 0, "100.0%" }, { 2999, 1, "99.9%" },
		      { 1, 2999, "0.1%" }, { 0, 5, "0.0%" },  { 2, 1, "66.7%" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct target_figures figures = { .verdicts = { [VERDICT_MET] = cases[i].met,
			                                        [VERDICT_MISSED] = cases[i].missed,
			                                        [VERDICT_UNKNOWN] = 9,
			                                        [VERDICT_RUNNING] = 9 } };
		assert_string_equal(attainment_text(fixture->arena, &figures), cases[i].text);
	}
}

/* edge cases 11, 31 */
static void intervals_unite_and_leave_holes(void **state)
{
	struct fixture *fixture = *state;
	struct interval items[] = { { 50, 60 }, { 10, 20 }, { 15, 30 }, { 30, 35 }, { 40, 40 } };
	struct interval_list list = { items, 5, 5 };
	interval_unite(&list);
	assert_int_equal(list.count, 2);
	assert_int_equal(interval_seconds(&list), 35);
	struct interval gaps[] = { { 0, 12 }, { 18, 20 }, { 34, 52 }, { 58, 70 } };
	struct interval_list holes = { gaps, 4, 4 };
	struct interval_list rest = interval_subtract(fixture->arena, &list, &holes);
	assert_int_equal(rest.count, 3);
	assert_int_equal(rest.items[0].from, 12);
	assert_int_equal(rest.items[0].to, 18);
	assert_int_equal(rest.items[1].from, 20);
	assert_int_equal(rest.items[1].to, 34);
	assert_int_equal(rest.items[2].from, 52);
	assert_int_equal(interval_seconds(&rest), 26);
}

/* E-T1 */
static void a_target_counts_each_record_once(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"targets\":[{\"id\":\"restore\",\"clause\":\"E-T1\",\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"2h\"}],"
	                      "\"amendments\":[{\"id\":\"A\",\"effective\":\"2026-03-15\",\"changes\":{\"targets\":["
	                      "{\"id\":\"restore\",\"clause\":\"E-T1\",\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"1h\"}]}}]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD
	    "reported_at,restored_at,closed_at\n" INCIDENT("I0", "P1") "2026-02-28 23:00,2026-03-01 00:30,\n" INCIDENT(
	        "I1", "P1") "2026-03-01 00:00,2026-03-01 02:00,\n" INCIDENT("I2",
	                                                                    "P1") "2026-03-15 08:00,2026-03-15 "
	                                                                          "10:00,\n" INCIDENT(
	                                                                              "I3",
	                                                                              "P1") "2026-03-31 "
	                                                                                    "23:59,,"
	                                                                                    "\n" INCIDENT(
	                                                                                        "I"
	                                                                                        "4",
	                                                                                        "P"
	                                                                                        "1") "2026-03-20 "
	                                                                                             "08:00,,2026-03-"
	                                                                                             "21 08:00\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	struct clock_list clocks = clock_read_all(ledger, MARCH, at("2026-04-01 00:30"), fixture->arena);
	struct target_figures_list list = target_figures(ledger, &clocks, MARCH, fixture->arena);
	assert_int_equal(list.count, 1);
	const size_t *verdicts = list.items[0].verdicts;
	assert_int_equal(verdicts[VERDICT_MET], 1);
	assert_int_equal(verdicts[VERDICT_MISSED], 1);
	assert_int_equal(verdicts[VERDICT_RUNNING], 1);
	assert_int_equal(verdicts[VERDICT_UNKNOWN], 1);
	assert_int_equal(list.items[0].spread.count, 2);
	assert_true(list.items[0].spread.mean == 7200);
}

/* design 5.7, 5.10, edge case 36 */
static void what_is_open_is_carried_over(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"reopen\":{\"within\":\"30d\"}");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD "reported_at,restored_at\n" INCIDENT(
	        "I1", "P1") "2026-02-20 08:00,2026-02-21 08:00\n"      /* restored, and reopened in March */
	    INCIDENT("I2", "P1") "2026-02-28 23:00,2026-03-01 00:00\n" /* open at the start, to its first instant */
	    INCIDENT("I3", "P1") "2026-02-28 23:00,\n" INCIDENT(
	        "I4", "P1") "2026-03-10 08:00,2026-03-10 09:00\n" INCIDENT("I5", "P1") "2026-03-31 08:00,2026-04-01 "
	                                                                               "00:00\n" INCIDENT(
	                                                                                   "I6", "P1") "2026-04-01 "
	                                                                                               "00:00,\n");
	put_records(fixture, "reopenings", "id,incident,at,reason\nR1,I1,2026-03-05 08:00,再次失败\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	struct backlog_index *index = backlog_index_new(ledger, fixture->arena);
	struct backlog backlog = incident_backlog(index, MARCH, at(LATER), fixture->arena);
	assert_int_equal(backlog.opening, 2);
	assert_int_equal(backlog.reported, 2);
	assert_int_equal(backlog.reopened, 1);
	assert_int_equal(backlog.restored, 2);
	assert_int_equal(backlog.closing, 3);
	assert_int_equal(backlog.carried_count, 2);
	assert_string_equal(backlog.carried[0]->id, "I2");
	struct incident_figures figures = incident_figures(ledger, MARCH, at(LATER), fixture->arena);
	assert_int_equal(figures.count, 2);
	assert_int_equal(figures.reopened, 0);
	struct span february = { day("2026-02-01"), day("2026-03-01") };
	assert_int_equal(incident_figures(ledger, february, at(LATER), fixture->arena).reopened, 1);
}

/* design 5.8, edge cases 31, 32, 34, 39 */
static void availability_is_the_union_of_outages(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"systems\":[{\"id\":\"office\"},{\"id\":\"hours\",\"service_time\":[[\"09:00\",\"12:"
	                      "00\"],[\"13:00\",\"18:00\"]]}],"
	                      "\"maintenance\":{\"announced\":\"24h\"}");
	put_records(fixture, "incidents",
	            "id,title,system,kind,channel,level,outage,outage_from,reported_at,restored_at\n"
	            /* 10 h of February's last day and March's first, two that overlap: 8–11 h, and no outage */
	            "I1,故障,office,系统故障,电话,P1,是,,2026-02-28 20:00,2026-03-01 06:00\n"
	            "I2,故障,office,系统故障,电话,P1,是,2026-03-09 08:00,2026-03-09 08:30,2026-03-09 10:00\n"
	            "I3,故障,office,系统故障,电话,P1,是,,2026-03-09 09:00,2026-03-09 11:00\n"
	            "I4,故障,office,系统故障,电话,P1,否,,2026-03-10 08:00,2026-03-10 18:00\n"
	            /* two hours over noon: of the agreed time only 11–12 */
	            "I5,故障,hours,系统故障,电话,P1,是,,2026-03-11 11:00,2026-03-11 13:00\n");
	put_records(fixture, "changes",
	            "id,kind,system,title,announced_at,planned_from,planned_to,approval,approved_by\n"
	            /* in time and approved; too late; not approved */
	            "C1,补丁升级,office,补丁,2026-03-08 10:00,2026-03-09 10:00,2026-03-09 12:00,同意单,采购人代表\n"
	            "C2,补丁升级,office,补丁,2026-03-19 12:00,2026-03-20 10:00,2026-03-20 12:00,同意单,采购人代表\n"
	            "C3,补丁升级,office,补丁,2026-03-01 10:00,2026-03-21 10:00,2026-03-21 12:00,,\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	struct availability_list list = system_availability(ledger, MARCH, at(LATER), fixture->arena);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[0].agreed_seconds, (31 * 24 - 2) * 3600);
	assert_int_equal(list.items[0].outage_seconds, (6 + 2) * 3600);
	assert_int_equal(list.items[0].outages, 2);
	/* March 2026 has 22 working days of eight hours. */
	assert_int_equal(list.items[1].agreed_seconds, 22 * 8 * 3600);
	assert_int_equal(list.items[1].outage_seconds, 3600);
	double percent;
	assert_true(availability_percent(&list.items[1], &percent));
	assert_true(percent > 99.431 && percent < 99.432);
	/* Half of March is over: the rest is neither up nor down. */
	list = system_availability(ledger, MARCH, at("2026-03-09 09:00"), fixture->arena);
	assert_int_equal(list.items[0].agreed_seconds, (8 * 24 + 9) * 3600);
	assert_int_equal(list.items[0].outage_seconds, (6 + 1) * 3600);
	struct incident_figures figures = incident_figures(ledger, MARCH, at(LATER), fixture->arena);
	assert_true(figures.has_mtbf);
	assert_true(figures.mtbf_seconds == ((31 * 24 - 2 - 8) + (22 * 8 - 1)) * 3600.0 / 3);
	assert_int_equal(figures.count, 4);
	assert_true(figures.repair.mean == (5400 + 7200 + 36000 + 7200) / 4.0);
}

static void tallies_name_what_the_contract_names(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"systems\":[{\"id\":\"office\",\"name\":\"行政管理子系统\"},{\"id\":\"cases\",\"name\":"
	                      "\"案件管理子系统\"}]");
	put_records(fixture, "incidents",
	            "id,title,system,kind,channel,level,cause,reported_at\n"
	            "I1,故障,office,系统故障,电话,P3,磁盘满,2026-03-09 08:00\n"
	            "I2,故障,行政管理子系统,系统故障,电话,P1,,2026-03-10 08:00\n"
	            "I3,故障,office,系统故障,电话,P3,磁盘满,2026-03-11 08:00\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	const struct record_list *all = ledger_records(ledger, "incidents");
	struct tally systems = tally_by(ledger, all, "system", fixture->arena);
	assert_int_equal(systems.count, 2);
	assert_string_equal(systems.items[0].name, "行政管理子系统");
	assert_int_equal(systems.items[0].count, 3);
	assert_int_equal(systems.items[1].count, 0);
	struct tally levels = tally_by(ledger, all, "level", fixture->arena);
	assert_int_equal(levels.count, 3);
	assert_int_equal(levels.items[0].count, 1);
	assert_int_equal(levels.items[2].count, 2);
	struct tally causes = tally_by(ledger, all, "cause", fixture->arena);
	assert_int_equal(causes.count, 2);
	assert_string_equal(causes.items[1].id, "");
}

/* The rows of a year in which many things happen, the same in every run. */
static void put_a_year(struct fixture *fixture)
{
	struct buf incidents = BUF_INIT, reopenings = BUF_INIT;
	unsigned random = 1;
	buf_puts(&incidents, INCIDENT_HEAD "reported_at,restored_at\n");
	buf_puts(&reopenings, "id,incident,at,restored_at,reason\n");
	for (int i = 0; i < 300; i++) {
		random = random * 1103515245 + 12345;
		struct date reported = { 20454 + (int)(random >> 16) % 365 };
		int lasts = (int)(random >> 20) % 90; /* days */
		char from[DATE_TEXT], to[DATE_TEXT], again[DATE_TEXT], end[DATE_TEXT];
		date_format(reported, from);
		date_format((struct date){ reported.day + lasts }, to);
		date_format((struct date){ reported.day + lasts + 3 }, again);
		date_format((struct date){ reported.day + lasts + 40 }, end);
		buf_printf(&incidents, "I%d,故障,office,系统故障,电话,P%d,%s 08:00,%s%s\n", i, i % 3 + 1, from,
		           i % 17 ? to : "", i % 17 ? " 12:00" : "");
		if (i % 5 == 0 && i % 17)
			buf_printf(&reopenings, "R%d,I%d,%s 09:00,%s%s,再次失败\n", i, i, again, i % 2 ? end : "",
			           i % 2 ? " 09:00" : "");
	}
	put_records(fixture, "incidents", buf_str(&incidents));
	put_records(fixture, "reopenings", buf_str(&reopenings));
	buf_free(&incidents);
	buf_free(&reopenings);
}

/* design 5.10 */
static void sums_agree_in_every_month_of_a_busy_year(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"reopen\":{\"within\":\"7d\"},\"targets\":[{\"id\":\"restore\",\"clause\":\"E-T1\","
	                      "\"for\":{\"type\":\"incidents\"},"
	                      "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"10d\"}]");
	put_a_year(fixture);
	struct ledger *ledger = read_sound_ledger(fixture);
	struct backlog_index *index = backlog_index_new(ledger, fixture->arena);
	size_t reopened = 0, carried = 0;
	for (int month = 1; month <= 12; month++) {
		struct date first = date_of_ymd(2026, month, 1);
		struct span span = { first, date_add_months(first, 1) };
		struct backlog backlog = incident_backlog(index, span, at("2026-11-15 08:00"), fixture->arena);
		reopened += backlog.reopened;
		carried += backlog.opening;
		if (!figures_agree(ledger, index, span, at("2026-11-15 08:00"), fixture->diags))
			fail_msg("2026-%02d: %s", month, told(fixture));
	}
	assert_true(figures_agree(ledger, index, ledger->contract->term, at("2026-11-15 08:00"), fixture->diags));
	assert_string_equal(told(fixture), "");
	/* The year holds what the sums are to be tried on. */
	assert_true(reopened > 5 && carried > 100);
}

/* An incident a day, restored after a while, one in a hundred never. */
static void put_an_incident_a_day(struct fixture *fixture)
{
	struct buf incidents = BUF_INIT;
	buf_puts(&incidents, INCIDENT_HEAD "reported_at,restored_at\n");
	for (int i = 0; i < 330; i++) {
		char from[DATE_TEXT], to[DATE_TEXT];
		date_format((struct date){ 20454 + i }, from);
		date_format((struct date){ 20454 + i + i * 7 % 30 }, to);
		buf_printf(&incidents, "I%d,故障,office,系统故障,电话,P1,%s 08:00,%s%s\n", i, from, i % 101 ? to : "",
		           i % 101 ? " 12:00" : "");
	}
	put_records(fixture, "incidents", buf_str(&incidents));
	buf_free(&incidents);
}

static bool is_open_at(const struct record *incident, struct instant at)
{
	struct instant reported, restored;
	return record_instant(incident, "reported_at", &reported) && instant_compare(reported, at) < 0 &&
	       !(record_instant(incident, "restored_at", &restored) && instant_compare(restored, at) < 0);
}

/* Nothing is lost by looking only at incidents that were in motion. */
static void a_backlog_misses_no_incident_that_is_open(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"reopen\":{\"within\":\"7d\"}");
	put_an_incident_a_day(fixture);
	struct ledger *ledger = read_sound_ledger(fixture);
	struct backlog_index *index = backlog_index_new(ledger, fixture->arena);
	const struct record_list *incidents = ledger_records(ledger, "incidents");
	size_t reported = 0, restored = 0;
	for (struct date day = ledger->contract->term.from; day.day < ledger->contract->term.to.day; day.day++) {
		struct span span = { day, { day.day + 1 } };
		struct backlog backlog = incident_backlog(index, span, at("2027-06-01 00:00"), fixture->arena);
		size_t open = 0;
		for (size_t i = 0; i < incidents->count; i++)
			open += is_open_at(incidents->items[i], span_from(span, OFFSET_CHINA));
		assert_int_equal(backlog.carried_count, open);
		reported += backlog.reported;
		restored += backlog.restored;
	}
	assert_int_equal(reported, incidents->count);
	assert_int_equal(restored, incidents->count - 4);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_rules, tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_spread_has_rank_and_middle),
		TEST(a_rate_never_hides_a_miss),
		TEST(intervals_unite_and_leave_holes),
		TEST(a_target_counts_each_record_once),
		TEST(what_is_open_is_carried_over),
		TEST(availability_is_the_union_of_outages),
		TEST(tallies_name_what_the_contract_names),
		TEST(sums_agree_in_every_month_of_a_busy_year),
		TEST(a_backlog_misses_no_incident_that_is_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
