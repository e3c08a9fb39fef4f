#include "document/chart.h"

#include <math.h>
#include <string.h>

#include "document/chart_parts.h"

#define SERIES_MOST 8
#define LABELS_MOST 400

struct kind {
	const char *type;
	/* One of the two: from series, or from data of its own. */
	double (*draw)(struct drawing *drawing, const struct chart *chart, double y);
	bool (*draw_own)(struct drawing *drawing, struct fields *fields, double y);
	const char *const *names;
};

static const char *const series_names[] = { "type",   "title",     "unit", "labels", "values",
	                                    "series", "threshold", "low",  NULL };
static const char *const matrix_names[] = { "type", "title", "columns", "rows", NULL };
static const char *const timeline_names[] = { "type", "title", "events", NULL };

static const struct kind kinds[] = {
	{ "bars", chart_bars, NULL, series_names },           { "stacked", chart_stacked, NULL, series_names },
	{ "lines", chart_lines, NULL, series_names },         { "matrix", NULL, chart_matrix, matrix_names },
	{ "timeline", NULL, chart_timeline, timeline_names },
};

static const struct kind *find_kind(const struct value *data, struct diags *diags)
{
	const char *type = value_get_string(data, "type");
	for (size_t i = 0; type && i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].type, type) == 0)
			return &kinds[i];
	DIAG(diags, data->place, MSG_CHART_TYPE, type ? type : "", "bars, stacked, lines, matrix, timeline");
	return NULL;
}

static void read_values(struct chart *chart, struct fields *fields, const struct value *list, bool negative,
                        struct series *series)
{
	series->values = arena_alloc(chart->arena, chart->label_count * sizeof *series->values);
	if (list->as.array.count != chart->label_count) {
		DIAG(fields->diags, list->place, MSG_CHART_VALUES, "values",
		     arena_printf(chart->arena, "%zu", list->as.array.count),
		     arena_printf(chart->arena, "%zu", chart->label_count));
		fields->ok = false;
		return;
	}
	for (size_t i = 0; i < chart->label_count; i++) {
		const struct value *value = list->as.array.items[i];
		series->values[i] = value->kind == VALUE_NUMBER ? value->as.number : NAN;
		if (value->kind != VALUE_NUMBER && value->kind != VALUE_NULL)
			fields_wrong(fields, value, "values", translate("a number"));
		if (series->values[i] < 0 && !negative) {
			DIAG(fields->diags, value->place, MSG_CHART_NEGATIVE,
			     chart_number(chart->arena, series->values[i]));
			fields->ok = false;
		}
	}
}

static void read_series(struct chart *chart, struct fields *fields, const struct value *list, bool negative)
{
	static const char *const names[] = { "name", "values", NULL };
	chart->series_count = list->as.array.count;
	if (chart->series_count > SERIES_MOST) {
		DIAG(fields->diags, list->place, MSG_CHART_MANY, arena_printf(chart->arena, "%zu", chart->series_count),
		     arena_printf(chart->arena, "%d", SERIES_MOST));
		fields->ok = false;
		return;
	}
	chart->series = arena_alloc(chart->arena, (chart->series_count + 1) * sizeof *chart->series);
	for (size_t i = 0; i < chart->series_count; i++) {
		struct fields series = fields_of(list->as.array.items[i], "chart.series", names, fields->diags);
		chart->series[i].name = fields_string(&series, "name", true);
		const struct value *values = fields_list(&series, "values", true);
		if (values)
			read_values(chart, &series, values, negative, &chart->series[i]);
		fields->ok = fields->ok && series.ok;
	}
}

static void read_threshold(struct chart *chart, struct fields *fields)
{
	static const char *const names[] = { "value", "label", "direction", NULL };
	const struct value *object = fields_object(fields, "threshold", false);
	if (!object)
		return;
	struct fields threshold = fields_of(object, "chart.threshold", names, fields->diags);
	const char *direction = fields_string(&threshold, "direction", false);
	chart->threshold.label = fields_string(&threshold, "label", true);
	chart->threshold.value = fields_number(&threshold, "value", NAN);
	if (isnan(chart->threshold.value) && threshold.ok) {
		DIAG(fields->diags, object->place, MSG_BLOCK_MISSING_MEMBER, threshold.what, "value");
		threshold.ok = false;
	}
	if (direction && strcmp(direction, "min") != 0 && strcmp(direction, "max") != 0)
		fields_wrong(&threshold, value_get(object, "direction"), "direction", "min, max");
	chart->threshold.is_maximum = direction && strcmp(direction, "max") == 0;
	chart->threshold.is_set = true;
	fields->ok = fields->ok && threshold.ok;
}

static void read_labels(struct chart *chart, struct fields *fields)
{
	const struct value *labels = fields_list(fields, "labels", true);
	chart->label_count = labels ? labels->as.array.count : 0;
	if (chart->label_count > LABELS_MOST) {
		DIAG(fields->diags, labels->place, MSG_CHART_MANY,
		     arena_printf(chart->arena, "%zu", chart->label_count),
		     arena_printf(chart->arena, "%d", LABELS_MOST));
		fields->ok = false;
	}
	chart->labels = arena_alloc(chart->arena, (chart->label_count + 1) * sizeof *chart->labels);
	for (size_t i = 0; i < chart->label_count; i++)
		chart->labels[i] = fields_text(fields, labels->as.array.items[i], "labels");
}

static void read_chart(struct chart *chart, struct fields *fields, bool negative)
{
	const char *unit = fields_string(fields, "unit", false);
	chart->unit = unit ? unit : "";
	chart->low = fields_number(fields, "low", NAN);
	read_labels(chart, fields);
	read_threshold(chart, fields);
	const struct value *values = fields_list(fields, "values", false);
	if (!values) {
		const struct value *series = fields_list(fields, "series", true);
		if (series)
			read_series(chart, fields, series, negative);
		return;
	}
	chart->series_count = 1;
	chart->series = arena_alloc(chart->arena, sizeof *chart->series);
	chart->series->name = "";
	read_values(chart, fields, values, negative, chart->series);
}

/* "1月：P1 2，P2 3；2月：…。合同要求 99.5%。" */
static const char *describe(const struct chart *chart)
{
	struct buf text = BUF_INIT;
	if (*chart->unit)
		buf_printf(&text, "单位：%s。", chart->unit);
	for (size_t j = 0; j < chart->label_count; j++) {
		buf_puts(&text, chart->labels[j]);
		for (size_t i = 0; i < chart->series_count; i++) {
			const struct series *series = &chart->series[i];
			const char *number =
			    isnan(series->values[j]) ? "无" : chart_number(chart->arena, series->values[j]);
			buf_printf(&text, "%s%s%s%s",
			           i               ? "，"
			           : *series->name ? "："
			                           : " ",
			           series->name, *series->name ? " " : "", number);
		}
		buf_puts(&text, j + 1 < chart->label_count ? "；" : "。");
	}
	if (chart->threshold.is_set)
		buf_printf(&text, "%s。", chart->threshold.label);
	const char *copy = arena_strdup(chart->arena, buf_str(&text));
	buf_free(&text);
	return copy;
}

static bool draw_series(struct drawing *drawing, const struct kind *kind, struct fields *fields, double y)
{
	struct chart chart = { .arena = drawing->arena, .width = drawing->width, .title = drawing->title };
	bool lines = kind->draw == chart_lines;
	read_chart(&chart, fields, lines);
	if (!fields->ok)
		return false;
	if (chart.label_count == 0 || chart.series_count == 0) {
		drawing->height = chart_nothing(drawing, y);
		return true;
	}
	drawing->height = kind->draw(drawing, &chart, chart_legend(drawing, &chart, lines, y));
	drawing->description = describe(&chart);
	return true;
}

struct drawing *chart_draw(struct arena *arena, const struct value *data, double width, struct diags *diags)
{
	if (data->kind != VALUE_OBJECT) {
		DIAG(diags, data->place, MSG_BLOCK_WRONG_KIND, "chart", "chart", translate("an object"));
		return NULL;
	}
	const struct kind *kind = find_kind(data, diags);
	if (!kind)
		return NULL;
	struct drawing *drawing = drawing_new(arena, width, 0);
	struct fields fields = fields_of(data, "chart", kind->names, diags);
	const char *title = fields_string(&fields, "title", true);
	drawing->title = title ? title : "";
	double y = chart_title(drawing, drawing->title);
	drawing->description = "没有数据。";
	bool drawn = kind->draw ? draw_series(drawing, kind, &fields, y) : kind->draw_own(drawing, &fields, y);
	return drawn && fields.ok ? drawing : NULL;
}
