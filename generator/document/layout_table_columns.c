#include <math.h>

#include "document/layout_columns.h"
#include "document/layout_table.h"

/* Between a cell's rule and its text. */
static const double most_padding = 4.5;

static struct column_needs needs_of(struct table *table)
{
	struct arena *arena = flow_scrap(table->flow);
	struct column_needs needs = { .columns = table->columns, .rows = COLUMN_SAMPLE };

	needs.least = arena_alloc(arena, 2 * table->columns * sizeof *needs.least);
	needs.most = needs.least + table->columns;
	needs.sample = arena_alloc(arena, needs.rows * table->columns * sizeof *needs.sample);
	return needs;
}

static void measure_cell(struct table *table, const struct node *cell, size_t column, double *length,
                         struct column_needs *needs)
{
	struct flow *flow = table->flow;
	const struct style *style = table_style(table, cell);

	text_clear(flow->text);
	text_add_inlines(flow, flow->text, cell, text_look(style, NULL));
	text_close(flow, flow->text);
	double widest = text_widest(flow->text), narrowest = text_narrowest(flow->text);
	/* A short label is not stacked sign by sign. */
	narrowest = fmax(narrowest, fmin(widest, 4.1 * style->size));
	narrowest = fmin(narrowest, (flow->right - flow->left) / 2);
	needs->least[column] = fmax(needs->least[column], narrowest);
	needs->most[column] = fmax(needs->most[column], widest);
	*length = widest;
}

/* Measures all cells; of a long table every so-manieth row is sampled. */
static void measure_rows(struct table *table, struct column_needs *needs)
{
	struct flow *flow = table->flow;
	struct element *parent = flow->element, scrap = { 0 };
	unsigned elements = flow->element_count;
	size_t rows = 0, number = 0, room = needs->rows;

	for (const struct node *row = table->node->first; row; row = row->next)
		rows++;
	size_t every = (rows + room - 1) / room;
	needs->rows = 0;
	/* Elements made while measuring are not those of the page. */
	flow->element = &scrap;
	for (const struct node *row = table->node->first; row; row = row->next, number++) {
		double *sample = needs->sample + needs->rows * needs->columns, unused;
		size_t column = 0;

		needs->rows += number % every == 0;
		for (const struct node *cell = row->first; cell && column < table->columns; cell = cell->next, column++)
			measure_cell(table, cell, column, number % every == 0 ? &sample[column] : &unused, needs);
	}
	flow_drop_elements(flow, &scrap);
	flow->element = parent;
	flow->element_count = elements;
}

/* Finds widths and the scale of the type: smaller where columns lack room for
 * what should not be broken, or where rows get so much lower by it that the
 * reader has the better of it. */
static void measure_columns(struct table *table)
{
	/* worth: of the height, for one step, down to small. */
	const double step = 0.05, least_scale = 0.8, small = 0.85, worth = 0.84;
	struct flow *flow = table->flow;
	struct column_needs needs = needs_of(table);
	double *widths = arena_alloc(flow_scrap(flow), table->columns * sizeof *widths), least = 0, lowest = 0;
	double available = flow->right - flow->left - 2 * table->padding_x * (double)table->columns;

	measure_rows(table, &needs);
	for (size_t i = 0; i < table->columns; i++)
		least += needs.least[i];
	for (double scale = 1, wanted = 1; scale > least_scale - step / 2; scale -= step, wanted *= worth) {
		bool cramped = scale < 1 && least * (scale + step) > available;

		if (scale < 1 && !cramped && (scale < small - step / 2 || (double)needs.rows * scale > lowest * wanted))
			continue; /* nor would it be worth it if each row had one line */
		fit_columns(&needs, available / scale, widths);
		double height = columns_height(&needs, widths) * scale;
		if (scale < 1 && !cramped && height > lowest * wanted)
			continue;
		table->scale = scale;
		lowest = height;
		wanted = 1;
	}
	fit_columns(&needs, available / table->scale, widths);
	for (size_t i = 0; i < table->columns; i++)
		table->edges[i + 1] = table->edges[i] + widths[i] * table->scale + 2 * table->padding_x;
}

/* The same widths serve when the sheets are set. */
static void plan_columns(struct table *table)
{
	struct flow *flow = table->flow;
	struct layout *layout = flow->layout;

	if (flow->planning) {
		measure_columns(table);
		struct columns columns = { table->scale, table->edges };
		arena_push(layout->arena, layout->tables, layout->table_count, layout->table_capacity, columns);
	} else {
		const struct columns *columns = &layout->tables[flow->table_count++];

		table->scale = columns->scale;
		table->edges = columns->edges;
	}
}

/* A form says how wide its columns are in proportion. */
static void divide_columns(struct table *table, const struct value *widths)
{
	double total = 0, available = table->flow->right - table->flow->left;

	for (size_t i = 0; i < table->columns; i++)
		total += widths->as.array.items[i]->as.number;
	for (size_t i = 0; i < table->columns; i++)
		table->edges[i + 1] = table->edges[i] + widths->as.array.items[i]->as.number * available / total;
}

size_t table_column_count(const struct node *node)
{
	size_t columns = 0;

	if (node->kind == NODE_FORM)
		return value_get(node->as.data, "widths")->as.array.count;
	for (const struct node *cell = node->first ? node->first->first : NULL; cell; cell = cell->next)
		columns++;
	return columns;
}

void table_columns(struct table *table)
{
	struct flow *flow = table->flow;

	/* Less where there are many columns. */
	table->padding_x = fmin(most_padding, (flow->right - flow->left) / (double)table->columns / 16);
	if (table->node->kind == NODE_FORM)
		divide_columns(table, value_get(table->node->as.data, "widths"));
	else
		plan_columns(table);
}
