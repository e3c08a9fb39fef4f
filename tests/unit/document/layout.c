/* Layout: lines, pages, tables, contents. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "print.h"

/* All text marks in the order of the page, with where they stand on it. */
struct run {
	size_t sheet;
	double x, y, right; /* right: without room added behind the last glyph */
	bool ornament;
	const struct mark *mark;
};

struct runs {
	struct run *items;
	size_t count, capacity;
};

static double right_of(const struct mark *mark, double x)
{
	for (size_t i = 0; i < mark->as.text.count; i++) {
		const struct glyph *glyph = &mark->as.text.glyphs[i];

		x += mark->as.text.font->advances[glyph->number] * mark->as.text.size / 1000;
		if (i + 1 < mark->as.text.count)
			x += glyph->kern * mark->as.text.size / 1000 + mark->as.text.spacing;
	}
	return x;
}

static struct runs runs_of(struct print *print, const struct layout *layout)
{
	struct runs runs = { 0 };

	for (size_t s = 0; s < layout->sheet_count; s++)
		for (size_t i = 0; i < layout->sheets[s].count; i++) {
			const struct placed *placed = &layout->sheets[s].placed[i];

			for (size_t k = 0; k < placed->slice->count; k++) {
				const struct mark *mark = &placed->slice->marks[k];
				double x = placed->x + mark->x;

				if (mark->kind == MARK_TEXT && mark->as.text.count > 0)
					arena_push(print->arena, runs.items, runs.count, runs.capacity,
					           ((struct run){ s, x, placed->y + mark->y, right_of(mark, x),
					                          placed->ornament, mark }));
			}
		}
	return runs;
}

/* The character that stands k behind the first of run i, in this run or those
 * that follow it in its line; 0 when there is none. */
static char32_t character(const struct runs *runs, size_t i, size_t k)
{
	const struct run *first = &runs->items[i];

	for (; i < runs->count; i++) {
		const struct run *run = &runs->items[i];

		if (run->sheet != first->sheet || run->y != first->y)
			return 0;
		if (k < run->mark->as.text.count)
			return run->mark->as.text.glyphs[k].code_point;
		k -= run->mark->as.text.count;
	}
	return 0;
}

/* The run that begins with text. */
static const struct run *find(const struct runs *runs, const char32_t *text)
{
	for (size_t i = 0; i < runs->count; i++) {
		size_t k = 0;

		while (text[k] && character(runs, i, k) == text[k])
			k++;
		if (!text[k])
			return &runs->items[i];
	}
	fail_msg("a text is not on paper");
	return NULL;
}

static void repeat(struct buf *out, const char *text, int times)
{
	while (times-- > 0)
		buf_puts(out, text);
}

static const struct layout *layout_buf(struct print *print, struct buf *markdown)
{
	const struct layout *layout = print_layout(print, buf_str(markdown));

	buf_free(markdown);
	return layout;
}

static void test_lines(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	repeat(&text, "运维人员（含驻场工程师甲）应在15分钟内响应；", 12);
	struct runs runs = runs_of(print, layout_buf(print, &text));
	double left = print->setup->inner, right = print->setup->width - print->setup->outer, y = runs.items[0].y;

	assert_float_equal(runs.items[0].x, left + 24, 0.01); /* two characters of 12 points */
	for (size_t i = 1; i < runs.count; i++) {
		const struct run *run = &runs.items[i], *before = run - 1;
		char32_t first = run->mark->as.text.glyphs[0].code_point;

		assert_true(run->right <= right + 6.01); /* half a closing mark may hang out */
		if (run->y < y + 1 || run->ornament)
			continue;
		y = run->y;
		assert_float_equal(run->x, left, 0.01);
		/* GB/T 15834—2011, 5.1: no line begins with these. */
		assert_true(first != U'；' && first != U'）');
		/* The line above is full. */
		const struct mark *last = before->mark;
		char32_t end = last->as.text.glyphs[last->as.text.count - 1].code_point;
		assert_true(end != U'（');
		assert_float_equal(before->right, right + (end == U'；' || end == U'）' ? 6 : 0), 0.05);
	}
}

/* Words stay apart for who extracts text: the blank at a line's end is there, but
 * nothing is behind the last line. */
static void test_blank_at_line_end(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	repeat(&text, "service level ", 20);
	struct runs runs = runs_of(print, layout_buf(print, &text));
	const struct mark *first = NULL, *last = NULL; /* at the ends of these lines */
	for (size_t i = 0; i < runs.count; i++) {
		if (runs.items[i].ornament)
			continue;
		last = runs.items[i].mark;
		if (runs.items[i].y == runs.items[0].y)
			first = last;
	}
	assert_true(first && first != last);
	assert_int_equal(first->as.text.glyphs[first->as.text.count - 1].code_point, U' ');
	assert_int_equal(last->as.text.glyphs[last->as.text.count - 1].code_point, U'l');
}

/* Of two marks that meet with their empty halves, one half goes. */
static void test_squeeze(void **state)
{
	struct print *print = *state;
	struct runs runs = runs_of(print, print_layout(print, "甲（乙）。“丙”、丁"));
	const struct mark *mark = find(&runs, U"甲（乙）。")->mark;

	assert_int_equal(mark->as.text.glyphs[1].kern, 0);
	assert_int_equal(mark->as.text.glyphs[3].kern, -500);
	assert_int_equal(mark->as.text.glyphs[4].kern, -500);
	assert_int_equal(mark->as.text.glyphs[5].kern, 0);
	assert_int_equal(mark->as.text.glyphs[7].kern, -500);
}

static void test_long_word(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	repeat(&text, "0123456789abcdef", 30);
	repeat(&text, "\n\n| a | b |\n|---|---|\n| ", 1);
	repeat(&text, "0123456789abcdef", 30);
	repeat(&text, " | 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef |\n", 1);
	struct runs runs = runs_of(print, layout_buf(print, &text));
	for (size_t i = 0; i < runs.count; i++)
		assert_true(runs.items[i].right <= print->setup->width - print->setup->outer + 0.01);
}

/* Long names of signers and reports become smaller: nothing is cut. */
static void test_long_names(void **state)
{
	struct print *print = *state;

	print->facts.header = "很长的合同名称很长的合同名称很长的合同名称很长的合同名称很长的合同名称很长的合同名称完";
	struct runs runs =
	    runs_of(print, print_layout(print, "```signature\n{\"signers\": [{\"id\": \"a\", \"role\": "
	                                       "\"名称很长名称很长名称很长名称很长名称很长完\"}]}\n```\n"));
	print->facts.header = NULL;
	const struct run *role = find(&runs, U"名称很长"), *header = find(&runs, U"很长的合同");
	assert_int_equal(role->mark->as.text.glyphs[role->mark->as.text.count - 1].code_point, U'完');
	assert_true(role->right < print->setup->width / 2);
	assert_int_equal(header->mark->as.text.glyphs[header->mark->as.text.count - 1].code_point, U'完');
}

static void test_deep_nesting(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	for (int i = 0; i < 60; i++) {
		repeat(&text, "  ", i);
		buf_puts(&text, "- 项\n");
	}
	buf_puts(&text, "\n");
	repeat(&text, "> ", 40);
	buf_puts(&text, "引文很深，每层都缩进。\n\n");
	for (int row = 0; row < 3; row++) {
		repeat(&text, row == 1 ? "|---" : "| 甲乙丙 ", 60);
		buf_puts(&text, "|\n");
	}
	struct runs runs = runs_of(print, layout_buf(print, &text));
	for (size_t i = 0; i < runs.count; i++) {
		/* A column that is narrower than one character cannot hold it. */
		assert_true(runs.items[i].x >= print->setup->inner - 13);
		assert_true(runs.items[i].right <= print->setup->width - print->setup->outer + 13);
	}
}

static void test_soft_break(void **state)
{
	struct print *print = *state;
	struct runs runs = runs_of(print, print_layout(print, "第一行\n第二行\nabc\ndef"));

	/* Nothing between hanzi, a blank where an alphabet is. */
	find(&runs, U"第一行第二行 abc def");
}

static void test_fallback(void **state)
{
	struct print *print = *state;
	size_t before = diags_errors(print->diags), count;
	struct runs runs = runs_of(print, print_layout(print, "一\n\n☑ 二\n\n𠮷"));
	const struct run *box = find(&runs, U"☑");

	assert_int_equal(box->mark->as.text.count, 1);
	assert_int_equal(box->mark->as.text.glyphs[0].number, font_glyph(box->mark->as.text.font, U'□'));
	find(&runs, U"𠮷");
	assert_int_equal(diags_errors(print->diags), before);

	print_layout(print, "一\n\n二 \xF4\x8F\xBF\xBD 三"); /* U+10FFFD is for private use */
	assert_int_equal(diags_errors(print->diags), before + 1);
	const struct diag *diag = diags_sorted(print->diags, &count);
	while (diag->message != MSG_GLYPH_MISSING)
		diag++;
	assert_string_equal(diag->place.path, "test.md");
	assert_int_equal(diag->place.line, 3);
	assert_non_null(strstr(diag->text, "U+10FFFD"));
}

/* A heading is on the page of what it heads, wherever the page ends. */
static void test_headings_are_kept(void **state)
{
	struct print *print = *state;

	for (int lines = 24; lines < 40; lines++) {
		struct buf text = BUF_INIT;

		repeat(&text, "行\n\n", lines);
		repeat(&text, "## 标题\n\n正文第一行，", 1);
		repeat(&text, "很长的正文", 20);
		struct runs runs = runs_of(print, layout_buf(print, &text));
		assert_int_equal(find(&runs, U"标题")->sheet, find(&runs, U"正文第一行，")->sheet);
	}
}

/* Neither the first nor the last line of a paragraph stands alone. */
static void test_widows(void **state)
{
	struct print *print = *state;

	for (int lines = 24; lines < 40; lines++) {
		struct buf text = BUF_INIT;

		repeat(&text, "行\n\n", lines);
		repeat(&text, "甲乙丙丁戊己庚辛壬癸", 20);
		struct runs runs = runs_of(print, layout_buf(print, &text));
		int on_sheet[3] = { 0 };
		for (size_t i = 0; i < runs.count; i++)
			if (!runs.items[i].ornament && runs.items[i].mark->as.text.count > 1)
				on_sheet[runs.items[i].sheet]++;
		assert_int_not_equal(on_sheet[0], 1);
		assert_int_not_equal(on_sheet[1], 1);
	}
}

static void put_table(struct buf *text, int rows)
{
	buf_puts(text, "| 编号 | 说明 |\n|---|---|\n");
	for (int i = 1; i <= rows; i++)
		buf_printf(text, "| INC-%d | 说明文字 |\n", i);
}

static void test_table_head_is_repeated(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	put_table(&text, 100);
	const struct layout *layout = layout_buf(print, &text);
	assert_true(layout->sheet_count >= 3);
	struct runs runs = runs_of(print, layout);
	size_t rows = 0;
	for (size_t sheet = 0; sheet < layout->sheet_count; sheet++) {
		size_t heads = 0;

		for (size_t i = 0; i < runs.count; i++) {
			const struct run *run = &runs.items[i];

			if (run->sheet != sheet)
				continue;
			rows += run->mark->as.text.glyphs[0].code_point == U'I';
			if (run->mark->as.text.glyphs[0].code_point == U'编') {
				heads++;
				assert_int_equal(run->ornament, sheet > 0);
				assert_true(run->y < print->setup->top + 20);
			}
		}
		assert_int_equal(heads, 1);
	}
	assert_int_equal(rows, 100);
}

/* A row higher than a page goes on, and nothing of it is lost or cut. */
static void test_high_row(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	buf_puts(&text, "| 编号 | 说明 |\n|---|---|\n| 1 | ");
	for (int i = 0; i < 300; i++)
		buf_printf(&text, "第%03d句话写得很长，", i);
	buf_puts(&text, " |\n");
	const struct layout *layout = layout_buf(print, &text);
	struct runs runs = runs_of(print, layout);
	size_t marks = 0;
	assert_true(layout->sheet_count >= 2);
	for (size_t i = 0; i < runs.count; i++) {
		const struct run *run = &runs.items[i];

		assert_true(run->y < print->setup->height - print->setup->bottom || run->ornament);
		for (size_t k = 0; k < run->mark->as.text.count; k++)
			marks += run->mark->as.text.glyphs[k].code_point == U'句';
	}
	assert_int_equal(marks, 300);
}

/* Cells that hang beside several rows, all higher than pages: nothing is lost. */
static void test_high_form(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	buf_puts(&text, "```form\n{\"widths\": [1, 1], \"rows\": [\n[{\"rows\": 2, \"text\": \"");
	repeat(&text, "左边很长的句子，", 250);
	buf_puts(&text, "\"}, \"");
	repeat(&text, "右边很长的句子，", 130);
	buf_puts(&text, "\"],\n[\"");
	repeat(&text, "右边很长的句子，", 130);
	buf_puts(&text, "\"]]}\n```\n");
	const struct layout *layout = layout_buf(print, &text);
	struct runs runs = runs_of(print, layout);
	size_t marks = 0;
	for (size_t i = 0; i < runs.count; i++) {
		const struct run *run = &runs.items[i];

		/* A line that had to be cut hangs out, but by less than itself. */
		assert_true(run->y < print->setup->height - print->setup->bottom + 15 || run->ornament);
		for (size_t k = 0; k < run->mark->as.text.count; k++)
			marks += run->mark->as.text.glyphs[k].code_point == U'句';
	}
	assert_int_equal(marks, 510);
	assert_true(layout->sheet_count >= 2);
}

static void test_form(void **state)
{
	struct print *print = *state;
	struct runs runs =
	    runs_of(print, print_layout(print, "```form\n"
	                                       "{\"widths\": [1, 3], \"rows\": [\n"
	                                       "[{\"text\": \"合并\", \"rows\": 2, \"head\": true}, \"上\"],\n"
	                                       "[\"下\"],\n"
	                                       "[{\"text\": \"全宽\", \"columns\": 2, \"lines\": 4}],\n"
	                                       "[\"左\", \"右\"]]}\n```\n"));
	const struct run *joined = find(&runs, U"合并"), *up = find(&runs, U"上"), *down = find(&runs, U"下");
	double width = print->setup->width - print->setup->inner - print->setup->outer;

	assert_true(joined->y > up->y && joined->y < down->y); /* in the middle of both rows */
	assert_float_equal(up->x, down->x, 0.01);
	assert_true(fabs(find(&runs, U"右")->x - find(&runs, U"左")->x - width / 4) < 0.01);
	/* Four lines to be filled in by hand. */
	assert_true(find(&runs, U"左")->y - find(&runs, U"全宽")->y > 4 * print->setup->styles[STYLE_TABLE].leading);
}

/* A place in the second table, a page further on, is where a link leads. */
static void test_anchors(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	buf_puts(&text, "| 甲 |\n|---|\n| [数字](#here) |\n\n");
	repeat(&text, "行\n\n", 50);
	buf_puts(&text, "| 乙 |\n|---|\n| 别的 |\n| [[#here]]依据 |\n");
	const struct layout *layout = layout_buf(print, &text);
	struct runs runs = runs_of(print, layout);
	const struct target *target = map_get(&layout->targets, "here");
	const struct run *row = find(&runs, U"依据");
	assert_non_null(target);
	assert_int_equal(target->sheet, row->sheet);
	assert_true(target->sheet > 0);
	assert_true(fabs(target->y - row->y) < print->setup->styles[STYLE_TABLE].leading);
	buf_free(&text);
}

static void test_contents(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	buf_puts(&text, "```cover\n{\"title\": \"月报\"}\n```\n```toc\n```\n");
	for (int i = 1; i <= 3; i++) {
		buf_printf(&text, "## 第%d章\n\n", i);
		repeat(&text, "行\n\n", 50);
	}
	const struct layout *layout = layout_buf(print, &text);
	struct runs runs = runs_of(print, layout);
	assert_int_equal(layout->sheets[0].number, 0); /* the cover */
	assert_int_equal(layout->heading_count, 3);
	assert_int_equal(layout->numbered, layout->sheet_count - 1);
	for (size_t i = 0; i < 3; i++) {
		const char32_t name[] = { U'第', U'1' + (char32_t)i, U'章', 0 };
		const struct run *entry = find(&runs, name), *number = entry + 1;
		unsigned page = layout->sheets[layout->headings[i]->target->sheet].number, printed = 0;

		assert_int_equal(entry->sheet, 1);
		for (size_t k = 0; k < number->mark->as.text.count; k++)
			printed = printed * 10 + (unsigned)(number->mark->as.text.glyphs[k].code_point - U'0');
		assert_int_equal(printed, page);
		assert_true(fabs(number->right - print->setup->width + print->setup->outer) < 0.01);
	}
	find(&runs, U"第 1 页 共 "); /* B-P1: page numbers */
}

/* Printed on both sides: the back of the cover stays empty, numbers stand at the
 * outer edge and the footer at the inner one, in the words of the page set-up. */
static void test_leaves(void **state)
{
	struct print *print = *state;
	struct page_setup leaves = *print->setup;
	const struct page_setup *one_sided = print->setup;
	struct buf text = BUF_INIT;

	leaves.two_sided = true;
	leaves.number = "— {page}/{pages} —";
	buf_puts(&text, "```cover\n{\"title\": \"月报\"}\n```\n");
	repeat(&text, "行\n\n", 50);
	print->setup = &leaves;
	print->facts.footer = "提交甲";
	const struct layout *layout = layout_buf(print, &text);
	print->setup = one_sided;
	print->facts.footer = NULL;
	struct runs runs = runs_of(print, layout);
	const struct run *first = find(&runs, U"— 1/2 —"), *second = find(&runs, U"— 2/2 —");
	assert_int_equal(layout->sheet_count, 4);
	assert_int_equal(layout->sheets[1].count, 0);
	assert_int_equal(layout->sheets[2].number, 1);
	assert_int_equal(first->sheet, 2);
	assert_float_equal(second->x, leaves.outer, 0.01);
	for (size_t i = 0; i < runs.count; i++)
		if (runs.items[i].ornament && runs.items[i].mark->as.text.glyphs[0].code_point == U'提')
			assert_true((runs.items[i].x < leaves.width / 2) == (runs.items[i].sheet == 2));
	assert_true(first->x > leaves.width / 2);
}

/* B-P1: the binding edge is left on fronts and right on backs. */
static void test_two_sided(void **state)
{
	struct print *print = *state;
	struct page_setup two_sided = *print->setup;
	const struct page_setup *one_sided = print->setup;
	struct buf text = BUF_INIT;

	two_sided.two_sided = true;
	repeat(&text, "行\n\n", 100);
	print->setup = &two_sided;
	const struct layout *layout = layout_buf(print, &text);
	print->setup = one_sided;
	assert_float_equal(layout->sheets[0].placed[0].x, one_sided->inner, 0.01);
	assert_float_equal(layout->sheets[1].placed[0].x, one_sided->outer, 0.01);
	assert_float_equal(layout->sheets[2].placed[0].x, one_sided->inner, 0.01);
}

/* Nobody signs a page that holds nothing else. */
static void test_signatures_are_not_alone(void **state)
{
	struct print *print = *state;

	for (int lines = 20; lines < 40; lines++) {
		struct buf text = BUF_INIT;

		repeat(&text, "行\n\n", lines);
		buf_puts(&text, "末段\n\n```signature\n{\"statement\": \"双方确认\", "
		                "\"signers\": [{\"id\": \"a\", \"role\": \"代表\"}]}\n```\n");
		struct runs runs = runs_of(print, layout_buf(print, &text));
		assert_int_equal(find(&runs, U"末段")->sheet, find(&runs, U"签名")->sheet);
		assert_int_equal(find(&runs, U"双方确认")->sheet, find(&runs, U"签名")->sheet);
	}
}

/* No line begins with the number of a note. */
static void test_footnote_numbers(void **state)
{
	struct print *print = *state;

	for (int length = 30; length < 40; length++) {
		struct buf text = BUF_INIT;

		repeat(&text, "字", length);
		buf_puts(&text, "[^1]\n\n[^1]: 脚注\n");
		struct runs runs = runs_of(print, layout_buf(print, &text));
		const struct run *number = find(&runs, U"[1]");
		assert_true(number->x > print->setup->inner + 1);
	}
}

/* GB/T 9704—2012, 5.2: 22 lines of 28 characters. */
static void test_official(void **state)
{
	struct print *print = *state;
	const struct page_setup *usual = print->setup;
	struct buf text = BUF_INIT;
	size_t lines = 0, longest = 0;

	assert_true(read_file("templates/print-official.json", &text));
	const struct value *json = json_read(print->arena, "print-official.json", buf_chunk(&text), print->diags);
	print->setup = page_setup_read(print->arena, print->fonts, json, print->diags);
	assert_non_null(print->setup);
	buf_clear(&text);
	repeat(&text, "公文格式", 300);
	struct runs runs = runs_of(print, layout_buf(print, &text));
	print->setup = usual;
	for (size_t i = 0; i < runs.count; i++) {
		const struct run *run = &runs.items[i];

		if (run->sheet > 0 || run->ornament)
			continue;
		lines++;
		if (run->mark->as.text.count > longest)
			longest = run->mark->as.text.count;
	}
	assert_int_equal(lines, 22);
	assert_int_equal(longest, 28);
}

static bool broken_picture(const char *url, struct chunk *bytes, void *context)
{
	(void)context;
	*bytes = chunk_of("\x89PNG\r\n\x1a\nno picture");
	return strcmp(url, "broken.png") == 0;
}

static void test_pictures(void **state)
{
	struct print *print = *state;
	size_t before = diags_errors(print->diags);

	print->facts.image = broken_picture;
	struct runs runs = runs_of(print, print_layout(print, "前\n![图](broken.png)\n后 ![图](missing.png)"));
	print->facts.image = NULL;
	assert_int_equal(diags_errors(print->diags), before + 2);
	find(&runs, U"前");
	find(&runs, U"后");
}

/* A footnote stands at the foot of the page that refers to it first, part of what
 * refers to it; one that is too long, behind the text. */
static void test_footnotes(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	for (int i = 1; i <= 40; i++)
		buf_printf(&text, "段%d，[^甲%d]。\n\n", i, i);
	buf_puts(&text, "| 头 |\n|---|\n| 格[^乙] |\n\n尾[^丙]，又[^甲1]。\n\n");
	for (int i = 1; i <= 40; i++)
		buf_printf(&text, "[^甲%d]: 注%d。\n", i, i);
	buf_puts(&text, "[^乙]: 表注。\n[^丙]: 长");
	repeat(&text, "长注，", 1000);
	const struct layout *layout = layout_buf(print, &text);
	struct runs runs = runs_of(print, layout);
	double bottom = print->setup->height - print->setup->bottom;
	for (int i = 1; i <= 40; i++) {
		const char32_t digits[] = { U'0' + (char32_t)(i / 10), U'0' + (char32_t)(i % 10) };
		const char32_t *number = i < 10 ? digits + 1 : digits;
		char32_t paragraph[] = { U'段', number[0], i < 10 ? U'，' : number[1], 0 };
		char32_t words[] = { U'注', number[0], i < 10 ? U'。' : number[1], 0 };
		const struct run *from = find(&runs, paragraph), *note = find(&runs, words);

		assert_int_equal(note->sheet, from->sheet);
		assert_true(note->y > from->y && note->y < bottom);
	}
	assert_int_equal(find(&runs, U"表注")->sheet, find(&runs, U"格")->sheet);
	assert_string_equal(find(&runs, U"表注")->mark->element->parent->parent->type, "TD");
	assert_true(find(&runs, U"长注")->sheet >= find(&runs, U"尾")->sheet);
	assert_true(find(&runs, U"段4")->sheet < layout->sheet_count - 1);
}

/* Neither a head with one row below it nor a last row alone. */
static void test_rows_stay_together(void **state)
{
	struct print *print = *state;
	size_t parted = 0;

	for (int lines = 20; lines < 40; lines++) {
		struct buf text = BUF_INIT;

		repeat(&text, "行\n\n", lines);
		buf_puts(&text, "| 头 | 甲 |\n|---|---|\n| 一 | 甲 |\n| 二 | 甲 |\n| 三 | 甲 |\n| 四 | 甲 |\n");
		struct runs runs = runs_of(print, layout_buf(print, &text));
		size_t head = find(&runs, U"头")->sheet;
		assert_int_equal(find(&runs, U"一")->sheet, head);
		assert_int_equal(find(&runs, U"二")->sheet, head);
		assert_int_equal(find(&runs, U"四")->sheet, find(&runs, U"三")->sheet);
		parted += find(&runs, U"三")->sheet != head;
	}
	assert_true(parted > 0);
}

/* Beside codes that must not be broken a long text gets smaller type, before it
 * becomes a dozen lines high; where nothing is won type stays as it is. */
static void test_smaller_type(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;
	const double size = print->setup->styles[STYLE_TABLE].size;

	buf_puts(&text, "| 甲 | 乙 | 丙 | 丁 | 戊 | 己 |\n|---|---|---|---|---|---|\n");
	repeat(&text, "| INC-2026-0301 | CHG-2026-0301 | REQ-2026-0301 | RCT-2026-0301 | FND-2026-0301 | 长", 1);
	repeat(&text, "长文，", 30);
	buf_puts(&text, " |\n");
	struct runs crowded = runs_of(print, layout_buf(print, &text));
	assert_true(find(&crowded, U"长文")->mark->as.text.size < size);
	assert_true(find(&crowded, U"长文")->mark->as.text.size > size * 0.79);
	struct runs usual = runs_of(print, print_layout(print, "| 甲 | 乙 |\n|---|---|\n| INC-2026-0301 | 短文 |\n"));
	assert_float_equal(find(&usual, U"短文")->mark->as.text.size, size, 0.001);
}

/* What the taker has of an element: those below it that were taken before. */
struct tag {
	struct buf kids;
};

struct taken {
	const struct layout *kept;
	struct layout *layout;
	struct arena *arena;
	size_t sheets, elements;
	struct buf tree;
};

/* "Sect(H2()P(Link()))" */
static void put_element(const struct element *element, struct buf *out)
{
	buf_printf(out, "%s(%s", element->type, element->tag ? buf_str(&element->tag->kids) : "");
	for (const struct element *child = element->first; child; child = child->next)
		put_element(child, out);
	buf_puts(out, ")");
}

/* So that a mark on a later sheet is seen to refer to it. */
static void spoil(struct element *element)
{
	element->type = "taken";
	if (element->tag)
		buf_free(&element->tag->kids);
	for (struct element *child = element->first; child; child = child->next)
		spoil(child);
}

static void take_element(struct element *element, void *context)
{
	struct taken *taken = context;
	struct element *parent = element->parent;

	taken->elements++;
	if (parent && !parent->tag)
		parent->tag = arena_alloc(taken->arena, sizeof *parent->tag);
	put_element(element, parent ? &parent->tag->kids : &taken->tree);
	spoil(element);
}

static void compare_sheet(size_t number, void *context)
{
	struct taken *taken = context;
	const struct sheet *sheet = &taken->layout->sheets[number], *kept = &taken->kept->sheets[number];

	assert_int_equal(number, taken->sheets++);
	assert_int_equal(sheet->number, kept->number);
	assert_int_equal(sheet->count, kept->count);
	for (size_t i = 0; i < sheet->count; i++) {
		const struct slice *slice = sheet->placed[i].slice, *other = kept->placed[i].slice;

		assert_float_equal(sheet->placed[i].y, kept->placed[i].y, 0);
		assert_int_equal(slice->count, other->count);
		for (size_t k = 0; k < slice->count; k++) {
			const struct mark *mark = &slice->marks[k], *same = &other->marks[k];

			assert_int_equal(mark->kind, same->kind);
			if (mark->element && !sheet->placed[i].ornament) {
				assert_string_equal(mark->element->type, same->element->type);
				assert_int_equal(mark->element->number, same->element->number);
			}
			if (mark->kind == MARK_TEXT)
				assert_memory_equal(mark->as.text.glyphs, same->as.text.glyphs,
				                    mark->as.text.count * sizeof *mark->as.text.glyphs);
		}
	}
}

/* Sheets that are taken one by one are those that stay when nobody takes them,
 * also in a document so long that memory is used again. */
static void test_sheets_are_taken(void **state)
{
	struct print *print = *state;
	struct buf text = BUF_INIT;

	buf_puts(&text, "```toc\n```\n");
	for (int i = 1; i <= 40; i++) {
		buf_printf(&text, "## 第%d章\n\n", i);
		repeat(&text, "见[第一章](#第1章)，行\n\n", 50);
		buf_printf(&text, "> # 引文的标题\n> 引文[^%d]\n\n- 甲\n\n  | 头[^n%d] |\n  |---|\n", i, i);
		repeat(&text, "  | 一 |\n", 60);
		buf_printf(&text, "\n  丙\n- 丁\n\n[^%d]: 注\n\n    # 注的标题\n[^n%d]: 表注\n\n", i, i);
		repeat(&text, "1. 甲\n\n   乙\n", 30);
		buf_puts(&text, "\n| 短 |\n|---|\n| 表 |\n");
		buf_puts(&text, "\n| 头 | 甲 |\n|---|---|\n");
		repeat(&text, "| 一 | 甲 |\n", 60);
		buf_puts(&text, "\n");
	}
	/* The last rows of a table go to the next page with the signature behind it. */
	for (int i = 1; i <= 40; i++) {
		buf_puts(&text, "| 头 | 甲 |\n|---|---|\n");
		repeat(&text, "| 一 | 甲 |\n", i);
		buf_puts(&text, "\n```signature\n{\"signers\": [{\"id\": \"a\", \"role\": \"甲\"}]}\n```\n");
	}
	const struct document *document = document_read(print->arena, "test.md", buf_chunk(&text), print->diags);
	struct taken taken = { .kept = layout_buf(print, &text), .arena = print->arena };
	taken.layout = layout_plan(print->arena, document, print->setup, &print->facts);
	layout_set(taken.layout, &(struct taker){ compare_sheet, take_element, &taken }, print->diags);
	assert_int_equal(taken.sheets, taken.kept->sheet_count);
	assert_true(taken.sheets > 100);
	struct buf tree = BUF_INIT;
	put_element(taken.kept->root, &tree);
	assert_string_equal(buf_str(&taken.tree), buf_str(&tree));
	assert_true(taken.elements > 40 * 60);
	buf_free(&taken.tree);
	buf_free(&tree);
}

static void test_empty(void **state)
{
	struct print *print = *state;

	assert_int_equal(print_layout(print, "")->sheet_count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_blank_at_line_end),
		cmocka_unit_test(test_squeeze),
		cmocka_unit_test(test_long_word),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_deep_nesting),
		cmocka_unit_test(test_soft_break),
		cmocka_unit_test(test_fallback),
		cmocka_unit_test(test_headings_are_kept),
		cmocka_unit_test(test_widows),
		cmocka_unit_test(test_table_head_is_repeated),
		cmocka_unit_test(test_high_row),
		cmocka_unit_test(test_form),
		cmocka_unit_test(test_high_form),
		cmocka_unit_test(test_contents),
		cmocka_unit_test(test_anchors),
		cmocka_unit_test(test_two_sided),
		cmocka_unit_test(test_leaves),
		cmocka_unit_test(test_signatures_are_not_alone),
		cmocka_unit_test(test_footnote_numbers),
		cmocka_unit_test(test_official),
		cmocka_unit_test(test_pictures),
		cmocka_unit_test(test_footnotes),
		cmocka_unit_test(test_rows_stay_together),
		cmocka_unit_test(test_smaller_type),
		cmocka_unit_test(test_sheets_are_taken),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, print_open, print_close);
}
