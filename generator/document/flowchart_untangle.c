#include <math.h>

#include "document/flowchart_parts.h"

#define CROSSING 1000.0 /* points of length that a crossing weighs */
#define ASIDE 300.0     /* a straight way beside the middle of its column */
#define ROUNDS 4

struct piece {
	struct point from, to; /* from has the lower coordinates */
	size_t leads_to;
};

struct pieces {
	struct point *points; /* of one way */
	struct piece *items[COURSES];
	size_t counts[COURSES];
};

static bool is_between(double low, double at, double high)
{
	return low < at && at < high;
}

/* Lengths of all ways, and what their crossings weigh. */
static double cost_of(const struct plan *plan, struct pieces *pieces)
{
	const struct flowchart *chart = plan->chart;
	double cost = 0;
	pieces->counts[ACROSS] = pieces->counts[DOWN] = 0;
	for (size_t i = 0; i < chart->way_count; i++) {
		const struct way *way = &chart->ways[i];
		struct point *points = pieces->points;
		plan_way(plan, way, points);
		for (size_t j = 0; j < way->leg_count; j++) {
			struct point a = points[j], b = points[j + 1];
			enum course course = way->legs[j].course;
			pieces->items[course][pieces->counts[course]++] = (struct piece){
				{ fmin(a.x, b.x), fmin(a.y, b.y) }, { fmax(a.x, b.x), fmax(a.y, b.y) }, way->to
			};
			cost += fabs(a.x - b.x) + fabs(a.y - b.y);
		}
		if (way->leg_count == 1 && way->legs[0].run->track > 0)
			cost += ASIDE;
	}
	for (size_t i = 0; i < pieces->counts[ACROSS]; i++) {
		const struct piece *across = &pieces->items[ACROSS][i];
		for (size_t j = 0; j < pieces->counts[DOWN]; j++) {
			const struct piece *down = &pieces->items[DOWN][j];
			if (across->leads_to != down->leads_to &&
			    is_between(across->from.x, down->from.x, across->to.x) &&
			    is_between(down->from.y, across->from.y, down->to.y))
				cost += CROSSING;
		}
	}
	return cost;
}

static bool touch(const struct run *a, const struct run *b)
{
	return a->low <= b->high && a->high >= b->low;
}

/* Moves run to the track, and what lies there beside it to the run's; false, with
 * nothing changed, when these find no room. */
static bool move_run(struct line *line, struct run *run, size_t track)
{
	size_t old = run->track;
	for (size_t i = 0; i < line->count; i++) {
		const struct run *moved = &line->runs[i];
		if (moved->track != track || !touch(moved, run))
			continue;
		for (size_t j = 0; j < line->count; j++)
			if (&line->runs[j] != run && line->runs[j].track == old && touch(&line->runs[j], moved))
				return false;
	}
	for (size_t i = 0; i < line->count; i++)
		if (line->runs[i].track == track && touch(&line->runs[i], run))
			line->runs[i].track = old;
	run->track = track;
	return true;
}

struct untangler {
	const struct plan *plan;
	struct pieces pieces;
	double cost;
};

/* Tries every track for the run; keeps the best. */
static bool improve(struct untangler *untangler, struct line *line, struct run *run, size_t tracks)
{
	bool better = false;
	for (size_t track = 0; track < tracks; track++) {
		size_t old = run->track;
		if (track == old || !move_run(line, run, track))
			continue;
		double cost = cost_of(untangler->plan, &untangler->pieces);
		if (cost < untangler->cost - 0.01) {
			untangler->cost = cost;
			better = true;
		} else {
			move_run(line, run, old);
		}
	}
	return better;
}

static bool improve_lines(struct untangler *untangler, enum course course)
{
	const struct flowchart *chart = untangler->plan->chart;
	bool better = false;
	for (size_t i = 0; i < line_count(chart, course); i++) {
		struct line *line = &chart->lines[course][i];
		/* On the middle of a row labels lie above their ways, which stay where they are. */
		size_t tracks = i % 2 == 0 ? line->tracks : course == DOWN && line->tracks > 1 ? 3 : 0;
		for (size_t j = 0; j < line->count; j++)
			better = improve(untangler, line, &line->runs[j], tracks) || better;
	}
	return better;
}

void flowchart_untangle(struct plan *plan)
{
	const struct flowchart *chart = plan->chart;
	struct untangler untangler = { .plan = plan };
	size_t legs = 0;
	for (size_t i = 0; i < chart->way_count; i++)
		legs += chart->ways[i].leg_count;
	for (enum course course = 0; course < COURSES; course++)
		untangler.pieces.items[course] =
		    arena_alloc(chart->arena, (legs + 1) * sizeof *untangler.pieces.items[course]);
	untangler.pieces.points = arena_alloc(chart->arena, (legs + 1) * sizeof *untangler.pieces.points);
	untangler.cost = cost_of(plan, &untangler.pieces);
	for (int round = 0; round < ROUNDS; round++) {
		bool across = improve_lines(&untangler, ACROSS);
		if (!improve_lines(&untangler, DOWN) && !across)
			return;
	}
}
