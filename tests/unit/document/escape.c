/* Values filled into Markdown: whatever stands in a record, the reader of the
 * report sees exactly that. */
#include "fixture.h"

#include "report/escape.h"

static const char *escaped(const char *text)
{
	struct buf out = BUF_INIT;
	escape_markdown(text, &out);
	const char *copy = arena_strdup(arena, buf_str(&out));
	buf_free(&out);
	return copy;
}

static void markdown_gives_values_back(void **state)
{
	(void)state;
	static const char *const values[] = {
		"a | b",
		"**不是** *强调* _x_ ~~y~~ ~z~",
		"<b onclick=\"x\">&lt;&amp;&#10;&",
		"`代码` ``",
		"\\* \\",
		"[链接](http://a.cn) ![图](x.png) [^1] [x]: y",
		"# 标题",
		"标题 #",
		"- 项",
		"+ 项",
		"* 项",
		"1. 项",
		"12) 项",
		"1.",
		"> 引用",
		"---",
		"===",
		":--|:-:",
		":-",
		"    缩进",
		"\t制表",
		"尾随  ",
		"snake_case_name _前后_ 见（_甲_）",
		"!",
		"$100",
		"C:\\temp\\x",
		"-5 ℃",
		"2.5",
		"10月8日24时",
		"~~~",
		"```",
		"<!-- 注 -->",
		"[[a/b",
		"[[a/b/c]]",
		"https://a.cn/x?a=1&b=_2_",
		"www.a_b_.cn/*x*",
		"ops_a@b.cn",
		"\uFEFF甲", /* the beginning of a document would lose the mark */
	};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		const char *v = values[i], *e = escaped(v);
		struct document *document = markdown(
		    arena_printf(arena, "%s\n\n| 表 | 头 |\n|---|---|\n| %s | %s |\n\n# %s\n\n项 %s 末\n\n上\n%s\n", e,
		                 e, e, e, e, e));
		struct buf plain = BUF_INIT;
		node_text(document->root, &plain);
		assert_string_equal(buf_str(&plain),
		                    arena_printf(arena, "%s\n表\t头\t\n%s\t%s\t\n%s\n项 %s 末\n上%s%s\n", v, v, v, v, v,
		                                 strchr("\xE9\xE5\xE6\xE7", v[0]) ? "" : " ", v));
		assert_string_equal(reported(), "");
		buf_free(&plain);
	}
}

static void newlines_cross_a_cell(void **state)
{
	(void)state;
	assert_string_equal(escaped("一\r\n二\n三"), "一&#10;二&#10;三");
	struct document *document = markdown(arena_printf(arena, "| 处理 |\n|---|\n| %s |\n", escaped("一\r\n二\n三")));
	const struct node *cell = document->root->first->last->first;
	assert_int_equal(cell->kind, NODE_CELL);
	assert_string_equal(cell->first->as.text, "一");
	assert_int_equal(cell->first->next->kind, NODE_LINE_BREAK);
	assert_string_equal(cell->last->as.text, "三");
}

static void plain_text_stays_readable(void **state)
{
	(void)state;
	static const char *const values[] = { "2026年3月9日8时5分",
		                              "P1（2小时）",
		                              "GB/T 22239—2019",
		                              "app-03 (2.1.0)",
		                              "98.7%",
		                              "node_exporter",
		                              "a@b.cn",
		                              "+8.5",
		                              "3-5天",
		                              "R&D" };
	for (size_t i = 0; i < sizeof values / sizeof *values - 1; i++)
		assert_string_equal(escaped(values[i]), values[i]);
	assert_string_equal(escaped("R&D"), "R\\&D"); /* might be a character reference */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(markdown_gives_values_back),
		TEST(newlines_cross_a_cell),
		TEST(plain_text_stays_readable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
