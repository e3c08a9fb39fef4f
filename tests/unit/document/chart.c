/* Charts: what is drawn, what is said of it in words, what is refused. */
#include "fixture.h"

#include <math.h>

#include "document/block.h"
#include "document/chart.h"
#include "source/json.h"

#define WIDTH 450.0

static struct drawing *draw(const char *json)
{
	struct value *data = json_read(arena, "c.json", chunk_of(json), diags);
	assert_non_null(data);
	return chart_draw(arena, data, WIDTH, diags);
}

struct box {
	double left, right, top, bottom;
};

/* The room that a text takes, as drawing_text_width reckons it. */
static struct box box_of(const struct shape *shape)
{
	double width = drawing_text_width(shape->text, shape->size), x = shape->points->x, y = shape->points->y;
	double left = shape->anchor == ANCHOR_START ? x : shape->anchor == ANCHOR_MIDDLE ? x - width / 2 : x - width;
	return (struct box){ left, left + width, y - shape->size * 0.75, y + shape->size * 0.1 };
}

/* No text runs into another or out of the drawing. */
static void texts_are_apart(const struct drawing *drawing)
{
	for (size_t i = 0; i < drawing->shape_count; i++) {
		if (drawing->shapes[i].kind != SHAPE_TEXT)
			continue;
		struct box a = box_of(&drawing->shapes[i]);
		if (a.left < -0.01 || a.right > drawing->width + 0.01 || a.top < 0 || a.bottom > drawing->height)
			fail_msg("%s: %s leaves the drawing", drawing->title, drawing->shapes[i].text);
		for (size_t j = 0; j < i; j++) {
			if (drawing->shapes[j].kind != SHAPE_TEXT)
				continue;
			struct box b = box_of(&drawing->shapes[j]);
			if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
				fail_msg("%s: %s runs into %s", drawing->title, drawing->shapes[i].text,
				         drawing->shapes[j].text);
		}
	}
}

/* Nothing is drawn outside, and nothing at a place that is no number. */
static void shapes_are_inside(const struct drawing *drawing)
{
	assert_true(drawing->height > 0 && drawing->height < 3000);
	for (size_t i = 0; i < drawing->shape_count; i++) {
		const struct shape *shape = &drawing->shapes[i];
		for (size_t j = 0; j < shape->point_count; j++) {
			struct point point = shape->points[j];
			assert_true(point.x >= -0.01 && point.x <= drawing->width + 0.01);
			assert_true(point.y >= -0.01 && point.y <= drawing->height + 0.01);
		}
	}
}

static void is_sound(const struct drawing *drawing)
{
	assert_non_null(drawing);
	assert_string_equal(reported(), "");
	texts_are_apart(drawing);
	shapes_are_inside(drawing);
}

static bool says(const struct drawing *drawing, const char *text)
{
	for (size_t i = 0; i < drawing->shape_count; i++)
		if (drawing->shapes[i].kind == SHAPE_TEXT && strcmp(drawing->shapes[i].text, text) == 0)
			return true;
	return false;
}

static size_t count_of(const struct drawing *drawing, enum shape_kind kind, color fill)
{
	size_t count = 0;
	for (size_t i = 0; i < drawing->shape_count; i++)
		count += drawing->shapes[i].kind == kind && drawing->shapes[i].fill == fill;
	return count;
}

/* Every block of docs/charts.md and docs/templates.md is drawn without a word. */
static void documentation_is_drawn(void **state)
{
	(void)state;
	static const char *const paths[] = { "docs/charts.md", "docs/templates.md" };
	size_t charts = 0;
	for (size_t i = 0; i < 2; i++) {
		struct document *document = document_read(arena, paths[i], repository_file(paths[i]), diags);
		for (const struct node *node = document->root->first; node; node = node->next) {
			if (node->kind != NODE_CHART)
				continue;
			is_sound(block_drawing(arena, node));
			charts++;
		}
		assert_string_equal(reported(), "");
	}
	assert_true(charts >= 7);
}

static void bars_have_heights_of_their_values(void **state)
{
	(void)state;
	struct drawing *drawing =
	    draw("{\"type\": \"bars\", \"title\": \"数\", \"unit\": \"件\", \"labels\": [\"甲\", \"乙\", \"丙\"], "
	         "\"values\": [10, 5, null]}");
	is_sound(drawing);
	assert_string_equal(drawing->title, "数");
	assert_string_equal(drawing->description, "单位：件。甲 10；乙 5；丙 无。");
	double heights[2] = { 0 };
	size_t bars = 0;
	for (size_t i = 0; i < drawing->shape_count; i++) {
		const struct shape *shape = &drawing->shapes[i];
		if (shape->kind == SHAPE_RECT && bars < 2)
			heights[bars++] = shape->points[1].y - shape->points[0].y;
	}
	assert_int_equal(bars, 2);
	assert_true(fabs(heights[0] - 2 * heights[1]) < 0.01);
	assert_true(says(drawing, "10") && says(drawing, "丙") && says(drawing, "单位：件"));
}

static void ticks_are_neat(void **state)
{
	(void)state;
	struct drawing *drawing = draw("{\"type\": \"bars\", \"title\": \"t\", \"labels\": [\"a\"], \"values\": [17]}");
	assert_true(says(drawing, "0") && says(drawing, "5") && says(drawing, "15") && says(drawing, "20"));
	drawing = draw("{\"type\": \"bars\", \"title\": \"t\", \"labels\": [\"a\"], \"values\": [2]}");
	assert_false(says(drawing, "0.5"));
	drawing = draw("{\"type\": \"lines\", \"title\": \"t\", \"labels\": [\"a\", \"b\"], \"values\": [0.25, 0.3]}");
	assert_true(says(drawing, "0.26") && says(drawing, "0.3"));
	drawing =
	    draw("{\"type\": \"lines\", \"title\": \"t\", \"labels\": [\"a\", \"b\"], \"values\": [1000000, 2500000]}");
	assert_true(says(drawing, "1,500,000"));
	drawing = draw("{\"type\": \"lines\", \"title\": \"t\", \"labels\": [\"a\", \"b\"], \"values\": [-5, 5]}");
	assert_true(says(drawing, "-4"));
}

/* Series can be told apart on a printer without colour: of two that are both
 * filled plainly one is dark and one is light. */
static void series_differ_without_colour(void **state)
{
	(void)state;
	struct drawing *drawing =
	    draw("{\"type\": \"stacked\", \"title\": \"t\", \"labels\": [\"a\"], \"series\": [{\"name\": \"x\", "
	         "\"values\": [3]}, {\"name\": \"y\", \"values\": [2]}, {\"name\": \"z\", \"values\": [4]}]}");
	is_sound(drawing);
	assert_string_equal(drawing->description, "a：x 3，y 2，z 4。");
	assert_true(says(drawing, "9") && says(drawing, "x") && says(drawing, "z"));
	assert_int_equal(count_of(drawing, SHAPE_SEGMENTS, COLOR_NONE) > 5 + 2,
	                 true); /* grid, hatching of y and its key */
	drawing = draw("{\"type\": \"lines\", \"title\": \"t\", \"labels\": [\"a\", \"b\"], \"series\": [{\"name\": "
	               "\"x\", \"values\": "
	               "[3, 4]}, {\"name\": \"y\", \"values\": [2, 3]}]}");
	enum dash dashes[2] = { DASH_NONE, DASH_NONE };
	size_t lines = 0;
	for (size_t i = 0; i < drawing->shape_count; i++)
		if (drawing->shapes[i].kind == SHAPE_POLYLINE && lines < 2)
			dashes[lines++] = drawing->shapes[i].stroke.dash;
	assert_int_equal(lines, 2);
	assert_int_not_equal(dashes[0], dashes[1]);
}

static void lines_stop_at_gaps(void **state)
{
	(void)state;
	struct drawing *drawing =
	    draw("{\"type\": \"lines\", \"title\": \"t\", \"labels\": [\"1\", \"2\", \"3\", \"4\", \"5\"], "
	         "\"values\": [1, 2, null, 3, 4]}");
	is_sound(drawing);
	size_t lines = 0;
	for (size_t i = 0; i < drawing->shape_count; i++) {
		if (drawing->shapes[i].kind != SHAPE_POLYLINE)
			continue;
		assert_int_equal(drawing->shapes[i].point_count, 2);
		lines++;
	}
	assert_int_equal(lines, 2);
}

/* At the threshold is not missed (design, chapter 5, rule 4). */
static void threshold_marks_what_misses_it(void **state)
{
	(void)state;
	const char *text =
	    "{\"type\": \"lines\", \"title\": \"t\", \"labels\": [\"1\", \"2\", \"3\"], \"values\": [99, 99.5, 100], "
	    "\"threshold\": {\"value\": 99.5, \"label\": \"要求\", \"direction\": \"%s\"}}";
	struct drawing *low = draw(arena_printf(arena, text, "min")), *high = draw(arena_printf(arena, text, "max"));
	is_sound(low);
	is_sound(high);
	assert_int_equal(count_of(low, SHAPE_CIRCLE, 0xFFFFFF), 1 + 1); /* the point and its key */
	assert_int_equal(count_of(high, SHAPE_CIRCLE, 0xFFFFFF), 1 + 1);
	assert_true(says(low, "要求") && says(low, "未达标"));
	assert_non_null(strstr(low->description, "要求。"));
}

static void matrix_counts_in_words(void **state)
{
	(void)state;
	struct drawing *drawing = draw(
	    "{\"type\": \"matrix\", \"title\": \"t\", \"columns\": [\"1日\", \"2日\", \"3日\", \"4日\"], \"rows\": "
	    "[{\"label\": \"巡检\", \"cells\": [\"done\", \"missed\", \"missed\", null]}, {\"label\": "
	    "\"备份\", \"cells\": [\"late\", \"waived\", \"not_due\", \"unknown\"]}]}");
	is_sound(drawing);
	assert_string_equal(drawing->description, "巡检：按时完成 1，逾期未完成 2（2日、3日）。"
	                                          "备份：逾期完成 1（1日），未到期 1，已免除 1，缺少数据 1（4日）。");
	assert_true(says(drawing, "逾期未完成"));
	assert_false(says(drawing, "待完成")); /* not in use, so not in the legend */
}

static void timeline_is_in_order_of_time(void **state)
{
	(void)state;
	struct drawing *drawing =
	    draw("{\"type\": \"timeline\", \"title\": \"t\", \"events\": [{\"at\": \"2026-03-13T00:10:00+08:00\", "
	         "\"text\": \"乙\"}, {\"at\": \"2026-03-12T23:55\", \"text\": \"甲\"}, {\"at\": "
	         "\"2026-03-13T00:05:00+08:00\", \"text\": \"限\", \"deadline\": true}]}");
	is_sound(drawing);
	assert_string_equal(drawing->description, "3月12日23:55 甲；3月13日00:05 限；3月13日00:10 乙。");
	assert_true(says(drawing, "+15分"));
	assert_int_equal(count_of(drawing, SHAPE_CIRCLE, 0x1F4E79), 2);
	assert_int_equal(count_of(drawing, SHAPE_POLYGON, 0xFFFFFF), 1);
}

static void nothing_is_said_to_be_nothing(void **state)
{
	(void)state;
	static const char *const charts[] = {
		"{\"type\": \"bars\", \"title\": \"t\", \"labels\": [], \"values\": []}",
		"{\"type\": \"lines\", \"title\": \"t\", \"labels\": [\"a\"], \"series\": []}",
		"{\"type\": \"matrix\", \"title\": \"t\", \"columns\": [], \"rows\": []}",
		"{\"type\": \"timeline\", \"title\": \"t\", \"events\": []}",
	};
	for (size_t i = 0; i < sizeof charts / sizeof *charts; i++) {
		struct drawing *drawing = draw(charts[i]);
		is_sound(drawing);
		assert_true(says(drawing, "没有数据"));
		assert_string_equal(drawing->description, "没有数据。");
	}
}

/* Texts stay apart whatever the numbers and labels: many charts from a seed. */
static void texts_stay_apart_in_any_chart(void **state)
{
	(void)state;
	static const char *const types[] = { "bars", "stacked", "lines" };
	static const char *const labels[] = {
		"1月", "2026-03",        "恢复正常运行（P1 级）",
		"Y",   "数据库在线备份", "补充说明文档的提交与确认（包括全部附件及其电子版本）"
	};
	unsigned seed = 20260312;
	for (size_t run = 0; run < 400; run++) {
		struct buf text = BUF_INIT, values = BUF_INIT;
		seed = seed * 1103515245U + 12345U;
		size_t count = seed / 7 % 34 + 1, series = seed / 300 % 4 + 1, label = seed / 5000 % 6;
		double scale = pow(10, seed / 70000 % 8) / 100;
		buf_printf(&text, "{\"type\": \"%s\", \"title\": \"图\", \"unit\": \"件\", \"labels\": [",
		           types[run % 3]);
		for (size_t i = 0; i < count; i++)
			buf_printf(&text, "%s\"%s\"", i ? "," : "", labels[count < 10 ? (i + label) % 6 : label % 2]);
		buf_puts(&text, "], \"series\": [");
		for (size_t s = 0; s < series; s++) {
			buf_printf(&text, "%s{\"name\": \"系列%zu\", \"values\": [", s ? "," : "", s);
			for (size_t i = 0; i < count; i++) {
				seed = seed * 1103515245U + 12345U;
				buf_printf(&text, "%s%.3f", i ? "," : "", seed % 1000 * scale);
			}
			buf_puts(&text, "]}");
		}
		buf_puts(&text, "], \"threshold\": {\"value\": 3, \"label\": \"要求\"}}");
		is_sound(draw(buf_str(&text)));
		buf_free(&text);
		buf_free(&values);
	}
}

static void faults_are_reported(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
	} faults[] = {
		{ "[]", "c.json:1:1: error: chart of chart is not as it must be; write an object" },
		{ "{\"type\": \"pie\", \"title\": \"t\"}",
		  "pie is no type of chart; write bars, stacked, lines, matrix, timeline" },
		{ "{\"type\": \"bars\", \"labels\": [], \"values\": []}", "chart needs title;" },
		{ "{\"type\": \"bars\", \"title\": \"t\", \"labels\": [\"a\"]}", "chart needs series;" },
		{ "{\"type\": \"bars\", \"title\": \"t\", \"labels\": [\"a\"], \"values\": [1], \"colour\": 1}",
		  "1:64: error: chart has no colour;" },
		{ "{\"type\": \"bars\", \"title\": \"t\", \"labels\": [\"a\", \"b\"], \"values\": [1]}",
		  "values has 1 values for 2 labels;" },
		{ "{\"type\": \"bars\", \"title\": \"t\", \"labels\": [\"a\"], \"values\": [-1]}", "-1 is negative" },
		{ "{\"type\": \"bars\", \"title\": \"t\", \"labels\": [1], \"values\": [1]}",
		  "1:43: error: labels of chart" },
		{ "{\"type\": \"lines\", \"title\": \"t\", \"labels\": [\"a\"], \"values\": [\"x\"]}",
		  "write a number" },
		{ "{\"type\": \"lines\", \"title\": \"t\", \"labels\": [\"a\"], \"values\": [1], \"threshold\": "
		  "{\"label\": \"x\"}}",
		  "chart.threshold needs value;" },
		{ "{\"type\": \"matrix\", \"title\": \"t\", \"columns\": [\"a\"], \"rows\": [{\"label\": \"x\", "
		  "\"cells\": [\"ok\"]}]}",
		  "ok is no verdict;" },
		{ "{\"type\": \"timeline\", \"title\": \"t\", \"events\": [{\"at\": \"昨天\", \"text\": \"x\"}]}",
		  "昨天 is no time;" },
	};
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		assert_null(draw(faults[i].text));
		const char *report = reported();
		if (!strstr(report, faults[i].expected))
			fail_msg("%s in place of %s", report, faults[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(documentation_is_drawn),
		TEST(bars_have_heights_of_their_values),
		TEST(ticks_are_neat),
		TEST(series_differ_without_colour),
		TEST(lines_stop_at_gaps),
		TEST(threshold_marks_what_misses_it),
		TEST(matrix_counts_in_words),
		TEST(timeline_is_in_order_of_time),
		TEST(nothing_is_said_to_be_nothing),
		TEST(texts_stay_apart_in_any_chart),
		TEST(faults_are_reported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
