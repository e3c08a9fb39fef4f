/* Column widths of a table: pure arithmetic. */
#ifndef OPSLEDGER_DOCUMENT_LAYOUT_COLUMNS_H
#define OPSLEDGER_DOCUMENT_LAYOUT_COLUMNS_H

#include <stddef.h>

/* What the cells of a table need, in points; padding is not counted. */
/* The most rows that are sampled. */
#define COLUMN_SAMPLE 64

struct column_needs {
	size_t columns;
	double *least;  /* by column: its widest piece that should not be broken */
	double *most;   /* by column: its longest text in one line */
	double *sample; /* some rows, all their columns: the length of the cell's text in one line */
	size_t rows;    /* in sample */
};

/* Finds widths (text alone) that fill available. Where not all texts have room
 * in one line, width goes to the column where it saves most lines, so that short
 * texts stay whole and long ones take what remains. Where not even the least
 * widths have room, they are cut in proportion. */
void fit_columns(const struct column_needs *needs, double available, double *widths);

/* How many lines high the sampled rows are together when columns are that wide. */
double columns_height(const struct column_needs *needs, const double *widths);

#endif
