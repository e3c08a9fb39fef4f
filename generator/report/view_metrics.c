/* Measurements: each metric's course against its threshold. */
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

struct metric {
	const char *name, *unit;
	bool at_least; /* the threshold is a floor, not a ceiling */
	bool has_threshold;
	double threshold; /* the last one in the period */
	struct record_list records;
};

struct metrics {
	struct metric *items;
	size_t count, capacity;
};

static const char *text_or(const char *text, const char *fallback)
{
	return text == NULL ? fallback : text;
}

static struct metric *metric_of(const struct view *view, struct metrics *metrics, const struct record *record)
{
	const char *name = text_or(record_text(record, "metric"), ""), *unit = text_or(record_text(record, "unit"), "");
	for (size_t i = 0; i < metrics->count; i++)
		if (strcmp(metrics->items[i].name, name) == 0 && strcmp(metrics->items[i].unit, unit) == 0)
			return &metrics->items[i];
	struct metric metric = { .name = name, .unit = unit };
	arena_push(view->arena, metrics->items, metrics->count, metrics->capacity, metric);
	return &metrics->items[metrics->count - 1];
}

static bool exceeds(const struct record *record)
{
	double value, threshold;
	if (!record_number(record, "value", &value) || !record_number(record, "threshold", &threshold))
		return false;
	return strcmp(text_or(record_text(record, "direction"), "max"), "min") == 0 ? value < threshold
	                                                                            : value > threshold;
}

static struct metrics group(const struct view *view)
{
	struct record_list list = ledger_select(view->ledger, view->arena, "measurements", view->span, NULL);
	struct metrics metrics = { 0 };
	for (size_t i = 0; i < list.count; i++) {
		double value;
		if (!record_number(list.items[i], "value", &value))
			continue;
		struct metric *metric = metric_of(view, &metrics, list.items[i]);
		arena_push(view->arena, metric->records.items, metric->records.count, metric->records.capacity,
		           list.items[i]);
		if (record_number(list.items[i], "threshold", &metric->threshold)) {
			metric->has_threshold = true;
			metric->at_least = strcmp(text_or(record_text(list.items[i], "direction"), "max"), "min") == 0;
		}
	}
	return metrics;
}

/* As a chart takes it; null when there is none. */
static struct value *threshold(const struct view *view, const struct metric *metric)
{
	if (!metric->has_threshold)
		return value_null(view->arena);
	struct value *object = value_object(view->arena);
	value_set(view->arena, object, "value", value_number(view->arena, metric->threshold));
	view_text(view->arena, object, "label",
	          arena_printf(view->arena, "阈值 %s%s", wording_number(view->arena, metric->threshold), metric->unit));
	view_text(view->arena, object, "direction", metric->at_least ? "min" : "max");
	return object;
}

/* The worst value of each day: {labels, values, threshold}. */
static struct value *course(const struct view *view, const struct metric *metric)
{
	struct value *labels = value_array(view->arena), *values = value_array(view->arena);
	struct date last = { INT32_MIN };
	double worst = 0;
	struct value *shown = NULL;
	for (size_t i = 0; i < metric->records.count; i++) {
		struct instant at;
		double value;
		record_number(metric->records.items[i], "value", &value);
		if (!ledger_record_at(view->ledger, metric->records.items[i], &at))
			continue;
		struct date day = date_of_instant((struct instant){ at.seconds, view->offset });
		if (day.day != last.day) {
			int year, month, number;
			date_to_ymd(day, &year, &month, &number);
			value_push(view->arena, labels, value_format(view->arena, "%d/%d", month, number));
			shown = value_push(view->arena, values, value_number(view->arena, value));
			worst = value;
		} else if (metric->at_least ? value < worst : value > worst) {
			worst = value;
			shown->as.number = value;
		}
		last = day;
	}
	struct value *object = value_object(view->arena);
	value_set(view->arena, object, "labels", labels);
	value_set(view->arena, object, "values", values);
	value_set(view->arena, object, "threshold", threshold(view, metric));
	return object;
}

static struct value *metric_value(const struct view *view, const struct metric *metric)
{
	double low = 0, high = 0, sum = 0;
	size_t exceeded = 0;
	for (size_t i = 0; i < metric->records.count; i++) {
		double value = 0;
		record_number(metric->records.items[i], "value", &value);
		low = i == 0 || value < low ? value : low;
		high = i == 0 || value > high ? value : high;
		sum += value;
		exceeded += exceeds(metric->records.items[i]);
	}
	struct value *object = value_object(view->arena);
	view_text(view->arena, object, "name", metric->name);
	view_text(view->arena, object, "unit", metric->unit);
	view_text(view->arena, object, "threshold",
	          metric->has_threshold ? arena_printf(view->arena, "%s%s", metric->at_least ? "不低于" : "不高于",
	                                               wording_number(view->arena, metric->threshold))
	                                : NULL);
	view_count(view->arena, object, "times", metric->records.count);
	view_text(view->arena, object, "low", wording_number(view->arena, low));
	view_text(view->arena, object, "mean", wording_number(view->arena, sum / (double)metric->records.count));
	view_text(view->arena, object, "high", wording_number(view->arena, high));
	view_count(view->arena, object, "exceeded", exceeded);
	view_flag(view->arena, object, "any_exceeded", exceeded > 0);
	value_set(view->arena, object, "course", course(view, metric));
	struct sources sources = { 0 };
	for (size_t i = 0; i < metric->records.count; i++)
		view_source(view, &sources, metric->records.items[i]);
	view_sources(view, object, &sources);
	return object;
}

/* Whether a value passed or reached its threshold, or came within a twentieth of
 * one that is a ceiling. */
static bool is_near(const struct metric *metric)
{
	for (size_t i = 0; i < metric->records.count; i++) {
		double value, threshold;
		if (record_number(metric->records.items[i], "value", &value) &&
		    record_number(metric->records.items[i], "threshold", &threshold) &&
		    (metric->at_least ? value <= threshold : value >= threshold * 0.95))
			return true;
	}
	return false;
}

/* Whether value, a metric's, has more than one day to draw a line through. */
static bool has_course(const struct value *value)
{
	return value_get(value_get(value, "course"), "values")->as.array.count > 1;
}

struct value *view_metrics(const struct view *view)
{
	struct metrics metrics = group(view);
	struct value *object = value_object(view->arena), *items = value_array(view->arena),
	             *watched = value_array(view->arena), *over = value_array(view->arena);
	for (size_t i = 0; i < metrics.count; i++) {
		const struct metric *metric = &metrics.items[i];
		const struct value *item = value_push(view->arena, items, metric_value(view, metric));
		if (is_near(metric) && has_course(item))
			value_push(view->arena, watched, metric_value(view, metric));
		for (size_t j = 0; j < metric->records.count; j++)
			if (exceeds(metric->records.items[j]))
				value_push(view->arena, over, view_record(view, metric->records.items[j]));
	}
	value_set(view->arena, object, "list", view_list(view->arena, items));
	value_set(view->arena, object, "watched", view_list(view->arena, watched));
	value_set(view->arena, object, "exceeded", view_list(view->arena, over));
	return object;
}
