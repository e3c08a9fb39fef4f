/* Drawings: the few shapes that a chart is lowered to, painted alike by the SVG
 * and the PDF painter.
 *
 * All lengths are points (1/72 inch). The origin is the top left corner, x grows
 * to the right and y downwards. Shapes are painted in order, later ones above.
 * Patterns are already lowered to line segments, so a painter knows no hatching.
 * A drawing belongs to one arena. */
#ifndef OPSLEDGER_DOCUMENT_DRAWING_H
#define OPSLEDGER_DOCUMENT_DRAWING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

/* 0xRRGGBB, or COLOR_NONE: not filled, not stroked. */
typedef int color;
#define COLOR_NONE (-1)

/* Lengths of dash and gap are multiples of the stroke's width: see dash_lengths. */
enum dash { DASH_NONE, DASH_LONG, DASH_SHORT, DASH_DOT };

enum hatch {
	PATTERN_NONE,
	PATTERN_RISING,  /* ╱ */
	PATTERN_FALLING, /* ╲ */
	PATTERN_CROSSED, /* ╳ */
	PATTERN_HORIZONTAL,
	PATTERN_VERTICAL,
	PATTERN_COUNT
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct point {
	double x, y;
};

struct stroke {
	color color;
	double width;
	enum dash dash;
};

enum shape_kind {
	SHAPE_RECT,     /* points[0] top left, points[1] bottom right */
	SHAPE_POLYLINE, /* open line through the points */
	SHAPE_POLYGON,  /* closed */
	SHAPE_SEGMENTS, /* pairs of points, a line between the two of each pair */
	SHAPE_CIRCLE,   /* points[0] centre, radius */
	SHAPE_TEXT      /* points[0]: start, middle or end of the baseline, as anchor says */
};

struct shape {
	enum shape_kind kind;
	const struct point *points;
	size_t point_count;
	color fill; /* RECT, POLYGON, CIRCLE, TEXT */
	struct stroke stroke;
	double radius;
	const char *text; /* one line, horizontal */
	double size;      /* font size */
	bool bold;
	enum anchor anchor;
};

struct drawing {
	struct arena *arena;
	double width, height;
	const char *title;       /* short, for a caption and for role=img */
	const char *description; /* alternative text: the data in words */
	struct shape *shapes;
	size_t shape_count, shape_capacity;
};

struct drawing *drawing_new(struct arena *arena, double width, double height);

/* fill is painted below pattern, pattern below stroke. Corners in any order. */
void drawing_rect(struct drawing *drawing, struct point from, struct point to, color fill, enum hatch pattern,
                  struct stroke stroke);
void drawing_line(struct drawing *drawing, struct point from, struct point to, struct stroke stroke);
/* Points are copied. */
void drawing_polyline(struct drawing *drawing, const struct point *points, size_t count, struct stroke stroke);
void drawing_polygon(struct drawing *drawing, const struct point *points, size_t count, color fill,
                     struct stroke stroke);
void drawing_circle(struct drawing *drawing, struct point centre, double radius, color fill, struct stroke stroke);
/* Copies text. */
void drawing_text(struct drawing *drawing, struct point at, enum anchor anchor, double size, bool bold, color fill,
                  const char *text);

/* Width that one line of text takes at most in the usual fonts: an em for a
 * wide character, 0.6 em for others (UAX #11 wide and full-width). For layout
 * that must not depend on which font is there. */
double drawing_text_width(const char *text, double size);

/* Dash and gap lengths in points for a stroke; false for a full line. */
bool dash_lengths(struct stroke stroke, double *dash, double *gap);

#endif
