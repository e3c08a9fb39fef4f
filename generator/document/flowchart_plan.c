/* Lengths: how wide columns and lanes are, how high rows, and where all lies. */
#include <math.h>
#include <string.h>

#include "document/chart_parts.h"
#include "document/flowchart_parts.h"

#define BOX_PAD 7.0 /* between a box and its text */
#define BOX_WIDEST 136.0
#define BOX_NARROWEST 72.0
#define BOX_LOWEST 28.0
#define TRACK_STEP 8.0
#define NARROW_STEP 9.0  /* between tracks on the middle of a column */
#define ROW_STEP 7.0     /* on that of a row */
#define LANE_NEAR 8.0    /* from a box or label to the next track */
#define LANE_HEAD 11.0   /* the same where arrowheads stand */
#define LANE_ACROSS 18.0 /* without tracks: an arrow's length */
#define LANE_DOWN 22.0
#define LABEL_BELOW 4.0 /* from a label to the box below */
#define SIDE_LABEL 40.0

#define PAUSE_LEN 3   /* bytes */
#define LINES_TRIED 6 /* longer text is not worth the time */

/* Whether text begins with a mark at which reading pauses. */
static bool is_pause(const char *text)
{
	static const char *const pauses[] = { "，", "、", "；", "：", "。" };
	for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++)
		if (strncmp(text, pauses[i], PAUSE_LEN) == 0)
			return true;
	return false;
}

/* How well lines are cut: they should end in a pause, and no character should stand alone. */
static int merit(const struct words *words, double size)
{
	int merit = 0;
	for (size_t i = 0; i < words->count; i++) {
		size_t len = strlen(words->lines[i]);
		merit += len > PAUSE_LEN && is_pause(words->lines[i] + len - PAUSE_LEN);
		if (words->count > 1 && drawing_text_width(words->lines[i], size) <= size)
			merit -= (int)words->count;
	}
	return merit;
}

/* Wraps text into best when that gives as few lines as best has, better cut or,
 * equally well cut, narrower. */
static void consider(struct arena *arena, const char *text, double size, double width, struct words *best)
{
	struct words words = { 0 };
	words.count = chart_wrap(arena, text, size, width, &words.lines);
	for (size_t i = 0; i < words.count; i++)
		words.width = fmax(words.width, drawing_text_width(words.lines[i], size));
	int better = best->count > 0 ? merit(&words, size) - merit(best, size) : 1;
	if ((best->count == 0 || words.count == best->count) &&
	    (better > 0 || (better == 0 && words.width < best->width)))
		*best = words;
}

/* Text in as few lines as fit, cut at pauses if that can be, and else about as long
 * as each other. */
static struct words wrap(struct arena *arena, const char *text, double size, double width)
{
	struct words best = { 0 };
	if (!*text)
		return best;
	consider(arena, text, size, width, &best);
	if (best.count == 1 || best.count > LINES_TRIED)
		return best;
	for (double less = width - size; less > width / 2; less -= size)
		consider(arena, text, size, less, &best);
	for (const char *at = text; *at; at++)
		if (is_pause(at))
			consider(arena,
			         arena_printf(arena, "%.*s\n%s", (int)(at - text) + PAUSE_LEN, text, at + PAUSE_LEN),
			         size, width, &best);
	return best;
}

/* What a lane holds besides tracks: labels at its beginning and end. */
struct room {
	double before, after;
};

bool way_leaves_left(const struct flowchart *chart, const struct way *way)
{
	return way->legs[0].course == ACROSS && way->legs[0].high < 2 * (2 * chart->steps[way->from].column + 1);
}

static void widen(double *room, double least)
{
	*room = fmax(*room, least);
}

/* Wraps the labels beside boxes and finds the room that they need in lanes. */
static void wrap_side_labels(struct flowchart *chart, struct room *rooms)
{
	for (size_t i = 0; i < chart->way_count; i++) {
		struct way *way = &chart->ways[i];
		if (!*way->label || way->legs[0].course != ACROSS)
			continue;
		way->words = wrap(chart->arena, way->label, FLOW_SMALL, SIDE_LABEL);
		size_t column = chart->steps[way->from].column;
		double least = way->words.width + 2 * FLOW_LABEL_GAP;
		if (way_leaves_left(chart, way))
			widen(&rooms[2 * column].after, least);
		else
			widen(&rooms[2 * column + 2].before, least);
	}
}

static void wrap_labels_below(struct flowchart *chart, double width, struct room *rooms)
{
	for (size_t i = 0; i < chart->way_count; i++) {
		struct way *way = &chart->ways[i];
		if (!*way->label || way->legs[0].course != DOWN)
			continue;
		way->words = wrap(chart->arena, way->label, FLOW_SMALL, width);
		widen(&rooms[2 * chart->steps[way->from].row + 2].before,
		      (double)way->words.count * FLOW_SMALL_LEADING + FLOW_LABEL_GAP);
	}
}

/* Lays out the lane of that number from a coordinate on; returns where it ends. */
static double lay_lane(struct plan *plan, enum course course, size_t number, struct room room, double from)
{
	size_t last = line_count(plan->chart, course) - 1, tracks = plan->chart->lines[course][number].tracks;
	double tracks_width = tracks > 0 ? (double)(tracks - 1) * TRACK_STEP : 0;
	bool first = number == 0, end = number == last;
	double head = course == DOWN && !first ? LANE_HEAD : LANE_NEAR, tail = LANE_HEAD;
	plan->at[course][number] = from + (first ? 1 : room.before + head);
	if (tracks > 0)
		return plan->at[course][number] + tracks_width + (end ? 1 : room.after + tail);
	if (first || end)
		return from + 1 + (first ? room.after : room.before);
	return from + (course == DOWN ? fmax(LANE_DOWN, room.before + room.after + LANE_HEAD)
	                              : fmax(LANE_ACROSS, room.before + LABEL_BELOW));
}

static double text_width(const struct step *step, double box_width)
{
	return box_width - 2 * (BOX_PAD + (step->kind == STEP_DECISION ? FLOW_CORNER / 2 : 0));
}

/* The width of all boxes: what their texts need, no more than there is room for. */
static double choose_box_width(const struct flowchart *chart, double room)
{
	double width = BOX_NARROWEST;
	for (size_t i = 0; i < chart->step_count; i++) {
		const struct step *step = &chart->steps[i];
		double around = BOX_WIDEST - text_width(step, BOX_WIDEST);
		width = fmax(width, around + drawing_text_width(step->text, FLOW_TEXT));
	}
	return floor(fmin(fmin(width, BOX_WIDEST), room));
}

static void wrap_step(struct flowchart *chart, struct step *step, double box_width)
{
	double width = text_width(step, box_width);
	bool both = *step->who && *step->limit;
	step->words = wrap(chart->arena, step->text, FLOW_TEXT, width);
	const char *note = arena_printf(chart->arena, "%s%s%s", step->who, both ? "，" : "", step->limit);
	if (both && drawing_text_width(note, FLOW_SMALL) > width)
		note = arena_printf(chart->arena, "%s\n%s", step->who, step->limit);
	step->note = wrap(chart->arena, note, FLOW_SMALL, width);
}

static void lay_columns(struct plan *plan, const struct room *rooms)
{
	double x = 0;
	for (size_t number = 0; number < line_count(plan->chart, DOWN); number++) {
		if (number % 2 == 0) {
			x = lay_lane(plan, DOWN, number, rooms[number], x);
			continue;
		}
		plan->at[DOWN][number] = x + plan->box_width / 2;
		x += plan->box_width;
	}
	plan->width = x;
}

static double row_height(const struct flowchart *chart, size_t row)
{
	double height = BOX_LOWEST;
	for (size_t i = 0; i < chart->step_count; i++) {
		const struct step *step = &chart->steps[i];
		if (step->row == row)
			widen(&height, 2 * BOX_PAD + (double)step->words.count * FLOW_LEADING +
			                   (double)step->note.count * FLOW_SMALL_LEADING);
	}
	for (size_t i = 0; i < chart->way_count; i++) {
		const struct way *way = &chart->ways[i];
		if (chart->steps[way->from].row == row && way->legs[0].course == ACROSS)
			widen(&height, 2 * ((double)way->words.count * FLOW_SMALL_LEADING + FLOW_LABEL_GAP +
			                    (double)way->legs[0].run->track * ROW_STEP));
	}
	return height;
}

static void lay_rows(struct plan *plan, const struct room *rooms)
{
	double y = 0;
	for (size_t number = 0; number < line_count(plan->chart, ACROSS); number++) {
		if (number % 2 == 0) {
			y = lay_lane(plan, ACROSS, number, rooms[number], y);
			continue;
		}
		double height = plan->row_heights[number / 2] = row_height(plan->chart, number / 2);
		plan->at[ACROSS][number] = y + height / 2;
		y += height;
	}
	plan->height = y;
}

bool flowchart_plan(struct flowchart *chart, double width, struct plan *plan)
{
	struct room *rooms[COURSES];
	*plan = (struct plan){ .chart = chart };
	for (enum course course = 0; course < COURSES; course++) {
		size_t count = line_count(chart, course);
		rooms[course] = arena_alloc(chart->arena, count * sizeof *rooms[course]);
		plan->at[course] = arena_alloc(chart->arena, count * sizeof *plan->at[course]);
	}
	plan->row_heights = arena_alloc(chart->arena, chart->rows * sizeof *plan->row_heights);
	wrap_side_labels(chart, rooms[DOWN]);
	lay_columns(plan, rooms[DOWN]); /* the lanes by themselves */
	plan->box_width = choose_box_width(chart, (width - plan->width) / (double)chart->columns);
	if (plan->box_width < BOX_NARROWEST)
		return false;
	lay_columns(plan, rooms[DOWN]);
	for (size_t i = 0; i < chart->step_count; i++)
		wrap_step(chart, &chart->steps[i], plan->box_width);
	wrap_labels_below(chart, plan->box_width / 2 - 2 * FLOW_LABEL_GAP, rooms[ACROSS]);
	lay_rows(plan, rooms[ACROSS]);
	return true;
}

static double track_at(const struct plan *plan, const struct leg *leg)
{
	static const double sides[] = { 0, -1, 1, -2, 2 };
	double at = plan->at[leg->course][leg->line];
	if (leg->line % 2 == 0)
		return at + (double)leg->run->track * TRACK_STEP;
	return at + (leg->course == DOWN ? sides[leg->run->track] * NARROW_STEP : (double)leg->run->track * ROW_STEP);
}

void plan_box(const struct plan *plan, const struct step *step, struct point corners[2])
{
	struct knot knot = step_knot(step);
	double x = plan->at[DOWN][knot.line[DOWN]], y = plan->at[ACROSS][knot.line[ACROSS]];
	double half_width = plan->box_width / 2, half_height = plan->row_heights[step->row] / 2;
	corners[0] = (struct point){ x - half_width, y - half_height };
	corners[1] = (struct point){ x + half_width, y + half_height };
}

/* How far the side of the box lies inside of its corners, away from its middle. */
static double side_inset(const struct plan *plan, const struct step *step, double away)
{
	double half = plan->row_heights[step->row] / 2, bend = fabs(away) - (half - FLOW_CORNER);
	if (step->kind == STEP_DECISION)
		return FLOW_CORNER * fabs(away) / half;
	if ((step->kind == STEP_START || step->kind == STEP_END) && bend > 0)
		return FLOW_CORNER - sqrt(FLOW_CORNER * FLOW_CORNER - bend * bend);
	return 0;
}

/* Where the leg meets the box of the step: with its low end, or else its high one. */
static struct point meet(const struct plan *plan, const struct leg *leg, const struct step *step, bool low)
{
	struct point corners[2];
	plan_box(plan, step, corners);
	double at = track_at(plan, leg);
	if (leg->course == DOWN)
		return (struct point){ at, corners[low].y };
	double inset = side_inset(plan, step, at - (corners[0].y + corners[1].y) / 2);
	return (struct point){ low ? corners[1].x - inset : corners[0].x + inset, at };
}

/* Whether the leg lies right of or below the step that it meets. */
static bool lies_beyond(const struct leg *leg, const struct step *step)
{
	return leg->low > 2 * step_knot(step).line[leg->course == ACROSS ? DOWN : ACROSS];
}

struct point plan_begin(const struct plan *plan, const struct way *way)
{
	const struct step *from = &plan->chart->steps[way->from];
	return meet(plan, &way->legs[0], from, lies_beyond(&way->legs[0], from));
}

void plan_way(const struct plan *plan, const struct way *way, struct point *points)
{
	const struct step *to = &plan->chart->steps[way->to];
	const struct leg *last = &way->legs[way->leg_count - 1];
	points[0] = plan_begin(plan, way);
	for (size_t i = 1; i < way->leg_count; i++) {
		double before = track_at(plan, &way->legs[i - 1]), after = track_at(plan, &way->legs[i]);
		points[i] =
		    way->legs[i].course == DOWN ? (struct point){ after, before } : (struct point){ before, after };
	}
	points[way->leg_count] = meet(plan, last, to, lies_beyond(last, to));
}
