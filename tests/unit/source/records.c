/* Records of a snapshot, typed and checked (issue 2; edge cases 3, 48; design chapter 3). */
#include "fixture.h"

#include "source/records.h"

#define SCHEMA                                                                                                         \
	"{\"title\":\"事件\",\"primaryKey\":\"id\",\"dateField\":\"at\",\"fields\":["                                \
	"{\"name\":\"id\",\"title\":\"编号\",\"constraints\":{\"required\":true,\"pattern\":\"INC-[0-9]+\"}},"       \
	"{\"name\":\"title\",\"title\":\"标题\",\"constraints\":{\"maxLength\":4}},"                                 \
	"{\"name\":\"at\",\"title\":\"申报时间\",\"type\":\"datetime\",\"constraints\":{\"required\":true}},"      \
	"{\"name\":\"party\",\"title\":\"原因方\",\"constraints\":{\"enum\":[\"provider\",\"third_party\"]},"       \
	"\"labels\":{\"provider\":\"承建方\",\"third_party\":\"第三方\"}},"                                      \
	"{\"name\":\"on\",\"title\":\"日期\",\"type\":\"date\"},"                                                    \
	"{\"name\":\"count\",\"title\":\"次数\",\"type\":\"integer\",\"constraints\":{\"minimum\":0}},"              \
	"{\"name\":\"score\",\"title\":\"评分\",\"type\":\"number\",\"constraints\":{\"maximum\":100}},"             \
	"{\"name\":\"onsite\",\"title\":\"现场\",\"type\":\"boolean\"},"                                             \
	"{\"name\":\"ticket\",\"title\":\"工单\",\"constraints\":{\"unique\":true}},"                                \
	"{\"name\":\"parent\",\"title\":\"主事件\",\"references\":\"incidents\"},"                                  \
	"{\"name\":\"asset\",\"title\":\"资产\",\"references\":\"assets\"},"                                         \
	"{\"name\":\"timeline\",\"title\":\"经过\",\"type\":\"array\"}]}"

#define ASSETS "{\"title\":\"资产\",\"primaryKey\":\"id\",\"fields\":[{\"name\":\"id\"}]}"

static int set_up_records(void **state)
{
	if (set_up(state) != 0)
		return -1;
	struct fixture *fixture = *state;
	put(fixture, "repo/records/schema/incidents.json", SCHEMA);
	put(fixture, "repo/records/schema/assets.json", ASSETS);
	put(fixture, "repo/records/c/contract.json", "{\"offset\":\"+08:00\"}");
	return 0;
}

static struct records *read_all(struct fixture *fixture)
{
	struct repository *repository = repository_open(path_of(fixture, "repo"), fixture->diags);
	struct snapshot *snapshot = snapshot_of_worktree(fixture->arena, repository, fixture->diags);
	struct records *records = records_read(fixture->arena, snapshot, fixture->diags);
	repository_free(repository);
	return records;
}

/* Reads everything; the contract "c" of it. */
static const struct contract_records *read_contract(struct fixture *fixture)
{
	const struct contract_records *contract = records_contract(read_all(fixture), "c");
	assert_non_null(contract);
	return contract;
}

static const struct record *incident(const struct contract_records *contract, const char *id)
{
	const struct record *record = records_find(contract, "incidents", id);
	assert_non_null(record);
	return record;
}

static void every_type_of_field_is_read(void **state)
{
	struct fixture *fixture = *state;
	struct instant at;
	struct date on;
	double number;
	char text[DATE_TEXT];
	put(fixture, "repo/records/c/incidents.csv",
	    "编号,title,申报时间,party,on,count,score,onsite\r\n"
	    "INC-1, 登录慢 ,2026-03-09T08:05:00+08:00,第三方,2026-03-10,3,99.5,是\r\n"
	    "INC-2,,2026-03-09 08:05,provider,,,,FALSE\r\n");
	const struct contract_records *contract = read_contract(fixture);
	assert_string_equal(told(fixture), "");
	const struct record *record = incident(contract, "INC-1");
	assert_string_equal(record->name, "c/incidents/INC-1");
	assert_string_equal(record->contract, "c");
	assert_int_equal(record->place.line, 2);
	assert_string_equal(record_text(record, "title"), "登录慢");
	assert_int_equal(record_field(record, "title")->place.column, 8);
	assert_string_equal(record_text(record, "party"), "third_party");
	assert_true(record_instant(record, "at", &at));
	assert_int_equal(at.seconds, 1773014700);
	assert_string_equal(record_text(record, "at"), "2026-03-09T08:05:00+08:00");
	assert_true(record_date(record, "on", &on));
	assert_string_equal(date_format(on, text), "2026-03-10");
	assert_true(record_number(record, "count", &number) && number == 3);
	assert_true(record_number(record, "score", &number) && number == 99.5);
	assert_true(record_boolean(record, "onsite"));
	assert_false(record_instant(record, "on", &at));
	assert_null(record_field(record, "no such field"));

	record = incident(contract, "INC-2");
	assert_null(record_field(record, "title"));
	assert_null(record_text(record, "count"));
	assert_false(record_date(record, "on", &on));
	assert_string_equal(record_text(record, "at"), "2026-03-09T08:05:00+08:00");
	assert_string_equal(record_text(record, "onsite"), "false");
}

static void json_records_are_as_good(void **state)
{
	struct fixture *fixture = *state;
	double number;
	put(fixture, "repo/records/c/incidents/INC-1.json",
	    "{\"编号\": \"INC-1\", \"at\": \"2026-03-09T08:05+08:00\", \"count\": 2, \"score\": null,\n"
	    " \"onsite\": true, \"timeline\": [{\"at\": \"08:05\"}]}");
	const struct contract_records *contract = read_contract(fixture);
	assert_string_equal(told(fixture), "");
	const struct record *record = incident(contract, "INC-1");
	assert_true(record_number(record, "count", &number) && number == 2);
	assert_string_equal(record_text(record, "count"), "2");
	assert_null(record_field(record, "score"));
	assert_true(record_boolean(record, "onsite"));
	const struct field *timeline = record_field(record, "timeline");
	assert_int_equal(timeline->as.tree->as.array.count, 1);
	assert_int_equal(timeline->place.line, 2);
	assert_null(timeline->text);
}

static void times_take_the_offset_of_their_contract(void **state)
{
	struct fixture *fixture = *state;
	struct instant at;
	put(fixture, "repo/records/c/contract.json", "{\"offset\":\"+07:30\"}");
	put(fixture, "repo/records/c/incidents.csv", "id,at\nINC-1,2026-03-09T08:05\n");
	const struct contract_records *contract = read_contract(fixture);
	assert_int_equal(contract->offset, 27000);
	assert_true(record_instant(incident(contract, "INC-1"), "at", &at));
	assert_int_equal(at.seconds, 1773014700 + 1800);
	put(fixture, "repo/records/c/contract.json", "{\n \"offset\":\"8\"}");
	assert_int_equal(read_contract(fixture)->offset, OFFSET_CHINA);
	assert_told(fixture, "records/c/contract.json:2:11: error: \"offset\" is no offset from UTC");
}

/* The diagnostics of one CSV file of incidents, without its path. */
static void check_csv(const char *text, const char *expected)
{
	void *state;
	assert_int_equal(set_up_records(&state), 0);
	struct fixture *fixture = state;
	put(fixture, "repo/records/c/incidents.csv", text);
	read_all(fixture);
	struct buf out = BUF_INIT;
	size_t count;
	const struct diag *found = diags_sorted(fixture->diags, &count);
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%u:%u %s ", found[i].place.line, found[i].place.column,
		           message_name(found[i].message));
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
	tear_down(&state);
}

static void a_broken_date_has_line_and_column(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/incidents/2026-03.csv",
	    "id,title,at\nINC-1,网络故障,2026-03-09T08:05\nINC-2,网络故障,2026-02-30T08:05\n");
	read_all(fixture);
	assert_string_equal(told(fixture),
	                    "records/c/incidents/2026-03.csv:3:12: error: \"2026-02-30T08:05\" is no date "
	                    "with a time of day; write it as 2026-03-09T08:05\n");
	check_csv("id,at\nINC-1,2026-03-09\n", "2:7 field-time ");
	check_csv("id,at\nINC-1,2026-03-09T24:01\n", "2:7 field-time ");
	check_csv("id,at,on\nINC-1,2026-03-09T24:00,三月九日\n", "2:24 field-date ");
}

static void every_constraint_is_kept(void **state)
{
	(void)state;
	check_csv("id,at\n,2026-03-09T08:05\n", "2:1 field-required ");
	check_csv("id,at\nINC-1,\n", "2:7 field-required ");
	check_csv("id,at\nINC-1,　\n", "2:7 field-required ");
	check_csv("id,at\ninc-1,2026-03-09T08:05\n", "2:1 field-pattern ");
	check_csv("id,at\nINC-1x,2026-03-09T08:05\n", "2:1 field-pattern ");
	check_csv("id,at,title\nINC-1,2026-03-09T08:05,网络故障\nINC-2,2026-03-09T08:05,网络故障了\n",
	          "3:24 field-length ");
	check_csv("id,at,party\nINC-1,2026-03-09T08:05,业主\n", "2:24 field-enum ");
	check_csv("id,at,count\nINC-1,2026-03-09T08:05,-1\n", "2:24 field-minimum ");
	check_csv("id,at,count\nINC-1,2026-03-09T08:05,1.5\n", "2:24 field-integer ");
	check_csv("id,at,count\nINC-1,2026-03-09T08:05,三\n", "2:24 field-integer ");
	check_csv("id,at,score\nINC-1,2026-03-09T08:05,100.5\n", "2:24 field-maximum ");
	check_csv("id,at,score\nINC-1,2026-03-09T08:05,0x10\n", "2:24 field-number ");
	check_csv("id,at,score\nINC-1,2026-03-09T08:05,\"1,200\"\n", "2:24 field-number ");
	check_csv("id,at,score\nINC-1,2026-03-09T08:05,inf\n", "2:24 field-number ");
	check_csv("id,at,score\nINC-1,2026-03-09T08:05,99%\n", "2:24 field-number ");
	check_csv("id,at,onsite\nINC-1,2026-03-09T08:05,有\n", "2:24 field-boolean ");
	check_csv("id,at,timeline\nINC-1,2026-03-09T08:05,[]\n", "2:24 field-json-only ");
	check_csv("id,at,ticket\nINC-1,2026-03-09T08:05,T1\nINC-2,2026-03-09T08:05,T1\n", "3:24 field-unique ");
}

static void heads_and_rows_have_to_fit(void **state)
{
	(void)state;
	check_csv("", "0:0 csv-no-head ");
	check_csv("id\tat\nINC-1\t2026\n", "1:1 csv-separator ");
	check_csv("编号，申报时间\nINC-1，2026\n", "1:1 csv-separator ");
	check_csv("id,at,unknown\nINC-1,2026-03-09T08:05,x\n", "1:7 column-unknown ");
	check_csv("id,at,编号\nINC-1,2026-03-09T08:05,INC-1\n", "1:7 column-duplicate ");
	check_csv("id\nINC-1\n", "1:1 column-missing ");
	check_csv("id,at\nINC-1,2026-03-09T08:05,x\n", "2:24 row-too-long ");
	check_csv("id,at,title\nINC-1,2026-03-09T08:05\n", "2:1 row-too-short ");
	check_csv("id,at,,\nINC-1,2026-03-09T08:05,,\n,,,\n", "");
	check_csv("id,at\nINC-1,2026-03-09T08:05\nINC-2,\"2026-03-09T08:05\n", "3:7 csv-open-quote ");
}

static void formulas_are_named(void **state)
{
	(void)state;
	check_csv("id,at,title\nINC-1,2026-03-09T08:05,=A1\n", "2:24 formula ");
	check_csv("id,at,title\nINC-1,2026-03-09T08:05,@sum\n", "2:24 formula ");
	check_csv("id,at,title\nINC-1,2026-03-09T08:05,-A1\n", "2:24 formula ");
	check_csv("id,at,title\nINC-1,2026-03-09T08:05,+86\n", "");
	check_csv("id,at,title\nINC-1,2026-03-09T08:05,-\n", "");
	check_csv("id,at,score\nINC-1,2026-03-09T08:05,-0.5\n", "");
}

static void guesses_are_said_once_a_file(void **state)
{
	struct fixture *fixture = *state;
	struct instant at;
	double number;
	put(fixture, "repo/records/c/incidents/1.csv",
	    "id,at,score\nINC-1,2026/3/9 8:05,９５\nINC-2,２０２６-03-09 08:05,９６\n");
	put(fixture, "repo/records/c/incidents/2.csv", "id,at\nINC-3,2026年3月9日8时5分\n");
	const struct contract_records *contract = read_contract(fixture);
	assert_int_equal(diags_warnings(fixture->diags), 3);
	assert_int_equal(diags_errors(fixture->diags), 0);
	assert_told(fixture, "records/c/incidents/1.csv:2:7: warning: \"2026/3/9 8:05\" was taken for "
	                     "2026-03-09T08:05:00+08:00;");
	assert_told(fixture, "records/c/incidents/1.csv:2:21: warning: \"９５\" was taken for 95;");
	assert_told(fixture, "records/c/incidents/2.csv:2:7: warning: ");
	for (int i = 1; i <= 3; i++) {
		const struct record *record = incident(contract, arena_printf(fixture->arena, "INC-%d", i));
		assert_true(record_instant(record, "at", &at));
		assert_int_equal(at.seconds, 1773014700);
	}
	assert_true(record_number(incident(contract, "INC-2"), "score", &number) && number == 96);
}

static void gb18030_is_read_and_said(void **state)
{
	struct fixture *fixture = *state;
	/* id,标题,at: 登录 in GB 2312, then a broken date behind it. */
	put(fixture, "repo/records/c/incidents.csv", "id,\xB1\xEA\xCC\xE2,at\r\nINC-1,\xB5\xC7\xC2\xBC,2026-13-01\r\n");
	read_all(fixture);
	assert_told(fixture, "records/c/incidents.csv: warning: the file is not in UTF-8 and was read as GB18030");
	assert_told(fixture, "records/c/incidents.csv:2:10: error: \"2026-13-01\" is no date");
	assert_int_equal(diags_errors(fixture->diags), 1);
}

static void an_id_stands_once_in_all_files_of_a_type(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/incidents.csv", "id,at,title\nINC-1,2026-03-09T08:05,先\n");
	put(fixture, "repo/records/c/incidents/INC-1.json", "{\"at\":\"2026-03-09T08:05\",\n\"id\":\"INC-1\"}");
	put(fixture, "repo/records/c/assets.csv", "id\nINC-1\n");
	put(fixture, "repo/records/d/contract.json", "{}");
	put(fixture, "repo/records/d/incidents.csv", "id,at\nINC-1,2026-03-09T08:05\n");
	const struct contract_records *contract = read_contract(fixture);
	assert_string_equal(told(fixture),
	                    "records/c/incidents/INC-1.json:2:6: error: \"INC-1\" is the 编号 of another "
	                    "record, at records/c/incidents.csv:2:1; give one of them another\n");
	assert_int_equal(records_of(contract, "incidents")->count, 1);
	assert_string_equal(record_text(incident(contract, "INC-1"), "title"), "先");
}

static void references_have_to_lead_somewhere(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/assets.csv", "id\nA-1\n");
	put(fixture, "repo/records/c/incidents.csv",
	    "id,at,parent,asset\nINC-1,2026-03-09T08:05,INC-2,A-1\nINC-2,2026-03-09T08:05,INC-9,A-2\n");
	read_all(fixture);
	assert_int_equal(diags_errors(fixture->diags), 2);
	assert_told(fixture,
	            "records/c/incidents.csv:3:24: error: there is no \"INC-9\" among the records of type 事件");
	assert_told(fixture, "records/c/incidents.csv:3:30: error: there is no \"A-2\" among the records of type 资产");
}

static void records_are_sorted_by_date_then_id(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/incidents.csv",
	    "id,at\nINC-3,2026-03-09T08:05+08:00\nINC-2,2026-03-09T08:05+08:00\nINC-4,2026-03-09T00:04Z\nINC-1,2026-04-"
	    "01T00:00\n");
	const struct record_list *list = records_of(read_contract(fixture), "incidents");
	static const char *const order[] = { "INC-4", "INC-2", "INC-3", "INC-1" };
	assert_int_equal(list->count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(list->items[i]->id, order[i]);
}

static void a_new_type_needs_a_schema_alone(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/visits.csv", "id,date\nV-1,2026-03-09\n");
	const struct contract_records *contract = read_contract(fixture);
	assert_told(fixture, "records/c/visits.csv: error: there is no record type \"visits\"");
	assert_int_equal(records_of(contract, "visits")->count, 0);
	diags_free(fixture->diags);
	fixture->diags = diags_new();
	put(fixture, "repo/records/schema/visits.json",
	    "{\"primaryKey\":\"id\",\"dateField\":\"date\",\"fields\":[{\"name\":\"id\"},{\"name\":\"date\",\"type\":"
	    "\"date\"}]}");
	contract = read_contract(fixture);
	assert_string_equal(told(fixture), "");
	assert_int_equal(records_of(contract, "visits")->count, 1);
	assert_int_equal(records_of(contract, "incidents")->count, 0);
}

static void files_that_are_not_read_are_named(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/incidents/2026-03.xlsx", "x");
	put(fixture, "repo/records/c/incidents/.gitkeep", "");
	put(fixture, "repo/records/c/README.md", "");
	put(fixture, "repo/records/stray.csv", "");
	put(fixture, "repo/records/schema/note.txt", "");
	put(fixture, "repo/records/lost/incidents.csv", "id,at\n");
	read_all(fixture);
	assert_told(fixture, "records/c/incidents/2026-03.xlsx: warning: the file is not read");
	assert_told(fixture, "records/stray.csv: warning: the file is not read");
	assert_told(fixture, "records/schema/note.txt: warning: the file is not read");
	assert_told(fixture, "records/lost/contract.json: error: the folder records/lost/ has no contract.json");
	assert_int_equal(diags_warnings(fixture->diags), 3);
	assert_int_equal(diags_errors(fixture->diags), 1);
}

static void faults_of_json_records_are_told(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/incidents/1.json", "[]");
	put(fixture, "repo/records/c/incidents/2.json",
	    "{\"id\":\"INC-2\",\n\"at\":\"2026-03-09\",\n\"标题\":7,\n\"title\":\"x\",\n\"x\":1,\n\"count\":1.5,"
	    "\n\"score\":101,\n\"onsite\":\"是\"}");
	put(fixture, "repo/records/c/incidents/3.json", "{\"id\":\"INC-3\",\"timeline\":[]}");
	read_all(fixture);
	assert_told(fixture, "records/c/incidents/1.json:1:1: error: a JSON file of records holds one object");
	assert_told(fixture, "records/c/incidents/2.json:2:6: error: \"2026-03-09\" is no date with a time");
	assert_told(fixture, "records/c/incidents/2.json:3:6: error: \"标题\" is not what it has to be; write a text");
	assert_told(fixture, "records/c/incidents/2.json:4:1: error: \"标题\" stands twice");
	assert_told(fixture, "records/c/incidents/2.json:5:1: error: \"x\" is no field of 事件");
	assert_told(fixture, "records/c/incidents/2.json:6:9: error: \"1.5\" is no whole number");
	assert_told(fixture, "records/c/incidents/2.json:7:9: error: 101 is too large; the most is 100");
	assert_told(fixture,
	            "records/c/incidents/2.json:8:10: error: \"现场\" is not what it has to be; write true or false");
	assert_told(fixture, "records/c/incidents/3.json:1:1: error: \"申报时间\" is empty");
	assert_int_equal(diags_errors(fixture->diags), 9);
}

static void a_reference_to_no_type_is_a_fault_of_the_schema(void **state)
{
	struct fixture *fixture = *state;
	run(fixture, "rm repo/records/schema/assets.json");
	read_all(fixture);
	assert_told(fixture, "records/schema/incidents.json:1:");
	assert_int_equal(diags_errors(fixture->diags), 1);
}

static void calendars_are_entered(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/calendar/cn-2026.csv",
	    "date,kind,name,source\n2026-10-01,rest,国庆节,国办\n2026-10-10,班,国庆节,国办\n2026-01-01,rest,元旦,"
	    "国办\n");
	put(fixture, "repo/records/calendar/cn-2025.csv",
	    "日期,类型,名称\n2025-12-31,rest,元旦\n2026-01-01,work,元旦\n");
	put(fixture, "repo/records/calendar/holidays.csv", "date,kind,name\n");
	put(fixture, "repo/records/calendar/README.md", "");
	const struct calendar *calendar = read_all(fixture)->calendar;
	assert_true(calendar_knows(calendar, 2025) && calendar_knows(calendar, 2026));
	assert_false(calendar_knows(calendar, 2027));
	assert_false(calendar_is_workday(calendar, date_of_ymd(2026, 10, 1)));
	assert_true(calendar_is_workday(calendar, date_of_ymd(2026, 10, 10)));
	assert_string_equal(calendar_entry(calendar, date_of_ymd(2025, 12, 31))->name, "元旦");
	assert_told(fixture, "records/calendar/cn-2026.csv:4:1: error: 2026-01-01 is entered twice");
	assert_told(fixture, "records/calendar/holidays.csv: error: the name of a calendar file");
	assert_int_equal(diags_errors(fixture->diags), 2);
}

static void contracts_and_types_come_in_the_order_of_their_names(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c-d/contract.json", "{}");
	put(fixture, "repo/records/c.d/contract.json", "{}");
	const struct records *records = read_all(fixture);
	static const char *const ids[] = { "c", "c-d", "c.d" };
	assert_int_equal(records->contracts.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(records->contracts.entries[i].key, ids[i]);
	const struct contract_records *contract = records_contract(records, "c");
	assert_int_equal(contract->tables.count, 2);
	assert_string_equal(contract->tables.entries[0].key, "assets");
	assert_string_equal(value_get_string(contract->contract, "offset"), "+08:00");
	assert_null(records_contract(records, "d"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_type_of_field_is_read, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(json_records_are_as_good, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(times_take_the_offset_of_their_contract, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(a_broken_date_has_line_and_column, set_up_records, tear_down),
		cmocka_unit_test(every_constraint_is_kept),
		cmocka_unit_test(heads_and_rows_have_to_fit),
		cmocka_unit_test(formulas_are_named),
		cmocka_unit_test_setup_teardown(guesses_are_said_once_a_file, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(gb18030_is_read_and_said, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(an_id_stands_once_in_all_files_of_a_type, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(references_have_to_lead_somewhere, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(records_are_sorted_by_date_then_id, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(a_new_type_needs_a_schema_alone, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(files_that_are_not_read_are_named, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(faults_of_json_records_are_told, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(a_reference_to_no_type_is_a_fault_of_the_schema, set_up_records,
		                                tear_down),
		cmocka_unit_test_setup_teardown(calendars_are_entered, set_up_records, tear_down),
		cmocka_unit_test_setup_teardown(contracts_and_types_come_in_the_order_of_their_names, set_up_records,
		                                tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
