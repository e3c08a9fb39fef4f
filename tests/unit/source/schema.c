/* Table Schemas: what is read from them, and what is wrong with them. */
#include "fixture.h"

#include "source/json.h"
#include "source/schema.h"

static struct schema *read_schema(struct fixture *fixture, const char *text)
{
	const struct value *json = json_read(fixture->arena, "s.json", chunk_of(text), fixture->diags);
	assert_non_null(json);
	return schema_read(fixture->arena, "incidents", json, fixture->diags);
}

static void everything_is_read(void **state)
{
	struct fixture *fixture = *state;
	const struct schema *schema = read_schema(
	    fixture, "{\"title\":\"事件\",\"primaryKey\":\"id\",\"dateField\":\"at\",\"fields\":[\n"
	             "{\"name\":\"at\",\"title\":\"时间\",\"type\":\"datetime\",\"description\":\"d\"},\n"
	             "{\"name\":\"id\",\"constraints\":{\"required\":true,\"unique\":true,\"pattern\":\"INC-\\\\d+\","
	             "\"maxLength\":9}},\n"
	             "{\"name\":\"party\",\"title\":\"原因方\",\"type\":\"string\",\"constraints\":{\"enum\":["
	             "\"provider\",\"third\"]},"
	             "\"labels\":{\"third\":\"第三方\"}},\n"
	             "{\"name\":\"count\",\"type\":\"integer\",\"constraints\":{\"minimum\":0,\"maximum\":2.5}},\n"
	             "{\"name\":\"asset\",\"references\":\"assets\"}]}");
	assert_string_equal(told(fixture), "");
	assert_string_equal(schema->type, "incidents");
	assert_string_equal(schema->title, "事件");
	assert_int_equal(schema->field_count, 5);
	assert_int_equal(schema->id_field, 1);
	assert_int_equal(schema->date_field, 0);
	const struct schema_field *fields = schema->fields;
	assert_string_equal(fields[0].title, "时间");
	assert_string_equal(fields[0].description, "d");
	assert_int_equal(fields[0].type, FIELD_DATETIME);
	assert_false(fields[0].required);
	assert_string_equal(fields[1].title, "id");
	assert_int_equal(fields[1].type, FIELD_STRING);
	assert_true(fields[1].required && fields[1].unique);
	assert_string_equal(fields[1].pattern, "INC-\\d+");
	assert_int_equal(fields[1].max_length, 9);
	assert_int_equal(fields[2].allowed_count, 2);
	assert_string_equal(fields[2].allowed[1], "third");
	assert_string_equal(fields[2].labels[0], "provider");
	assert_string_equal(fields[2].labels[1], "第三方");
	assert_true(fields[3].has_minimum && fields[3].has_maximum);
	assert_float_equal(fields[3].maximum, 2.5, 0);
	assert_string_equal(fields[4].references, "assets");
	assert_int_equal(fields[4].place.line, 6);
	assert_int_equal(schema_field_index(schema, "原因方"), 2);
	assert_int_equal(schema_field_index(schema, "party"), 2);
	assert_true(schema_field_index(schema, "Party") == SIZE_MAX);
}

static void an_undated_type_has_no_date_field(void **state)
{
	struct fixture *fixture = *state;
	const struct schema *schema = read_schema(fixture, "{\"primaryKey\":\"id\",\"fields\":[{\"name\":\"id\"}]}");
	assert_true(schema->date_field == SIZE_MAX);
	assert_string_equal(told(fixture), "");
}

/* A schema around one more field; the field begins in line 2. */
#define WITH(field) "{\"primaryKey\":\"id\",\"fields\":[{\"name\":\"id\"},\n" field "]}"
#define CONSTRAINED(type, constraints) WITH("{\"name\":\"f\",\"type\":\"" type "\",\"constraints\":{" constraints "}}")

static void faults_are_told_where_they_are(void **state)
{
	(void)state;
	static const struct {
		const char *text, *faults;
	} cases[] = {
		{ "[]", "1:1 json-kind" },
		{ "{\"primaryKey\":\"id\"}", "1:1 schema-missing 1:15 schema-no-field" },
		{ "{\"fields\":[{\"name\":\"id\"}]}", "1:1 schema-missing" },
		{ "{\"primaryKey\":\"no\",\"fields\":[{\"name\":\"id\"}]}", "1:15 schema-no-field" },
		{ "{\"primaryKey\":\"id\",\"fields\":[{\"name\":\"id\",\"type\":\"integer\"}]}",
		  "1:15 schema-constraint" },
		{ "{\"primaryKey\":\"id\",\"dateField\":\"id\",\"fields\":[{\"name\":\"id\"}]}",
		  "1:32 schema-constraint" },
		{ "{\"primaryKey\":\"id\",\"dateField\":\"at\",\"fields\":[{\"name\":\"id\"}]}",
		  "1:32 schema-no-field" },
		{ "{\"primaryKey\":\"id\",\"missingValues\":[],\"fields\":[{\"name\":\"id\"}]}", "1:20 schema-key" },
		{ WITH("{\"title\":\"名\"}"), "2:1 schema-missing" },
		{ WITH("{\"name\":7}"), "2:9 json-kind" },
		{ WITH("7"), "2:1 json-kind" },
		{ WITH("{\"name\":\"id\"}"), "2:1 schema-duplicate" },
		{ WITH("{\"name\":\"f\",\"title\":\"id\"}"), "2:1 schema-duplicate" },
		{ WITH("{\"name\":\"f\",\"type\":\"money\"}"), "2:20 schema-type" },
		{ WITH("{\"name\":\"f\",\"format\":\"any\"}"), "2:13 schema-key" },
		{ WITH("{\"name\":\"f\",\"labels\":{\"a\":\"甲\"}}"), "2:22 schema-labels" },
		{ WITH("{\"name\":\"f\",\"constraints\":{\"enum\":[\"a\"]},\"labels\":{\"b\":\"乙\"}}"),
		  "2:52 schema-key" },
		{ CONSTRAINED("string", "\"minLength\":1"), "2:44 schema-key" },
		{ CONSTRAINED("string", "\"pattern\":\"(\""), "2:54 schema-pattern" },
		{ CONSTRAINED("date", "\"pattern\":\"x\""), "2:52 schema-constraint" },
		{ CONSTRAINED("string", "\"minimum\":1"), "2:54 schema-constraint" },
		{ CONSTRAINED("integer", "\"maximum\":\"9\""), "2:55 json-kind" },
		{ CONSTRAINED("number", "\"enum\":[\"1\"]"), "2:51 schema-constraint" },
		{ CONSTRAINED("string", "\"enum\":[\"a\",1]"), "2:56 json-kind" },
		{ CONSTRAINED("string", "\"maxLength\":0"), "2:56 json-kind" },
		{ CONSTRAINED("number", "\"maxLength\":5"), "2:56 schema-constraint" },
		{ CONSTRAINED("string", "\"required\":\"yes\""), "2:55 json-kind" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *arena = arena_new();
		struct diags *diags = diags_new();
		const struct value *json = json_read(arena, "s.json", chunk_of(cases[i].text), diags);
		schema_read(arena, "t", json, diags);
		struct buf faults = BUF_INIT;
		size_t count;
		const struct diag *found = diags_sorted(diags, &count);
		for (size_t k = 0; k < count; k++)
			buf_printf(&faults, k ? " %u:%u %s" : "%u:%u %s", found[k].place.line, found[k].place.column,
			           message_name(found[k].message));
		assert_string_equal(buf_str(&faults), cases[i].faults);
		buf_free(&faults);
		diags_free(diags);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(everything_is_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_undated_type_has_no_date_field, set_up, tear_down),
		cmocka_unit_test(faults_are_told_where_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
