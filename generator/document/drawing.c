#include "document/drawing.h"

#include <math.h>
#include <string.h>

#include "text/utf8.h"

/* Distance of a pattern's lines and their width, in points. */
#define PATTERN_STEP 4.0
#define PATTERN_WIDTH 0.5
#define PATTERN_COLOR 0xFFFFFF

struct drawing *drawing_new(struct arena *arena, double width, double height)
{
	struct drawing *drawing = arena_alloc(arena, sizeof *drawing);
	drawing->arena = arena;
	drawing->width = width;
	drawing->height = height;
	drawing->title = drawing->description = "";
	return drawing;
}

static struct shape *add(struct drawing *drawing, enum shape_kind kind, const struct point *points, size_t count)
{
	struct point *copy = arena_alloc(drawing->arena, count * sizeof *copy);
	if (count > 0)
		memcpy(copy, points, count * sizeof *copy);
	struct shape shape = { .kind = kind, .points = copy, .point_count = count, .fill = COLOR_NONE };
	shape.stroke.color = COLOR_NONE;
	arena_push(drawing->arena, drawing->shapes, drawing->shape_count, drawing->shape_capacity, shape);
	return &drawing->shapes[drawing->shape_count - 1];
}

struct segments {
	struct arena *arena;
	struct point *points;
	size_t count, capacity;
};

static void add_segment(struct segments *segments, struct point from, struct point to)
{
	arena_push(segments->arena, segments->points, segments->count, segments->capacity, from);
	arena_push(segments->arena, segments->points, segments->count, segments->capacity, to);
}

/* Lines x + y = c in the rectangle, or their mirror image. Their phase is that of
 * the page, so that neighbours line up. */
static void add_slanted(struct segments *segments, struct point low, struct point high, bool falling)
{
	double step = PATTERN_STEP * sqrt(2), top = low.y, bottom = high.y;
	double first = ceil((low.x + top) / step) * step;
	for (double c = first; c < high.x + bottom; c += step) {
		struct point from = { fmin(high.x, c - top), fmax(top, c - high.x) };
		struct point to = { fmax(low.x, c - bottom), fmin(bottom, c - low.x) };
		if (falling) {
			from.x = low.x + high.x - from.x;
			to.x = low.x + high.x - to.x;
		}
		add_segment(segments, from, to);
	}
}

static void add_straight(struct segments *segments, struct point low, struct point high, bool vertical)
{
	double from = vertical ? low.x : low.y, to = vertical ? high.x : high.y;
	for (double at = (floor(from / PATTERN_STEP) + 1) * PATTERN_STEP; at < to; at += PATTERN_STEP) {
		if (vertical)
			add_segment(segments, (struct point){ at, low.y }, (struct point){ at, high.y });
		else
			add_segment(segments, (struct point){ low.x, at }, (struct point){ high.x, at });
	}
}

static void add_pattern(struct drawing *drawing, struct point low, struct point high, enum hatch pattern)
{
	struct segments segments = { .arena = drawing->arena };
	if (pattern == PATTERN_RISING || pattern == PATTERN_CROSSED)
		add_slanted(&segments, low, high, false);
	if (pattern == PATTERN_FALLING || pattern == PATTERN_CROSSED)
		add_slanted(&segments, low, high, true);
	if (pattern == PATTERN_HORIZONTAL || pattern == PATTERN_VERTICAL)
		add_straight(&segments, low, high, pattern == PATTERN_VERTICAL);
	if (segments.count > 0)
		add(drawing, SHAPE_SEGMENTS, segments.points, segments.count)->stroke =
		    (struct stroke){ PATTERN_COLOR, PATTERN_WIDTH * 2, DASH_NONE };
}

void drawing_rect(struct drawing *drawing, struct point from, struct point to, color fill, enum hatch pattern,
                  struct stroke stroke)
{
	struct point corners[] = { { fmin(from.x, to.x), fmin(from.y, to.y) },
		                   { fmax(from.x, to.x), fmax(from.y, to.y) } };
	struct shape *rect = add(drawing, SHAPE_RECT, corners, 2);
	rect->fill = fill;
	if (pattern == PATTERN_NONE) {
		rect->stroke = stroke;
		return;
	}
	add_pattern(drawing, corners[0], corners[1], pattern);
	if (stroke.color != COLOR_NONE)
		add(drawing, SHAPE_RECT, corners, 2)->stroke = stroke;
}

void drawing_line(struct drawing *drawing, struct point from, struct point to, struct stroke stroke)
{
	struct point points[] = { from, to };
	add(drawing, SHAPE_SEGMENTS, points, 2)->stroke = stroke;
}

void drawing_polyline(struct drawing *drawing, const struct point *points, size_t count, struct stroke stroke)
{
	add(drawing, SHAPE_POLYLINE, points, count)->stroke = stroke;
}

void drawing_polygon(struct drawing *drawing, const struct point *points, size_t count, color fill,
                     struct stroke stroke)
{
	struct shape *shape = add(drawing, SHAPE_POLYGON, points, count);
	shape->fill = fill;
	shape->stroke = stroke;
}

void drawing_circle(struct drawing *drawing, struct point centre, double radius, color fill, struct stroke stroke)
{
	struct shape *shape = add(drawing, SHAPE_CIRCLE, &centre, 1);
	shape->radius = radius;
	shape->fill = fill;
	shape->stroke = stroke;
}

void drawing_text(struct drawing *drawing, struct point at, enum anchor anchor, double size, bool bold, color fill,
                  const char *text)
{
	struct shape *shape = add(drawing, SHAPE_TEXT, &at, 1);
	shape->text = arena_strdup(drawing->arena, text);
	shape->anchor = anchor;
	shape->size = size;
	shape->bold = bold;
	shape->fill = fill;
}

/* East Asian Wide and Fullwidth of UAX #11, by blocks; and what Chinese fonts set
 * wide although it is Ambiguous: dashes, ellipsis, quotation marks, arrows,
 * circled numbers, box drawing and geometric shapes. */
static bool is_wide(char32_t c)
{
	return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x203E) ||
	       (c >= 0x2103 && c <= 0x27BF) || (c >= 0x2E80 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
	       (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
	       c >= 0x1F000;
}

double drawing_text_width(const char *text, double size)
{
	struct chunk chunk = chunk_of(text);
	double ems = 0;
	for (size_t offset = 0; offset < chunk.len;)
		ems += is_wide(utf8_next(chunk, &offset)) ? 1.0 : 0.6;
	return ems * size;
}

bool dash_lengths(struct stroke stroke, double *dash, double *gap)
{
	static const struct {
		double dash, gap;
	} ratios[] = { [DASH_NONE] = { 0, 0 }, [DASH_LONG] = { 6, 3 }, [DASH_SHORT] = { 3, 2 }, [DASH_DOT] = { 1, 2 } };
	*dash = ratios[stroke.dash].dash * stroke.width;
	*gap = ratios[stroke.dash].gap * stroke.width;
	return stroke.dash != DASH_NONE;
}
