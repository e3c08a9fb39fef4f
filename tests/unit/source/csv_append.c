/* Rows added to files as they are. */
#include "fixture.h"

#include "source/csv_append.h"
#include "source/json.h"

static void check(struct fixture *fixture, const char *file, const char *id, const char *title, const char *expected)
{
	const char *const texts[] = { id, title, NULL };
	const char *text = "{\"title\":\"记录\",\"primaryKey\":\"id\",\"fields\":["
	                   "{\"name\":\"id\",\"title\":\"编号\",\"type\":\"string\"},"
	                   "{\"name\":\"title\",\"title\":\"标题\",\"type\":\"string\"},"
	                   "{\"name\":\"note\",\"title\":\"备注\",\"type\":\"string\"}]}";
	const struct value *json = json_read(fixture->arena, "s.json", chunk_of(text), fixture->diags);
	struct schema *schema = schema_read(fixture->arena, "t", json, fixture->diags);
	struct buf out = BUF_INIT;
	assert_non_null(schema);
	csv_append(fixture->arena, chunk_of(file), schema, texts, &out);
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

static void the_head_of_the_file_is_followed(void **state)
{
	check(*state, "", "1", "甲", "id,title,note\n1,甲,\n");
	check(*state, "\xEF\xBB\xBF", "1", "甲", "\xEF\xBB\xBFid,title,note\n1,甲,\n");
	check(*state, "标题,编号\n", "1", "甲", "标题,编号\n甲,1\n");
	check(*state, "note,?,id\n", "1", "甲", "note,?,id\n,,1\n");
}

static void line_ends_are_those_of_the_file(void **state)
{
	check(*state, "id\r\n7", "1", "", "id\r\n7\r\n1\r\n");
	check(*state, "id\r7\r", "1", "", "id\r7\r1\r");
	check(*state, "id", "1", "", "id\n1\n");
	check(*state, "\"id\"\n\"a\r\nb\"", "1", "", "\"id\"\n\"a\r\nb\"\n1\n");
}

static void cells_are_quoted_where_they_have_to_be(void **state)
{
	check(*state, "id,title\n", "1", "a,b", "id,title\n1,\"a,b\"\n");
	check(*state, "id,title\n", "1", "“\"”", "id,title\n1,\"“\"\"”\"\n");
	check(*state, "id,title\n", "1", "a\nb", "id,title\n1,\"a\nb\"\n");
	check(*state, "id,title\n", "1", " a", "id,title\n1,\" a\"\n");
	check(*state, "id,title\n", "1", "a\t", "id,title\n1,\"a\t\"\n");
}

static void the_encoding_is_kept(void **state)
{
	/* 标题, 𠮷 in GB18030. */
	check(*state, "\xB1\xEA\xCC\xE2\n", "1", "\xF0\xA0\xAE\xB7", "\xB1\xEA\xCC\xE2\n\x95\x34\xB2\x35\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_head_of_the_file_is_followed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(line_ends_are_those_of_the_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cells_are_quoted_where_they_have_to_be, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_encoding_is_kept, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
