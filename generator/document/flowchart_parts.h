/* What the stages of a flow chart share; for the flowchart*.c files only.
 *
 *     read ─► rows ─► columns ─► routes ─► tracks ─► plan ─► untangle ─► paint
 *
 * Steps stand in the cells of a grid. Its lines are numbered from the left and from
 * the top: odd ones are the middles of columns and of rows, even ones the lanes
 * beside columns and between rows, where no step stands:
 *
 *     0   1   2   3   4     lines across: 1 is the first row, 3 the second
 *     │ ┌───┐ │ ┌───┐ │     lines down: 1 is the first column, 3 the second
 *     │ └───┘ │ └───┘ │
 *
 * A way runs along these lines. Ways that would lie upon one another on a line get
 * tracks side by side, and lanes grow by what runs in them. */
#ifndef OPSLEDGER_DOCUMENT_FLOWCHART_PARTS_H
#define OPSLEDGER_DOCUMENT_FLOWCHART_PARTS_H

#include "base/diag.h"
#include "document/drawing.h"

#define FLOW_STEPS_MOST 40
#define FLOW_WAYS_MOST 60     /* sets of ways are bits of a uint64_t */
#define FLOW_BRANCHES_MOST 4  /* out of one step */
#define FLOW_COLUMNS_MOST 4   /* steps side by side */
#define FLOW_HEIGHT_MOST 1000 /* points; on an A4 page its text is then 6 points high */

enum step_kind { STEP_PLAIN, STEP_START, STEP_END, STEP_DECISION };

/* Text cut into lines. */
struct words {
	const char **lines;
	size_t count;
	double width; /* of the widest */
};

struct step {
	struct place place;
	enum step_kind kind;
	const char *text, *who, *limit; /* who and limit: "" when not given */
	size_t row, column;
	struct words words, note; /* as they stand in its box */
};

/* Whether a point is passed from left to right or from top to bottom. */
enum course { ACROSS, DOWN, COURSES };

struct knot {
	size_t line[COURSES]; /* the line across (a row or a lane) and the line down that cross here */
};

/* A straight piece of a way. Ends are twice the number of the crossing line, one
 * less or more where the way meets its step, so that two that meet a step from
 * opposite sides do not touch. */
struct leg {
	enum course course;
	size_t line;
	size_t low, high;
	struct run *run;
};

struct way {
	size_t from, to; /* steps */
	struct place place;
	const char *label;  /* "" when it has none */
	struct words words; /* the label's */
	size_t rank;        /* among the ways out of its step, 0 is the first */
	bool main;          /* on the path of first ways from the first step */
	bool back;          /* leads to a step above */
	struct knot *knots;
	size_t knot_count;
	struct leg *legs;
	size_t leg_count;
};

/* Legs on one line that lead to one step and touch: they are drawn upon one another. */
struct run {
	size_t to, low, high;
	bool labelled, straight;
	size_t track;
};

struct line {
	struct run *runs;
	size_t count, capacity, tracks;
};

struct flowchart {
	struct arena *arena;
	struct place place;
	const char *title;
	struct step *steps;
	size_t step_count;
	struct way *ways; /* by step, then rank */
	size_t way_count, way_capacity;
	size_t rows, columns;
	struct line *lines[COURSES];
};

/* Reads the JSON; false after diagnostics. */
bool flowchart_read(struct flowchart *chart, const struct value *data, struct diags *diags);
/* Its steps and ways in words. */
const char *flowchart_describe(const struct flowchart *chart);

/* Gives each step its row, so that ways lead down but for those that must lead
 * back, and no more steps stand in one than shall stand side by side. */
void flowchart_rows(struct flowchart *chart, size_t side_by_side);
/* Gives each step its column, of so many. */
void flowchart_columns(struct flowchart *chart, size_t side_by_side);

static inline size_t line_count(const struct flowchart *chart, enum course course)
{
	return 2 * (course == ACROSS ? chart->rows : chart->columns) + 1;
}

static inline struct knot step_knot(const struct step *step)
{
	return (struct knot){ { 2 * step->row + 1, 2 * step->column + 1 } };
}

/* Finds each way's knots; returns the way for which there is no room, or NULL. */
const struct way *flowchart_routes(struct flowchart *chart);
/* Cuts ways into legs, puts these on lines and gives runs their tracks; returns a
 * way for which there is no track, or NULL. */
const struct way *flowchart_tracks(struct flowchart *chart);

/* Where lines and boxes lie, in points. */
struct plan {
	const struct flowchart *chart;
	double box_width, width, height;
	double *at[COURSES]; /* of lines: the middle, of lanes the first track */
	double *row_heights;
};

#define FLOW_TEXT 9.0
#define FLOW_LEADING 12.0
#define FLOW_SMALL 7.5 /* notes and labels */
#define FLOW_SMALL_LEADING 10.0
#define FLOW_LABEL_GAP 3.0 /* between a label and its way */
#define FLOW_CORNER 9.0    /* what shapes of boxes take from their corners */

/* Lays it out no wider than width; false when that cannot be. Wraps all texts. */
bool flowchart_plan(struct flowchart *chart, double width, struct plan *plan);
/* Changes the tracks of runs so that ways cross least and are short. */
void flowchart_untangle(struct plan *plan);

/* Top left and bottom right of the step's box. */
void plan_box(const struct plan *plan, const struct step *step, struct point corners[2]);
/* Where the way leaves the box of its step. */
struct point plan_begin(const struct plan *plan, const struct way *way);
/* The way from box to box: leg_count + 1 points. */
void plan_way(const struct plan *plan, const struct way *way, struct point *points);
/* Whether the way leaves its step to the left. */
bool way_leaves_left(const struct flowchart *chart, const struct way *way);

/* Draws what is planned. */
struct drawing *flowchart_paint(const struct plan *plan, double width);

#endif
