/* What the kinds of charts share: data read once, title, legend, axis, numbers,
 * colours. For the chart*.c and flowchart*.c files only. */
#ifndef OPSLEDGER_DOCUMENT_CHART_PARTS_H
#define OPSLEDGER_DOCUMENT_CHART_PARTS_H

#include "base/buffer.h"
#include "document/drawing.h"
#include "document/fields.h"

enum {
	CHART_INK = 0x222222,   /* text and axes */
	CHART_MUTED = 0x5A5A5A, /* what matters less; 4.5:1 and more on white */
	CHART_GRID = 0xD9D9D9,
	CHART_ALARM = 0xA33A2C,
	CHART_PAPER = 0xFFFFFF
};

#define CHART_TITLE 10.5 /* font sizes, points */
#define CHART_TEXT 8.0
#define CHART_LEADING 11.0
#define CHART_NO_STROKE ((struct stroke){ COLOR_NONE, 0, DASH_NONE })

struct series {
	const char *name;
	double *values; /* label_count of them; NAN where there is none */
};

/* The value that a contract asks for. */
struct threshold {
	bool is_set, is_maximum;
	double value;
	const char *label;
};

/* bars, stacked and lines. */
struct chart {
	struct arena *arena;
	double width;
	const char *title, *unit;
	const char **labels;
	size_t label_count;
	struct series *series;
	size_t series_count;
	struct threshold threshold;
	double low; /* where the axis begins, of lines; NAN when it is open */
};

struct look {
	color fill, line;
	enum hatch pattern;
	enum dash dash;
};

/* How the series of that index looks: told apart by pattern and dash also where
 * there is no colour. */
struct look series_look(size_t index);
/* Marks on lines: circle, square, triangle, diamond; hollow for what misses the
 * threshold. */
void chart_mark(struct drawing *drawing, size_t index, struct point at, bool hollow);

/* Draws the title; returns the y below it. */
double chart_title(struct drawing *drawing, const char *title);

/* "1,234.5": at most two decimals, thousands apart from 10,000 on. */
const char *chart_number(struct arena *arena, double number);

/* Draws text on one line, cut with … where it is wider than width. */
void chart_text(struct drawing *drawing, struct point at, enum anchor anchor, double width, color fill,
                const char *text);

/* text cut into lines that are not wider than width, as many as are needed;
 * returns how many. lines grows in arena. */
size_t chart_wrap(struct arena *arena, const char *text, double size, double width, const char ***lines);

struct scale {
	double low, high, step; /* multiples of step, a 1, 2 or 5 times a power of ten */
	double top, bottom;     /* y of high and of low */
};

/* A scale that holds from and to with about so many steps; whole steps if whole. */
struct scale scale_make(double from, double to, unsigned steps, bool whole);
/* Whether the series count things: no value has a fraction. */
bool series_are_whole(const struct chart *chart);
double scale_y(const struct scale *scale, double value);

/* The plot: where bars and lines stand. */
struct plot {
	struct scale scale;
	double left, right, slot; /* slot: width for each label */
};

/* Lays out the plot below y: axis, grid and labels of the slots, which are cut to
 * every second, third … one where they would touch; sets *below to the y under
 * them. */
struct plot chart_plot(struct drawing *drawing, const struct chart *chart, struct scale scale, double y, double *below);

/* Draws the legend of a chart of series below y, in as many lines as it takes;
 * returns the y below. */
double chart_legend(struct drawing *drawing, const struct chart *chart, bool lines, double y);

/* The threshold's line across the plot. */
void chart_threshold(struct drawing *drawing, const struct chart *chart, const struct plot *plot);
bool misses_threshold(const struct threshold *threshold, double value);

/* Says "没有数据" below y; returns the y below. */
double chart_nothing(struct drawing *drawing, double y);

/* Legends in general: entries side by side, a symbol drawn before each text. */
struct legend {
	struct drawing *drawing;
	double leading; /* from line to line */
	double x, y;    /* of the next entry; y on the middle of the line */
};
/* Room for a symbol of that width and text; the point is the symbol's left, on the
 * middle of the line. */
struct point legend_entry(struct legend *legend, double symbol, const char *text);

double chart_bars(struct drawing *drawing, const struct chart *chart, double y);
double chart_stacked(struct drawing *drawing, const struct chart *chart, double y);
double chart_lines(struct drawing *drawing, const struct chart *chart, double y);
/* These two read their own data; false after a diagnostic. */
bool chart_matrix(struct drawing *drawing, struct fields *fields, double y);
bool chart_timeline(struct drawing *drawing, struct fields *fields, double y);

#endif
