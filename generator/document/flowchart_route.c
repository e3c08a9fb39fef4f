/* How ways run along the lines of the grid: each by the cheapest of all roads, where
 * bends, crossings and company on a narrow line cost. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "document/flowchart_parts.h"

#define ACROSS_COST 30
#define DOWN_COST 12
#define BEND_COST 40
#define CROSSING_COST 90
#define LANE_COST 6    /* a lane that others use grows */
#define NARROW_COST 20 /* others on the middle of a row or column */
#define PORT_COST 25   /* leaving or reaching a step where one would not look for it */
#define LEFT_COST 3
#define PASSES 3
#define LINES_MOST (2 * FLOW_STEPS_MOST + 1)
#define LINES_DOWN_MOST (2 * FLOW_COLUMNS_MOST + 1)
#define UNREACHED 1000000000

/* How many ways to different steps fit side by side on the middle of a row, and on
 * that of a column. */
static const unsigned narrow_room[COURSES] = { [ACROSS] = 2, [DOWN] = 3 };

enum heading { RIGHTWARD, LEFTWARD, DOWNWARD, UPWARD, HEADINGS };

static const struct {
	int step[COURSES]; /* to the next line across, to the next line down */
	enum course course;
} headings[HEADINGS] = {
	[RIGHTWARD] = { { 0, 1 }, ACROSS },
	[LEFTWARD] = { { 0, -1 }, ACROSS },
	[DOWNWARD] = { { 1, 0 }, DOWN },
	[UPWARD] = { { -1, 0 }, DOWN },
};

struct state {
	unsigned cost;
	int before; /* index of the state before, or -1 */
	bool queued;
};

struct router {
	const struct flowchart *chart;
	size_t count[COURSES];                               /* of lines */
	bool taken[LINES_MOST][LINES_DOWN_MOST];             /* a step stands on the knot */
	uint64_t ways[COURSES][LINES_MOST][LINES_DOWN_MOST]; /* on the piece that begins at the knot */
	uint64_t sisters[FLOW_WAYS_MOST];                    /* the ways that lead from the same step */
	uint64_t same[FLOW_WAYS_MOST];                       /* the ways that lead to the same step */
	struct state states[LINES_MOST * LINES_DOWN_MOST * HEADINGS];
	size_t queue[LINES_MOST * LINES_DOWN_MOST * HEADINGS];
};

static size_t state_of(struct knot knot, enum heading heading)
{
	return (knot.line[ACROSS] * LINES_DOWN_MOST + knot.line[DOWN]) * HEADINGS + heading;
}

static struct knot knot_of(size_t state)
{
	return (struct knot){ { state / HEADINGS / LINES_DOWN_MOST, state / HEADINGS % LINES_DOWN_MOST } };
}

/* The ways on the piece that leaves the knot in that heading; none outside. */
static uint64_t *piece(struct router *router, struct knot knot, enum heading heading)
{
	if (heading == LEFTWARD || heading == UPWARD)
		knot.line[headings[heading].course == ACROSS ? DOWN : ACROSS]--;
	return &router->ways[headings[heading].course][knot.line[ACROSS]][knot.line[DOWN]];
}

static bool move(const struct router *router, struct knot knot, enum heading heading, struct knot *to)
{
	for (int course = 0; course < COURSES; course++) {
		int step = headings[heading].step[course];
		if ((step < 0 && knot.line[course] == 0) ||
		    (step > 0 && knot.line[course] + 1 == router->count[course]))
			return false;
		to->line[course] = step < 0 ? knot.line[course] - 1 : knot.line[course] + (size_t)step;
	}
	return true;
}

/* The number of steps to which the ways lead. */
static unsigned targets(const struct router *router, uint64_t ways)
{
	unsigned count = 0;
	for (; ways; count++)
		ways &= ~router->same[__builtin_ctzll(ways)];
	return count;
}

static bool is_narrow(struct knot knot, enum course course)
{
	return knot.line[course] % 2 == 1;
}

/* The other ways that touch the knot on the line of the heading. A step between
 * them keeps them apart. */
static uint64_t touching(struct router *router, struct knot knot, enum heading heading, uint64_t others)
{
	struct knot beyond;
	if (router->taken[knot.line[ACROSS]][knot.line[DOWN]])
		return 0;
	return move(router, knot, heading, &beyond) ? *piece(router, knot, heading) & others : 0;
}

/* What it costs to go from the knot on in the heading; UNREACHED where there is no room. */
static unsigned piece_cost(struct router *router, struct knot knot, struct knot next, enum heading heading,
                           const struct way *way)
{
	enum course course = headings[heading].course;
	uint64_t same = router->same[way - router->chart->ways], on = *piece(router, knot, heading);
	unsigned cost = course == ACROSS ? ACROSS_COST : DOWN_COST;
	if (on & same)
		cost /= 2;
	if (!is_narrow(knot, course))
		return cost + LANE_COST * targets(router, on & ~same);
	static const enum heading opposite[] = { LEFTWARD, RIGHTWARD, UPWARD, DOWNWARD };
	uint64_t others = on & ~same;
	unsigned behind = targets(router, others | touching(router, knot, opposite[heading], ~same));
	unsigned ahead = targets(router, others | touching(router, next, heading, ~same));
	unsigned company = behind > ahead ? behind : ahead;
	return company >= narrow_room[course] ? UNREACHED : cost + NARROW_COST * company;
}

/* What it costs to be at the knot and turn, or go straight across others. */
static unsigned knot_cost(struct router *router, struct knot knot, enum heading from, enum heading to,
                          const struct way *way)
{
	if (from != to)
		return BEND_COST;
	bool down = headings[to].course == DOWN;
	uint64_t others = ~router->same[way - router->chart->ways];
	uint64_t one = touching(router, knot, down ? LEFTWARD : UPWARD, others);
	uint64_t other = touching(router, knot, down ? RIGHTWARD : DOWNWARD, others);
	return CROSSING_COST * targets(router, one & other);
}

/* One way leaves to each side and two downwards, so that their labels have room. */
static bool is_port_free(struct router *router, const struct way *way, struct knot begin, enum heading heading)
{
	uint64_t sisters = *piece(router, begin, heading) & router->sisters[way - router->chart->ways];
	return heading != UPWARD && __builtin_popcountll(sisters) < (headings[heading].course == ACROSS ? 1 : 2);
}

static unsigned leaving_cost(const struct router *router, const struct way *way, enum heading heading)
{
	bool decides = router->chart->steps[way->from].kind == STEP_DECISION && way->rank > 0;
	unsigned left = heading == LEFTWARD ? LEFT_COST : 0;
	return left + ((heading == DOWNWARD) == (decides || way->back) ? PORT_COST : 0);
}

static unsigned reaching_cost(const struct way *way, enum heading heading)
{
	if (heading == UPWARD)
		return UNREACHED;
	return heading == DOWNWARD && way->back ? PORT_COST : 0;
}

struct search {
	struct router *router;
	const struct way *way;
	struct knot end;
	size_t head, length; /* of the queue */
	size_t best;         /* the state that reaches the end most cheaply */
	unsigned cost;       /* its cost */
};

static void offer(struct search *search, struct knot knot, enum heading heading, unsigned cost, int before)
{
	size_t size = sizeof search->router->queue / sizeof *search->router->queue, index = state_of(knot, heading);
	struct state *state = &search->router->states[index];
	if (cost >= state->cost)
		return;
	state->cost = cost;
	state->before = before;
	if (memcmp(&knot, &search->end, sizeof knot) == 0) {
		if (cost + reaching_cost(search->way, heading) < search->cost) {
			search->cost = cost + reaching_cost(search->way, heading);
			search->best = index;
		}
	} else if (!state->queued && !search->router->taken[knot.line[ACROSS]][knot.line[DOWN]]) {
		state->queued = true;
		search->router->queue[(search->head + search->length++) % size] = index;
	}
}

/* Offers all that can be reached from the front of the queue. */
static void go_on(struct search *search)
{
	struct router *router = search->router;
	size_t size = sizeof router->queue / sizeof *router->queue, index = router->queue[search->head];
	enum heading from = (enum heading)(index % HEADINGS);
	struct knot knot = knot_of(index), next;
	search->head = (search->head + 1) % size;
	search->length--;
	router->states[index].queued = false;
	for (enum heading heading = 0; heading < HEADINGS; heading++) {
		bool turns_round = heading != from && headings[heading].course == headings[from].course;
		if (turns_round || !move(router, knot, heading, &next))
			continue;
		unsigned cost = piece_cost(router, knot, next, heading, search->way);
		if (cost < UNREACHED)
			offer(search, next, heading,
			      router->states[index].cost + cost + knot_cost(router, knot, from, heading, search->way),
			      (int)index);
	}
}

/* Sets the way's knots; false when no road is free. */
static bool find_route(struct router *router, struct way *way)
{
	const struct flowchart *chart = router->chart;
	struct knot begin = step_knot(&chart->steps[way->from]), next;
	struct search search = {
		.router = router, .way = way, .end = step_knot(&chart->steps[way->to]), .cost = UNREACHED
	};
	for (size_t i = 0; i < sizeof router->states / sizeof *router->states; i++)
		router->states[i] = (struct state){ UNREACHED, -1, false };
	for (enum heading heading = 0; heading < HEADINGS; heading++) {
		if (!is_port_free(router, way, begin, heading) || !move(router, begin, heading, &next))
			continue;
		unsigned cost = piece_cost(router, begin, next, heading, way);
		if (cost < UNREACHED)
			offer(&search, next, heading, cost + leaving_cost(router, way, heading), -1);
	}
	while (search.length > 0)
		go_on(&search);
	if (search.cost == UNREACHED)
		return false;
	way->knot_count = 1;
	for (int i = (int)search.best; i >= 0; i = router->states[i].before)
		way->knot_count++;
	way->knots = arena_alloc(chart->arena, way->knot_count * sizeof *way->knots);
	way->knots[0] = begin;
	size_t at = way->knot_count;
	for (int i = (int)search.best; i >= 0; i = router->states[i].before)
		way->knots[--at] = knot_of((size_t)i);
	return true;
}

/* Sets or clears the way's bit on all pieces of its route. */
static void mark_route(struct router *router, const struct way *way, bool set)
{
	uint64_t bit = (uint64_t)1 << (way - router->chart->ways);
	for (size_t i = 0; i + 1 < way->knot_count; i++) {
		struct knot a = way->knots[i], b = way->knots[i + 1];
		enum course course = a.line[ACROSS] == b.line[ACROSS] ? ACROSS : DOWN;
		size_t across = a.line[ACROSS] < b.line[ACROSS] ? a.line[ACROSS] : b.line[ACROSS];
		size_t down = a.line[DOWN] < b.line[DOWN] ? a.line[DOWN] : b.line[DOWN];
		uint64_t *ways = &router->ways[course][across][down];
		*ways = set ? *ways | bit : *ways & ~bit;
	}
}

/* How early a way is routed: the main path first, then short ones, those back last. */
static size_t lateness(const struct flowchart *chart, const struct way *way)
{
	const struct step *from = &chart->steps[way->from], *to = &chart->steps[way->to];
	size_t rows = from->row < to->row ? to->row - from->row : from->row - to->row;
	size_t columns = from->column < to->column ? to->column - from->column : from->column - to->column;
	return (way->back ? 1000 : way->main ? 0 : way->rank == 0 && columns == 0 ? 50 : 100) + 2 * rows + columns;
}

static void order_ways(const struct flowchart *chart, size_t *order)
{
	for (size_t i = 0; i < chart->way_count; i++) {
		size_t at = i;
		for (; at > 0 && lateness(chart, &chart->ways[order[at - 1]]) > lateness(chart, &chart->ways[i]); at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}

static struct router *router_new(const struct flowchart *chart)
{
	struct router *router = xcalloc(1, sizeof *router);
	router->chart = chart;
	for (enum course course = 0; course < COURSES; course++)
		router->count[course] = line_count(chart, course);
	for (size_t i = 0; i < chart->step_count; i++) {
		struct knot knot = step_knot(&chart->steps[i]);
		router->taken[knot.line[ACROSS]][knot.line[DOWN]] = true;
	}
	for (size_t i = 0; i < chart->way_count; i++)
		for (size_t j = 0; j < chart->way_count; j++) {
			if (chart->ways[i].to == chart->ways[j].to)
				router->same[i] |= (uint64_t)1 << j;
			if (chart->ways[i].from == chart->ways[j].from)
				router->sisters[i] |= (uint64_t)1 << j;
		}
	return router;
}

const struct way *flowchart_routes(struct flowchart *chart)
{
	struct router *router = router_new(chart);
	size_t order[FLOW_WAYS_MOST] = { 0 };
	const struct way *crowded = NULL;
	order_ways(chart, order);
	/* Ways found early are found again once the others are known. */
	for (size_t pass = 0; pass < PASSES && !crowded; pass++) {
		for (size_t i = 0; i < chart->way_count && !crowded; i++) {
			struct way *way = &chart->ways[order[i]];
			mark_route(router, way, false);
			if (!find_route(router, way))
				crowded = way;
			else
				mark_route(router, way, true);
		}
	}
	free(router);
	return crowded;
}
