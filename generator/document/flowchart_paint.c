/* Shapes: boxes, ways with their heads, labels. */
#include <math.h>

#include "document/chart_parts.h"
#include "document/flowchart_parts.h"

#define HEAD_LENGTH 6.0
#define HEAD_HALF 2.6
#define CORNER_POINTS 6 /* along a quarter of a circle */
#define WAY_RADIUS 4.0
#define BEND_POINTS 5
#define PI 3.14159265358979323846

static const struct stroke way_stroke = { 0x444444, 1, DASH_NONE };

static const struct {
	color fill;
	struct stroke stroke;
} looks[] = {
	[STEP_PLAIN] = { 0xF6F8FA, { 0x5A6470, 0.8, DASH_NONE } },
	[STEP_START] = { 0xD5E0EA, { 0x1F4E79, 1, DASH_NONE } },
	[STEP_END] = { 0xD5E0EA, { 0x1F4E79, 1, DASH_NONE } },
	[STEP_DECISION] = { 0xF6EBD3, { 0x8A5A2B, 1, DASH_NONE } },
};

static void round_box(struct drawing *drawing, const struct point *corners, color fill, struct stroke stroke)
{
	struct point points[4 * (CORNER_POINTS + 1)];
	size_t count = 0;
	for (int quarter = 0; quarter < 4; quarter++) {
		double x = quarter == 1 || quarter == 2 ? corners[0].x + FLOW_CORNER : corners[1].x - FLOW_CORNER;
		double y = quarter >= 2 ? corners[0].y + FLOW_CORNER : corners[1].y - FLOW_CORNER;
		for (int i = 0; i <= CORNER_POINTS; i++) {
			double angle = (quarter + (double)i / CORNER_POINTS) * PI / 2;
			points[count++] = (struct point){ x + FLOW_CORNER * cos(angle), y + FLOW_CORNER * sin(angle) };
		}
	}
	drawing_polygon(drawing, points, count, fill, stroke);
}

static void hexagon(struct drawing *drawing, const struct point *corners, color fill, struct stroke stroke)
{
	double left = corners[0].x, right = corners[1].x, top = corners[0].y, bottom = corners[1].y;
	double middle = (top + bottom) / 2;
	struct point points[] = { { left, middle },  { left + FLOW_CORNER, top },     { right - FLOW_CORNER, top },
		                  { right, middle }, { right - FLOW_CORNER, bottom }, { left + FLOW_CORNER, bottom } };
	drawing_polygon(drawing, points, 6, fill, stroke);
}

static double draw_lines(struct drawing *drawing, struct point at, enum anchor anchor, double size, double leading,
                         color ink, const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		drawing_text(drawing, (struct point){ at.x, at.y + leading * (double)i + (leading + size * 0.7) / 2 },
		             anchor, size, false, ink, words->lines[i]);
	return at.y + leading * (double)words->count;
}

static void draw_step(struct drawing *drawing, const struct plan *plan, const struct step *step, struct point shift)
{
	struct point corners[2];
	plan_box(plan, step, corners);
	for (int i = 0; i < 2; i++)
		corners[i] = (struct point){ corners[i].x + shift.x, corners[i].y + shift.y };
	color fill = looks[step->kind].fill;
	struct stroke stroke = looks[step->kind].stroke;
	if (step->kind == STEP_PLAIN)
		drawing_rect(drawing, corners[0], corners[1], fill, PATTERN_NONE, stroke);
	else
		(step->kind == STEP_DECISION ? hexagon : round_box)(drawing, corners, fill, stroke);
	double height = FLOW_LEADING * (double)step->words.count + FLOW_SMALL_LEADING * (double)step->note.count;
	struct point at = { (corners[0].x + corners[1].x) / 2, (corners[0].y + corners[1].y - height) / 2 };
	at.y = draw_lines(drawing, at, ANCHOR_MIDDLE, FLOW_TEXT, FLOW_LEADING, CHART_INK, &step->words);
	draw_lines(drawing, at, ANCHOR_MIDDLE, FLOW_SMALL, FLOW_SMALL_LEADING, CHART_MUTED, &step->note);
}

/* The point that lies so far from one towards another. */
static struct point towards(struct point from, struct point to, double length)
{
	double whole = hypot(to.x - from.x, to.y - from.y), share = whole > 0 ? length / whole : 0;
	return (struct point){ from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share };
}

static void draw_head(struct drawing *drawing, struct point base, struct point tip)
{
	double x = (tip.x - base.x) / HEAD_LENGTH * HEAD_HALF, y = (tip.y - base.y) / HEAD_LENGTH * HEAD_HALF;
	struct point points[] = { tip, { base.x - y, base.y + x }, { base.x + y, base.y - x } };
	drawing_polygon(drawing, points, 3, way_stroke.color, CHART_NO_STROKE);
}

/* Points from one to another on a curve that a corner draws to itself. */
static size_t bend(struct point *points, struct point from, struct point corner, struct point to)
{
	for (int i = 0; i < BEND_POINTS; i++) {
		double t = (double)i / (BEND_POINTS - 1), a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
		points[i] =
		    (struct point){ a * from.x + b * corner.x + c * to.x, a * from.y + b * corner.y + c * to.y };
	}
	return BEND_POINTS;
}

static void draw_way(struct drawing *drawing, const struct plan *plan, const struct way *way, struct point shift)
{
	size_t count = way->leg_count + 1;
	struct point *points = arena_alloc(drawing->arena, count * sizeof *points);
	struct point *bent = arena_alloc(drawing->arena, BEND_POINTS * count * sizeof *bent);
	plan_way(plan, way, points);
	for (size_t i = 0; i < count; i++)
		points[i] = (struct point){ points[i].x + shift.x, points[i].y + shift.y };
	struct point tip = points[count - 1], base = towards(tip, points[count - 2], HEAD_LENGTH);
	points[count - 1] = base;
	size_t bent_count = 0;
	bent[bent_count++] = points[0];
	for (size_t i = 1; i + 1 < count; i++) {
		double before = hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y) / 2;
		double after = hypot(points[i].x - points[i + 1].x, points[i].y - points[i + 1].y) / 2;
		double radius = fmin(WAY_RADIUS, fmin(before, after));
		bent_count += bend(bent + bent_count, towards(points[i], points[i - 1], radius), points[i],
		                   towards(points[i], points[i + 1], radius));
	}
	bent[bent_count++] = base;
	drawing_polyline(drawing, bent, bent_count, way_stroke);
	draw_head(drawing, base, tip);
}

/* Whether another way leaves the same step below, right of this one. */
static bool has_right_neighbour(const struct plan *plan, const struct way *way, double x)
{
	for (size_t i = 0; i < plan->chart->way_count; i++) {
		const struct way *other = &plan->chart->ways[i];
		if (other->from == way->from && other->legs[0].course == DOWN && plan_begin(plan, other).x > x)
			return true;
	}
	return false;
}

static void draw_label(struct drawing *drawing, const struct plan *plan, const struct way *way, struct point shift)
{
	struct point begin = plan_begin(plan, way), at = { begin.x + shift.x, begin.y + shift.y }, corners[2];
	bool leaves_down = way->legs[0].course == DOWN;
	bool left = leaves_down ? has_right_neighbour(plan, way, begin.x) : way_leaves_left(plan->chart, way);
	plan_box(plan, &plan->chart->steps[way->from], corners);
	if (!leaves_down)
		at.x = corners[left ? 0 : 1].x + shift.x;
	at.x += left ? -FLOW_LABEL_GAP : FLOW_LABEL_GAP;
	/* Beside a box above the way, or below it where another runs above. */
	if (leaves_down || way->legs[0].run->track > 0)
		at.y += FLOW_LABEL_GAP - 1;
	else
		at.y -= FLOW_SMALL_LEADING * (double)way->words.count + 1;
	draw_lines(drawing, at, left ? ANCHOR_END : ANCHOR_START, FLOW_SMALL, FLOW_SMALL_LEADING, CHART_INK,
	           &way->words);
}

struct drawing *flowchart_paint(const struct plan *plan, double width)
{
	const struct flowchart *chart = plan->chart;
	double title = fmin(width, drawing_text_width(chart->title, CHART_TITLE));
	struct drawing *drawing = drawing_new(chart->arena, fmax(title, plan->width), 0);
	drawing->title = chart->title;
	struct point shift = { (drawing->width - plan->width) / 2, chart_title(drawing, chart->title) };
	drawing->height = shift.y + plan->height;
	for (size_t i = 0; i < chart->way_count; i++)
		draw_way(drawing, plan, &chart->ways[i], shift);
	for (size_t i = 0; i < chart->step_count; i++)
		draw_step(drawing, plan, &chart->steps[i], shift);
	for (size_t i = 0; i < chart->way_count; i++)
		draw_label(drawing, plan, &chart->ways[i], shift);
	return drawing;
}
