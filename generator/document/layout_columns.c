#include "document/layout_columns.h"

#include <math.h>

static double sum(const double *items, size_t count)
{
	double total = 0;

	for (size_t i = 0; i < count; i++)
		total += items[i];
	return total;
}

/* Lines do not end exactly where they are full. */
static const double loss = 1.06;

static double lines_at(double length, double width)
{
	return length <= width + 0.01 ? 1 : ceil(length * loss / width);
}

/* The width at which a text of that length takes a line less than now. */
static double next_width(double length, double width)
{
	double lines = lines_at(length, width);

	return lines <= 2 ? length : length * loss / (lines - 1);
}

/* How high a sampled row is, in lines, with column made width wide. The lines of
 * all its cells count a little, so that a step on the way to a lower row counts. */
static double row_height(const struct column_needs *needs, const double *widths, size_t row, size_t column,
                         double width)
{
	const double *lengths = needs->sample + row * needs->columns;
	double highest = 1, all = 0;

	for (size_t i = 0; i < needs->columns; i++) {
		double lines = lines_at(lengths[i], i == column ? width : widths[i]);

		highest = fmax(highest, lines);
		all += lines;
	}
	return highest + 0.15 * all;
}

static double gain(const struct column_needs *needs, const double *widths, size_t column, double width)
{
	double saved = 0;

	for (size_t row = 0; row < needs->rows; row++)
		saved += row_height(needs, widths, row, column, widths[column]) -
		         row_height(needs, widths, row, column, width);
	return saved;
}

struct step {
	size_t column;
	double width, worth; /* worth: lines saved a point */
};

static struct step best_step(const struct column_needs *needs, const double *widths, double left)
{
	struct step best = { 0 };

	for (size_t column = 0; column < needs->columns; column++) {
		double tried = 0;

		for (size_t row = 0; row < needs->rows; row++) {
			double width = next_width(needs->sample[row * needs->columns + column], widths[column]);
			double more = width - widths[column];

			if (more <= 0.01 || more > left || width == tried)
				continue;
			tried = width;
			double worth = gain(needs, widths, column, width) / more;
			if (worth > best.worth)
				best = (struct step){ column, width, worth };
		}
	}
	return best;
}

void fit_columns(const struct column_needs *needs, double available, double *widths)
{
	const int most_steps = 100;
	double left = available - sum(needs->least, needs->columns), total;

	for (size_t i = 0; i < needs->columns; i++)
		widths[i] = needs->least[i];
	for (int i = 0; i < most_steps && left > 1; i++) {
		struct step step = best_step(needs, widths, left);

		if (step.worth <= 0)
			break;
		left -= step.width - widths[step.column];
		widths[step.column] = step.width;
	}
	/* What is left, or lacks, is shared in proportion. */
	const double *by = left > 0 ? needs->most : needs->least;
	total = sum(by, needs->columns);
	for (size_t i = 0; i < needs->columns; i++)
		widths[i] += total > 0 ? left * by[i] / total : left / (double)needs->columns;
}

double columns_height(const struct column_needs *needs, const double *widths)
{
	double height = 0;

	for (size_t row = 0; row < needs->rows; row++) {
		double highest = 1;

		for (size_t i = 0; i < needs->columns; i++)
			highest = fmax(highest, lines_at(needs->sample[row * needs->columns + i], widths[i]));
		height += highest;
	}
	return height;
}
