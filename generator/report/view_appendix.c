/* The appendix: each figure with the records behind it, and the commits by which
 * those records came. */
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

enum { IDS_IN_FULL = 12 };

/* "INC-2026-0301、INC-2026-0302"; of many the lowest and the highest. */
static const char *ids_words(const struct view *view, const struct record_list *list)
{
	const char *words = "", *lowest = list->items[0]->id, *highest = lowest;
	for (size_t i = 0; i < list->count; i++) {
		const char *id = list->items[i]->id;
		lowest = strcmp(id, lowest) < 0 ? id : lowest;
		highest = strcmp(id, highest) > 0 ? id : highest;
		if (list->count <= IDS_IN_FULL)
			words = arena_printf(view->arena, "%s%s%s", words, i == 0 ? "" : "、", id);
	}
	if (list->count > IDS_IN_FULL)
		words = arena_printf(view->arena, "%s 至 %s，共%zu条", lowest, highest, list->count);
	return words;
}

static void put(const struct view *view, struct record_list *list, const struct record *record)
{
	for (size_t i = list->count; i > 0 && list->count - i < IDS_IN_FULL; i--)
		if (list->items[i - 1] == record)
			return;
	struct record *item = ledger_find(view->ledger, record->schema->type, record->id);
	arena_push(view->arena, list->items, list->count, list->capacity, item);
}

static void add_figure(const struct view *view, struct value *figures, const struct item *item, const char *figure,
                       const struct record_list *records)
{
	if (records->count == 0)
		return;
	struct value *object = value_push(view->arena, figures, value_object(view->arena));
	view_text(view->arena, object, "name", item->name);
	view_text(view->arena, object, "clause", item->clause);
	view_text(view->arena, object, "figure", figure);
	view_text(view->arena, object, "records", ids_words(view, records));
}

static void add_targets(const struct view *view, struct value *figures)
{
	const struct clock_list *clocks = &view->clocks;
	for (size_t i = 0; i < view->figures.count; i++) {
		const struct target_figures *target = &view->figures.items[i];
		struct record_list records = { 0 };
		for (size_t j = 0; j < clocks->count; j++)
			if (strcmp(clocks->items[j].target->item.id, target->target->item.id) == 0 &&
			    (clocks->items[j].verdict == VERDICT_MET || clocks->items[j].verdict == VERDICT_MISSED))
				put(view, &records, clocks->items[j].record);
		add_figure(view, figures, &target->target->item,
		           arena_printf(view->arena, "达标 %zu，超时 %zu", target->verdicts[VERDICT_MET],
		                        target->verdicts[VERDICT_MISSED]),
		           &records);
	}
}

static void add_duties(const struct view *view, struct value *figures)
{
	struct duty_list windows = view_duties_due(view, view->span);
	for (size_t i = 0; i < windows.count;) {
		const struct duty *duty = windows.items[i].duty;
		struct record_list records = { 0 };
		size_t done = 0, first = i;
		for (; i < windows.count && windows.items[i].duty == duty; i++) {
			done += windows.items[i].verdict == DUTY_DONE || windows.items[i].verdict == DUTY_LATE;
			for (size_t j = 0; j < windows.items[i].evidence_count; j++)
				put(view, &records, windows.items[i].evidence[j]);
		}
		add_figure(view, figures, &duty->item, arena_printf(view->arena, "完成 %zu/%zu", done, i - first),
		           &records);
	}
}

/* Records of one type that came by the same commit. */
struct arrival {
	const struct schema *schema;
	const struct history_commit *commit;
	struct record_list records;
};

struct arrivals {
	struct arrival *items;
	size_t count, capacity;
};

static struct arrival *arrival_of(const struct view *view, struct arrivals *arrivals, const struct schema *schema,
                                  const struct history_commit *commit)
{
	for (size_t i = 0; i < arrivals->count; i++)
		if (arrivals->items[i].schema == schema && arrivals->items[i].commit == commit)
			return &arrivals->items[i];
	struct arrival arrival = { schema, commit, { 0 } };
	arena_push(view->arena, arrivals->items, arrivals->count, arrivals->capacity, arrival);
	return &arrivals->items[arrivals->count - 1];
}

/* Arrivals of all dated records of the period, and those changed since. */
struct value *view_appendix(const struct view *view)
{
	struct value *object = value_object(view->arena), *figures = value_array(view->arena),
	             *entries = value_array(view->arena), *changed = value_array(view->arena);
	add_targets(view, figures);
	add_duties(view, figures);
	struct arrivals arrivals = { 0 };
	const struct provenance *provenance = view->reporter->source.provenance;
	const struct map *tables = &view->ledger->records->tables;
	for (size_t i = 0; provenance != NULL && i < tables->count; i++) {
		const struct record_table *table = tables->entries[i].value;
		if (table->schema->date_field == SIZE_MAX)
			continue;
		struct record_list list =
		    ledger_select(view->ledger, view->arena, table->schema->type, view->span, NULL);
		for (size_t j = 0; j < list.count; j++) {
			const struct life *life = provenance_of(provenance, list.items[j]->name);
			if (life == NULL)
				continue;
			const struct event *first = life_first(life), *last = life_last(life);
			struct arrival *arrival = arrival_of(view, &arrivals, table->schema, first->commit);
			arena_push(view->arena, arrival->records.items, arrival->records.count,
			           arrival->records.capacity, list.items[j]);
			if (last == first)
				continue;
			struct value *item = value_push(view->arena, changed, value_object(view->arena));
			view_text(view->arena, item, "id", list.items[j]->id);
			view_text(view->arena, item, "type", table->schema->title);
			view_count(view->arena, item, "times", life->event_count - 1);
			view_commit(view, item, last->commit);
		}
	}
	for (size_t i = 0; i < arrivals.count; i++) {
		struct value *item = value_push(view->arena, entries, value_object(view->arena));
		view_text(view->arena, item, "type", arrivals.items[i].schema->title);
		view_count(view->arena, item, "times", arrivals.items[i].records.count);
		view_text(view->arena, item, "records", ids_words(view, &arrivals.items[i].records));
		view_commit(view, item, arrivals.items[i].commit);
	}
	value_set(view->arena, object, "figures", view_list(view->arena, figures));
	value_set(view->arena, object, "entries", view_list(view->arena, entries));
	value_set(view->arena, object, "changed", view_list(view->arena, changed));
	return object;
}
