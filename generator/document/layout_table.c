#include "document/layout_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double padding_y = 3; /* between a cell's rule and its text */

const struct style *table_style(const struct table *table, const struct node *cell)
{
	bool head = cell->as.cell->head || (table->node->kind == NODE_TABLE && cell->parent == table->node->first);

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
	cell->style = table_style(table, node);
	cell->column = column;
	cell->row = table->row_count;
	cell->columns = (size_t)node->as.cell->span_columns;
	cell->rows = (size_t)node->as.cell->span_rows;
	head = cell->style == &flow->setup->styles[STYLE_TABLE_HEAD];
	cell->element = flow->element = flow_element(flow, head ? "TH" : "TD");
	cell->element->span_columns = node->as.cell->span_columns;
	cell->element->span_rows = node->as.cell->span_rows;
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
		if (column + (size_t)node->as.cell->span_columns > table->columns)
			break; /* the reader cuts rows that are too long */
		read_cell(table, node, column);
		for (size_t i = 0; i < (size_t)node->as.cell->span_columns; i++)
			table->hanging[column++] = node->as.cell->span_rows;
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
	size_t lines = cell->text.line_count, least = (size_t)cell->node->as.cell->lines;

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
		bool written =
		    cell->node->as.cell->lines > 0 || (table->node->kind == NODE_FORM && cell->text.line_count > 1);
		if (middle && (cell->node->as.cell->head || !written))
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
	enum align own = cell->node->as.cell->align;

	return own != ALIGN_NONE ? own : cell->style->align;
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
		arena_push(table->arena, table->head, table->head_count, table->head_capacity, slice);
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
	struct arena *outer = flow->lasting;
	double height = 0;

	table->in_head = true;
	flow->lasting = table->arena;
	set_group(table, false);
	table->in_head = false;
	flow->lasting = outer;
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
				if (cell->as.cell->span_rows - 1 > below)
					below = cell->as.cell->span_rows - 1;
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
		flow_settle(table->flow);
	}
}

void layout_table(struct flow *flow, const struct node *node)
{
	const struct style *style = &flow->setup->styles[STYLE_TABLE];
	struct element *parent = flow->element;
	const char *title = node->kind == NODE_FORM ? value_get_string(node->as.data, "title") : NULL;
	struct table table = { .flow = flow, .node = node, .columns = table_column_count(node), .scale = 1 };

	if (table.columns == 0)
		return;
	if (title && *title)
		layout_string(flow, title, STYLE_CAPTION, "Caption", node_place(node), true);
	else
		flow_gap(flow, style->before);
	table.arena = arena_new();
	table.grid = arena_alloc(table.arena, sizeof *table.grid);
	table.edges = arena_alloc(flow->layout->arena, (table.columns + 1) * sizeof *table.edges);
	table.hanging = arena_alloc(table.arena, table.columns * sizeof *table.hanging);
	table.edges[0] = flow->left;
	flow->element = flow_element(flow, "Table");
	table_columns(&table);
	*table.grid = (struct grid){ flow->left, flow->right - flow->left, NULL, 0, 0.9, 0.4 };
	set_rows(&table);
	for (size_t i = 0; i < table.cell_capacity; i++)
		text_free(&table.cells[i].text);
	free(table.cells);
	free(table.rows);
	flow_retire(flow, table.arena);
	flow->element = parent;
	flow_gap(flow, style->after);
}
