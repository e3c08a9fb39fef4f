/* contract.json: what is read, and the diagnostic of each fault (issue 3; design chapter 4). */
#include "../rules/fixture.h"

/* A contract with these members gives exactly the one diagnostic, at line:column. */
static void assert_fault(struct fixture *fixture, const char *members, const char *place, const char *says)
{
	diags_free(fixture->diags);
	fixture->diags = diags_new();
	put_contract(fixture, members);
	read_ledger(fixture);
	assert_told(fixture, arena_printf(fixture->arena, "records/c/contract.json:%s: ", place));
	if (!strstr(told(fixture), says))
		fail_msg("\"%s\" is not said in:\n%s", says, told(fixture));
	assert_int_equal(diags_errors(fixture->diags), 1);
}

#define TARGET(members)                                                                                                \
	"\"targets\":[{\"id\":\"t\",\"clause\":\"E-T1\",\"for\":{\"type\":\"incidents\"},\"from\":\"reported_at\","    \
	"\"to\":\"restored_at\"," members "}]"

static void every_fault_of_a_target_is_told(void **state)
{
	struct fixture *fixture = *state;
	const struct {
		const char *members, *place, *says;
	} cases[] = {
		{ "\"tragets\":[]", "5:1", "\"tragets\"" },
		{ TARGET("\"within\":\"2h\",\"untill\":1"), "5:119", "\"untill\"" },
		{ TARGET("\"within\":\"0h\""), "5:114", "\"0h\"" },
		{ TARGET("\"within\":\"2\""), "5:114", "\"2\"" },
		{ TARGET("\"name\":\"x\""), "5:12", "\"within\"" },
		{ TARGET("\"within\":\"2h\",\"by\":\"agreed_at\""), "5:12", "\"by\"" },
		{ TARGET("\"within\":[{\"within\":\"1h\"},{\"on\":\"restday\",\"within\":\"2h\"}]"), "5:131",
		  "never applies" },
		{ TARGET("\"within\":[{\"on\":\"sunday\",\"within\":\"2h\"}]"), "5:121", "\"sunday\"" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\"for\":{\"type\":\"incidents\"},\n\"from\":\"reported_"
		  "at\","
		  "\"to\":\"reported_at\",\"within\":\"2h\"}]",
		  "6:27", "nobody can meet" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\"for\":{\"type\":\"incidents\"},\n\"from\":\"reported_"
		  "at\","
		  "\"to\":\"title\",\"within\":\"2h\"}]",
		  "6:27", "neither a date nor a time" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\"for\":{\"type\":\"incidents\"},\n\"from\":\"reported_"
		  "at\","
		  "\"to\":\"restord_at\",\"within\":\"2h\"}]",
		  "6:27", "\"restord_at\"" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\"for\":{\"type\":\"incident\"},\n\"from\":\"reported_"
		  "at\","
		  "\"to\":\"restored_at\",\"within\":\"2h\"}]",
		  "5:49", "\"incident\"" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\n\"for\":{\"type\":\"incidents\",\"level\":\"P7\"},"
		  "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"2h\"}]",
		  "6:35", "\"P7\"" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\n\"for\":{\"type\":\"incidents\",\"kind\":\"系统故章\"}"
		  ","
		  "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"2h\"}]",
		  "6:34", "\"系统故章\"" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\n\"for\":{\"type\":\"incidents\",\"colour\":\"red\"},"
		  "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"2h\"}]",
		  "6:27", "\"colour\"" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\n\"for\":{\"type\":\"incidents\",\"onsite\":\"yes\"},"
		  "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"2h\"}]",
		  "6:36", "true | false" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\"for\":{\"type\":\"incidents\"},\n"
		  "\"from\":{\"missed\":\"u\"},\"to\":\"restored_at\",\"within\":\"2h\"}]",
		  "5:12", "\"u\"" },
		{ "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\"for\":{\"type\":\"incidents\"},\n"
		  "\"from\":{\"missed\":\"t\"},\"to\":\"restored_at\",\"within\":\"2h\"}]",
		  "5:12", "missed: t" },
		{ "\"clauses\":{\"E-T1\":\"恢复时间\"},\n\"targets\":[{\"id\":\"t\",\"clause\":\"E-T9\",\"for\":{"
		  "\"type\":\"incidents\"},"
		  "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"2h\"}]",
		  "6:31", "\"E-T9\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_fault(fixture, cases[i].members, cases[i].place, cases[i].says);
}

static void an_id_is_used_once(void **state)
{
	struct fixture *fixture = *state;
#define ONE                                                                                                            \
	"{\"id\":\"t\",\"clause\":\"X\",\"for\":{\"type\":\"incidents\"},\"to\":\"restored_at\",\"by\":\"agreed_at\"}"
	assert_fault(fixture, "\"targets\":[" ONE ",\n" ONE "]", "6:7", "\"t\"");
	assert_fault(fixture, "\"systems\":[{\"id\":\"a\",\"name\":\"甲\"},\n{\"id\":\"b\",\"name\":\"甲\"}]", "6:1",
	             "\"b\"");
	assert_fault(fixture,
	             "\"targets\":[" ONE
	             "],\"amendments\":[{\"id\":\"A\",\"effective\":\"2026-04-01\",\"changes\":{\"targets\":[" ONE
	             ",\n" ONE "]}}]",
	             "6:1", "\"t\"");
}

static void every_fault_of_a_duty_and_a_rule_is_told(void **state)
{
	struct fixture *fixture = *state;
	const struct {
		const char *members, *place, *says;
	} cases[] = {
		{ "\"duties\":[{\"id\":\"d\",\"clause\":\"X\",\n\"every\":\"fortnight\",\"evidence\":{\"type\":"
		  "\"backups\"}}]",
		  "6:9", "\"fortnight\"" },
		{ "\"duties\":[{\"id\":\"d\",\"clause\":\"X\",\n\"evidence\":{\"type\":\"backups\"}}]", "5:11",
		  "\"every\"" },
		{ "\"duties\":[{\"id\":\"d\",\"clause\":\"X\",\n\"on\":[\"02-30\"],\"evidence\":{\"type\":\"backups\"}}"
		  "]",
		  "6:6", "\"02-30\"" },
		{ "\"duties\":[{\"id\":\"d\",\"clause\":\"X\",\n\"on\":[\"lunar "
		  "13-01\"],\"evidence\":{\"type\":\"backups\"}}]",
		  "6:6", "\"lunar 13-01\"" },
		{ "\"duties\":[{\"id\":\"d\",\"clause\":\"X\",\"on\":\"02-14\",\n\"offset\":\"1d\",\"evidence\":{"
		  "\"type\":\"backups\"}}]",
		  "6:10", "\"1d\"" },
		{ "\"duties\":[{\"id\":\"d\",\"clause\":\"X\",\"every\":\"day\",\n\"times\":0,\"evidence\":{\"type\":"
		  "\"backups\"}}]",
		  "6:9", "\"times\"" },
		{ "\"duties\":[{\"id\":\"d\",\"clause\":\"X\",\"every\":\"day\",\n\"evidence\":{\"type\":\"staff\"}}]",
		  "6:12", "staff" },
		{ "\"limits\":[{\"id\":\"l\",\"clause\":\"X\",\n\"count\":{\"type\":\"calls\",\"answered\":false}}]",
		  "5:11", "\"at_most\"" },
		{ "\"staff_rules\":[{\"id\":\"s\",\"clause\":\"X\",\n\"at_least\":1}]", "5:16", "exactly one" },
		{ "\"payment\":[{\"id\":\"p\",\"clause\":\"X\",\n\"share\":150,\"due\":{\"after\":\"signing\","
		  "\"within\":\"15wd\"}}]",
		  "6:9", "at most 100" },
		{ "\"services\":[{\"id\":\"s\",\n\"term\":{\"from\":\"2026-01-01\",\"to\":\"2027-01-01\"}}]", "6:8",
		  "\"s\"" },
		{ "\"services\":[{\"id\":\"s\",\n\"systems\":[\"x\"]}]", "6:11", "\"x\"" },
		{ "\"hours\":{\"shifts\":[[\"09:00\",\"12:00\"],[\"11:00\",\"18:00\"]]}", "5:1", "hours" },
		{ "\"amendments\":[{\"id\":\"A\",\n\"effective\":\"2027-01-01\",\"changes\":{}}]", "6:13",
		  "amendment" },
		{ "\"amendments\":[{\"id\":\"A\",\"effective\":\"2026-04-01\",\n\"changes\":{\"end\":[\"x\"]}}]",
		  "6:18", "\"x\"" },
		{ "\"reports\":[{\"id\":\"r\",\"clause\":\"X\",\"kind\":\"weekly\",\n"
		  "\"signers\":[{\"id\":\"a\",\"role\":\"甲\"},{\"id\":\"a\",\"role\":\"乙\"}]}]",
		  "6:34", "\"a\"" },
		{ "\"demands\":[{\"id\":\"d\",\"clause\":\"X\",\"for\":{\"type\":\"changes\"},\n\"fields\":["
		  "\"approvel\"]}]",
		  "6:10", "\"approvel\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_fault(fixture, cases[i].members, cases[i].place, cases[i].says);
}

static void faults_are_all_told_in_one_run(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             TARGET("\"within\":\"0h\"") ",\n\"duties\":[{\"clause\":\"X\",\"every\":\"day\"}],\n\"limits\":7");
	read_ledger(fixture);
	assert_told(fixture, "records/c/contract.json:5:114: error: \"0h\"");
	assert_told(fixture, "records/c/contract.json:6:11: error: duty has no \"id\"");
	assert_told(fixture, "records/c/contract.json:6:11: error: duty has no \"evidence\"");
	assert_told(fixture, "records/c/contract.json:7:10: error: limits has to be written as");
}

static void names_stand_for_ids(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"services\":[{\"id\":\"s\",\"name\":\"服务\",\"systems\":[\"office\"]}],"
	                      "\"systems\":[{\"id\":\"office\",\"name\":\"行政管理子系统\"},{\"id\":\"other\"}],"
	                      "\"targets\":[{\"id\":\"t\",\"clause\":\"X\",\"for\":{\"type\":\"incidents\",\"service\":"
	                      "\"s\",\"level\":\"重大故障\"},"
	                      "\"from\":\"reported_at\",\"to\":\"restored_at\",\"within\":\"2h\"}]");
	put_records(fixture, "incidents",
	            "id,title,system,kind,channel,level,reported_at\n"
	            "I1,故障,行政管理子系统,系统故障,电话,P1,2026-03-09 "
	            "08:00\nI2,故障,office,系统故障,电话,重大故障,2026-03-09 08:00\n"
	            "I3,故障,other,系统故障,电话,P1,2026-03-09 08:00\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	const struct match *match = &ledger->contract->targets[0].applies;
	assert_true(match_holds(match, ledger_find(ledger, "incidents", "I1")));
	assert_true(match_holds(match, ledger_find(ledger, "incidents", "I2")));
	assert_false(match_holds(match, ledger_find(ledger, "incidents", "I3")));
	assert_ptr_equal(ledger_system(ledger, ledger_find(ledger, "incidents", "I1")),
	                 contract_system(ledger->contract, "office"));
	/* Without a name of its own, an item is called by its id. */
	assert_string_equal(ledger->contract->targets[0].item.name, "t");
}

static void a_match_takes_lists_null_numbers_and_booleans(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture,
	             "\"limits\":[{\"id\":\"l\",\"clause\":\"X\",\"at_most\":1,\"count\":{\"type\":\"assessments\","
	             "\"kind\":[\"漏洞扫描\",\"日志分析\"],\"system\":null,\"score\":[80,90],\"grave_event\":false}}]");
	put_records(
	    fixture, "assessments",
	    "id,kind,assessed_at,system,score,grave_event\nA1,漏洞扫描,2026-03-01,,80,\nA2,代码审计,2026-03-01,,80,\n"
	    "A3,日志分析,2026-03-01,甲,80,\nA4,日志分析,2026-03-01,,85,\nA5,日志分析,2026-03-01,,90,是\nA6,日志分析,"
	    "2026-03-01,,90,否\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	const struct record_list *list = ledger_records(ledger, "assessments");
	static const bool expected[] = { true, false, false, false, false, true };
	assert_int_equal(list->count, 6);
	for (size_t i = 0; i < list->count; i++)
		assert_int_equal(match_holds(&ledger->contract->limits[0].count, list->items[i]), expected[i]);
}

/* A-R1, C-D4, E-R5; edge case 48 */
static void records_and_contract_are_checked_together(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, "\"systems\":[{\"id\":\"office\"}]," TARGET(
	                          "\"within\":\"2h\"") ","
	                                               "\"demands\":[{\"id\":\"d\",\"clause\":\"A-R1\",\"for\":{"
	                                               "\"type\":\"incidents\",\"level\":\"P1\"},"
	                                               "\"once\":\"restored_at\",\"fields\":[\"phenomenon\"]}]");
	put_records(
	    fixture, "incidents",
	    INCIDENT_HEAD "reported_at,restored_at,phenomenon\n" INCIDENT(
	        "I1",
	        "P1") "2026-03-09 08:00,2026-03-09 "
	              "07:00,页面空白\n" INCIDENT(
	                  "I2",
	                  "P1") "2026-03-09 08:00,2026-03-09 "
	                        "09:00,\n" INCIDENT(
	                            "I3",
	                            "P1") "2026-03-"
	                                  "09 "
	                                  "08:00,,"
	                                  "\n" INCIDENT(
	                                      "I4",
	                                      "P9") "2026-03-09 08:00,,\nI5,故障,ofice,系统故障,电话,P3,2026-03-09 "
	                                            "08:00,,\n");
	put_records(fixture, "waivers",
	            "id,duty,period_from,period_to,approved_by,reason\nW1,dayly,2026-03-01,2026-02-01,甲,停电\n");
	put_records(fixture, "pauses",
	            "id,incident,from,to,reason,approved_by,target\nP1,I1,2026-03-09 08:10,2026-03-09 "
	            "08:00,等待,采购人代表,x\n");
	read_ledger(fixture);
	assert_told(fixture, "records/c/incidents.csv:2:44: error: I1: restored_at is earlier than reported_at");
	assert_told(fixture, "records/c/incidents.csv:3:1: error: I2 has no phenomenon, which clause A-R1 demands");
	assert_told(fixture, "records/c/incidents.csv:5:24: error: the contract has no level");
	assert_told(fixture, "records/c/incidents.csv:6:7: error: the contract has no system \"ofice\"");
	assert_told(fixture, "records/c/waivers.csv:2:4: error: the contract has no duty \"dayly\"");
	assert_told(fixture, "records/c/waivers.csv:2:21: error: W1: period_to is earlier than period_from");
	assert_told(fixture, "records/c/pauses.csv:2:");
	assert_int_equal(diags_errors(fixture->diags), 8);
}

static void a_contract_without_a_term_is_none(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/contract.json", "{\"purchaser\":\"甲\",\"provider\":\"乙\"}");
	assert_null(read_ledger(fixture));
	assert_told(fixture, "records/c/contract.json:1:1: error: contract has no \"term\"");
}

static void rows_are_found_by_what_they_refer_to(void **state)
{
	struct fixture *fixture = *state;
	put_contract(fixture, TARGET("\"within\":\"2h\",\"pause\":\"等待\""));
	put_records(fixture, "incidents", INCIDENT_HEAD "reported_at\n" INCIDENT("I1", "P1") "2026-03-09 08:00\n");
	put_records(fixture, "pauses",
	            "id,incident,from,to,reason,approved_by\nP2,I1,2026-03-09 09:10,,等待,甲\nP1,I1,2026-03-09 "
	            "08:10,,等待,甲\n");
	struct ledger *ledger = read_sound_ledger(fixture);
	const struct record_list *rows = ledger_referring(ledger, "pauses", "incident", "I1");
	assert_int_equal(rows->count, 2);
	assert_string_equal(rows->items[0]->id, "P1");
	assert_int_equal(ledger_referring(ledger, "pauses", "incident", "I2")->count, 0);
	assert_int_equal(ledger_referring(ledger, "nothing", "incident", "I1")->count, 0);
	struct record_list march = ledger_select(ledger, fixture->arena, "incidents",
	                                         (struct span){ day("2026-03-09"), day("2026-03-10") }, NULL);
	assert_int_equal(march.count, 1);
	march = ledger_select(ledger, fixture->arena, "incidents",
	                      (struct span){ day("2026-03-10"), day("2026-03-11") }, NULL);
	assert_int_equal(march.count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_rules, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(every_fault_of_a_target_is_told),
		TEST(an_id_is_used_once),
		TEST(every_fault_of_a_duty_and_a_rule_is_told),
		TEST(faults_are_all_told_in_one_run),
		TEST(names_stand_for_ids),
		TEST(a_match_takes_lists_null_numbers_and_booleans),
		TEST(records_and_contract_are_checked_together),
		TEST(a_contract_without_a_term_is_none),
		TEST(rows_are_found_by_what_they_refer_to),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
