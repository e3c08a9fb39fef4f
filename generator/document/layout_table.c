#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "document/layout_block.h"
#include "document/layout_columns.h"

/* Between a cell's rule and its text. */
static const double most_padding_x = 4.5, padding_y = 3;

struct cell {
	const struct node *node;
	const struct style *style;
	struct element *element;
	struct text text;                  /* its memory serves one group after the other */
	size_t column, row, columns, rows; /* rows are counted in the group */
	double top, bottom, first;         /* in the group; first: top of the first line */
};

struct table {
	struct flow *flow;
	const struct node *node;
	struct grid *grid;
	bool in_head;
	struct slice **head;
	size_t head_count, head_capacity;
	size_t columns;
	double *edges; /* of the columns, from the left edge of the type area; columns + 1 */
	double padding_x;
	double scale; /* of the type, so that columns are wide enough */
	int *hanging; /* by column: how many more rows a cell of a row above takes */
	/* The group that is being set: rows that cells join, most often one. */
	struct cell *cells;
	size_t cell_count, cell_capacity;
	double *rows; /* upper edges, and the last one's lower edge */
	size_t row_count, row_capacity;
};

static const struct style *style_of(const struct table *table, const struct node *cell)
{
	bool head = cell->head || (table->node->kind == NODE_TABLE && cell->parent == table->node->first);

	return &table->flow->setup->styles[head ? STYLE_TABLE_HEAD : STYLE_TABLE];
}

static double leading_of(const struct table *table, const struct cell *cell)
{
	return cell->style->leading * table->scale;
}

/* Moves to the first column that no cell of a row above takes. */
static size_t free_column(const struct table *table, size_t column)
{
	while (column < table->columns && table->hanging[column] > 0)
		column++;
	return column;
}

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
	const struct style *style = style_of(table, cell);

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

/* One group */

static struct cell *push_cell(struct table *table)
{
	if (table->cell_count == table->cell_capacity) {
		size_t old = table->cell_capacity;

		table->cell_capacity = old ? old * 2 : 16;
		table->cells = xreallocarray(table->cells, table->cell_capacity, sizeof *table->cells);
		memset(table->cells + old, 0, (table->cell_capacity - old) * sizeof *table->cells);
	}
	return &table->cells[table->cell_count++];
}

static void read_cell(struct table *table, const struct node *node, size_t column)
{
	struct flow *flow = table->flow;
	struct cell *cell = push_cell(table);
	struct element *row = flow->element;
	bool head;

	cell->node = node;
	cell->style = style_of(table, node);
	cell->column = column;
	cell->row = table->row_count;
	cell->columns = (size_t)node->span_columns;
	cell->rows = (size_t)node->span_rows;
	head = cell->style == &flow->setup->styles[STYLE_TABLE_HEAD];
	cell->element = flow->element = flow_element(flow, head ? "TH" : "TD");
	cell->element->span_columns = node->span_columns;
	cell->element->span_rows = node->span_rows;
	if (head)
		cell->element->scope = node_names_column(node) ? "Column" : "Row";
	text_clear(&cell->text);
	text_add_inlines(flow, &cell->text, node, text_look(cell->style, cell->element));
	text_close(flow, &cell->text);
	text_scale(&cell->text, table->scale);
	text_fill(&cell->text, table->edges[column + cell->columns] - table->edges[column] - 2 * table->padding_x, 0);
	flow->element = row;
}

static void read_row(struct table *table, const struct node *row)
{
	struct flow *flow = table->flow;
	struct element *parent = flow->element;
	size_t column = 0;

	flow->element = flow_element(flow, "TR");
	for (const struct node *node = row->first; node; node = node->next) {
		column = free_column(table, column);
		if (column + (size_t)node->span_columns > table->columns)
			break; /* the reader cuts rows that are too long */
		read_cell(table, node, column);
		for (size_t i = 0; i < (size_t)node->span_columns; i++)
			table->hanging[column++] = node->span_rows;
	}
	for (size_t i = 0; i < table->columns; i++)
		if (table->hanging[i] > 0)
			table->hanging[i]--;
	if (table->row_count + 2 > table->row_capacity) {
		table->row_capacity = table->row_capacity ? table->row_capacity * 2 : 16;
		table->rows = xreallocarray(table->rows, table->row_capacity, sizeof *table->rows);
	}
	table->row_count++;
	flow->element = parent;
}

static bool joins_next_row(const struct table *table)
{
	for (size_t i = 0; i < table->columns; i++)
		if (table->hanging[i] > 0)
			return true;
	return false;
}

static double height_of(const struct table *table, const struct cell *cell)
{
	size_t lines = cell->text.line_count, least = (size_t)cell->node->lines;

	if (lines < least)
		lines = least;
	return (double)(lines ? lines : 1) * leading_of(table, cell) + 2 * padding_y;
}

/* Rows are as high as their highest cell; what a joined cell needs more goes to
 * its last row. */
static void stack_rows(struct table *table)
{
	table->rows[0] = 0;
	for (size_t row = 0; row < table->row_count; row++) {
		double bottom = table->rows[row];

		for (size_t i = 0; i < table->cell_count; i++) {
			const struct cell *cell = &table->cells[i];

			if (cell->row + cell->rows == row + 1)
				bottom = fmax(bottom, table->rows[cell->row] + height_of(table, cell));
		}
		table->rows[row + 1] = bottom;
	}
}

static void place_cells(struct table *table)
{
	double height = table->rows[table->row_count];
	/* What may be torn apart reads from the top. */
	bool middle = height < flow_page_height(table->flow) / 3;

	for (size_t i = 0; i < table->cell_count; i++) {
		struct cell *cell = &table->cells[i];
		double lines = (double)cell->text.line_count * leading_of(table, cell);

		cell->top = table->rows[cell->row];
		cell->bottom = table->rows[cell->row + cell->rows];
		cell->first = cell->top + padding_y;
		/* Room to write in begins below the printed words. */
		bool written = cell->node->lines > 0 || (table->node->kind == NODE_FORM && cell->text.line_count > 1);
		if (middle && (cell->node->head || !written))
			cell->first = cell->top + (cell->bottom - cell->top - lines) / 2;
	}
}

/* Whether a page may end at y: no line of any cell is cut. */
static bool cuts_no_line(const struct table *table, double y)
{
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct cell *cell = &table->cells[i];
		double leading = leading_of(table, cell), line = (y - cell->first) / leading;

		if (line > 0 && line < (double)cell->text.line_count && fabs(line - round(line)) > 0.01)
			return false;
	}
	return true;
}

static enum align align_of(const struct cell *cell)
{
	return cell->node->align != ALIGN_NONE ? cell->node->align : cell->style->align;
}

/* What of a cell stands between from and to. */
static void paint_cell(struct table *table, const struct cell *cell, double from, double to)
{
	struct flow *flow = table->flow;
	double left = table->edges[cell->column], right = table->edges[cell->column + cell->columns];
	double top = fmax(cell->top, from) - from, bottom = fmin(cell->bottom, to) - from;

	if (bottom <= top)
		return;
	if (cell->style == &flow->setup->styles[STYLE_TABLE_HEAD])
		flow_fill(flow, left, top, right - left, bottom - top, 0xF0F0F0);
	flow_line(flow, left, top, 0, bottom - top, cell->column == 0 ? table->grid->rule : table->grid->inner_rule);
	if (cell->column + cell->columns == table->columns)
		flow_line(flow, right, top, 0, bottom - top, table->grid->rule);
	if (cell->top >= from)
		flow_line(flow, left, top, right - left, 0, table->grid->inner_rule);
	for (size_t i = 0; i < cell->text.line_count; i++) {
		double line = cell->first + (double)i * leading_of(table, cell);

		if (line >= from - 0.05 && line < to - 0.05)
			text_paint(flow, &cell->text, &cell->text.lines[i], left + table->padding_x,
			           right - left - 2 * table->padding_x,
			           line - from + baseline_of(cell->style, cell->style->size) * table->scale,
			           align_of(cell));
	}
}

static struct slice *set_band(struct table *table, double from, double to)
{
	struct grid *grid = table->grid;

	for (size_t i = 0; i < table->cell_count; i++)
		paint_cell(table, &table->cells[i], from, to);
	struct slice *slice = flow_slice(table->flow, to - from);
	slice->grid = grid;
	slice->keep = table->in_head;
	if (table->in_head)
		arena_push(table->flow->arena, table->head, table->head_count, table->head_capacity, slice);
	return slice;
}

static int compare_heights(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

/* Where lines and rows of the group end, from the top; owned by the caller. */
static double *edges_of_lines(const struct table *table, size_t *count)
{
	size_t most = table->row_count;

	for (size_t i = 0; i < table->cell_count; i++)
		most += table->cells[i].text.line_count;
	double *edges = xreallocarray(NULL, most, sizeof *edges);
	*count = 0;
	for (size_t row = 1; row < table->row_count; row++)
		edges[(*count)++] = table->rows[row];
	for (size_t i = 0; i < table->cell_count; i++)
		for (size_t line = 1; line < table->cells[i].text.line_count; line++)
			edges[(*count)++] = table->cells[i].first + (double)line * leading_of(table, &table->cells[i]);
	qsort(edges, *count, sizeof *edges, compare_heights);
	return edges;
}

/* Cuts the group where that cuts no line; where lines of cells side by side
 * never end together, it has to, before the page is full. */
static double cut_group(struct table *table, double height)
{
	const double most = flow_page_height(table->flow) * 0.8,
	             least = 1.5 * table->flow->setup->styles[STYLE_TABLE].leading;
	size_t count;
	double *edges = edges_of_lines(table, &count), from = 0, last = 0;

	for (size_t i = 0; i < count; i++) {
		double y = edges[i];

		if (y - from > most && last > from) {
			set_band(table, from, last);
			from = last;
		}
		if (y < least || y > height - least || y - from < 1)
			continue;
		last = y;
		if (cuts_no_line(table, y)) {
			set_band(table, from, y);
			from = y;
		}
	}
	free(edges);
	return from;
}

/* Sets the group and begins the next. A low one stays whole. keep: with the
 * next one, unless it is so high that it does not look lost. */
static void set_group(struct table *table, bool keep)
{
	stack_rows(table);
	place_cells(table);
	double height = table->rows[table->row_count], from = 0;
	if (height > flow_page_height(table->flow) / 4)
		from = cut_group(table, height);
	set_band(table, from, height)->keep = table->in_head || (keep && height < flow_page_height(table->flow) / 10);
	table->cell_count = table->row_count = 0;
}

/* The first row of a table, repeated at the top of each page that it reaches
 * unless it is high. */
static void set_head(struct table *table)
{
	struct flow *flow = table->flow;
	double height = 0;

	table->in_head = flow->lasting = true;
	set_group(table, false);
	table->in_head = flow->lasting = false;
	for (size_t i = 0; i < table->head_count; i++)
		height += table->head[i]->height;
	if (height > flow_page_height(flow) / 4)
		return;
	table->grid->head = table->head;
	table->grid->head_count = table->head_count;
}

static size_t count_groups(const struct node *table)
{
	size_t groups = 0;

	for (const struct node *row = table->first; row; row = row->next) {
		int below = 0; /* rows that the group goes on for */

		for (;; row = row->next, below--) {
			for (const struct node *cell = row->first; cell; cell = cell->next)
				if (cell->span_rows - 1 > below)
					below = cell->span_rows - 1;
			if (below <= 0 || !row->next)
				break;
		}
		groups++;
	}
	return groups;
}

static void set_rows(struct table *table)
{
	bool headed = table->node->kind == NODE_TABLE;
	size_t groups = count_groups(table->node), group = 0;

	for (const struct node *row = table->node->first; row; row = row->next) {
		read_row(table, row);
		if (row->next && joins_next_row(table))
			continue;
		group++;
		/* Neither the first row below the head nor the last one stands alone on a page. */
		if (headed && group == 1)
			set_head(table);
		else
			set_group(table, (headed && group == 2 && groups > 2) || group + 1 == groups);
	}
}

static size_t count_columns(const struct node *node)
{
	size_t columns = 0;

	if (node->kind == NODE_FORM)
		return value_get(node->data, "widths")->as.array.count;
	for (const struct node *cell = node->first ? node->first->first : NULL; cell; cell = cell->next)
		columns++;
	return columns;
}

void layout_table(struct flow *flow, const struct node *node)
{
	const struct style *style = &flow->setup->styles[STYLE_TABLE];
	struct element *parent = flow->element;
	struct table table = { .flow = flow, .node = node, .columns = count_columns(node), .scale = 1 };

	if (table.columns == 0)
		return;
	if (node->title && *node->title)
		layout_string(flow, node->title, STYLE_CAPTION, "Caption", node->place, true);
	else
		flow_gap(flow, style->before);
	table.grid = arena_alloc(flow->arena, sizeof *table.grid);
	table.edges = arena_alloc(flow->layout->arena, (table.columns + 1) * sizeof *table.edges);
	table.hanging = arena_alloc(flow->arena, table.columns * sizeof *table.hanging);
	table.edges[0] = flow->left;
	/* Less where there are many columns. */
	table.padding_x = fmin(most_padding_x, (flow->right - flow->left) / (double)table.columns / 16);
	flow->element = flow_element(flow, "Table");
	if (node->kind == NODE_FORM)
		divide_columns(&table, value_get(node->data, "widths"));
	else
		plan_columns(&table);
	*table.grid = (struct grid){ flow->left, flow->right - flow->left, NULL, 0, 0.9, 0.4 };
	set_rows(&table);
	for (size_t i = 0; i < table.cell_capacity; i++)
		text_free(&table.cells[i].text);
	free(table.cells);
	free(table.rows);
	flow->element = parent;
	flow_gap(flow, style->after);
}
