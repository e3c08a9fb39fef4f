/* The record that a single document is about: its fields, clocks, the records
 * that refer to it, and its life in git. */
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

static struct value *clocks(const struct view *view, const struct record *record, const char *verdict_flag)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < view->clocks.count; i++) {
		if (view->clocks.items[i].record != record)
			continue;
		struct value *clock = view_clock(view, &view->clocks.items[i]);
		if (verdict_flag == NULL || value_get(clock, verdict_flag)->as.boolean)
			value_push(view->arena, items, clock);
	}
	return view_list(view->arena, items);
}

/* The records of a type with a field that holds the subject's id; whether the
 * type has such a field is the answer. */
static bool find_related(const struct view *view, const struct record *record, const struct schema *schema,
                         struct record_list *out)
{
	bool refers = false;
	for (size_t i = 0; i < schema->field_count; i++) {
		const struct schema_field *field = &schema->fields[i];
		if (field->references == NULL || strcmp(field->references, record->schema->type) != 0)
			continue;
		refers = true;
		const struct record_list *list = ledger_referring(view->ledger, schema->type, field->name, record->id);
		for (size_t j = 0; j < list->count; j++)
			arena_push(view->arena, out->items, out->count, out->capacity, list->items[j]);
	}
	return refers;
}

/* Rows in a table of the document: dates of its record's year go without it. */
static struct value *rows(const struct view *view, const struct record_list *list)
{
	struct view inside = *view;
	inside.year = view_inner_year(view);
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < list->count; i++)
		value_push(view->arena, items, view_record(&inside, list->items[i]));
	return view_list(view->arena, items);
}

/* related: {TYPE: list}; related_by, related_each, related_total: {TYPE: …} of view_counts, view_each, view_sums. */
static void set_related(const struct view *view, struct value *object, const struct record *record)
{
	struct value *related = value_object(view->arena), *by = value_object(view->arena),
	             *each = value_object(view->arena), *total = value_object(view->arena);
	struct view inside = *view;
	inside.year = view_inner_year(view);
	const struct map *schemas = view->reporter->source.schemas;
	for (size_t i = 0; i < schemas->count; i++) {
		const struct schema *schema = schemas->entries[i].value;
		struct record_list list = { 0 };
		if (!find_related(view, record, schema, &list))
			continue;
		value_set(view->arena, related, schema->type, rows(view, &list));
		value_set(view->arena, by, schema->type, view_counts(view, &list, NULL, schema));
		value_set(view->arena, each, schema->type, view_each(&inside, &list, schema));
		value_set(view->arena, total, schema->type, view_sums(view, &list, schema));
	}
	value_set(view->arena, object, "related", related);
	value_set(view->arena, object, "related_by", by);
	value_set(view->arena, object, "related_each", each);
	value_set(view->arena, object, "related_total", total);
}

/* The records that the subject's fields refer to: {FIELD: row}. */
static struct value *referred(const struct view *view, const struct record *record)
{
	struct value *of = value_object(view->arena);
	for (size_t i = 0; i < record->schema->field_count; i++) {
		const struct schema_field *field = &record->schema->fields[i];
		if (field->references == NULL)
			continue;
		const struct record *other = record->fields[i].present
		                                 ? ledger_find(view->ledger, field->references, record->fields[i].text)
		                                 : NULL;
		value_set(view->arena, of, field->name,
		          other == NULL ? value_null(view->arena) : view_record(view, other));
	}
	return of;
}

/* The records of the same type, kind and system up to this one, the last twelve: a
 * course over time. */
static struct value *course(const struct view *view, const struct record *record)
{
	enum { COURSE_MOST = 12 };
	static const char *const same[] = { "kind", "system" };
	const struct record_list *all = ledger_records(view->ledger, record->schema->type);
	struct record *last[COURSE_MOST];
	struct record_list list = { .items = last + COURSE_MOST };
	size_t i = all->count;
	while (i > 0 && all->items[i - 1] != record)
		i--;
	while (i-- > 0 && list.count < COURSE_MOST) {
		bool alike = true;
		for (size_t j = 0; j < sizeof same / sizeof *same; j++) {
			const char *a = view_field_text(view, record, same[j]),
			           *b = view_field_text(view, all->items[i], same[j]);
			alike = alike && (a == NULL ? b == NULL : b != NULL && strcmp(a, b) == 0);
		}
		if (alike) {
			*--list.items = all->items[i];
			list.count++;
		}
	}
	return rows(view, &list);
}

static struct value *history(const struct view *view, const struct record *record)
{
	static const char *const words[] = {
		[CHANGE_ADDED] = "录入", [CHANGE_CHANGED] = "修改", [CHANGE_REMOVED] = "删除"
	};
	const struct provenance *provenance = view->reporter->source.provenance;
	const struct life *life = provenance == NULL ? NULL : provenance_of(provenance, record->name);
	struct value *items = value_array(view->arena);
	for (size_t i = 0; life != NULL && i < life->event_count; i++) {
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "change", words[life->events[i].change]);
		view_commit(view, item, life->events[i].commit);
	}
	return view_list(view->arena, items);
}

static struct value *event_value(const struct view *view, struct instant at, const char *text, bool deadline)
{
	char written[INSTANT_TEXT];
	struct value *object = value_object(view->arena);
	view_text(view->arena, object, "at", instant_format((struct instant){ at.seconds, view->offset }, written));
	view_text(view->arena, object, "text", text);
	view_flag(view->arena, object, "deadline", deadline);
	return object;
}

/* The record's times and its deadlines, as a timeline chart takes them; null when
 * there are none. */
static struct value *events(const struct view *view, const struct record *record)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < record->schema->field_count; i++) {
		const struct schema_field *field = &record->schema->fields[i];
		if (field->type == FIELD_DATETIME && record->fields[i].present)
			value_push(view->arena, items,
			           event_value(view, record->fields[i].as.instant, field->title, false));
	}
	for (size_t i = 0; i < view->clocks.count; i++) {
		const struct clock_reading *clock = &view->clocks.items[i];
		if (clock->record == record && clock->has_deadline)
			value_push(view->arena, items,
			           event_value(view, clock->deadline,
			                       arena_printf(view->arena, "%s截止（%s）", clock->target->item.name,
			                                    wording_verdict(clock->verdict)),
			                       true));
	}
	return items->as.array.count == 0 ? value_null(view->arena) : items;
}

struct value *view_subject(const struct view *view, const struct record *record)
{
	struct value *row = view_record(view, record);
	const struct system *system = ledger_system(view->ledger, record);
	view_text(view->arena, row, "system", system == NULL ? view->contract->name : system->name);
	value_set(view->arena, row, "clocks", clocks(view, record, NULL));
	value_set(view->arena, row, "misses", clocks(view, record, "missed"));
	value_set(view->arena, row, "events", events(view, record));
	value_set(view->arena, row, "of", referred(view, record));
	set_related(view, row, record);
	value_set(view->arena, row, "course", course(view, record));
	value_set(view->arena, row, "history", history(view, record));
	return row;
}

void view_commit(const struct view *view, struct value *object, const struct history_commit *commit)
{
	view_text(view->arena, object, "commit", arena_strndup(view->arena, commit->facts.id, COMMIT_SHORT));
	view_text(view->arena, object, "committed_at",
	          wording_time(view->arena, commit->facts.committer.at, view->offset, view->year));
	view_text(view->arena, object, "author", commit->facts.author.name);
}
