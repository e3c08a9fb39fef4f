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

/* A sampled row as it is now: lines of its highest cell and of the next one, and
 * of all of them. */
struct row {
	double highest, second, all;
	size_t which; /* column of the highest */
};

static struct row read_row(const struct column_needs *needs, const double *widths, size_t number)
{
	const double *lengths = needs->sample + number * needs->columns;
	struct row row = { .highest = 1, .second = 1, .which = needs->columns };

	for (size_t i = 0; i < needs->columns; i++) {
		double lines = lines_at(lengths[i], widths[i]);

		row.all += lines;
		if (lines > row.highest) {
			row.second = row.highest;
			row.highest = lines;
			row.which = i;
		} else if (lines > row.second) {
			row.second = lines;
		}
	}
	return row;
}

/* How many lines the sampled rows are lower with column made width wide. The
 * lines of all cells count a little, so that a step on the way to a lower row
 * counts. */
static double gain(const struct column_needs *needs, const struct row *rows, size_t column, double before, double width)
{
	double saved = 0;

	for (size_t i = 0; i < needs->rows; i++) {
		double length = needs->sample[i * needs->columns + column];

		if (length <= before)
			continue;
		double fewer = lines_at(length, before) - lines_at(length, width);
		double own = lines_at(length, width),
		       others = rows[i].which == column ? rows[i].second : rows[i].highest;
		saved += rows[i].highest - (own > others ? own : others) + 0.15 * fewer;
	}
	return saved;
}

struct step {
	size_t column;
	double width, worth; /* worth: lines saved a point */
};

static struct step best_step(const struct column_needs *needs, const double *widths, double left)
{
	struct step best = { 0 };
	struct row rows[COLUMN_SAMPLE];

	for (size_t i = 0; i < needs->rows; i++)
		rows[i] = read_row(needs, widths, i);
	for (size_t column = 0; column < needs->columns; column++) {
		double tried = 0;

		for (size_t i = 0; i < needs->rows; i++) {
			double width = next_width(needs->sample[i * needs->columns + column], widths[column]);
			double more = width - widths[column];

			if (more <= 0.01 || more > left || width == tried)
				continue;
			tried = width;
			double worth = gain(needs, rows, column, widths[column], width) / more;
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

	for (size_t i = 0; i < needs->rows; i++)
		height += read_row(needs, widths, i).highest;
	return height;
}
