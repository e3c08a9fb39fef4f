/* Windows of duties and what fills them, worked by hand (issue 3; design 5.10; edge cases 43–47). */
#include "fixture.h"

#include "rules/duty.h"

#define LATER "2026-12-31 23:59"

/* The windows of the only duty, as lines "name subject due verdict evidence …". */
static const char *windows(struct fixture *fixture, const char *as_of)
{
	struct ledger *ledger = read_sound_ledger(fixture);
	struct duty_list list = duty_windows(ledger, at(as_of), fixture->arena);
	struct buf out = BUF_INIT;
	for (size_t i = 0; i < list.count; i++) {
		const struct duty_window *window = &list.items[i];
		char due[INSTANT_TEXT];
		instant_format(window->due, due);
		due[16] = '\0';
		buf_printf(&out, "%s %s%s%s %s", window->name, window->subject ? window->subject : "",
		           window->subject ? " " : "", due, duty_verdict_name(window->verdict));
		for (size_t e = 0; e < window->evidence_count; e++)
			buf_printf(&out, " %s", window->evidence[e]->id);
		buf_putc(&out, '\n');
	}
	const char *text = arena_strdup(fixture->arena, buf_str(&out));
	buf_free(&out);
	return text;
}

/* The lines of text that begin with one of the names, in their order. */
static void assert_lines(struct fixture *fixture, const char *text, const char *expected)
{
	for (const char *line = expected; *line;) {
		const char *end = strchr(line, '\n');
		const char *whole = arena_printf(fixture->arena, "\n%.*s\n", (int)(end - line), line);
		if (!strstr(arena_printf(fixture->arena, "\n%s", text), whole))
			fail_msg("no window \"%.*s\" among:\n%s", (int)(end - line), line, text);
		line = end + 1;
	}
}

static size_t count_lines(const char *text)
{
	size_t count = 0;
	for (; *text; text++)
		count += *text == '\n';
	return count;
}

#define INSPECTIONS "id,kind,result,inspected_at\n"

/* C-D1, E-D1, E-D7 */
static void every_day_has_its_own_work(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"daily\",\"clause\":\"E-D1\",\"every\":\"day\","
	                      "\"evidence\":{\"type\":\"inspections\",\"kind\":\"日常巡检\"}}]");
	put_records(
	    fixture, "inspections",
	    INSPECTIONS
	    "N1,日常巡检,正常,2026-01-01 00:00\nN2,日常巡检,正常,2026-01-02 09:00\n"
	    "N3,日常巡检,正常,2026-01-04 00:00\nN4,日常巡检,正常,2026-01-04 09:00\nN5,安全巡检,正常,2026-01-05 09:00\n"
	    "N6,日常巡检,正常,2026-01-06 23:59\n");
	put_records(
	    fixture, "waivers",
	    "id,duty,period_from,period_to,approved_by,reason\nW1,daily,2026-01-07,2026-01-08,采购人代表,机房停电\n");
	const char *text = windows(fixture, "2026-01-10 12:00");
	/* What was done at the first instant of the 4th is no work of the 3rd; two of one day fill no other. */
	assert_lines(fixture, text,
	             "2026-01-01 2026-01-02T00:00 done N1\n2026-01-02 2026-01-03T00:00 done N2\n"
	             "2026-01-03 2026-01-04T00:00 missed\n2026-01-04 2026-01-05T00:00 done N3\n"
	             "2026-01-05 2026-01-06T00:00 missed\n2026-01-06 2026-01-07T00:00 done N6\n"
	             "2026-01-07 2026-01-08T00:00 waived\n2026-01-08 2026-01-09T00:00 waived\n"
	             "2026-01-09 2026-01-10T00:00 missed\n2026-01-10 2026-01-11T00:00 pending\n"
	             "2026-01-11 2026-01-12T00:00 not_due\n2026-12-31 2027-01-01T00:00 not_due\n");
	assert_int_equal(count_lines(text), 365);
}

/* D-D1 */
static void working_days_follow_the_notice(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"check\",\"clause\":\"D-D1\",\"every\":\"workday\","
	                      "\"evidence\":{\"type\":\"inspections\",\"kind\":\"每工作日检查\"}}]");
	const char *text = windows(fixture, LATER);
	/* 2026: National Day is 1 to 7 October; 10 October, a Saturday, is worked in exchange. */
	assert_lines(fixture, text, "2026-10-08 2026-10-09T00:00 missed\n2026-10-10 2026-10-11T00:00 missed\n");
	assert_null(strstr(text, "2026-10-07 "));
	assert_null(strstr(text, "2026-10-11 "));
}

/* A-D1, B-D1, C-D2, C-D3, E-D2, E-D3, E-D6; edge cases 43, 44 */
static void months_hold_their_ends_without_drifting(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"report\",\"clause\":\"E-D3\",\"every\":\"month\",\"due\":\"5wd\","
	                      "\"evidence\":{\"type\":\"deliverables\",\"kind\":\"月度维护报告\"}}]");
	put_records(fixture, "deliverables",
	            "id,kind,period,submitted_at\n"
	            "D1,月度维护报告,2026-01,2026-02-06 17:00\nD2,月度维护报告,2026-02,2026-03-07 00:00\n"
	            "D3,月度维护报告,2026-03,2026-04-09 09:00\nD4,月度维护报告,,2026-05-08 09:00\n"
	            "D5,月度维护报告,2026-01,2026-05-09 09:00\n");
	/* February ends on a Saturday: five working days on, Friday 6 March at 24:00. The Qingming
	 * holiday and that of May push the next two. */
	assert_lines(
	    fixture, windows(fixture, "2026-07-01 00:00"),
	    "2026-01 2026-02-07T00:00 done D1\n2026-02 2026-03-07T00:00 done D2\n"
	    "2026-03 2026-04-09T00:00 late D3\n2026-04 2026-05-12T00:00 done D4\n"
	    "2026-05 2026-06-06T00:00 missed\n2026-07 2026-08-08T00:00 pending\n2026-08 2026-09-08T00:00 not_due\n");
}

/* edge case 43 */
static void the_last_working_day_may_be_the_due_one(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"duties\":[{\"id\":\"report\",\"clause\":\"E-D3\",\"every\":\"month\",\"due\":\"last-workday\","
	             "\"evidence\":{\"type\":\"assessments\",\"kind\":\"漏洞扫描\"}}]");
	put_records(fixture, "assessments",
	            "id,kind,assessed_at\nA1,漏洞扫描,2026-01-30\nA2,漏洞扫描,2026-02-28\nA3,漏洞扫描,2026-04-01\n");
	/* 28 February 2026 is worked in exchange; 31 January is a Saturday. */
	assert_lines(fixture, windows(fixture, "2026-04-02 00:00"),
	             "2026-01 2026-01-31T00:00 done A1\n2026-02 2026-03-01T00:00 done A2\n"
	             "2026-03 2026-04-01T00:00 missed\n2026-04 2026-05-01T00:00 done A3\n");
}

/* E-D4, edge cases 44, 46 */
static void work_done_late_fills_its_own_window(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"test\",\"clause\":\"E-D4\",\"every\":\"quarter\",\"times\":2,"
	                      "\"evidence\":{\"type\":\"backups\",\"kind\":\"恢复测试\",\"result\":\"成功\"}}]");
	put_records(
	    fixture, "backups",
	    "id,kind,started_at,result\n"
	    "B1,恢复测试,2026-01-10 09:00,失败\nB2,恢复测试,2026-01-11 09:00,成功\nB3,恢复测试,2026-03-31 09:00,成功\n"
	    "B4,恢复测试,2026-04-10 09:00,成功\nB5,恢复测试,2026-07-01 09:00,成功\nB6,恢复测试,2026-07-02 09:00,成功\n"
	    "B7,恢复测试,2026-09-30 09:00,成功\n");
	/* A test that failed and ran again in its window is done; the surplus of the third quarter fills the second,
	 * late. */
	assert_lines(fixture, windows(fixture, "2026-11-01 00:00"),
	             "2026-Q1 2026-04-01T00:00 done B2 B3\n2026-Q2 2026-07-01T00:00 late B4 B7\n"
	             "2026-Q3 2026-10-01T00:00 done B5 B6\n2026-Q4 2027-01-01T00:00 pending\n");
}

/* B-D3, edge case 45 */
static void dates_of_the_year_move_by_their_offset(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"festival\",\"clause\":\"B-D3\",\"on\":[\"lunar "
	                      "07-07\",\"05-20\",\"02-14\",\"01-01\"],"
	                      "\"offset\":\"-1d\",\"evidence\":{\"type\":\"inspections\",\"kind\":\"重点日巡检\"}}]");
	put_records(fixture, "inspections",
	            INSPECTIONS "N1,重点日巡检,正常,2026-02-13 10:00\nN2,重点日巡检,正常,2026-08-19 10:00\n");
	/* 七夕 of 2026 is 19 August; the day before New Year 2027 lies in the term, that of 2026 does not. */
	assert_string_equal(windows(fixture, LATER),
	                    "2026-02-13 2026-02-14T00:00 done N1\n2026-05-19 2026-05-20T00:00 missed\n"
	                    "2026-08-18 2026-08-19T00:00 missed\n2026-12-31 2027-01-01T00:00 pending\n");
}

/* edge case 45 */
static void a_date_on_a_rest_day_moves_as_agreed(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"a\",\"clause\":\"X\",\"on\":[\"10-01\"],\"rest_day\":\"before\","
	                      "\"evidence\":{\"type\":\"inspections\"}},"
	                      "{\"id\":\"b\",\"clause\":\"X\",\"on\":[\"10-01\"],\"rest_day\":\"after\","
	                      "\"evidence\":{\"type\":\"inspections\"}},"
	                      "{\"id\":\"c\",\"clause\":\"X\",\"on\":[\"10-08\"],\"offset\":\"-2wd\","
	                      "\"evidence\":{\"type\":\"inspections\"}}]");
	assert_string_equal(windows(fixture, "2026-01-01 00:00"),
	                    "2026-09-30 2026-10-01T00:00 not_due\n2026-10-08 2026-10-09T00:00 not_due\n"
	                    "2026-09-29 2026-09-30T00:00 not_due\n");
}

/* B-D4, B-D6, B-D7, D-D3; edge case 47 */
static void each_system_and_each_asset_owes_its_own(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"systems\":[{\"id\":\"a\",\"name\":\"甲系统\"},{\"id\":\"b\",\"name\":\"乙系统\"}],"
	                      "\"duties\":[{\"id\":\"grading\",\"clause\":\"B-D4\",\"every\":\"contract-year\","
	                      "\"each\":{\"system\":[\"a\",\"b\"]},"
	                      "\"evidence\":{\"type\":\"assessments\",\"kind\":\"等保测评\"}},"
	                      "{\"id\":\"backup\",\"clause\":\"B-D6\",\"every\":\"half-year\",\"each\":{\"assets\":{"
	                      "\"kind\":\"数据库\"}},"
	                      "\"evidence\":{\"type\":\"backups\"}}]");
	put_records(fixture, "assets",
	            "id,name,kind,installed_on,retired_on\nDB-1,主库,数据库,2025-01-01,\nDB-2,从库,数据库,2026-02-01,"
	            "2026-07-01\n"
	            "N-1,节点,服务器节点,2025-01-01,\n");
	put_records(fixture, "assessments", "id,kind,system,assessed_at\nA1,等保测评,乙系统,2026-05-01\n");
	put_records(fixture, "backups", "id,kind,asset,started_at,result\nB1,全量备份,DB-2,2026-03-01 01:00,成功\n");
	assert_string_equal(windows(fixture, "2026-08-01 00:00"),
	                    "Y1 a 2027-01-01T00:00 pending\nY1 b 2027-01-01T00:00 done A1\n"
	                    "2026-H1 DB-1 2026-07-01T00:00 missed\n2026-H2 DB-1 2027-01-01T00:00 pending\n"
	                    "2026-H1 DB-2 2026-07-01T00:00 done B1\n");
}

/* B-0 */
static void windows_are_cut_at_the_services_term(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"services\":[{\"id\":\"s\",\"term\":{\"from\":\"2026-03-03\",\"to\":\"2026-04-20\"},"
	                      "\"systems\":[\"a\"]}],"
	                      "\"systems\":[{\"id\":\"a\"},{\"id\":\"b\"}],"
	                      "\"duties\":[{\"id\":\"m\",\"clause\":\"B-D1\",\"service\":\"s\",\"every\":\"month\","
	                      "\"evidence\":{\"type\":\"inspections\"}}]");
	put_records(fixture, "inspections",
	            "id,kind,result,system,inspected_at\nN1,日常巡检,正常,b,2026-03-04 "
	            "09:00\nN2,日常巡检,正常,a,2026-03-02 09:00\n"
	            "N3,日常巡检,正常,a,2026-04-20 23:00\n");
	assert_string_equal(windows(fixture, LATER),
	                    "2026-03 2026-04-01T00:00 missed\n2026-04 2026-04-21T00:00 done N3\n");
}

/* A-D3, A-D4, A-D5, D-D2 */
static void weeks_are_those_of_the_standard(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"weekly\",\"clause\":\"D-D2\",\"every\":\"week\",\"due\":\"1wd\","
	                      "\"evidence\":{\"type\":\"deliverables\",\"kind\":\"服务周报\"}}]");
	put_records(
	    fixture, "deliverables",
	    "id,kind,period,submitted_at\nD1,服务周报,2026-W01,2026-01-05 09:00\nD2,服务周报,,2026-01-12 24:00\n");
	const char *text = windows(fixture, "2026-01-20 00:00");
	/* The first week has four days of the term; the report on it is due on Monday, as every week's. */
	assert_lines(fixture, text,
	             "2026-W01 2026-01-06T00:00 done D1\n2026-W02 2026-01-13T00:00 done D2\n"
	             "2026-W03 2026-01-20T00:00 pending\n");
	assert_int_equal(count_lines(text), 53);
}

/* A-D2, B-D1, B-D2, B-D3, B-D5, B-D8, D-D4, E-D5, E-D8 */
static void contract_periods_begin_with_the_term(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/contract.json",
	    "{\"purchaser\":\"采购人\",\"provider\":\"承建运维单位\",\"term\":{\"from\":\"2025-03-31\",\"to\":\"2026-"
	    "03-30\"},"
	    "\"duties\":[{\"id\":\"m\",\"clause\":\"B-D3\",\"every\":\"contract-month\",\"evidence\":{\"type\":"
	    "\"inspections\"}},"
	    "{\"id\":\"q\",\"clause\":\"B-D1\",\"every\":\"contract-quarter\",\"evidence\":{\"type\":\"drills\"}},"
	    "{\"id\":\"h\",\"clause\":\"B-D8\",\"every\":\"contract-half-year\",\"evidence\":{\"type\":\"drills\"}},"
	    "{\"id\":\"y\",\"clause\":\"B-D2\",\"every\":\"contract-year\",\"evidence\":{\"type\":\"drills\"}}]}");
	put_records(fixture, "inspections",
	            INSPECTIONS "N1,月度巡检,正常,2025-04-29 09:00\nN2,月度巡检,正常,2025-04-30 09:00\n");
	put_records(fixture, "drills", "id,kind,drilled_at,scenario\nD1,应急演练,2025-09-29 09:00,主库宕机\n");
	const char *text = windows(fixture, "2026-04-01 00:00");
	/* Months from the 31st end before the 30th, the 28th … and come back to the 31st. */
	assert_lines(
	    fixture, text,
	    "Y1-M01 2025-04-30T00:00 done N1\nY1-M02 2025-05-31T00:00 done N2\nY1-M03 2025-06-30T00:00 missed\n"
	    "Y1-M11 2026-02-28T00:00 missed\nY1-M12 2026-03-31T00:00 missed\n"
	    "Y1-Q2 2025-09-30T00:00 done D1\nY1-H1 2025-09-30T00:00 done D1\nY1-H2 2026-03-31T00:00 missed\n"
	    "Y1 2026-03-31T00:00 done D1\n");
	assert_int_equal(count_lines(text), 12 + 4 + 2 + 1);
}

/* C-D5, Civil Code 201, 203 */
static void a_plan_is_due_after_the_signing(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"signed_on\":\"2025-12-24\",\"duties\":[{\"id\":\"plan\",\"clause\":\"C-D5\",\"every\":\"term\","
	             "\"due\":{\"after\":\"signing\",\"within\":\"10d\"},"
	             "\"evidence\":{\"type\":\"deliverables\",\"kind\":\"实施计划\"}}]");
	put_records(fixture, "deliverables", "id,kind,submitted_at\nD1,实施计划,2025-12-30 09:00\n");
	/* The tenth day, 3 January 2026, is in the New Year holiday; 4 January is worked in exchange. */
	assert_string_equal(windows(fixture, LATER), "term 2026-01-05T00:00 done D1\n");
}

/* edge case 28 */
static void an_amendment_changes_the_rhythm(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"scan\",\"clause\":\"E-D2\",\"every\":\"quarter\","
	                      "\"evidence\":{\"type\":\"assessments\",\"kind\":\"漏洞扫描\"}}],"
	                      "\"amendments\":[{\"id\":\"A1\",\"effective\":\"2026-10-15\",\"changes\":{\"duties\":["
	                      "{\"id\":\"scan\",\"clause\":\"E-D2\",\"every\":\"month\",\"evidence\":{\"type\":"
	                      "\"assessments\",\"kind\":\"漏洞扫描\"}},"
	                      "{\"id\":\"audit\",\"clause\":\"B-D5\",\"every\":\"month\",\"evidence\":{\"type\":"
	                      "\"assessments\",\"kind\":\"代码审计\"}}]}}]");
	put_records(fixture, "assessments",
	            "id,kind,assessed_at\nA1,漏洞扫描,2026-11-20\nA2,代码审计,2026-10-14\nA3,代码审计,2026-10-15\n");
	/* The quarter that had begun stays a quarter; the new duty begins on the effective day. */
	assert_string_equal(windows(fixture, LATER),
	                    "2026-Q1 2026-04-01T00:00 missed\n2026-Q2 2026-07-01T00:00 missed\n"
	                    "2026-Q3 2026-10-01T00:00 missed\n2026-Q4 2027-01-01T00:00 done A1\n"
	                    "2026-11 2026-12-01T00:00 missed\n2026-12 2027-01-01T00:00 pending\n"
	                    "2026-10 2026-11-01T00:00 done A3\n2026-11 2026-12-01T00:00 missed\n"
	                    "2026-12 2027-01-01T00:00 pending\n");
}

static void a_deadline_includes_its_last_instant(void **state) /* design 5.4, Civil Code 203 */
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"day_ends\":\"close\",\"duties\":[{\"id\":\"daily\",\"clause\":\"E-D1\",\"every\":\"day\","
	             "\"evidence\":{\"type\":\"inspections\",\"kind\":\"日常巡检\"}},"
	             "{\"id\":\"scan\",\"clause\":\"E-D2\",\"every\":\"month\",\"due\":\"last-workday\","
	             "\"evidence\":{\"type\":\"inspections\",\"kind\":\"安全巡检\"}}]");
	put_records(fixture, "inspections",
	            INSPECTIONS "N1,日常巡检,正常,2026-01-01 18:00\nN2,日常巡检,正常,2026-01-02 18:01\n"
	                        "N3,日常巡检,正常,2026-01-04 00:00\nN4,安全巡检,正常,2026-04-30 "
	                        "18:00\nN5,安全巡检,正常,2026-05-30 09:00\n");
	/* Work after the close is late; that of the next day is none. */
	assert_lines(fixture, windows(fixture, LATER),
	             "2026-01-01 2026-01-01T18:00 done N1\n2026-01-02 2026-01-02T18:00 late N2\n"
	             "2026-01-03 2026-01-03T18:00 missed\n2026-01-04 2026-01-04T18:00 done N3\n"
	             "2026-04 2026-04-30T18:00 done N4\n2026-05 2026-05-29T18:00 late N5\n");
}

static void the_first_instant_of_a_month_is_not_the_last_of_another(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"duties\":[{\"id\":\"scan\",\"clause\":\"E-D2\",\"every\":\"month\",\"due\":\"last-workday\","
	             "\"evidence\":{\"type\":\"inspections\"}}]");
	put_records(fixture, "inspections",
	            INSPECTIONS "N1,日常巡检,正常,2026-07-01 00:00\nN2,日常巡检,正常,2026-08-01 00:00\n");
	/* Due at the end of Tuesday 30 June, and of Friday 31 July. */
	assert_lines(
	    fixture, windows(fixture, LATER),
	    "2026-06 2026-07-01T00:00 missed\n2026-07 2026-08-01T00:00 done N1\n2026-08 2026-09-01T00:00 done N2\n");
}

static void time_behind_a_window_runs_from_its_end(void **state) /* Civil Code 204 */
{
	struct fixture *fixture = *state;
	put_contract(
	    fixture,
	    "\"rule\":\"count-first-day\",\"duties\":[{\"id\":\"report\",\"clause\":\"E-D3\",\"every\":\"month\","
	    "\"due\":\"1wd\",\"evidence\":{\"type\":\"deliverables\"}}]");
	/* The first day that counts is that after the window: Monday 2 March, Wednesday 1 April. */
	assert_lines(fixture, windows(fixture, "2026-01-01 00:00"),
	             "2026-02 2026-03-03T00:00 not_due\n2026-03 2026-04-02T00:00 not_due\n");
}

static void work_of_the_day_of_as_of_is_late_for_the_last_window(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"duties\":[{\"id\":\"plan\",\"clause\":\"C-D5\",\"every\":\"term\","
	             "\"due\":{\"after\":\"start\",\"within\":\"10d\"},\"evidence\":{\"type\":\"assessments\"}}]");
	put_records(fixture, "assessments", "id,kind,assessed_at\nA1,漏洞扫描,2026-04-10\n");
	assert_string_equal(windows(fixture, "2026-04-10 00:00"), "term 2026-01-13T00:00 late A1\n");
}

static void dates_that_fall_on_one_day_are_one_window(void **state) /* B-D3 */
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"duties\":[{\"id\":\"festival\",\"clause\":\"B-D3\",\"on\":[\"10-01\",\"10-02\",\"10-09\"],"
	             "\"rest_day\":\"before\",\"evidence\":{\"type\":\"inspections\"}}]");
	assert_string_equal(windows(fixture, "2026-01-01 00:00"),
	                    "2026-09-30 2026-10-01T00:00 not_due\n2026-10-09 2026-10-10T00:00 not_due\n");
}

static void work_in_time_for_a_new_version_is_not_late_for_the_old(void **state) /* edge case 28 */
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"scan\",\"clause\":\"E-D2\",\"every\":\"quarter\","
	                      "\"evidence\":{\"type\":\"assessments\"}}],"
	                      "\"amendments\":[{\"id\":\"A1\",\"effective\":\"2026-04-01\",\"changes\":{\"duties\":["
	                      "{\"id\":\"scan\",\"clause\":\"E-D2\",\"every\":\"half-year\",\"due\":\"5wd\","
	                      "\"evidence\":{\"type\":\"assessments\"}}]}}]");
	put_records(fixture, "assessments", "id,kind,assessed_at\nA1,漏洞扫描,2026-07-10\n");
	assert_string_equal(windows(fixture, LATER),
	                    "2026-Q1 2026-04-01T00:00 missed\n2026-H2 2027-01-08T00:00 done A1\n");
}

static void an_amendment_may_change_what_it_is_owed_for(void **state) /* B-0, B-D4 */
{
	struct fixture *fixture = *state;
	put_contract(
	    fixture,
	    "\"services\":[{\"id\":\"s\",\"term\":{\"from\":\"2026-01-01\",\"to\":\"2026-09-30\"},\"systems\":[\"a\"]}]"
	    ","
	    "\"systems\":[{\"id\":\"a\"},{\"id\":\"b\"}],"
	    "\"duties\":[{\"id\":\"grading\",\"clause\":\"B-D4\",\"every\":\"half-year\",\"each\":{\"system\":[\"a\"]},"
	    "\"evidence\":{\"type\":\"assessments\"}},"
	    "{\"id\":\"check\",\"clause\":\"B-D1\",\"every\":\"quarter\",\"evidence\":{\"type\":\"inspections\"}}],"
	    "\"amendments\":[{\"id\":\"A1\",\"effective\":\"2026-07-01\",\"changes\":{\"duties\":["
	    "{\"id\":\"grading\",\"clause\":\"B-D4\",\"every\":\"half-year\",\"each\":{\"system\":[\"a\",\"b\"]},"
	    "\"evidence\":{\"type\":\"assessments\"}},"
	    "{\"id\":\"check\",\"clause\":\"B-D1\",\"every\":\"quarter\",\"service\":\"s\","
	    "\"evidence\":{\"type\":\"inspections\"}}]}}]");
	assert_string_equal(windows(fixture, "2026-01-01 00:00"),
	                    "2026-H1 a 2026-07-01T00:00 pending\n2026-H2 a 2027-01-01T00:00 not_due\n"
	                    "2026-H2 b 2027-01-01T00:00 not_due\n"
	                    "2026-Q1 2026-04-01T00:00 pending\n2026-Q2 2026-07-01T00:00 not_due\n"
	                    "2026-Q3 2026-10-01T00:00 not_due\n");
}

static void what_ended_and_came_back_has_a_gap(void **state) /* edge case 28 */
{
	struct fixture *fixture = *state;
	put_contract(
	    fixture,
	    "\"duties\":[{\"id\":\"scan\",\"clause\":\"E-D2\",\"every\":\"month\","
	    "\"evidence\":{\"type\":\"assessments\"}}],"
	    "\"amendments\":[{\"id\":\"A1\",\"effective\":\"2026-02-10\",\"changes\":{\"end\":[\"scan\"]}},"
	    "{\"id\":\"A2\",\"effective\":\"2026-11-20\",\"changes\":{\"duties\":[{\"id\":\"scan\",\"clause\":\"E-D2\","
	    "\"every\":\"month\",\"evidence\":{\"type\":\"assessments\"}}]}}]");
	assert_string_equal(windows(fixture, "2026-01-01 00:00"),
	                    "2026-01 2026-02-01T00:00 pending\n2026-02 2026-02-10T00:00 not_due\n"
	                    "2026-11 2026-12-01T00:00 not_due\n2026-12 2027-01-01T00:00 not_due\n");
}

static void windows_of_a_period_share_a_day_with_it(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"duties\":[{\"id\":\"scan\",\"clause\":\"E-D2\",\"every\":\"quarter\","
	                      "\"evidence\":{\"type\":\"assessments\"}}]");
	struct ledger *ledger = read_sound_ledger(fixture);
	struct duty_list all = duty_windows(ledger, at(LATER), fixture->arena);
	struct duty_list some =
	    duty_in_span(&all, (struct span){ day("2026-03-01"), day("2026-04-01") }, fixture->arena);
	assert_int_equal(some.count, 1);
	assert_string_equal(some.items[0].name, "2026-Q1");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_rules, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(every_day_has_its_own_work),
		TEST(working_days_follow_the_notice),
		TEST(months_hold_their_ends_without_drifting),
		TEST(the_last_working_day_may_be_the_due_one),
		TEST(work_done_late_fills_its_own_window),
		TEST(dates_of_the_year_move_by_their_offset),
		TEST(a_date_on_a_rest_day_moves_as_agreed),
		TEST(each_system_and_each_asset_owes_its_own),
		TEST(windows_are_cut_at_the_services_term),
		TEST(weeks_are_those_of_the_standard),
		TEST(contract_periods_begin_with_the_term),
		TEST(a_plan_is_due_after_the_signing),
		TEST(an_amendment_changes_the_rhythm),
		TEST(a_deadline_includes_its_last_instant),
		TEST(the_first_instant_of_a_month_is_not_the_last_of_another),
		TEST(time_behind_a_window_runs_from_its_end),
		TEST(work_of_the_day_of_as_of_is_late_for_the_last_window),
		TEST(dates_that_fall_on_one_day_are_one_window),
		TEST(work_in_time_for_a_new_version_is_not_late_for_the_old),
		TEST(an_amendment_may_change_what_it_is_owed_for),
		TEST(what_ended_and_came_back_has_a_gap),
		TEST(windows_of_a_period_share_a_day_with_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
