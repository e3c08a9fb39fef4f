/* Backups: those that failed and whether they were done again, and for each thing
 * that is backed up the longest time without a good backup. */
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

/* One kind of backup of one thing. */
struct series {
	const char *object, *kind;
	size_t times, failed;
	bool has_last;
	struct instant last; /* the last good one seen */
	int64_t longest;     /* seconds between good ones */
	struct sources sources;
};

struct series_list {
	struct series *items;
	size_t count, capacity;
};

static bool is_restore_test(const struct record *record)
{
	const char *kind = record_text(record, "kind");
	return kind != NULL && strcmp(kind, "恢复测试") == 0;
}

static bool is_good(const struct record *record)
{
	const char *result = record_text(record, "result");
	return result != NULL && strcmp(result, "成功") == 0;
}

static const char *or_none(const char *text)
{
	return text == NULL ? WORDING_NONE : text;
}

static struct series *series_of(const struct view *view, struct series_list *list, const struct record *record)
{
	const char *object = view_field_text(view, record, "asset"), *kind = or_none(record_text(record, "kind"));
	if (object == NULL)
		object = or_none(view_field_text(view, record, "system"));
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].object, object) == 0 && strcmp(list->items[i].kind, kind) == 0)
			return &list->items[i];
	struct series series = { .object = object, .kind = kind };
	arena_push(view->arena, list->items, list->count, list->capacity, series);
	return &list->items[list->count - 1];
}

static void note_good(struct series *series, struct instant at, bool in_span)
{
	if (in_span && series->has_last && at.seconds - series->last.seconds > series->longest)
		series->longest = at.seconds - series->last.seconds;
	series->has_last = true;
	series->last = at;
}

/* Backups up to the period's end; the last good one before the period begins
 * the first interval, the period's end (or as-of) ends the last one. */
static struct series_list measure(const struct view *view)
{
	struct series_list list = { 0 };
	const struct record_list *records = ledger_records(view->ledger, "backups");
	struct instant to = span_to(view->span, view->offset);
	if (instant_compare(view->as_of, to) < 0)
		to = view->as_of;
	for (size_t i = 0; i < records->count; i++) {
		struct instant at;
		if (is_restore_test(records->items[i]) || !ledger_record_at(view->ledger, records->items[i], &at) ||
		    instant_compare(at, to) > 0)
			continue;
		struct series *series = series_of(view, &list, records->items[i]);
		bool in_span = span_holds(view->span, at, view->offset);
		series->times += in_span;
		if (in_span)
			view_source(view, &series->sources, records->items[i]);
		series->failed += in_span && !is_good(records->items[i]);
		if (is_good(records->items[i]))
			note_good(series, at, in_span);
	}
	for (size_t i = 0; i < list.count; i++)
		if (list.items[i].has_last && to.seconds - list.items[i].last.seconds > list.items[i].longest)
			list.items[i].longest = to.seconds - list.items[i].last.seconds;
	return list;
}

static struct value *series_value(const struct view *view)
{
	struct series_list list = measure(view);
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < list.count; i++) {
		const struct series *series = &list.items[i];
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "object", series->object);
		view_text(view->arena, item, "kind", series->kind);
		view_count(view->arena, item, "times", series->times);
		view_count(view->arena, item, "failed", series->failed);
		view_text(view->arena, item, "last",
		          series->has_last ? wording_time(view->arena, series->last, view->offset, view->year) : NULL);
		view_text(view->arena, item, "longest",
		          series->has_last ? wording_duration(view->arena, series->longest) : WORDING_NONE);
		view_sources(view, item, &series->sources);
	}
	return view_list(view->arena, items);
}

struct value *view_backups(const struct view *view)
{
	struct record_list list = ledger_select(view->ledger, view->arena, "backups", view->span, NULL);
	struct value *object = value_object(view->arena), *failed = value_array(view->arena);
	for (size_t i = 0; i < list.count; i++) {
		if (is_good(list.items[i]))
			continue;
		struct value *row = value_push(view->arena, failed, view_record(view, list.items[i]));
		const struct record_list *again =
		    ledger_referring(view->ledger, "backups", "rerun_of", list.items[i]->id);
		view_text(view->arena, row, "rerun",
		          again->count == 0
		              ? NULL
		              : arena_printf(view->arena, "%s %s", again->items[again->count - 1]->id,
		                             or_none(view_field_text(view, again->items[again->count - 1], "result"))));
	}
	value_set(view->arena, object, "failed", view_list(view->arena, failed));
	value_set(view->arena, object, "series", series_value(view));
	return object;
}
