/* A table or form in hand. Only layout_table*.c include this. */
#ifndef OPSLEDGER_DOCUMENT_LAYOUT_TABLE_H
#define OPSLEDGER_DOCUMENT_LAYOUT_TABLE_H

#include "document/layout_block.h"

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
	struct arena *arena; /* of grid and head, which last as long as a slice of the table */
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

const struct style *table_style(const struct table *table, const struct node *cell);

/* Finds the edges of the columns, padding and scale: layout_table_columns.c. */
void table_columns(struct table *table);
/* How many there are. */
size_t table_column_count(const struct node *node);

#endif
