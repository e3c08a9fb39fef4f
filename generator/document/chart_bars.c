/* Bars side by side, bars lying on their side where labels are long, and bars
 * stacked. */
#include <math.h>

#include "document/chart_parts.h"

#define BAR_MOST 34.0
#define ROW_BAR 11.0
#define ROW_GAP 7.0

static const struct stroke outline = { CHART_INK, 0.5, DASH_NONE };

static double sum_of(const struct chart *chart, size_t label)
{
	double sum = 0;
	for (size_t i = 0; i < chart->series_count; i++)
		if (!isnan(chart->series[i].values[label]))
			sum += chart->series[i].values[label];
	return sum;
}

static double highest(const struct chart *chart, bool stacked)
{
	double high = chart->threshold.is_set ? chart->threshold.value : 0;
	for (size_t j = 0; j < chart->label_count; j++) {
		if (stacked)
			high = fmax(high, sum_of(chart, j));
		for (size_t i = 0; !stacked && i < chart->series_count; i++)
			high = fmax(high, chart->series[i].values[j]);
	}
	return high;
}

static void draw_number(struct drawing *drawing, double x, double y, double room, double value)
{
	const char *text = chart_number(drawing->arena, value);
	if (drawing_text_width(text, CHART_TEXT) <= room)
		drawing_text(drawing, (struct point){ x, y }, ANCHOR_MIDDLE, CHART_TEXT, false, CHART_INK, text);
}

static void draw_group(struct drawing *drawing, const struct chart *chart, const struct plot *plot, size_t label)
{
	double count = (double)chart->series_count, bar = fmin(BAR_MOST, plot->slot * 0.76 / count);
	double x = plot->left + plot->slot * ((double)label + 0.5) - bar * count / 2;
	for (size_t i = 0; i < chart->series_count; i++, x += bar) {
		double value = chart->series[i].values[label];
		if (isnan(value))
			continue;
		double y = scale_y(&plot->scale, value);
		struct look look = series_look(i);
		drawing_rect(drawing, (struct point){ x, y }, (struct point){ x + bar, plot->scale.bottom }, look.fill,
		             look.pattern, outline);
		double room = chart->series_count == 1 ? plot->slot : bar;
		draw_number(drawing, x + bar / 2, y - 2.5, room, value);
	}
}

/* Whether the labels are too long to stand under their bars on two lines. */
static bool wants_rows(const struct chart *chart)
{
	if (chart->label_count >= 10)
		return false;
	double slot = (chart->width - 30) / (double)chart->label_count;
	for (size_t i = 0; i < chart->label_count; i++)
		if (drawing_text_width(chart->labels[i], CHART_TEXT) > 2 * (slot - 10))
			return true;
	return false;
}

/* Bars on their side, a row a label; numbers in a column at the right, where no
 * bar and no threshold reaches. */
static double draw_rows(struct drawing *drawing, const struct chart *chart, double y)
{
	double label_width = 0, number_width = 0, high = highest(chart, false);
	for (size_t j = 0; j < chart->label_count; j++) {
		label_width = fmax(label_width, drawing_text_width(chart->labels[j], CHART_TEXT));
		for (size_t i = 0; i < chart->series_count; i++)
			if (!isnan(chart->series[i].values[j]))
				number_width =
				    fmax(number_width,
				         drawing_text_width(chart_number(drawing->arena, chart->series[i].values[j]),
				                            CHART_TEXT));
	}
	double left = fmin(label_width, drawing->width * 0.45) + 6, right = drawing->width - number_width - 6,
	       top = y + 2;
	double row = ROW_BAR * (double)chart->series_count + ROW_GAP, bottom = top + row * (double)chart->label_count;
	for (size_t j = 0; j < chart->label_count; j++) {
		double bar = top + row * (double)j + ROW_GAP / 2;
		chart_text(drawing, (struct point){ left - 6, bar + (row - ROW_GAP) / 2 + CHART_TEXT * 0.35 },
		           ANCHOR_END, left - 6, CHART_INK, chart->labels[j]);
		for (size_t i = 0; i < chart->series_count; i++, bar += ROW_BAR) {
			double value = chart->series[i].values[j];
			if (isnan(value))
				continue;
			double end = left + (high > 0 ? value / high * (right - left) : 0);
			struct look look = series_look(i);
			drawing_rect(drawing, (struct point){ left, bar }, (struct point){ end, bar + ROW_BAR - 1 },
			             look.fill, look.pattern, outline);
			bool misses = misses_threshold(&chart->threshold, value);
			drawing_text(drawing, (struct point){ drawing->width, bar + ROW_BAR / 2 + CHART_TEXT * 0.3 },
			             ANCHOR_END, CHART_TEXT, misses, misses ? CHART_ALARM : CHART_INK,
			             chart_number(drawing->arena, value));
		}
	}
	drawing_line(drawing, (struct point){ left, top }, (struct point){ left, bottom },
	             (struct stroke){ CHART_INK, 0.8, DASH_NONE });
	if (chart->threshold.is_set && high > 0) {
		double x = left + chart->threshold.value / high * (right - left);
		drawing_line(drawing, (struct point){ x, top }, (struct point){ x, bottom },
		             (struct stroke){ CHART_ALARM, 1, DASH_SHORT });
	}
	return bottom + 4;
}

double chart_bars(struct drawing *drawing, const struct chart *chart, double y)
{
	if (wants_rows(chart)) {
		if (*chart->unit) {
			drawing_text(drawing, (struct point){ 0, y + CHART_TEXT }, ANCHOR_START, CHART_TEXT, false,
			             CHART_MUTED, arena_printf(drawing->arena, "单位：%s", chart->unit));
			y += CHART_LEADING;
		}
		return draw_rows(drawing, chart, y);
	}
	double below;
	struct scale scale = scale_make(0, highest(chart, false), 5, series_are_whole(chart));
	struct plot plot = chart_plot(drawing, chart, scale, y, &below);
	for (size_t j = 0; j < chart->label_count; j++)
		draw_group(drawing, chart, &plot, j);
	chart_threshold(drawing, chart, &plot);
	return below;
}

double chart_stacked(struct drawing *drawing, const struct chart *chart, double y)
{
	double below;
	struct scale scale = scale_make(0, highest(chart, true), 5, series_are_whole(chart));
	struct plot plot = chart_plot(drawing, chart, scale, y, &below);
	double bar = fmin(BAR_MOST, plot.slot * 0.7);
	for (size_t j = 0; j < chart->label_count; j++) {
		double x = plot.left + plot.slot * ((double)j + 0.5), sum = 0;
		bool any = false;
		for (size_t i = 0; i < chart->series_count; i++) {
			double value = chart->series[i].values[j];
			any = any || !isnan(value);
			if (isnan(value) || value == 0)
				continue;
			struct look look = series_look(i);
			drawing_rect(drawing, (struct point){ x - bar / 2, scale_y(&plot.scale, sum + value) },
			             (struct point){ x + bar / 2, scale_y(&plot.scale, sum) }, look.fill, look.pattern,
			             outline);
			sum += value;
		}
		if (any)
			draw_number(drawing, x, scale_y(&plot.scale, sum) - 2.5, plot.slot, sum);
	}
	chart_threshold(drawing, chart, &plot);
	return below;
}
