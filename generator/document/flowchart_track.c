/* Which ways lie upon one another on a line, and which side by side. */
#include "document/flowchart_parts.h"

/* Tracks that the middle of a row or of a column has room for. */
static const size_t narrow_tracks[COURSES] = { [ACROSS] = 2, [DOWN] = 5 };

static enum course other(enum course course)
{
	return course == ACROSS ? DOWN : ACROSS;
}

/* Cuts the knots where the way bends. */
static void cut(struct arena *arena, struct way *way)
{
	size_t last = way->knot_count - 1;
	way->leg_count = 0;
	way->legs = arena_alloc(arena, last * sizeof *way->legs);
	for (size_t from = 0, to; from < last; from = to) {
		const struct knot *knots = way->knots;
		enum course course = knots[from].line[ACROSS] == knots[from + 1].line[ACROSS] ? ACROSS : DOWN;
		size_t line = knots[from].line[course];
		for (to = from + 1; to < last && knots[to + 1].line[course] == line; to++)
			;
		size_t a = 2 * knots[from].line[other(course)], b = 2 * knots[to].line[other(course)];
		bool forward = a < b;
		if (from == 0)
			a = forward ? a + 1 : a - 1;
		if (to == last)
			b = forward ? b - 1 : b + 1;
		way->legs[way->leg_count++] =
		    (struct leg){ .course = course, .line = line, .low = forward ? a : b, .high = forward ? b : a };
	}
}

/* Joins run and all runs of the line to the same step that touch it. */
static void add_run(struct arena *arena, struct line *line, struct run run)
{
	for (size_t i = 0; i < line->count;) {
		struct run *old = &line->runs[i];
		if (old->to != run.to || old->low > run.high || old->high < run.low) {
			i++;
			continue;
		}
		run.low = old->low < run.low ? old->low : run.low;
		run.high = old->high > run.high ? old->high : run.high;
		run.labelled = run.labelled || old->labelled;
		run.straight = run.straight || old->straight;
		*old = line->runs[--line->count];
		i = 0;
	}
	arena_push(arena, line->runs, line->count, line->capacity, run);
}

static void collect_runs(struct flowchart *chart)
{
	for (enum course course = 0; course < COURSES; course++)
		chart->lines[course] =
		    arena_alloc(chart->arena, line_count(chart, course) * sizeof *chart->lines[course]);
	for (size_t i = 0; i < chart->way_count; i++) {
		struct way *way = &chart->ways[i];
		cut(chart->arena, way);
		for (size_t j = 0; j < way->leg_count; j++) {
			const struct leg *leg = &way->legs[j];
			add_run(chart->arena, &chart->lines[leg->course][leg->line],
			        (struct run){ .to = way->to,
			                      .low = leg->low,
			                      .high = leg->high,
			                      .labelled = j == 0 && *way->label,
			                      .straight = way->leg_count == 1 });
		}
	}
}

/* Runs that should lie in the middle come first, then short ones. */
static bool goes_before(const struct run *a, const struct run *b)
{
	if (a->straight != b->straight)
		return a->straight;
	if (a->labelled != b->labelled)
		return a->labelled;
	if (a->high - a->low != b->high - b->low)
		return a->high - a->low < b->high - b->low;
	return a->low != b->low ? a->low < b->low : a->to < b->to;
}

static void sort_runs(struct line *line)
{
	for (size_t i = 1; i < line->count; i++)
		for (size_t j = i; j > 0 && goes_before(&line->runs[j], &line->runs[j - 1]); j--) {
			struct run moved = line->runs[j];
			line->runs[j] = line->runs[j - 1];
			line->runs[j - 1] = moved;
		}
}

/* Each run takes the first track that is free where it lies. */
static void give_tracks(struct line *line)
{
	sort_runs(line);
	for (size_t i = 0; i < line->count; i++) {
		struct run *run = &line->runs[i];
		for (size_t j = 0; j < i; j++) {
			const struct run *before = &line->runs[j];
			if (before->track == run->track && before->low <= run->high && before->high >= run->low) {
				run->track++;
				j = (size_t)-1; /* look from the beginning again */
			}
		}
		if (run->track >= line->tracks)
			line->tracks = run->track + 1;
	}
}

static struct run *find_run(struct line *line, size_t to, const struct leg *leg)
{
	for (size_t i = 0; i < line->count; i++)
		if (line->runs[i].to == to && line->runs[i].low <= leg->low && line->runs[i].high >= leg->high)
			return &line->runs[i];
	return NULL;
}

const struct way *flowchart_tracks(struct flowchart *chart)
{
	collect_runs(chart);
	for (enum course course = 0; course < COURSES; course++)
		for (size_t i = 0; i < line_count(chart, course); i++)
			give_tracks(&chart->lines[course][i]);
	for (size_t i = 0; i < chart->way_count; i++) {
		struct way *way = &chart->ways[i];
		for (size_t j = 0; j < way->leg_count; j++) {
			struct leg *leg = &way->legs[j];
			leg->run = find_run(&chart->lines[leg->course][leg->line], way->to, leg);
			if (leg->line % 2 == 1 && leg->run->track >= narrow_tracks[leg->course])
				return way;
		}
	}
	return NULL;
}
