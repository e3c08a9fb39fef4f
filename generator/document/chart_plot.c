/* Axes: a scale with neat steps, grid, labels. */
#include <math.h>

#include "document/chart_parts.h"

#define PLOT_HEIGHT 110.0
#define TICK_GAP 4.0
#define LABEL_GAP 4.0
/* From so many labels on they are a sequence, of which some may go unlabelled. */
#define SEQUENCE 10

struct scale scale_make(double from, double to, unsigned steps, bool whole)
{
	if (to <= from)
		to = from + 1;
	double rough = (to - from) / steps, power = pow(10, floor(log10(rough))), step = 10 * power;
	static const double neat[] = { 1, 2, 5 };
	for (size_t i = 3; i-- > 0;)
		if (neat[i] * power >= rough * (1 - 1e-9))
			step = neat[i] * power;
	if (whole && step < 1)
		step = 1;
	return (struct scale){ .low = floor(from / step + 1e-9) * step,
		               .high = ceil(to / step - 1e-9) * step,
		               .step = step };
}

bool series_are_whole(const struct chart *chart)
{
	for (size_t i = 0; i < chart->series_count; i++)
		for (size_t j = 0; j < chart->label_count; j++)
			if (!isnan(chart->series[i].values[j]) &&
			    chart->series[i].values[j] != floor(chart->series[i].values[j]))
				return false;
	return true;
}

double scale_y(const struct scale *scale, double value)
{
	return scale->bottom - (value - scale->low) / (scale->high - scale->low) * (scale->bottom - scale->top);
}

static size_t tick_count(const struct scale *scale)
{
	return (size_t)llround((scale->high - scale->low) / scale->step) + 1;
}

static double tick_value(const struct scale *scale, size_t index)
{
	return scale->low + scale->step * (double)index;
}

static double ticks_width(struct arena *arena, const struct scale *scale)
{
	double width = 0;
	for (size_t i = 0; i < tick_count(scale); i++)
		width = fmax(width, drawing_text_width(chart_number(arena, tick_value(scale, i)), CHART_TEXT));
	return width;
}

static void draw_grid(struct drawing *drawing, const struct plot *plot)
{
	for (size_t i = 0; i < tick_count(&plot->scale); i++) {
		double value = tick_value(&plot->scale, i), y = scale_y(&plot->scale, value);
		struct stroke stroke = { i == 0 ? CHART_INK : CHART_GRID, i == 0 ? 0.8 : 0.5, DASH_NONE };
		drawing_line(drawing, (struct point){ plot->left, y }, (struct point){ plot->right, y }, stroke);
		drawing_text(drawing, (struct point){ plot->left - TICK_GAP, y + CHART_TEXT * 0.35 }, ANCHOR_END,
		             CHART_TEXT, false, CHART_INK, chart_number(drawing->arena, value));
	}
}

static double widest_of(const char *const texts[], size_t count)
{
	double widest = 0;
	for (size_t i = 0; i < count; i++)
		widest = fmax(widest, drawing_text_width(texts[i], CHART_TEXT));
	return widest;
}

/* Labels under the slots, wrapped to them; of a sequence every nth on one line, as
 * far as they stay inside the drawing and apart. Returns the y below. */
static double draw_labels(struct drawing *drawing, const struct chart *chart, const struct plot *plot)
{
	double y = plot->scale.bottom + CHART_TEXT + 3, taken = 0;
	size_t each = 1, most = 1;
	if (chart->label_count >= SEQUENCE)
		each = (size_t)ceil((widest_of(chart->labels, chart->label_count) + LABEL_GAP) / plot->slot);
	for (size_t i = 0; i < chart->label_count; i += each) {
		const char **lines;
		double room = plot->slot * (double)each - LABEL_GAP;
		size_t count = chart_wrap(drawing->arena, chart->labels[i], CHART_TEXT, room, &lines);
		double half = widest_of(lines, count) / 2, x = plot->left + plot->slot * ((double)i + 0.5);
		x = fmin(fmax(x, half), drawing->width - half);
		if (x - half < taken)
			continue;
		taken = x + half + LABEL_GAP / 2;
		most = count > most ? count : most;
		for (size_t j = 0; j < count; j++)
			drawing_text(drawing, (struct point){ x, y + CHART_LEADING * (double)j }, ANCHOR_MIDDLE,
			             CHART_TEXT, false, CHART_INK, lines[j]);
	}
	return y + CHART_LEADING * (double)(most - 1) + 4;
}

struct plot chart_plot(struct drawing *drawing, const struct chart *chart, struct scale scale, double y, double *below)
{
	struct plot plot = { .scale = scale };
	if (*chart->unit) {
		drawing_text(drawing, (struct point){ 0, y + CHART_TEXT }, ANCHOR_START, CHART_TEXT, false, CHART_MUTED,
		             arena_printf(drawing->arena, "单位：%s", chart->unit));
		y += CHART_LEADING;
	}
	plot.scale.top = y + CHART_LEADING;
	plot.scale.bottom = plot.scale.top + PLOT_HEIGHT;
	plot.left = ticks_width(drawing->arena, &plot.scale) + TICK_GAP;
	plot.right = drawing->width;
	plot.slot = (plot.right - plot.left) / (double)chart->label_count;
	draw_grid(drawing, &plot);
	*below = draw_labels(drawing, chart, &plot);
	return plot;
}

void chart_threshold(struct drawing *drawing, const struct chart *chart, const struct plot *plot)
{
	if (!chart->threshold.is_set)
		return;
	double y = scale_y(&plot->scale, chart->threshold.value);
	drawing_line(drawing, (struct point){ plot->left, y }, (struct point){ plot->right, y },
	             (struct stroke){ CHART_ALARM, 1, DASH_SHORT });
}
