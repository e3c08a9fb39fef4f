/* Where steps stand: rows by what must come before what, columns by trying what
 * makes the ways short and straight. */
#include "document/flowchart_parts.h"

/* A way to a decision's side may lead to a step in the same row. */
#define SIDES 2
#define COLUMN_COST 60 /* of a column more */

enum mark { UNSEEN, OPEN, DONE };

/* A way to a step whose ways are being followed closes a circle. */
static void find_back_ways(struct flowchart *chart, size_t step, enum mark *marks)
{
	marks[step] = OPEN;
	for (size_t i = 0; i < chart->way_count; i++) {
		struct way *way = &chart->ways[i];
		if (way->from != step)
			continue;
		way->back = marks[way->to] == OPEN;
		if (marks[way->to] == UNSEEN)
			find_back_ways(chart, way->to, marks);
	}
	marks[step] = DONE;
}

static void find_main_path(struct flowchart *chart)
{
	size_t step = 0;
	for (size_t i = 0; i < chart->way_count; i++) {
		struct way *way = &chart->ways[i];
		if (way->from != step || way->rank > 0 || way->back || way->main)
			continue;
		way->main = true;
		step = way->to;
		i = (size_t)-1; /* look from the beginning again */
	}
}

static bool leads_aside(const struct flowchart *chart, const struct way *way)
{
	return chart->steps[way->from].kind == STEP_DECISION && way->rank >= 1 && way->rank <= SIDES;
}

/* The row that step may have at the earliest; false as long as a step before it
 * has none. */
static bool earliest_row(const struct flowchart *chart, size_t step, const bool *placed, size_t *row)
{
	*row = 0;
	for (size_t i = 0; i < chart->way_count; i++) {
		const struct way *way = &chart->ways[i];
		if (way->to != step || way->back)
			continue;
		if (!placed[way->from])
			return false;
		size_t least = chart->steps[way->from].row + (leads_aside(chart, way) ? 0 : 1);
		if (least > *row)
			*row = least;
	}
	return true;
}

void flowchart_rows(struct flowchart *chart, size_t side_by_side)
{
	enum mark marks[FLOW_STEPS_MOST] = { UNSEEN };
	bool placed[FLOW_STEPS_MOST] = { false };
	size_t taken[FLOW_STEPS_MOST] = { 0 };
	for (size_t i = 0; i < chart->step_count; i++)
		if (marks[i] == UNSEEN)
			find_back_ways(chart, i, marks);
	find_main_path(chart);
	chart->rows = 0;
	for (size_t count = 0; count < chart->step_count; count++) {
		size_t step = 0, row;
		while (placed[step] || !earliest_row(chart, step, placed, &row))
			step++;
		while (taken[row] == side_by_side)
			row++;
		taken[row]++;
		placed[step] = true;
		chart->steps[step].row = row;
		if (row >= chart->rows)
			chart->rows = row + 1;
	}
}

/* What is tried: which step stands in which cell. */
struct grid {
	const struct flowchart *chart;
	size_t columns;
	const struct step *cells[FLOW_STEPS_MOST][FLOW_COLUMNS_MOST];
};

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* Whether no step stands in the column in the rows from and below, to and above. */
static bool is_clear_down(const struct grid *grid, size_t column, size_t from, size_t to)
{
	for (size_t row = from; row <= to && row < grid->chart->rows; row++)
		if (grid->cells[row][column])
			return false;
	return true;
}

/* Whether no step stands in the row between the columns. */
static bool is_clear_across(const struct grid *grid, size_t row, size_t a, size_t b)
{
	for (size_t column = (a < b ? a : b) + 1; column < (a < b ? b : a); column++)
		if (grid->cells[row][column])
			return false;
	return true;
}

/* What the bends and detours of a way weigh. */
static unsigned way_cost(const struct grid *grid, const struct way *way)
{
	const struct step *from = &grid->chart->steps[way->from], *to = &grid->chart->steps[way->to];
	size_t a = from->column, b = to->column, apart = distance(a, b);
	unsigned far = (unsigned)apart * 20;
	if (way->back)
		return 40 + far;
	if (from->row == to->row)
		return is_clear_across(grid, from->row, a, b) ? far : 150 + far;
	bool down_first = is_clear_down(grid, a, from->row + 1, to->row - (apart == 0));
	if (apart == 0 && way->rank == 0)
		return down_first ? 0 : 120;
	if (apart == 0)
		return leads_aside(grid->chart, way) || !down_first ? 50 : 0;
	bool across_first = is_clear_across(grid, from->row, a, b) && is_clear_down(grid, b, from->row, to->row - 1);
	unsigned bends = leads_aside(grid->chart, way) ? (across_first ? 10 : 60) : (down_first ? 20 : 60);
	return bends + far + (way->main ? 120 : way->rank == 0 ? 30 : 0);
}

/* Whether two ways from one row to the next cross. */
static bool cross(const struct flowchart *chart, const struct way *left, const struct way *right)
{
	const struct step *a = &chart->steps[left->from], *b = &chart->steps[left->to];
	const struct step *c = &chart->steps[right->from], *d = &chart->steps[right->to];
	if (a->row != c->row || b->row != d->row || left->to == right->to)
		return false;
	return (a->column < c->column && b->column > d->column) || (a->column > c->column && b->column < d->column);
}

static unsigned cost_of(const struct grid *grid)
{
	/* The main path likes the second column, branches the right. */
	static const unsigned column_costs[FLOW_COLUMNS_MOST] = { 12, 0, 8, 16 };
	const struct flowchart *chart = grid->chart;
	bool used[FLOW_COLUMNS_MOST] = { false };
	unsigned cost = 0;
	for (size_t i = 0; i < chart->step_count; i++) {
		size_t column = chart->steps[i].column;
		cost += column_costs[column] + (used[column] ? 0 : COLUMN_COST);
		used[column] = true;
	}
	for (size_t i = 0; i < chart->way_count; i++) {
		cost += way_cost(grid, &chart->ways[i]);
		for (size_t j = 0; j < i; j++)
			cost += cross(chart, &chart->ways[i], &chart->ways[j]) ? 60 : 0;
	}
	return cost;
}

static void put(struct grid *grid, size_t row, size_t column, const struct step *step)
{
	grid->cells[row][column] = step;
	if (step)
		grid->chart->steps[step - grid->chart->steps].column = column;
}

static void swap_columns(struct grid *grid, size_t first, size_t last, size_t left, size_t right)
{
	for (size_t row = first; row <= last; row++) {
		const struct step *moved = grid->cells[row][left];
		put(grid, row, left, grid->cells[row][right]);
		put(grid, row, right, moved);
	}
}

/* Swaps two columns over some rows wherever that makes the grid better. */
static bool improve(struct grid *grid, unsigned *cost)
{
	bool better = false;
	for (size_t first = 0; first < grid->chart->rows; first++)
		for (size_t last = first; last < grid->chart->rows; last++)
			for (size_t left = 0; left + 1 < grid->columns; left++)
				for (size_t right = left + 1; right < grid->columns; right++) {
					swap_columns(grid, first, last, left, right);
					unsigned tried = cost_of(grid);
					if (tried < *cost) {
						*cost = tried;
						better = true;
					} else {
						swap_columns(grid, first, last, left, right);
					}
				}
	return better;
}

/* The free column nearest to that of the step that leads here first. */
static size_t first_column(const struct grid *grid, const struct step *step)
{
	static const int tries[] = { 0, 1, -1, 2, -2, 3, -3 };
	const struct flowchart *chart = grid->chart;
	size_t wish = grid->columns > 1;
	for (size_t i = 0; i < chart->way_count; i++) {
		const struct way *way = &chart->ways[i];
		if (&chart->steps[way->to] == step && !way->back) {
			wish = chart->steps[way->from].column;
			break;
		}
	}
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		int column = (int)wish + tries[i];
		if (column >= 0 && column < (int)grid->columns && !grid->cells[step->row][column])
			return (size_t)column;
	}
	die("a row of a flow chart holds more steps than it has columns");
}

static void drop_empty_columns(struct flowchart *chart)
{
	bool used[FLOW_COLUMNS_MOST] = { false };
	size_t number[FLOW_COLUMNS_MOST];
	chart->columns = 0;
	for (size_t i = 0; i < chart->step_count; i++)
		used[chart->steps[i].column] = true;
	for (size_t column = 0; column < FLOW_COLUMNS_MOST; column++) {
		number[column] = chart->columns;
		chart->columns += used[column];
	}
	for (size_t i = 0; i < chart->step_count; i++)
		chart->steps[i].column = number[chart->steps[i].column];
}

void flowchart_columns(struct flowchart *chart, size_t side_by_side)
{
	struct grid grid = { .chart = chart, .columns = side_by_side };
	for (size_t row = 0; row < chart->rows; row++)
		for (size_t i = 0; i < chart->step_count; i++)
			if (chart->steps[i].row == row)
				put(&grid, row, first_column(&grid, &chart->steps[i]), &chart->steps[i]);
	unsigned cost = cost_of(&grid);
	while (improve(&grid, &cost))
		;
	drop_empty_columns(chart);
}
