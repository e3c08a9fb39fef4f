/* Mustache: every module of the public specification but lambdas, what this
 * engine adds to it, and what it reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/template.h"
#include "source/json.h"

static struct arena *arena;
static struct diags *diags;
static struct buf out, report;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	diags = diags_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_free(&out);
	buf_free(&report);
	diags_free(diags);
	arena_free(arena);
	return 0;
}

/* Partials are the string members of an object. */
static bool load(const char *name, const char **path, struct chunk *text, void *context)
{
	const char *partial = value_get_string(context, name);
	if (!partial)
		return false;
	*path = arena_printf(arena, "%s.md", name);
	*text = chunk_of(partial);
	return true;
}

static struct value *json(const char *text)
{
	struct value *value = json_read(arena, "data.json", chunk_of(text), diags);
	assert_non_null(value);
	return value;
}

static const char *fill(const char *text, const char *view, const char *partials, enum template_escape escape)
{
	struct template_loader loader = { load, json(partials) };
	struct template *template = template_compile(arena, "t.md", chunk_of(text), &loader, diags);
	buf_clear(&out);
	if (template)
		template_render(template, json(view), escape, &out, diags);
	return buf_str(&out);
}

static const char *reported(void)
{
	buf_clear(&report);
	diags_print(diags, &report);
	return buf_str(&report);
}

struct example {
	const char *text, *view, *partials, *expected;
};

static void all_hold(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *partials = examples[i].partials ? examples[i].partials : "{}";
		assert_string_equal(fill(examples[i].text, examples[i].view, partials, TEMPLATE_HTML),
		                    examples[i].expected);
		assert_string_equal(reported(), "");
	}
}

#define ALL_HOLD(examples) all_hold((examples), sizeof(examples) / sizeof *(examples))

static void interpolation(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "Hello from {Mustache}!\n", "{}", NULL, "Hello from {Mustache}!\n" },
		{ "Hello, {{subject}}!", "{\"subject\": \"world\"}", NULL, "Hello, world!" },
		{ "{{{html}}} {{&html}} {{html}}", "{\"html\": \"<a href=\\\"'\\\">&\"}", NULL,
		  "<a href=\"'\">& <a href=\"'\">& &lt;a href=&quot;&#39;&quot;&gt;&amp;" },
		{ "{{n}} {{{n}}} {{&n}}", "{\"n\": 1.21}", NULL, "1.21 1.21 1.21" },
		{ "{{whole}} {{sum}} {{big}}", "{\"whole\": 85, \"sum\": 0.1, \"big\": 1234567890}", NULL,
		  "85 0.1 1234567890" },
		{ "I ({{no}}) be", "{\"no\": null}", NULL, "I () be" },
		{ "{{yes}}{{no}}", "{\"yes\": true, \"no\": false}", NULL, "true" },
		{ "{{{list}}}", "{\"list\": [1, {\"a\": \"b\"}]}", NULL, "[1, {\"a\": \"b\"}]" },
		{ "{{a.b.c}}", "{\"a\": {\"b\": {\"c\": \"deep\"}}}", NULL, "deep" },
		{ "[{{a.b.c}}]", "{\"a\": null}", NULL, "[]" },
		{ "{{#a}}{{b.c}}{{/a}}", "{\"a\": {\"x\": 1}, \"b\": {\"c\": \"outer\"}}", NULL, "outer" },
		{ "{{#list}}({{.}}){{/list}}", "{\"list\": [1, \"<\", 2.5]}", NULL, "(1)(&lt;)(2.5)" },
		{ "  {{s}}\n", "{\"s\": \"---\"}", NULL, "  ---\n" },
		{ "|{{ s }}|{{{ s }}}|{{& s }}|", "{\"s\": \"---\"}", NULL, "|---|---|---|" },
		{ "{{报告期}}", "{\"报告期\": \"2026年3月\"}", NULL, "2026年3月" },
	};
	ALL_HOLD(examples);
}

static void sections(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "\"{{#b}}shown{{/b}}\"", "{\"b\": true}", NULL, "\"shown\"" },
		{ "\"{{#b}}shown{{/b}}\"", "{\"b\": false}", NULL, "\"\"" },
		{ "\"{{#b}}shown{{/b}}\"", "{\"b\": null}", NULL, "\"\"" },
		{ "\"{{#b}}shown{{/b}}\"", "{\"b\": \"\"}", NULL, "\"\"" },
		{ "\"{{#b}}{{.}}{{/b}}\"", "{\"b\": 0}", NULL, "\"0\"" },
		{ "{{#c}}Hi {{name}}.{{/c}}", "{\"c\": {\"name\": \"甲\"}}", NULL, "Hi 甲." },
		{ "{{#a}}{{one}}{{#b}}{{one}}{{two}}{{#c}}{{one}}{{two}}{{three}}{{/c}}{{/b}}{{/a}}",
		  "{\"a\": {\"one\": 1}, \"b\": {\"two\": 2}, \"c\": {\"three\": 3}}", NULL, "112123" },
		{ "{{#list}}{{item}}{{/list}}", "{\"list\": [{\"item\": 1}, {\"item\": 2}, {\"item\": 3}]}", NULL,
		  "123" },
		{ "[{{#list}}x{{/list}}]", "{\"list\": []}", NULL, "[]" },
		{ "{{#l}}({{#.}}{{.}}{{/.}}){{/l}}", "{\"l\": [[1, 2], [3]]}", NULL, "(12)(3)" },
		{ "{{#b}}\n* first\n{{/b}}\n* {{two}}\n{{#b}}\n* third\n{{/b}}\n", "{\"b\": true, \"two\": \"second\"}",
		  NULL, "* first\n* second\n* third\n" },
		{ "| A {{#b}}B {{#b}}C{{/b}} D{{/b}} E |", "{\"b\": true}", NULL, "| A B C D E |" },
		{ " | {{#b}}\t|\t{{/b}} | \n", "{\"b\": true}", NULL, " | \t|\t | \n" },
		{ " {{#b}}YES{{/b}}\n {{#b}}GOOD{{/b}}\n", "{\"b\": true}", NULL, " YES\n GOOD\n" },
		{ "| This Is\n  {{#b}}\n|\n  {{/b}}\n| A Line", "{\"b\": true}", NULL, "| This Is\n|\n| A Line" },
		{ "|\r\n{{#b}}\r\n{{/b}}\r\n|", "{\"b\": true}", NULL, "|\r\n|" },
		{ "  {{#b}}\n#{{/b}}\n/", "{\"b\": true}", NULL, "#\n/" },
		{ "#{{#b}}\n/\n  {{/b}}", "{\"b\": true}", NULL, "#\n/\n" },
		{ "|{{# b }}={{/ b }}|", "{\"b\": true}", NULL, "|=|" },
		{ "{{#a.b.c}}Here{{/a.b.c}}", "{\"a\": {\"b\": {\"c\": true}}}", NULL, "Here" },
	};
	ALL_HOLD(examples);
}

static void inverted_sections(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "\"{{^b}}none{{/b}}\"", "{\"b\": false}", NULL, "\"none\"" },
		{ "\"{{^b}}none{{/b}}\"", "{\"b\": null}", NULL, "\"none\"" },
		{ "\"{{^b}}none{{/b}}\"", "{\"b\": []}", NULL, "\"none\"" },
		{ "\"{{^b}}none{{/b}}\"", "{\"b\": [1]}", NULL, "\"\"" },
		{ "\"{{^b}}none{{/b}}\"", "{\"b\": {\"x\": 1}}", NULL, "\"\"" },
		{ "{{^b}}\n* first\n{{/b}}\n* second\n", "{\"b\": false}", NULL, "* first\n* second\n" },
		{ "| A {{^b}}B {{^b}}C{{/b}} D{{/b}} E |", "{\"b\": false}", NULL, "| A B C D E |" },
		{ "{{#rows}}{{x}}{{/rows}}{{^rows}}无{{/rows}}", "{\"rows\": []}", NULL, "无" },
		{ "  {{^b}}\n^{{/b}}\n/", "{\"b\": false}", NULL, "^\n/" },
	};
	ALL_HOLD(examples);
}

static void comments_vanish(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "12345{{! comment }}67890", "{}", NULL, "1234567890" },
		{ "12345{{!\n  several\n  lines {{\n}}67890\n", "{}", NULL, "1234567890\n" },
		{ "Begin.\n{{! alone }}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n" },
		{ "Begin.\n  {{! alone }}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n" },
		{ "|\r\n{{! alone }}\r\n|", "{}", NULL, "|\r\n|" },
		{ "  {{! no newline before }}\n!", "{}", NULL, "!" },
		{ "!\n  {{! no newline behind }}", "{}", NULL, "!\n" },
		{ "Begin.\n{{!\nover lines\n}}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n" },
		{ "  12 {{! 34 }}\n", "{}", NULL, "  12 \n" },
		{ "12345 {{! around }} 67890", "{}", NULL, "12345  67890" },
	};
	ALL_HOLD(examples);
}

static void delimiters_change(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "{{=<% %>=}}(<%text%>)", "{\"text\": \"Hey!\"}", NULL, "(Hey!)" },
		{ "({{=[ ]=}}[text])", "{\"text\": \"It worked!\"}", NULL, "(It worked!)" },
		{ "{{#s}}\n{{d}} |d|\n{{/s}}\n{{= | | =}}\n|#s|\n{{d}} |d|\n|/s|\n", "{\"s\": true, \"d\": \"I\"}",
		  NULL, "I |d|\n{{d}} I\n" },
		{ "[ {{>include}} ]\n{{= | | =}}\n[ |>include| ]\n", "{\"value\": \"yes\"}",
		  "{\"include\": \".{{value}}.\"}", "[ .yes. ]\n[ .yes. ]\n" },
		{ "[ {{>include}} ]\n[ .{{value}}.  .|value|. ]\n", "{\"value\": \"yes\"}",
		  "{\"include\": \".{{value}}. {{= | | =}} .|value|.\"}", "[ .yes.  .yes. ]\n[ .yes.  .|value|. ]\n" },
		{ "| {{=@ @=}} |", "{}", NULL, "|  |" },
		{ "Begin.\n  {{=@ @=}}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n" },
		{ "|{{= @   @ =}}|", "{}", NULL, "||" },
		{ "{{=<% %>=}}<% t %>{{t}}<%={{ }}=%>{{t}}", "{\"t\": 1}", NULL, "1{{t}}1" },
	};
	ALL_HOLD(examples);
}

static void partials(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "\"{{>text}}\"", "{}", "{\"text\": \"from partial\"}", "\"from partial\"" },
		{ "\"{{>partial}}\"", "{\"text\": \"content\"}", "{\"partial\": \"*{{text}}*\"}", "\"*content*\"" },
		{ "{{>node}}", "{\"content\": \"X\", \"nodes\": [{\"content\": \"Y\", \"nodes\": []}]}",
		  "{\"node\": \"{{content}}<{{#nodes}}{{>node}}{{/nodes}}>\"}", "X<Y<>>" },
		{ "{{>outer}}", "{}", "{\"outer\": \"*{{>inner}}*\", \"inner\": \"i\"}", "*i*" },
		{ "| {{>partial}} |", "{}", "{\"partial\": \"\\t|\\t\"}", "| \t|\t |" },
		{ "  {{data}}  {{> partial}}\n", "{\"data\": \"|\"}", "{\"partial\": \">\\n>\"}", "  |  >\n>\n" },
		{ "|\r\n{{>partial}}\r\n|", "{}", "{\"partial\": \">\"}", "|\r\n>|" },
		{ "  {{>partial}}\n>", "{}", "{\"partial\": \">\\n>\"}", "  >\n  >>" },
		{ ">\n  {{>partial}}", "{}", "{\"partial\": \">\\n>\"}", ">\n  >\n  >" },
		{ "\\\n {{>partial}}\n/\n", "{\"content\": \"<\\n->\"}", "{\"partial\": \"|\\n{{{content}}}\\n|\\n\"}",
		  "\\\n |\n <\n->\n |\n/\n" },
		{ "|{{> partial }}|", "{}", "{\"partial\": \"[]\"}", "|[]|" },
		{ "{{#items}}\n  {{>item}}\n{{/items}}\n", "{\"items\": [{\"n\": 1}, {\"n\": 2}]}",
		  "{\"item\": \"- {{n}}\\n  {{>rest}}\\n\", \"rest\": \"a\\nb\\n\"}",
		  "  - 1\n    a\n    b\n  - 2\n    a\n    b\n" },
	};
	ALL_HOLD(examples);
}

static void fences_hold_json(void **state)
{
	(void)state;
	const char *view = "{\"t\": \"a \\\"b\\\" | c\\nd\\\\\", \"n\": 2.5, \"no\": false, \"none\": null, "
	                   "\"chart\": {\"type\": \"bars\"}}";
	fill("{{t}}\n```form\n{\"rows\": [[\"{{t}}\", {{n}}, {{no}}, {{none}}]]}\n{{>p}}\n```\n{{t}}\n"
	     "```chart\n{{{chart}}}\n{{chart}}\n```\n",
	     view, "{\"p\": \"[\\\"{{t}}\\\"]\\n\"}", TEMPLATE_MARKDOWN);
	assert_string_equal(buf_str(&out), "a \"b\" \\| c&#10;d\\\\\n```form\n"
	                                   "{\"rows\": [[\"a \\\"b\\\" | c\\nd\\\\\", 2.5, false, null]]}\n"
	                                   "[\"a \\\"b\\\" | c\\nd\\\\\"]\n```\na \"b\" \\| c&#10;d\\\\\n"
	                                   "```chart\n{\"type\": \"bars\"}\n{\"type\": \"bars\"}\n```\n");
	/* Front matter is YAML, which reads a JSON string as its own. */
	fill("---\ntitle: \"{{t}}\"\n---\n{{t}}\n---\n{{t}}\n", "{\"t\": \"a \\\"b\\\" |\"}", "{}", TEMPLATE_MARKDOWN);
	assert_string_equal(buf_str(&out), "---\ntitle: \"a \\\"b\\\" |\"\n---\na \"b\" \\|\n---\na \"b\" \\|\n");
	/* A fence inside a longer one is text of it, and in HTML there are none. */
	fill("````x\n```\n{{t}}\n````\n", "{\"t\": \"\\\"|\"}", "{}", TEMPLATE_MARKDOWN);
	assert_string_equal(buf_str(&out), "````x\n```\n\\\"|\n````\n");
	fill("```\n{{t}}\n", "{\"t\": \"\\\"\"}", "{}", TEMPLATE_HTML);
	assert_string_equal(buf_str(&out), "```\n&quot;\n");
}

static void plain_escapes_nothing(void **state)
{
	(void)state;
	assert_string_equal(fill("{{t}}", "{\"t\": \"<|*\"}", "{}", TEMPLATE_PLAIN), "<|*");
}

static void faults_have_places(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
	} faults[] = {
		{ "第一行\n第二 {{nmae}}\n", "t.md:2:4: error: nothing here is named nmae;" },
		{ "{{known.deep}}", "t.md:1:1: error: nothing here is named known.deep;" },
		{ "{{^nmae}}x{{/nmae}}", "t.md:1:1: error: nothing here is named nmae;" },
		{ "a\n{{#known}}\nb", "t.md:2:1: error: section known is never closed; add {{/known}}" },
		{ "a {{/known}}", "t.md:1:3: error: {{/known}} closes no section;" },
		{ "{{#known}}{{#list}}{{/known}}{{/list}}",
		  "t.md:1:20: error: {{/known}} stands inside section list;" },
		{ "x\n{{ known", "t.md:2:1: error: the tag is not closed; end it with }}" },
		{ "{{{known}}", "t.md:1:1: error: the tag is not closed; end it with }}}" },
		{ "{{a b}}", "t.md:1:1: error: a b is no tag;" },
		{ "{{a..b}}", "t.md:1:1: error: a..b is no tag;" },
		{ "{{}}", "t.md:1:1: error:  is no tag;" },
		{ "{{=<%=}}", "t.md:1:1: error: <% sets no delimiters;" },
		{ "{{>nowhere}}", "t.md:1:1: error: there is no partial nowhere;" },
		{ "{{>broken}}", "broken.md:2:3: error: nothing here is named b;" },
		{ "{{>loop}}", "loop.md:1:1: error: partials and sections nest deeper than 100 levels;" },
	};
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		diags_free(diags);
		diags = diags_new();
		fill(faults[i].text, "{\"known\": \"x\", \"list\": [1]}",
		     "{\"broken\": \"a\\n  {{b}}\", \"loop\": \"{{>loop}}{{>loop}}\"}", TEMPLATE_HTML);
		assert_int_not_equal(diags_errors(diags), 0);
		assert_non_null(strstr(reported(), faults[i].expected));
	}
}

static void all_faults_are_told_at_once(void **state)
{
	(void)state;
	fill("{{a}}\n{{b}}\n{{#list}}{{c}}{{/list}}\n", "{\"list\": [1, 2, 3]}", "{}", TEMPLATE_HTML);
	assert_int_equal(diags_errors(diags), 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(interpolation),      TEST(sections),
		TEST(inverted_sections),  TEST(comments_vanish),
		TEST(delimiters_change),  TEST(partials),
		TEST(fences_hold_json),   TEST(plain_escapes_nothing),
		TEST(faults_have_places), TEST(all_faults_are_told_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
