/* JSON values and where they stand; what is written reads back the same. */
#include "fixture.h"

#include <math.h>

#include "source/json.h"

/* Prints every value with its place, and every name with its own. */
static void print_places(const struct value *value, struct buf *out)
{
	static const char kinds[] = { 'n', 'b', '#', 's', 'a', 'o' };
	buf_printf(out, "%c%u:%u ", kinds[value->kind], value->place.line, value->place.column);
	for (size_t i = 0; value->kind == VALUE_ARRAY && i < value->as.array.count; i++)
		print_places(value->as.array.items[i], out);
	for (size_t i = 0; value->kind == VALUE_OBJECT && i < value->as.object.count; i++) {
		const struct member *member = &value->as.object.members[i];
		buf_printf(out, "%s@%u:%u ", member->name, member->place.line, member->place.column);
		print_places(member->value, out);
	}
}

static void every_value_knows_its_place(void **state)
{
	struct fixture *fixture = *state;
	const char *text = "{\"名称\": \"甲\\\"\\\\\",\n  \"b\" : [1, -0.5e3 ,{}, [ ], true,false , null],\r\n"
	                   "\"c\": {\"d\":[[]]}}\n";
	struct buf out = BUF_INIT;
	const struct value *value = json_read(fixture->arena, "f.json", chunk_of(text), fixture->diags);
	assert_non_null(value);
	print_places(value, &out);
	assert_string_equal(buf_str(&out), "o1:1 名称@1:2 s1:8 b@2:3 a2:9 #2:10 #2:13 o2:21 a2:25 b2:30 b2:35 n2:43 "
	                                   "c@3:1 o3:6 d@3:7 a3:11 a3:12 ");
	assert_string_equal(value_get_string(value, "名称"), "甲\"\\");
	assert_string_equal(told(fixture), "");
	buf_free(&out);
}

static void faults_are_told_where_they_are(void **state)
{
	(void)state;
	static const struct {
		const char *text, *fault;
	} cases[] = {
		{ "{\"a\":1,}", "1:8 json-unexpected" },
		{ "{\"a\" 1}", "1:6 json-unexpected" },
		{ "{\"a\":1\n\"b\":2}", "2:1 json-unexpected" },
		{ "{'a':1}", "1:2 json-unexpected" },
		{ "[1,2]]", "1:6 json-unexpected" },
		{ "[1 2]", "1:4 json-unexpected" },
		{ "// 注\n{}", "1:1 json-unexpected" },
		{ "{\"甲\":nul}", "1:6 json-unexpected" },
		{ "{\"a\":[1,2", "1:10 json-ends-early" },
		{ "", "1:1 json-ends-early" },
		{ " \n", "2:1 json-ends-early" },
		{ "{\"甲\":\"x", "1:6 json-open-string" },
		{ "{\"a\":\"x\ny\"}", "1:8 json-control-character" },
		{ "[\"\\q\"]", "1:3 json-escape" },
		{ "[\"\\u12g4\"]", "1:3 json-escape" },
		{ "[\"\\u0000\"]", "1:3 json-escape" },
		{ "[\"\\ud83d\"]", "1:1 json-surrogate" },
		{ "{\"甲\":01}", "1:6 json-number" },
		{ "[1.]", "1:2 json-number" },
		{ "[.5]", "1:2 json-unexpected" },
		{ "[1e]", "1:2 json-number" },
		{ "[-]", "1:2 json-number" },
		{ "[0x10]", "1:3 json-unexpected" },
		{ "[1e999]", "1:2 json-number" },
		{ "{\"a\":1,\"b\":{\"a\":1},\"a\":2}", "1:20 json-duplicate-key" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *arena = arena_new();
		struct diags *diags = diags_new();
		json_read(arena, "f.json", chunk_of(cases[i].text), diags);
		size_t count;
		const struct diag *found = diags_sorted(diags, &count);
		assert_int_equal(count, 1);
		const char *fault = arena_printf(arena, "%u:%u %s", found->place.line, found->place.column,
		                                 message_name(found->message));
		assert_string_equal(fault, cases[i].fault);
		diags_free(diags);
		arena_free(arena);
	}
}

static void deep_nesting_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct buf text = BUF_INIT;
	for (int i = 0; i < 100000; i++)
		buf_putc(&text, '[');
	assert_null(json_read(fixture->arena, "f.json", buf_chunk(&text), fixture->diags));
	assert_told(fixture, "f.json:1:201: error: nested more than 200 deep");
	buf_free(&text);
}

static void the_first_of_two_members_holds(void **state)
{
	struct fixture *fixture = *state;
	const struct value *value = json_read(fixture->arena, "f", chunk_of("{\"a\":1,\"a\":2}"), fixture->diags);
	assert_float_equal(value_get(value, "a")->as.number, 1, 0);
	assert_int_equal(value->as.object.count, 1);
}

static const char *printed(struct fixture *fixture, const struct value *value, unsigned indent)
{
	struct buf out = BUF_INIT;
	json_print(value, indent, &out);
	const char *text = arena_strdup(fixture->arena, buf_str(&out));
	buf_free(&out);
	return text;
}

static void numbers_are_as_short_as_they_can_be(void **state)
{
	struct fixture *fixture = *state;
	static const struct {
		double number;
		const char *text;
	} cases[] = {
		{ 75, "75" },
		{ 0.1, "0.1" },
		{ 1.0 / 3, "0.3333333333333333" },
		{ -0.0, "0" },
		{ 1e15, "1e+15" },
		{ 123456789012345, "123456789012345" },
		{ -12, "-12" },
		{ 99.96, "99.96" },
		{ 5e-324, "5e-324" },
		{ (double)NAN, "null" },
		{ (double)INFINITY, "null" },
		{ 0.1 + 0.2, "0.30000000000000004" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(printed(fixture, value_number(fixture->arena, cases[i].number), 0), cases[i].text);
}

static void text_is_escaped_no_more_than_it_must_be(void **state)
{
	struct fixture *fixture = *state;
	const struct value *text = value_string(fixture->arena, "中\"\\/\n\r\t\x01\x7F<");
	assert_string_equal(printed(fixture, text, 0), "\"中\\\"\\\\/\\n\\r\\t\\u0001\x7F<\"");
}

static void layout_is_fixed(void **state)
{
	struct fixture *fixture = *state;
	const char *text = "{\"a\": [1, {}, []], \"b\": null}";
	const struct value *value = json_read(fixture->arena, "f", chunk_of(text), fixture->diags);
	assert_string_equal(printed(fixture, value, 0), text);
	assert_string_equal(printed(fixture, value, 2),
	                    "{\n  \"a\": [\n    1,\n    {},\n    []\n  ],\n  \"b\": null\n}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_value_knows_its_place, set_up, tear_down),
		cmocka_unit_test(faults_are_told_where_they_are),
		cmocka_unit_test_setup_teardown(deep_nesting_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_first_of_two_members_holds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(numbers_are_as_short_as_they_can_be, set_up, tear_down),
		cmocka_unit_test_setup_teardown(text_is_escaped_no_more_than_it_must_be, set_up, tear_down),
		cmocka_unit_test_setup_teardown(layout_is_fixed, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
