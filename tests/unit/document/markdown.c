/* Markdown into the tree: structure, places, ids, front matter, blocks, faults. */
#include "fixture.h"

#include "document/drawing.h"

/* The first node of that kind below root, in reading order. */
struct search {
	enum node_kind kind;
	size_t skip;
	const struct node *found;
};

static void visit(enum walk_event event, const struct node *node, void *context)
{
	struct search *search = context;
	if (event == WALK_ENTER && node->kind == search->kind && !search->found && search->skip-- == 0)
		search->found = node;
}

static const struct node *nth(const struct document *document, enum node_kind kind, size_t index)
{
	struct search search = { kind, index, NULL };
	document_walk(document->root, visit, &search);
	return search.found;
}

static void at(const struct node *node, unsigned line, unsigned column)
{
	assert_non_null(node);
	assert_string_equal(node_place(node).path, "t.md");
	assert_int_equal(node_place(node).line, line);
	assert_int_equal(node_place(node).column, column);
}

static const char *text_of(const struct node *node)
{
	struct buf text = BUF_INIT;
	node_text(node, &text);
	const char *copy = arena_strdup(arena, buf_str(&text));
	buf_free(&text);
	return copy;
}

static void nodes_know_their_place(void **state)
{
	(void)state;
	struct document *document =
	    markdown("---\ntitle: 题\n---\n# 标题\n\n中文 **粗** [链](a.md)\n\n| 甲 | 乙 |\n|---|:-:|\n"
	             "| 一二 | `码` |\n\n> - 项 *斜*\n");
	assert_string_equal(reported(), "");
	at(nth(document, NODE_HEADING, 0), 4, 1);
	at(nth(document, NODE_STRONG, 0), 6, 4);
	at(nth(document, NODE_LINK, 0), 6, 10);
	at(nth(document, NODE_TABLE, 0), 8, 1);
	at(nth(document, NODE_CODE_SPAN, 0), 10, 9);
	at(nth(document, NODE_EMPHASIS, 0), 12, 7);
	assert_int_equal(nth(document, NODE_CELL, 3)->as.cell->align, ALIGN_CENTER);
	assert_true(nth(document, NODE_CELL, 0)->as.cell->head);
	assert_false(nth(document, NODE_CELL, 2)->as.cell->head);
}

static void lists_and_tasks(void **state)
{
	(void)state;
	struct document *document = markdown("3. 三\n4. 四\n\n- [x] 完\n- [ ] 未\n- 平\n\n  段\n");
	const struct node *ordered = nth(document, NODE_LIST, 0), *tasks = nth(document, NODE_LIST, 1);
	assert_true(ordered->as.list->ordered && ordered->as.list->tight);
	assert_int_equal(ordered->as.list->start, 3);
	assert_false(tasks->as.list->ordered || tasks->as.list->tight);
	assert_int_equal(tasks->first->as.task, 1);
	assert_int_equal(tasks->first->next->as.task, 0);
	assert_int_equal(tasks->last->as.task, -1);
}

static void heading_ids_are_unique(void **state)
{
	(void)state;
	struct document *document =
	    markdown("# 一、概况（2026 Q1）\n# 概况\n# 概况\n# 概况-1\n# A *b* `C_d`\n# ！？\n# fn-1\n"
	             "# fnref-1\n\n甲[^x]\n\n[^x]: 注\n");
	static const char *const ids[] = { "一概况2026-q1", "概况",    "概况-1", "概况-1-1",
		                           "a-b-c_d",       "section", "fn-1-1", "fnref-1-1" };
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		assert_string_equal(nth(document, NODE_HEADING, i)->as.heading->id, ids[i]);
	assert_string_equal(nth(document, NODE_HEADING, 4)->as.heading->text, "A b C_d");
	assert_string_equal(nth(document, NODE_FOOTNOTE, 0)->as.note->id, "fn-1");
}

static void titles_have_an_order(void **state)
{
	(void)state;
	const char *cover = "```cover\n{\"title\": \"封面\"}\n```\n# 标题\n";
	assert_string_equal(markdown("text\n## 二级\n# 一级 *x*\n# 又一\n")->title, "一级 x");
	assert_string_equal(markdown(cover)->title, "封面");
	assert_string_equal(markdown(arena_printf(arena, "---\ntitle: 前言\n---\n%s", cover))->title, "前言");
	assert_string_equal(markdown("text")->title, "");
}

static void footnotes_are_numbered(void **state)
{
	(void)state;
	struct document *document = markdown("甲[^b] 乙[^a] 丙[^b]\n\n[^a]: 后注\n[^b]: 先注\n[^c]: 无人引\n");
	const struct node *first = nth(document, NODE_FOOTNOTE, 0), *second = nth(document, NODE_FOOTNOTE, 1);
	assert_string_equal(text_of(first), "先注\n");
	assert_int_equal(first->as.note->number, 1);
	assert_int_equal(first->as.note->references, 2);
	assert_string_equal(text_of(second), "后注\n");
	assert_int_equal(second->as.note->references, 1);
	assert_null(nth(document, NODE_FOOTNOTE, 2));
	assert_string_equal(nth(document, NODE_FOOTNOTE_REFERENCE, 0)->as.note->id, "fnref-1");
	assert_int_equal(nth(document, NODE_FOOTNOTE_REFERENCE, 1)->as.note->number, 2);
	assert_string_equal(nth(document, NODE_FOOTNOTE_REFERENCE, 2)->as.note->id, "fnref-1-2");
}

static void record_references_are_links(void **state)
{
	(void)state;
	struct document *document = markdown("见 [[hengqin-admin/incidents/INC-2026-0312]]。\n\n| a |\n|---|\n"
	                                     "| 又[[c/变更/CHG_1]] |\n\n[[a/b]] [[a//b/c]] [[a/b/c d]] `[[a/b/c]]` "
	                                     "[x [[a/b/c]]](u)\n");
	const struct node *link = nth(document, NODE_LINK, 0);
	assert_string_equal(link->as.link->url, "record:hengqin-admin/incidents/INC-2026-0312");
	assert_string_equal(text_of(link), "INC-2026-0312");
	at(link, 1, 3);
	assert_string_equal(text_of(document->root->first), "见 INC-2026-0312。\n");
	assert_string_equal(nth(document, NODE_LINK, 1)->as.link->url, "record:c/变更/CHG_1");
	assert_string_equal(nth(document, NODE_LINK, 2)->as.link->url, "u");
	assert_null(nth(document, NODE_LINK, 3));
	assert_string_equal(text_of(document->root->last), "[[a/b]] [[a//b/c]] [[a/b/c d]] [[a/b/c]] x [[a/b/c]]\n");
}

static void anchors_are_places(void **state)
{
	(void)state;
	struct document *document = markdown("| a |\n|---|\n| [[#figure-1]]甲 |\n\n[[#]] [[#Up]] \\[[#no]]\n");
	assert_string_equal(nth(document, NODE_ANCHOR, 0)->as.id, "figure-1");
	assert_null(nth(document, NODE_ANCHOR, 1));
	assert_string_equal(text_of(document->root->last), "[[#]] [[#Up]] [[#no]]\n");
}

static void escaped_records_are_text(void **state)
{
	(void)state;
	struct document *document =
	    markdown("\\[[a/b/c]] a/b/c [[a/b/c]] \\[\\[a/b/c\\]\\] \\\\[[a/b/c]] [\\[a/b/c]] `a/b/c`\n");
	assert_string_equal(text_of(document->root), "[[a/b/c]] a/b/c c [[a/b/c]] \\c [[a/b/c]] a/b/c\n");
}

static void chinese_lines_join_without_blank(void **state)
{
	(void)state;
	assert_string_equal(text_of(markdown("上行，\n下行abc\ndef汉\n**粗**\n1字\n")->root),
	                    "上行，下行abc def汉粗 1字\n");
}

static void addresses_are_checked(void **state)
{
	(void)state;
	struct document *document =
	    markdown("[a](JavaScript:alert(1))\n[b](data:text/html,x)\n[c](//evil/x)\n[d](https://a.cn)\n"
	             "[e](../x/甲.md#节)\n![f](http://a.cn/x.png)\n![g](x.png)\n[h]()\n[i](#节)\n"
	             "[j](record:a/b/c)\n[k](java&#10;script:x)\n");
	assert_string_equal(
	    reported(),
	    "t.md:1:1: error: a link cannot go to JavaScript:alert(1); use http, https, mailto or a path in this "
	    "repository\n"
	    "t.md:2:1: error: a link cannot go to data:text/html,x; use http, https, mailto or a path in this "
	    "repository\n"
	    "t.md:3:1: error: a link cannot go to //evil/x; use http, https, mailto or a path in this repository\n"
	    "t.md:6:1: error: the picture http://a.cn/x.png is not in this repository; save it here and give its "
	    "path\n"
	    "t.md:8:1: error: a link cannot go to ; use http, https, mailto or a path in this repository\n"
	    "t.md:11:1: error: a link cannot go to java\nscript:x; use http, https, mailto or a path in this "
	    "repository\n");
	assert_null(nth(document, NODE_LINK, 0)->as.link->url);
	assert_string_equal(nth(document, NODE_LINK, 3)->as.link->url, "https://a.cn");
	assert_string_equal(nth(document, NODE_LINK, 4)->as.link->url, "../x/甲.md#节");
	assert_string_equal(nth(document, NODE_IMAGE, 1)->as.link->url, "x.png");
}

static void raw_html_is_refused(void **state)
{
	(void)state;
	struct document *document = markdown("甲<b>乙</b>\n\n<!-- 注 -->\n\n<div\nonclick=x>\n\n末<!-- 注 -->尾\n");
	assert_string_equal(reported(), "t.md:1:2: error: raw HTML is not passed on: <b>; write it in Markdown\n"
	                                "t.md:1:6: error: raw HTML is not passed on: </b>; write it in Markdown\n"
	                                "t.md:5:1: error: raw HTML is not passed on: <div; write it in Markdown\n");
	assert_string_equal(text_of(document->root), "甲乙\n末尾\n");
}

static void front_matter_is_read(void **state)
{
	(void)state;
	struct document *document = markdown(
	    "---\r\ntitle: \"甲: 乙\"\r\ntags: [网络, 数据库]\r\ndate: 2026-03-09\r\nn: 1.50\r\n"
	    "version: 1.2.3\r\nzip: 007\r\nopen: true\r\nnone: ~\r\nmore:\r\n  a: {b: -2e3}\r\n---\r\n正文\r\n");
	assert_string_equal(reported(), "");
	const struct value *front = document->front;
	assert_string_equal(document->title, "甲: 乙");
	assert_string_equal(value_get(front, "tags")->as.array.items[1]->as.string, "数据库");
	assert_string_equal(value_get_string(front, "date"), "2026-03-09");
	assert_true(value_get(front, "n")->as.number == 1.5);
	assert_string_equal(value_get_string(front, "version"), "1.2.3");
	assert_string_equal(value_get_string(front, "zip"), "007");
	assert_int_equal(value_get(front, "open")->kind, VALUE_BOOL);
	assert_int_equal(value_get(front, "none")->kind, VALUE_NULL);
	const struct value *b = value_get(value_get(value_get(front, "more"), "a"), "b");
	assert_true(b->as.number == -2000);
	assert_int_equal(b->place.line, 11);
	assert_int_equal(b->place.column, 10);
	assert_int_equal(front->as.object.members[1].place.line, 3);
	assert_string_equal(text_of(document->root), "正文\n");
	at(document->root->first, 13, 1);
}

static void front_matter_faults(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
	} faults[] = {
		{ "---\ntitle: x\n# 标题\n", "t.md:1:1: error: the front matter is never closed;" },
		{ "---\n- a\n---\n", "t.md:2:1: error: the front matter is not one mapping;" },
		{ "---\na: [1\nb: 2\n---\n", "t.md:3:2: error: the front matter is not YAML:" },
		{ "---\na: 1\nb: 2\na: 3\n---\n", "t.md:4:1: error: a stands twice" },
		{ "---\na: &x [1]\nb: *x\n---\n", "t.md:2:4: error: front matter has no anchors" },
		{ "---\na: !!python/object:x y\n---\n", "t.md:2:4: error: front matter has no anchors" },
		{ "---\n? [a]\n: b\n---\n", "t.md:2:3: error: a name in the front matter is no text" },
		{ "---\na: [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]\n---\n", "is nested too deep" },
	};
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct document *document = markdown(faults[i].text);
		const char *report = reported();
		if (!strstr(report, faults[i].expected))
			fail_msg("%s in place of %s", report, faults[i].expected);
		assert_non_null(document->root);
	}
	assert_null(markdown("正文\n---\n")->front);
	assert_null(markdown("")->front);
	assert_string_equal(reported(), "");
}

static void blocks_point_into_the_file(void **state)
{
	(void)state;
	markdown("前\n\n> - ```form\n>   {\"widths\": [1],\n>    \"rows\": [[{\"txt\": 1}]]}\n>   ```\n");
	assert_string_equal(
	    reported(), "t.md:5:17: error: form.cell has no txt; it knows text, head, columns, rows, lines, align\n");
	markdown("---\na: 1\n---\n```chart\n{\"type\": \"bars\",\n \"title\": 汉}\n```\n");
	assert_non_null(strstr(reported(), "t.md:6:11: error:"));
	markdown("```cover\n{\"subtitle\": 1}\n```\n");
	assert_string_equal(reported(), "t.md:2:1: error: cover needs title; add it\n"
	                                "t.md:2:14: error: subtitle of cover is not as it must be; write a string\n");
}

static void blocks_become_nodes(void **state)
{
	(void)state;
	struct document *document =
	    markdown("```toc\n```\n~~~ pagebreak\n~~~\n```chart\n{\"type\": \"bars\", \"title\": \"数\", "
	             "\"labels\": [\"甲\"], \"values\": [2]}\n```\n```python\nchart\n```\n    chart\n");
	assert_string_equal(reported(), "");
	assert_non_null(nth(document, NODE_TOC, 0));
	assert_non_null(nth(document, NODE_PAGE_BREAK, 0));
	assert_string_equal(nth(document, NODE_CHART, 0)->as.chart->title, "数");
	assert_string_equal(nth(document, NODE_CODE, 0)->as.code->info, "python");
	assert_string_equal(nth(document, NODE_CODE, 1)->as.code->text, "chart\n");
	assert_string_equal(text_of(nth(document, NODE_CHART, 0)), "数\n甲 2。\n");
	assert_null(nth(markdown("```toc\nx\n```\n"), NODE_TOC, 0));
	assert_non_null(strstr(reported(), "t.md:1:1: error: this block has no body;"));
}

static void forms_fill_their_grid(void **state)
{
	(void)state;
	static const struct {
		const char *rows;
		unsigned line; /* of the fault; 0 for none */
	} forms[] = {
		{ "[\"a\", \"b\", \"c\"]", 0 },
		{ "[\"a\", \"b\"]", 3 },
		{ "[\"a\", \"b\", \"c\", \"d\"]", 3 },
		{ "[{\"columns\": 3}]", 0 },
		{ "[{\"columns\": 2}, {\"columns\": 2}]", 3 },
		{ "[{\"rows\": 2}, \"b\", \"c\"],\n[\"b\", \"c\"]", 0 },
		{ "[{\"rows\": 2}, \"b\", \"c\"],\n[\"a\", \"b\", \"c\"]", 4 },
		{ "[\"a\", {\"rows\": 2}, \"c\"],\n[{\"columns\": 2}]", 4 },
		{ "[\"a\", {\"rows\": 2}, \"c\"],\n[\"a\", \"c\"]", 0 },
		{ "[\"a\", \"b\", {\"rows\": 3}],\n[\"a\", \"b\"]", 4 },
		{ "[{\"rows\": 2, \"columns\": 3}],\n[]", 0 },
		{ "[]", 3 },
	};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *text =
		    arena_printf(arena, "```form\n{\"widths\": [1, 2, 1], \"rows\": [\n%s]}\n```\n", forms[i].rows);
		struct document *document = markdown(text);
		const char *report = reported();
		assert_int_equal(nth(document, NODE_FORM, 0) == NULL, forms[i].line != 0);
		if (forms[i].line == 0)
			assert_string_equal(report, "");
		else
			assert_non_null(strstr(report, arena_printf(arena, "t.md:%u:", forms[i].line)));
	}
}

static void form_cells_carry_their_shape(void **state)
{
	(void)state;
	struct document *document =
	    markdown("```form\n{\"title\": \"单\", \"widths\": [1, 2], \"rows\": [[{\"text\": \"头\", \"head\": true, "
	             "\"rows\": 2}, \"一\\n二\"], [{\"lines\": 3, \"align\": \"right\"}]]}\n```\n");
	assert_string_equal(value_get_string(nth(document, NODE_FORM, 0)->as.data, "title"), "单");
	const struct node *head = nth(document, NODE_CELL, 0), *text = nth(document, NODE_CELL, 1),
	                  *room = nth(document, NODE_CELL, 2);
	assert_true(head->as.cell->head);
	assert_int_equal(head->as.cell->span_rows, 2);
	assert_int_equal(text->first->next->kind, NODE_LINE_BREAK);
	assert_int_equal(room->as.cell->lines, 3);
	assert_int_equal(room->as.cell->align, ALIGN_RIGHT);
	assert_string_equal(text_of(nth(document, NODE_FORM, 0)), "单\n头\t一\n二\t\n\t\n");
}

/* A hostile article may not overflow the stack. */
static void deep_nesting_is_walked(void **state)
{
	(void)state;
	enum { DEPTH = 20000 };
	char *text = arena_alloc(arena, DEPTH + 2);
	memset(text, '>', DEPTH);
	text[DEPTH] = 'x';
	assert_string_equal(text_of(markdown(text)->root), "x\n");
}

static void dump(enum walk_event event, const struct node *node, void *context)
{
	struct place place = node_place(node);
	struct buf *out = context;
	if (event == WALK_EXIT)
		buf_puts(out, ")");
	else
		buf_printf(out, "(%d %u:%u %s", node->kind, place.line, place.column,
		           node->kind == NODE_TEXT ? node->as.text : "");
}

static const char *dumped(struct buf *text)
{
	struct buf out = BUF_INIT;
	document_walk(markdown(buf_str(text))->root, dump, &out);
	buf_puts(&out, reported());
	const char *copy = arena_strdup(arena, buf_str(&out));
	buf_free(&out);
	return copy;
}

/* A long text is cut before headings, but not where a line only looks like one. A definition holds for the whole text,
 * which then is read in one piece: the tree must be the same. */
static void pieces_make_one_tree(void **state)
{
	(void)state;
	static const char *const blocks[] = {
		"段落\n# 标题 *强调*\n文字[[c/t/ID-1]]\n# 又一\n",
		"```\n# code\n# code\n\n# code\n```\n\n",
		"<!--\n# 无\n\n# 无\n-->\n\n",
		"> ```\n> # code\n# 标题\n",
		"- 甲\n\n  ```\n# 标题\n```\n# code\n\n# code\n```\n",
		"~~~\n# code\n```\n# code\n~~~\n",
		"| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n# 标题\r\n",
		"<div>\n# 无\n\n#标签\n\n- 乙\n  # 标题\n",
	};
	const size_t count = sizeof blocks / sizeof *blocks;
	struct buf text = BUF_INIT;
	unsigned seed = 7;
	while (text.len < 1500000) {
		seed = seed * 1103515245 + 12345;
		buf_puts(&text, blocks[(seed >> 16) % count]);
	}
	buf_puts(&text, "```\n");
	for (int i = 0; i < 50000; i++)
		buf_puts(&text, "# code\n");
	buf_puts(&text, "```\n# 末\n```form\n{\"widths\": [1],\n\"rows\": [[{\"x\": 1}]]}\n```\n");
	const char *pieces = dumped(&text);
	buf_puts(&text, "\n[x]: https://a.cn\n");
	const char *whole = dumped(&text);
	buf_free(&text);
	size_t same = 0;
	while (pieces[same] && pieces[same] == whole[same])
		same++;
	if (pieces[same] || whole[same])
		fail_msg("%.60s… instead of %.60s…", pieces + same, whole + same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nodes_know_their_place),
		TEST(lists_and_tasks),
		TEST(heading_ids_are_unique),
		TEST(titles_have_an_order),
		TEST(footnotes_are_numbered),
		TEST(record_references_are_links),
		TEST(anchors_are_places),
		TEST(escaped_records_are_text),
		TEST(chinese_lines_join_without_blank),
		TEST(addresses_are_checked),
		TEST(raw_html_is_refused),
		TEST(front_matter_is_read),
		TEST(front_matter_faults),
		TEST(blocks_point_into_the_file),
		TEST(blocks_become_nodes),
		TEST(forms_fill_their_grid),
		TEST(form_cells_carry_their_shape),
		TEST(deep_nesting_is_walked),
		TEST(pieces_make_one_tree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
