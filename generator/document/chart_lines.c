/* Lines over a sequence, with the threshold that the contract sets. */
#include <math.h>

#include "document/chart_parts.h"

/* Numbers are written at the marks of one line with no more points than this. */
#define NUMBERED_POINTS 14

static void span_of(const struct chart *chart, double *low, double *high)
{
	*low = chart->threshold.is_set ? chart->threshold.value : INFINITY;
	*high = chart->threshold.is_set ? chart->threshold.value : -INFINITY;
	for (size_t i = 0; i < chart->series_count; i++) {
		for (size_t j = 0; j < chart->label_count; j++) {
			*low = fmin(*low, chart->series[i].values[j]);
			*high = fmax(*high, chart->series[i].values[j]);
		}
	}
	if (*low > *high)
		*low = *high = 0;
	if (!isnan(chart->low))
		*low = fmin(*low, chart->low);
	else if (*low >= 0 && *low < *high * 0.6)
		*low = 0;
	/* The threshold does not hide in the axis. */
	if (chart->threshold.is_set && *low == chart->threshold.value && *low != 0)
		*low -= (*high - *low) / 10;
}

/* A line for each run of points without a gap. */
static void draw_line(struct drawing *drawing, const struct chart *chart, const struct plot *plot, size_t series)
{
	struct look look = series_look(series);
	const double *values = chart->series[series].values;
	struct point *points = arena_alloc(drawing->arena, chart->label_count * sizeof *points);
	size_t count = 0;
	for (size_t j = 0; j <= chart->label_count; j++) {
		if (j < chart->label_count && !isnan(values[j])) {
			points[count++] = (struct point){ plot->left + plot->slot * ((double)j + 0.5),
				                          scale_y(&plot->scale, values[j]) };
			continue;
		}
		if (count > 1)
			drawing_polyline(drawing, points, count, (struct stroke){ look.line, 1.4, look.dash });
		count = 0;
	}
}

static void draw_marks(struct drawing *drawing, const struct chart *chart, const struct plot *plot, size_t series)
{
	const double *values = chart->series[series].values;
	bool numbered = chart->series_count == 1 && chart->label_count <= NUMBERED_POINTS;
	for (size_t j = 0; j < chart->label_count; j++) {
		if (isnan(values[j]))
			continue;
		struct point at = { plot->left + plot->slot * ((double)j + 0.5), scale_y(&plot->scale, values[j]) };
		bool misses = misses_threshold(&chart->threshold, values[j]);
		if (misses || chart->label_count <= 3 * NUMBERED_POINTS)
			chart_mark(drawing, series, at, misses);
		const char *number = chart_number(drawing->arena, values[j]);
		if (!numbered || drawing_text_width(number, CHART_TEXT) > plot->slot)
			continue;
		/* Below the mark where the line comes down to it from both sides. */
		bool valley = j > 0 && j + 1 < chart->label_count && values[j - 1] > values[j] &&
		              values[j + 1] > values[j] && at.y + 14 < plot->scale.bottom;
		drawing_text(drawing, (struct point){ at.x, valley ? at.y + 11.5 : at.y - 5 }, ANCHOR_MIDDLE,
		             CHART_TEXT, false, misses ? CHART_ALARM : CHART_INK, number);
	}
}

double chart_lines(struct drawing *drawing, const struct chart *chart, double y)
{
	double low, high, below;
	span_of(chart, &low, &high);
	struct plot plot = chart_plot(drawing, chart, scale_make(low, high, 5, series_are_whole(chart)), y, &below);
	chart_threshold(drawing, chart, &plot);
	for (size_t i = 0; i < chart->series_count; i++)
		draw_line(drawing, chart, &plot, i);
	for (size_t i = 0; i < chart->series_count; i++)
		draw_marks(drawing, chart, &plot, i);
	return below;
}
