/* Flow charts: what is drawn and where, what is said of it in words, what is refused. */
#include "fixture.h"

#include <math.h>
#include <stdio.h>

#include "document/block.h"
#include "document/flowchart.h"
#include "source/json.h"

#define WIDTH 450.0
#define NEAR 0.05
#define POINTS_OF_A_BEND 5

static unsigned seed;

static struct drawing *draw(const char *json)
{
	struct value *data = json_read(arena, "f.json", chunk_of(json), diags);
	assert_non_null(data);
	return flowchart_draw(arena, data, WIDTH, diags);
}

struct box {
	double left, top, right, bottom;
};

struct picture {
	const struct drawing *drawing;
	struct box boxes[64], texts[256];
	const struct shape *outlines[64]; /* of the boxes */
	const char *words[256];
	const struct shape *ways[64];
	struct point tips[64];
	size_t box_count, text_count, way_count, tip_count;
};

static struct box bounds(const struct shape *shape)
{
	struct box box = { INFINITY, INFINITY, -INFINITY, -INFINITY };
	for (size_t i = 0; i < shape->point_count; i++) {
		box.left = fmin(box.left, shape->points[i].x);
		box.right = fmax(box.right, shape->points[i].x);
		box.top = fmin(box.top, shape->points[i].y);
		box.bottom = fmax(box.bottom, shape->points[i].y);
	}
	return box;
}

/* The room that a text takes, as drawing_text_width reckons it. */
static struct box text_box(const struct shape *shape)
{
	double width = drawing_text_width(shape->text, shape->size), x = shape->points->x, y = shape->points->y;
	double left = shape->anchor == ANCHOR_START ? x : shape->anchor == ANCHOR_MIDDLE ? x - width / 2 : x - width;
	return (struct box){ left, y - shape->size * 0.75, left + width, y + shape->size * 0.1 };
}

/* Sorts the shapes: boxes are closed and framed, heads closed and not framed. */
static struct picture look_at(const struct drawing *drawing)
{
	struct picture picture = { .drawing = drawing };
	for (size_t i = 0; i < drawing->shape_count; i++) {
		const struct shape *shape = &drawing->shapes[i];
		if (shape->kind == SHAPE_TEXT) {
			picture.words[picture.text_count] = shape->text;
			picture.texts[picture.text_count++] = text_box(shape);
		} else if (shape->kind == SHAPE_POLYLINE) {
			picture.ways[picture.way_count++] = shape;
		} else if (shape->kind == SHAPE_POLYGON && shape->stroke.color == COLOR_NONE) {
			picture.tips[picture.tip_count++] = shape->points[0];
		} else {
			picture.outlines[picture.box_count] = shape;
			picture.boxes[picture.box_count++] = bounds(shape);
		}
	}
	return picture;
}

static bool overlap(struct box a, struct box b, double by)
{
	return a.left < b.right - by && b.left < a.right - by && a.top < b.bottom - by && b.top < a.bottom - by;
}

static bool holds(struct box outer, struct box inner)
{
	return inner.left >= outer.left - NEAR && inner.right <= outer.right + NEAR && inner.top >= outer.top - NEAR &&
	       inner.bottom <= outer.bottom + NEAR;
}

/* The piece of the way that begins at the point. */
static struct box piece(const struct shape *way, size_t from)
{
	return bounds(&(struct shape){ .points = way->points + from, .point_count = 2 });
}

static bool passes(const struct shape *way, struct box box)
{
	for (size_t i = 0; i + 1 < way->point_count; i++) {
		struct box line = piece(way, i);
		if (line.left < box.right - NEAR && line.right > box.left + NEAR && line.top < box.bottom - NEAR &&
		    line.bottom > box.top + NEAR)
			return true;
	}
	return false;
}

/* How deep the point lies within the outline, which bulges outwards and is drawn
 * clockwise; below 0 outside. */
static double depth(const struct shape *outline, struct point point)
{
	struct box box = bounds(outline);
	double depth =
	    fmin(fmin(point.x - box.left, box.right - point.x), fmin(point.y - box.top, box.bottom - point.y));
	for (size_t i = 0; outline->kind == SHAPE_POLYGON && i < outline->point_count; i++) {
		struct point a = outline->points[i], b = outline->points[(i + 1) % outline->point_count];
		double x = b.x - a.x, y = b.y - a.y;
		depth = fmin(depth, (x * (point.y - a.y) - y * (point.x - a.x)) / hypot(x, y));
	}
	return depth;
}

/* Whether the way passes through the box: looked at step by step where it is near. */
static bool enters(const struct shape *way, const struct shape *outline, struct box box)
{
	for (size_t i = 0; i + 1 < way->point_count; i++) {
		struct shape line = { .points = way->points + i, .point_count = 2 };
		struct point a = way->points[i], b = way->points[i + 1];
		for (int j = 0; passes(&line, box) && j <= 1000; j++) {
			struct point at = { a.x + (b.x - a.x) * j / 1000, a.y + (b.y - a.y) * j / 1000 };
			if (depth(outline, at) > NEAR)
				return true;
		}
	}
	return false;
}

/* The rounded corners are drawn with few points. */
static bool touches(const struct picture *picture, size_t box, struct point point)
{
	return fabs(depth(picture->outlines[box], point)) < 0.15;
}

static size_t boxes_at(const struct picture *picture, struct point point)
{
	size_t count = 0;
	for (size_t i = 0; i < picture->box_count; i++)
		count += touches(picture, i, point);
	return count;
}

/* All is inside; boxes are apart; ways lead from box to box and through none; texts
 * stand in a box or clear of boxes, ways and each other. */
static const char *fault_of(const struct picture *picture)
{
	const struct box page = { 0, 0, picture->drawing->width, picture->drawing->height };
	for (size_t i = 0; i < picture->drawing->shape_count; i++)
		if (picture->drawing->shapes[i].kind != SHAPE_TEXT &&
		    !holds(page, bounds(&picture->drawing->shapes[i])))
			return "a shape leaves the drawing";
	if (picture->drawing->width > WIDTH)
		return "the drawing is too wide";
	for (size_t i = 0; i < picture->box_count; i++) {
		if (picture->boxes[i].right - picture->boxes[i].left < 72)
			return "a box is too narrow for text";
		for (size_t j = 0; j < i; j++)
			if (overlap(picture->boxes[i], picture->boxes[j], -1))
				return "two boxes touch";
	}
	for (size_t i = 0; i < picture->way_count; i++) {
		const struct shape *way = picture->ways[i];
		if (boxes_at(picture, way->points[0]) != 1 || boxes_at(picture, picture->tips[i]) != 1)
			return "a way does not lead from box to box";
		for (size_t j = 0; j < picture->box_count; j++)
			if (enters(way, picture->outlines[j], picture->boxes[j]))
				return "a way passes through a box";
	}
	for (size_t i = 0; i < picture->text_count; i++) {
		struct box text = picture->texts[i];
		bool inside = false, outside = true;
		if (!holds(page, text))
			return "a text leaves the drawing";
		for (size_t j = 0; j < picture->box_count; j++) {
			inside = inside || holds(picture->boxes[j], text);
			outside = outside && !overlap(picture->boxes[j], text, 0);
		}
		if (!inside && !outside)
			return "a text runs over the edge of a box";
		for (size_t j = 0; outside && j < picture->way_count; j++)
			if (passes(picture->ways[j], text))
				return "a way runs through a label";
		for (size_t j = 0; j < i; j++)
			if (overlap(text, picture->texts[j], 0))
				return "two texts overlap";
	}
	return picture->tip_count == picture->way_count ? NULL : "a way has no head";
}

/* No two ways lie upon one another but where they lead to the same box. */
static const char *doubled_way(const struct picture *picture)
{
	for (size_t i = 0; i < picture->way_count; i++)
		for (size_t j = 0; j < i; j++) {
			size_t a = 0, b = 0;
			while (!touches(picture, a, picture->tips[i]))
				a++;
			while (!touches(picture, b, picture->tips[j]))
				b++;
			for (size_t k = 0; a != b && k + 1 < picture->ways[i]->point_count; k++)
				for (size_t l = 0; l + 1 < picture->ways[j]->point_count; l++) {
					struct box p = piece(picture->ways[i], k), q = piece(picture->ways[j], l);
					bool down = p.right - p.left < NEAR && q.right - q.left < NEAR &&
					            fabs(p.left - q.left) < 2 && p.top < q.bottom - NEAR &&
					            q.top < p.bottom - NEAR;
					bool across = p.bottom - p.top < NEAR && q.bottom - q.top < NEAR &&
					              fabs(p.top - q.top) < 2 && p.left < q.right - NEAR &&
					              q.left < p.right - NEAR;
					if (down || across)
						return "two ways lie upon one another";
				}
		}
	return NULL;
}

/* Fails, and tells the whole chart, of which cmocka would cut the end. */
static void fail_with(const char *fault, const char *json)
{
	fprintf(stderr, "%s\n", json);
	fail_msg("%s", fault);
}

static struct picture sound(const struct drawing *drawing, const char *json)
{
	const char *report = reported();
	if (!drawing || *report)
		fail_with(report, json);
	struct picture picture = look_at(drawing);
	const char *fault = fault_of(&picture);
	fault = fault ? fault : doubled_way(&picture);
	if (fault)
		fail_with(fault, json);
	return picture;
}

static struct box box_of(const struct picture *picture, const char *word)
{
	for (size_t i = 0; i < picture->text_count; i++)
		for (size_t j = 0; strcmp(picture->words[i], word) == 0 && j < picture->box_count; j++)
			if (holds(picture->boxes[j], picture->texts[i]))
				return picture->boxes[j];
	fail_msg("no box says %s", word);
	return (struct box){ 0 };
}

static double middle(struct box box)
{
	return (box.left + box.right) / 2;
}

#define PLAN                                                                                                               \
	"{\"title\": \"处置\", \"steps\": [{\"kind\": \"start\", \"text\": \"受理\", \"who\": \"热线\", \"limit\": " \
	"\"15 分钟内\"}, {\"kind\": \"decision\", \"id\": \"d\", \"text\": \"重大？\", \"next\": {\"是\": \"a\", "  \
	"\"否\": \"b\"}}, {\"id\": \"a\", \"text\": \"上报\", \"next\": \"c\"}, {\"id\": \"b\", \"text\": "             \
	"\"自行处理\"}, "                                                                                              \
	"{\"id\": \"c\", \"kind\": \"decision\", \"text\": \"恢复？\", \"next\": {\"是\": \"e\", \"否\": \"d\"}}, "   \
	"{\"id\": \"e\", \"kind\": \"end\", \"text\": \"归档\"}]}"

static void the_main_path_leads_straight_down(void **state)
{
	(void)state;
	struct picture picture = sound(draw(PLAN), PLAN);
	static const char *const path[] = { "受理", "重大？", "上报", "恢复？", "归档" };
	for (size_t i = 1; i < 5; i++) {
		struct box above = box_of(&picture, path[i - 1]), below = box_of(&picture, path[i]);
		assert_true(fabs(middle(above) - middle(below)) < NEAR);
		assert_true(above.bottom < below.top);
	}
	struct box aside = box_of(&picture, "自行处理"), decision = box_of(&picture, "重大？");
	assert_true(aside.left > decision.right && fabs(aside.top - decision.top) < NEAR);
	assert_int_equal(picture.box_count, 6);
	assert_int_equal(picture.way_count, 7);
	size_t straight = 0;
	for (size_t i = 0; i < picture.way_count; i++)
		straight += picture.ways[i]->point_count == 2;
	assert_int_equal(straight, 5);
}

static void kinds_differ_by_shape(void **state)
{
	(void)state;
	struct drawing *drawing = draw(PLAN);
	size_t hexagons = 0, rounded = 0, plain = 0;
	for (size_t i = 0; i < drawing->shape_count; i++) {
		const struct shape *shape = &drawing->shapes[i];
		hexagons += shape->kind == SHAPE_POLYGON && shape->point_count == 6;
		rounded += shape->kind == SHAPE_POLYGON && shape->point_count > 6;
		plain += shape->kind == SHAPE_RECT;
	}
	assert_int_equal(hexagons, 2);
	assert_int_equal(rounded, 2);
	assert_int_equal(plain, 2);
}

static void it_is_told_in_words(void **state)
{
	(void)state;
	struct document *document = markdown("```flow\n" PLAN "\n```\n");
	const struct node *node = document->root->first;
	struct buf heard = BUF_INIT;
	assert_int_equal(node->kind, NODE_CHART);
	node_text(node, &heard);
	assert_string_equal(buf_str(&heard),
	                    "处置\n受理（热线，15 分钟内），接“重大？”；重大？，是：接“上报”，否：接“自行处理”；"
	                    "上报，接“恢复？”；自行处理，接“恢复？”；恢复？，是：接“归档”，否：接“重大？”；归档。\n");
	buf_free(&heard);
}

/* A step without "next" leads to the one below it in the list; only what is named needs an id. */
static void a_list_is_a_path(void **state)
{
	(void)state;
	const char *json = "{\"title\": \"t\", \"steps\": [{\"text\": \"甲\"}, {\"text\": \"乙\", \"next\": null}, "
	                   "{\"text\": \"丙\", \"kind\": \"end\"}]}";
	struct picture picture = sound(draw(json), json);
	assert_int_equal(picture.way_count, 2);
	assert_true(box_of(&picture, "乙").bottom < box_of(&picture, "丙").top);
}

static unsigned any(unsigned below)
{
	seed = seed * 1103515245U + 12345U;
	return seed / 65536 % below;
}

static const char *const texts[] = { "登记", "通知项目经理、数据库工程师、综合处联系人", "ORA-01555 snapshot too old",
	                             "是", "判定级别，拿不准时就高不就低；必要时召集后端支持，报综合处同意" };
static const char *const labels[] = { "是", "否", "十五分钟内不能定位", "P1" };

/* A random graph in which a way leads to each step: from one of the steps before it. */
static const char *random_chart(unsigned steps, unsigned more_ways, bool backward)
{
	struct buf json = BUF_INIT;
	bool leads[40][40] = { { false } };
	unsigned out[40] = { 0 };
	for (unsigned i = 1; i < steps; i++) {
		unsigned from = any(4) ? i - 1 : any(i);
		for (; out[from] == 4; from++)
			;
		leads[from][i] = true;
		out[from]++;
	}
	for (unsigned i = 0; i < more_ways; i++) {
		unsigned from = any(steps), to = any(steps);
		if (from == to || leads[from][to] || out[from] == 4 || (to < from && !backward))
			continue;
		leads[from][to] = true;
		out[from]++;
	}
	buf_puts(&json, "{\"title\": \"图\", \"steps\": [");
	for (unsigned i = 0; i < steps; i++) {
		unsigned written = 0;
		bool decides = out[i] > 1 && any(4);
		const char *text = texts[any(5)], *who = any(3) ? "" : "驻场工程师";
		buf_printf(&json, "%s{\"id\": \"%u\", \"text\": \"%s\", \"who\": \"%s\", \"kind\": \"%s\"",
		           i ? ", " : "", i, text, who,
		           out[i] == 0 ? "end"
		           : decides   ? "decision"
		                       : "step");
		if (out[i] > 0)
			buf_puts(&json, decides ? ", \"next\": {" : ", \"next\": [");
		for (unsigned j = 0; j < steps; j++) {
			if (leads[i][j] && decides)
				buf_printf(&json, "%s\"%s\": \"%u\"", written ? ", " : "", labels[written], j);
			else if (leads[i][j])
				buf_printf(&json, "%s\"%u\"", written ? ", " : "", j);
			written += leads[i][j];
		}
		buf_puts(&json, out[i] == 0 ? "}" : decides ? "}}" : "]}");
	}
	buf_puts(&json, "]}");
	const char *copy = arena_strdup(arena, buf_str(&json));
	buf_free(&json);
	return copy;
}

/* The text of a box is cut where reading pauses, and no character stands alone. */
static void texts_are_cut_at_pauses(void **state)
{
	(void)state;
	static const char *const lines[] = { "提交报告，", "重大故障写全七项并签字", "采购人的项目经理",
		                             "应当在现场签字" };
	const char *json = "{\"title\": \"t\", \"steps\": [{\"text\": \"提交报告，重大故障写全七项并签字\"}, "
	                   "{\"text\": \"采购人的项目经理应当在现场签字\", \"kind\": \"end\"}]}";
	struct picture picture = sound(draw(json), json);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		box_of(&picture, lines[i]);
}

/* Any chart is drawn well, or refused because it is too full: never drawn badly. */
static void any_chart_is_sound_or_refused(void **state)
{
	(void)state;
	size_t drawn = 0;
	for (seed = 1; seed < 600; seed += 2) {
		unsigned start = seed, steps = 2 + any(start % 4 == 1 ? 16 : 28), more_ways = any(30);
		const char *json = random_chart(steps, more_ways, any(2));
		seed = start;
		struct drawing *drawing = draw(json);
		if (drawing) {
			sound(drawing, json);
			drawn++;
			continue;
		}
		const char *report = reported();
		if (!strstr(report, "split"))
			fail_with(report, json);
	}
	assert_true(drawn >= 269);
}

/* Charts of the size that people draw are always drawn, and with few bends: the number
 * is that of the present arrangement and may only fall. */
static void small_charts_are_drawn(void **state)
{
	(void)state;
	size_t bends = 0, ways = 0;
	for (seed = 1; seed < 1000; seed += 2) {
		unsigned start = seed, steps = 2 + any(12);
		const char *json = random_chart(steps, any(6), true);
		seed = start;
		struct picture picture = sound(draw(json), json);
		for (size_t i = 0; i < picture.way_count; i++)
			bends += (picture.ways[i]->point_count - 2) / POINTS_OF_A_BEND;
		ways += picture.way_count;
	}
	assert_int_equal(ways, 4040);
	assert_true(bends <= 1700);
}

static size_t crossings(const struct picture *picture)
{
	size_t count = 0;
	for (size_t i = 0; i < picture->way_count; i++)
		for (size_t k = 0; k + 1 < picture->ways[i]->point_count; k++)
			for (size_t j = 0; j < picture->way_count; j++)
				for (size_t l = 0; l + 1 < picture->ways[j]->point_count; l++) {
					struct box across = piece(picture->ways[i], k),
					           down = piece(picture->ways[j], l);
					count += across.left < down.left - NEAR && across.right > down.right + NEAR &&
					         down.top < across.top - NEAR && down.bottom > across.bottom + NEAR;
				}
	return count;
}

/* The charts of the documentation and of the plans, in which no way needs to cross another; and
 * the main path keeps its column although branches join it. */
static void real_charts_have_no_crossings(void **state)
{
	(void)state;
	static const char *const paths[] = { "docs/charts.md", "kb/plans/emergency-plan.md",
		                             "kb/plans/elicense-emergency-plan.md" };
	static const char *const main_path[] = { "1 热线受理并登记", "驻场工程师，立即", "4 按手册处置", "24 小时内",
		                                 "一周内" };
	size_t charts = 0;
	for (size_t i = 0; i < 3; i++) {
		struct document *document = document_read(arena, paths[i], repository_file(paths[i]), diags);
		for (const struct node *node = document->root->first; node; node = node->next) {
			if (node->kind != NODE_CHART || node->as.chart->draw != flowchart_draw)
				continue;
			struct picture picture = sound(block_drawing(arena, node), node->as.chart->title);
			assert_int_equal(crossings(&picture), 0);
			for (size_t j = 1; i == 1 && j < 5; j++)
				assert_true(fabs(middle(box_of(&picture, main_path[0])) -
				                 middle(box_of(&picture, main_path[j]))) < NEAR);
			charts++;
		}
	}
	assert_int_equal(charts, 4);
}

static void faults_are_reported(void **state)
{
	(void)state;
#define STEPS(steps) "{\"title\": \"t\", \"steps\": [\n" steps "]}"
#define END "\n{\"id\": \"z\", \"text\": \"终\", \"kind\": \"end\"}"
	static const struct {
		const char *json, *expected;
	} faults[] = {
		{ "[]", "f.json:1:1: error: flow of flow is not as it must be; write an object\n" },
		{ "{\"steps\": []}",
		  "f.json:1:1: error: flow needs title; add it\n"
		  "f.json:1:11: error: steps of flow is not as it must be; write a list that is not empty\n" },
		{ "{\"title\": \"t\"}", "f.json:1:1: error: flow needs steps; add it\n" },
		{ STEPS("{\"text\": \"甲\", \"colour\": 1}," END),
		  "f.json:2:15: error: flow.step has no colour; it knows id, text, kind, who, limit, next\n" },
		{ STEPS("{\"kind\": \"stop\"}," END),
		  "f.json:2:1: error: flow.step needs text; add it\n"
		  "f.json:2:10: error: kind of flow.step is not as it must be; write step, start, end, decision\n" },
		{ STEPS("{\"id\": \"z\", \"text\": \"甲\"}," END),
		  "f.json:3:8: error: another step has the id z too; give each its own\n" },
		{ STEPS("{\"text\": \"甲\", \"next\": [\"z\", \"y\"]}," END),
		  "f.json:2:29: error: no step has the id y; name one that there is\n" },
		{ STEPS("{\"text\": \"甲\", \"next\": [\"z\", 1]}," END),
		  "f.json:2:29: error: next of flow.step is not as it must be; write the id of a step\n" },
		{ STEPS("{\"text\": \"甲\", \"next\": [\"z\", \"z\"]}," END),
		  "f.json:2:29: error: two ways lead from this step to \"终\"; make them one\n" },
		{ STEPS("{\"text\": \"甲\", \"kind\": \"decision\", \"next\": {\"是\": \"z\", \"否\": \"z\"}}," END),
		  "f.json:2:59: error: two ways lead from this step to \"终\"; make them one\n" },
		{ STEPS("{\"id\": \"a\", \"text\": \"甲\", \"next\": [\"z\", \"a\"]}," END),
		  "f.json:2:40: error: \"甲\" leads to itself; name another step\n" },
		{ STEPS("{\"text\": \"甲\", \"kind\": \"decision\", \"next\": {\"是\": \"z\"}}," END),
		  "f.json:2:43: error: the decision \"甲\" does not have two ways out; write \"next\": {\"yes\": "
		  "\"ID\", "
		  "\"no\": \"ID\"} or make it a step\n" },
		{ STEPS("{\"text\": \"甲\", \"kind\": \"decision\", \"next\": \"z\"}," END),
		  "f.json:2:43: error: next of flow.step is not as it must be; write the name of each way and the step "
		  "that "
		  "it leads to, as in {\"yes\": \"a\", \"no\": \"b\"}\n" },
		{ STEPS("{\"text\": \"\"}," END),
		  "f.json:2:1: error: the text of the step is empty; say what is done or asked\n" },
		{ STEPS("{\"text\": \"甲\", \"next\": []}"),
		  "f.json:2:23: error: \"甲\" leads nowhere; give it \"next\" or \"kind\": \"end\"\n" },
		{ STEPS("{\"text\": \"甲\"}"),
		  "f.json:2:1: error: \"甲\" leads nowhere; give it \"next\" or \"kind\": \"end\"\n" },
		{ STEPS("{\"id\": \"a\", \"text\": \"甲\"},\n{\"text\": \"乙\", \"kind\": \"end\", \"next\": \"a\"}"),
		  "f.json:3:38: error: the end \"乙\" leads on; delete its \"next\" or make it a step\n" },
		{ STEPS("{\"text\": \"甲\", \"next\": \"z\"},\n{\"text\": \"乙\"}," END),
		  "f.json:3:1: error: no way leads to \"乙\" from where the process begins; name it in a \"next\" or "
		  "delete "
		  "it\n" },
		{ STEPS("{\"text\": \"甲\", \"next\": \"z\"},\n{\"id\": \"b\", \"text\": \"乙\"},\n{\"text\": \"丙\", "
		        "\"next\": "
		        "\"b\"}," END),
		  "f.json:3:1: error: no way leads to \"乙\" from where the process begins; name it in a \"next\" or "
		  "delete "
		  "it\n" },
		{ STEPS("{\"text\": \"甲\", \"next\": [\"a\", \"b\", \"c\", \"d\", \"z\"]}, {\"id\": \"a\", \"text\": "
		        "\"a\"}, {\"id\": "
		        "\"b\", \"text\": \"b\"}, {\"id\": \"c\", \"text\": \"c\"}, {\"id\": \"d\", \"text\": "
		        "\"d\"}," END),
		  "f.json:2:44: error: 5 is more than a chart can show readably (4); show fewer\n" },
		{ STEPS("{\"text\": \"甲\", \"next\": \"x\"},\n{\"id\": \"z\", \"text\": \"乙\", \"nxt\": 1}," END),
		  "f.json:2:23: error: no step has the id x; name one that there is\n"
		  "f.json:3:1: error: no way leads to \"乙\" from where the process begins; name it in a \"next\" or "
		  "delete "
		  "it\n"
		  "f.json:3:26: error: flow.step has no nxt; it knows id, text, kind, who, limit, next\n"
		  "f.json:4:8: error: another step has the id z too; give each its own\n" },
	};
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		assert_null(draw(faults[i].json));
		assert_string_equal(reported(), faults[i].expected);
	}
}

/* A chart of so many steps in a row, each of that text. */
static const char *long_chart(unsigned steps, const char *text)
{
	struct buf json = BUF_INIT;
	buf_puts(&json, "{\"title\": \"t\", \"steps\": [");
	for (unsigned i = 1; i < steps; i++)
		buf_printf(&json, "\n{\"text\": \"%s\"},", text);
	buf_printf(&json, "\n{\"text\": \"%s\", \"kind\": \"end\"}]}", text);
	const char *copy = arena_strdup(arena, buf_str(&json));
	buf_free(&json);
	return copy;
}

static void what_is_too_much_is_refused(void **state)
{
	(void)state;
	const char *json = long_chart(20, "甲");
	struct picture picture = sound(draw(json), json);
	assert_true(picture.drawing->height < 1020);
	assert_null(draw(long_chart(41, "甲")));
	assert_string_equal(reported(),
	                    "f.json:42:1: error: 41 is more than a chart can show readably (40); show fewer\n");
	assert_null(draw(long_chart(30, "甲")));
	const char *report = reported();
	assert_true(strncmp(report, "f.json:1:1: error: the flow chart is 1", 38) == 0);
	assert_non_null(strstr(report, "points high, more than can be printed readably (1000);"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_main_path_leads_straight_down),
		TEST(kinds_differ_by_shape),
		TEST(it_is_told_in_words),
		TEST(a_list_is_a_path),
		TEST(small_charts_are_drawn),
		TEST(any_chart_is_sound_or_refused),
		TEST(texts_are_cut_at_pauses),
		TEST(real_charts_have_no_crossings),
		TEST(faults_are_reported),
		TEST(what_is_too_much_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
