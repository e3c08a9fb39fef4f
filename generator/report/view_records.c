/* Records of every type, those of the period: listed, picked by the values of
 * their fields, and counted by them. Knows no type by name, so that a new type needs no C. */
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

/* The names that a field can hold, in the order in which they are shown. */
struct names {
	const char **items;
	size_t count, capacity;
};

static size_t name_index(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i], name) == 0)
			return i;
	return SIZE_MAX;
}

static void add_name(const struct view *view, struct names *names, const char *name)
{
	if (name_index(names, name) == SIZE_MAX)
		arena_push(view->arena, names->items, names->count, names->capacity, name);
}

/* Values in the order of contract or schema, then of first occurrence; records
 * without one count as 未填. */
static struct names field_names(const struct view *view, const struct record_list *list, const struct schema *schema,
                                const struct schema_field *field)
{
	struct names names = { 0 };
	if (strcmp(field->name, "system") == 0)
		for (size_t i = 0; i < view->contract->system_count; i++)
			add_name(view, &names, view->contract->systems[i].name);
	else if (strcmp(field->name, "level") == 0)
		for (size_t i = 0; i < view->contract->level_count; i++)
			add_name(view, &names, view_level_name(view, view->contract->levels[i].id));
	else
		for (size_t i = 0; i < field->allowed_count; i++)
			add_name(view, &names, field->labels == NULL ? field->allowed[i] : field->labels[i]);
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i]->schema == schema) {
			const char *text = view_field_text(view, list->items[i], field->name);
			add_name(view, &names, text == NULL ? "未填" : text);
		}
	return names;
}

static const char *name_of(const struct view *view, const struct record *record, const char *field)
{
	const char *text = view_field_text(view, record, field);
	return text == NULL ? "未填" : text;
}

/* The sum of each whole-number field over the records of list whose field holds
 * name (field NULL: all), and each sum as a share of each other: {sum: {sent,
 * delivered …}, rate: {delivered: {sent …}}}. */
static void set_sums(const struct view *view, struct value *object, const struct record_list *list,
                     const struct schema *schema, const char *field, const char *name)
{
	size_t *sums = arena_alloc(view->arena, schema->field_count * sizeof *sums);
	for (size_t i = 0; i < list->count; i++) {
		if (field != NULL && strcmp(name_of(view, list->items[i], field), name) != 0)
			continue;
		for (size_t j = 0; j < schema->field_count; j++)
			if (schema->fields[j].type == FIELD_INTEGER && list->items[i]->fields[j].present)
				sums[j] += (size_t)list->items[i]->fields[j].as.number;
	}
	struct value *sum = value_object(view->arena), *rate = value_object(view->arena);
	for (size_t j = 0; j < schema->field_count; j++) {
		if (schema->fields[j].type != FIELD_INTEGER)
			continue;
		struct value *of = value_object(view->arena);
		for (size_t k = 0; k < schema->field_count; k++)
			if (schema->fields[k].type == FIELD_INTEGER)
				view_text(view->arena, of, schema->fields[k].name,
				          wording_percent(view->arena, sums[j], sums[k]));
		view_text(view->arena, sum, schema->fields[j].name, wording_number(view->arena, (double)sums[j]));
		value_set(view->arena, rate, schema->fields[j].name, of);
	}
	value_set(view->arena, object, "sum", sum);
	value_set(view->arena, object, "rate", rate);
}

/* How many records of list hold name in the field. */
static const char *count_of(const struct view *view, const struct record_list *list, const struct schema_field *field,
                            const char *name)
{
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++)
		count += strcmp(name_of(view, list->items[i], field->name), name) == 0;
	return arena_printf(view->arena, "%zu", count);
}

/* Counts of list by field, beside those of previous, the records of the period before (NULL: there are none to
 * compare with); names that do not occur in list are left out; null where no record fills the field. */
static struct value *counts_by(const struct view *view, const struct record_list *list,
                               const struct record_list *previous, const struct schema *schema,
                               const struct schema_field *field)
{
	struct names names = field_names(view, list, schema, field);
	size_t *counts = arena_alloc(view->arena, (names.count + 1) * sizeof *counts);
	for (size_t i = 0; i < list->count; i++)
		counts[name_index(&names, name_of(view, list->items[i], field->name))]++;
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < names.count; i++) {
		if (counts[i] == 0)
			continue;
		if (counts[i] == list->count && strcmp(names.items[i], "未填") == 0)
			return value_null(view->arena); /* nobody fills the field */
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "name", names.items[i]);
		view_count(view->arena, item, "times", counts[i]);
		view_text(view->arena, item, "share", wording_percent(view->arena, counts[i], list->count));
		view_text(view->arena, item, "previous",
		          previous == NULL ? WORDING_NONE : count_of(view, previous, field, names.items[i]));
		set_sums(view, item, list, schema, field->name, names.items[i]);
	}
	return view_list(view->arena, items);
}

/* Whether counting by field says something: a closed set of values, or one of
 * the fields that group records by their nature. */
static bool is_grouping(const struct schema_field *field)
{
	static const char *const names[] = { "system", "level",  "unit",    "class",      "aspect",
		                             "cause",  "metric", "licence", "application" };
	if (field->type != FIELD_STRING)
		return false;
	if (field->allowed_count > 0)
		return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(field->name, names[i]) == 0)
			return true;
	return false;
}

/* Rows of list, or of those only whose field holds value. */
static struct value *rows_of(const struct view *view, const struct record_list *list, const char *field,
                             const char *value)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < list->count; i++) {
		const char *text = field == NULL ? NULL : record_text(list->items[i], field);
		if (field == NULL || (text != NULL && strcmp(text, value) == 0))
			value_push(view->arena, items, view_record(view, list->items[i]));
	}
	return view_list(view->arena, items);
}

/* {VALUE: rows} for each value that the field's schema allows. */
static struct value *rows_where(const struct view *view, const struct record_list *list,
                                const struct schema_field *field)
{
	struct value *object = value_object(view->arena);
	for (size_t i = 0; i < field->allowed_count; i++)
		value_set(view->arena, object, field->allowed[i], rows_of(view, list, field->name, field->allowed[i]));
	return object;
}

struct value *view_each(const struct view *view, const struct record_list *list, const struct schema *schema)
{
	struct value *each = value_object(view->arena);
	for (size_t i = 0; i < schema->field_count; i++) {
		const struct schema_field *field = &schema->fields[i];
		struct value *items = value_array(view->arena);
		for (size_t j = 0; field->type == FIELD_STRING && j < field->allowed_count; j++) {
			struct value *item = value_push(view->arena, items, value_object(view->arena));
			view_text(view->arena, item, "name",
			          field->labels == NULL ? field->allowed[j] : field->labels[j]);
			value_set(view->arena, item, "list", rows_of(view, list, field->name, field->allowed[j]));
		}
		if (items->as.array.count > 0)
			value_set(view->arena, each, field->name, view_list(view->arena, items));
	}
	return each;
}

struct value *view_sums(const struct view *view, const struct record_list *list, const struct schema *schema)
{
	struct value *sums = value_object(view->arena);
	set_sums(view, sums, list, schema, NULL, NULL);
	return sums;
}

/* Systems down, kinds across: {columns: [names], rows: [{name, cells: [numbers], total}],
 * totals: [numbers], total}; only what occurs. */
static struct value *matrix(const struct view *view, const struct record_list *list, const struct schema *schema,
                            const struct schema_field *down, const struct schema_field *across)
{
	if (list->count == 0)
		return value_null(view->arena);
	struct names rows = field_names(view, list, schema, down), columns = field_names(view, list, schema, across);
	size_t *cells = arena_alloc(view->arena, (rows.count + 1) * (columns.count + 1) * sizeof *cells);
	size_t width = columns.count + 1; /* the last row and column hold the sums */
	for (size_t i = 0; i < list->count; i++) {
		size_t row = name_index(&rows, name_of(view, list->items[i], down->name));
		size_t column = name_index(&columns, name_of(view, list->items[i], across->name));
		cells[row * width + column]++;
		cells[row * width + columns.count]++;
		cells[rows.count * width + column]++;
	}
	struct value *table = value_object(view->arena), *heads = value_array(view->arena),
	             *lines = value_array(view->arena), *totals = value_array(view->arena);
	for (size_t column = 0; column < columns.count; column++) {
		if (cells[rows.count * width + column] == 0)
			continue;
		value_push(view->arena, heads, value_string(view->arena, columns.items[column]));
		value_push(view->arena, totals, value_number(view->arena, (double)cells[rows.count * width + column]));
	}
	for (size_t row = 0; row < rows.count; row++) {
		if (cells[row * width + columns.count] == 0)
			continue;
		struct value *line = value_push(view->arena, lines, value_object(view->arena));
		struct value *numbers = value_array(view->arena);
		for (size_t column = 0; column < columns.count; column++)
			if (cells[rows.count * width + column] > 0)
				value_push(view->arena, numbers,
				           value_number(view->arena, (double)cells[row * width + column]));
		view_text(view->arena, line, "name", rows.items[row]);
		value_set(view->arena, line, "cells", numbers);
		view_count(view->arena, line, "total", cells[row * width + columns.count]);
	}
	value_set(view->arena, table, "columns", heads);
	value_set(view->arena, table, "rows", lines);
	value_set(view->arena, table, "totals", totals);
	view_count(view->arena, table, "total", list->count);
	return table;
}

struct value *view_counts(const struct view *view, const struct record_list *list, const struct record_list *previous,
                          const struct schema *schema)
{
	struct value *by = value_object(view->arena);
	for (size_t i = 0; i < schema->field_count; i++)
		if (is_grouping(&schema->fields[i]))
			value_set(view->arena, by, schema->fields[i].name,
			          counts_by(view, list, previous, schema, &schema->fields[i]));
	return by;
}

static struct value *type_value(const struct view *view, const struct schema *schema)
{
	struct record_list list = { 0 }, previous = { 0 };
	bool dated = schema->date_field != SIZE_MAX, has_previous = dated && view->has_previous;
	if (dated)
		list = ledger_select(view->ledger, view->arena, schema->type, view->span, NULL);
	else
		list = *ledger_records(view->ledger, schema->type);
	if (has_previous)
		previous = ledger_select(view->ledger, view->arena, schema->type, view->previous.span, NULL);
	struct value *type = value_object(view->arena), *where = value_object(view->arena);
	view_text(view->arena, type, "title", schema->title);
	view_count(view->arena, type, "times", list.count);
	view_text(view->arena, type, "previous",
	          has_previous ? arena_printf(view->arena, "%zu", previous.count) : WORDING_NONE);
	value_set(view->arena, type, "list", rows_of(view, &list, NULL, NULL));
	const struct schema_field *system = NULL, *kind = NULL;
	for (size_t i = 0; i < schema->field_count; i++) {
		const struct schema_field *field = &schema->fields[i];
		if (strcmp(field->name, "system") == 0)
			system = field;
		if (strcmp(field->name, "kind") == 0)
			kind = field;
		if (field->type == FIELD_STRING && field->allowed_count > 0)
			value_set(view->arena, where, field->name, rows_where(view, &list, field));
	}
	set_sums(view, type, &list, schema, NULL, NULL);
	value_set(view->arena, type, "by", view_counts(view, &list, has_previous ? &previous : NULL, schema));
	value_set(view->arena, type, "where", where);
	if (system != NULL && kind != NULL)
		value_set(view->arena, type, "matrix", matrix(view, &list, schema, system, kind));
	return type;
}

struct value *view_records(const struct view *view)
{
	struct value *records = value_object(view->arena);
	const struct map *schemas = view->reporter->source.schemas;
	for (size_t i = 0; i < schemas->count; i++)
		value_set(view->arena, records, schemas->entries[i].key, type_value(view, schemas->entries[i].value));
	return records;
}
