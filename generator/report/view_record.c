/* One record: every field of its type, by the field's name, as a reader sees it. */
#include <string.h>

#include "base/map.h"
#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

/* Whether readers know a level by its id: P1 they do, "ordinary" is for programs. */
static bool is_public(const struct level *level)
{
	return strcmp(level->id, level->name) == 0 ||
	       strpbrk(level->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != NULL;
}

const char *view_level_name(const struct view *view, const char *text)
{
	const struct level *level = contract_level(view->contract, text);
	if (level == NULL)
		return text;
	if (strcmp(level->id, level->name) == 0 || !is_public(level))
		return level->name;
	return arena_printf(view->arena, "%s %s", level->id, level->name);
}

const char *view_system_name(const struct view *view, const char *text)
{
	const struct system *system = contract_system(view->contract, text);
	return system == NULL ? text : system->name;
}

/* The name that a referenced record goes by: 驻场工程师甲 for a handler. */
static const char *reference_text(const struct view *view, const char *type, const char *id)
{
	const struct record *record = ledger_find(view->ledger, type, id);
	const char *name = record == NULL ? NULL : record_text(record, "name");
	return name == NULL ? id : name;
}

static const char *label_text(const struct schema_field *schema, const char *text)
{
	for (size_t i = 0; schema->labels != NULL && i < schema->allowed_count; i++)
		if (strcmp(schema->allowed[i], text) == 0)
			return schema->labels[i];
	return text;
}

static const char *field_text(const struct view *view, const struct schema_field *schema, const struct field *field)
{
	switch (schema->type) {
	case FIELD_INTEGER:
	case FIELD_NUMBER:
		return wording_number(view->arena, field->as.number);
	case FIELD_DATE:
		return wording_day(view->arena, field->as.date, view->year);
	case FIELD_DATETIME:
		return wording_time(view->arena, field->as.instant, view->offset, view->year);
	case FIELD_BOOLEAN:
		return field->as.boolean ? "是" : "否";
	case FIELD_ARRAY:
	case FIELD_OBJECT:
		return NULL;
	case FIELD_STRING:
		break;
	}
	if (strcmp(schema->name, "system") == 0)
		return view_system_name(view, field->text);
	if (strcmp(schema->name, "level") == 0)
		return view_level_name(view, field->text);
	if (schema->references != NULL)
		return reference_text(view, schema->references, field->text);
	return label_text(schema, field->text);
}

const char *view_field_text(const struct view *view, const struct record *record, const char *name)
{
	size_t index = schema_field_index(record->schema, name);
	if (index == SIZE_MAX || !record->fields[index].present)
		return NULL;
	return field_text(view, &record->schema->fields[index], &record->fields[index]);
}

/* A tree from JSON as it is, but for texts that are instants, which are worded;
 * year is not, as it stands in the other fields. */
static struct value *tree_value(const struct view *view, const struct value *tree, int year)
{
	struct value *copy;
	switch (tree->kind) {
	case VALUE_STRING: {
		struct instant instant;
		bool guessed;
		if (instant_parse(chunk_of(tree->as.string), view->offset, &instant, &guessed))
			return value_string(view->arena, wording_time(view->arena, instant, view->offset, year));
		return value_string(view->arena, tree->as.string);
	}
	case VALUE_ARRAY:
		copy = value_array(view->arena);
		for (size_t i = 0; i < tree->as.array.count; i++)
			value_push(view->arena, copy, tree_value(view, tree->as.array.items[i], year));
		return view_list(view->arena, copy);
	case VALUE_OBJECT:
		copy = value_object(view->arena);
		for (size_t i = 0; i < tree->as.object.count; i++)
			value_set(view->arena, copy, tree->as.object.members[i].name,
			          tree_value(view, tree->as.object.members[i].value, year));
		return copy;
	case VALUE_NUMBER:
		return value_string(view->arena, wording_number(view->arena, tree->as.number));
	case VALUE_BOOL:
		return value_bool(view->arena, tree->as.boolean);
	case VALUE_NULL:
		break;
	}
	return value_null(view->arena);
}

static struct value *field_value(const struct view *view, const struct schema_field *schema, const struct field *field)
{
	if (!field->present)
		return value_null(view->arena);
	switch (schema->type) {
	case FIELD_BOOLEAN:
		return value_bool(view->arena, field->as.boolean);
	case FIELD_ARRAY:
	case FIELD_OBJECT:
		return tree_value(view, field->as.tree, view_inner_year(view));
	default:
		return value_string(view->arena, field_text(view, schema, field));
	}
}

/* "P1": short, for tables. */
static const char *level_id(const struct view *view, const char *text)
{
	const struct level *level = contract_level(view->contract, text);
	if (level == NULL)
		return text;
	return is_public(level) ? level->id : level->name;
}

struct value *view_record(const struct view *view, const struct record *record)
{
	struct value *row = value_object(view->arena);
	for (size_t i = 0; i < record->schema->field_count; i++) {
		const struct schema_field *schema = &record->schema->fields[i];
		value_set(view->arena, row, schema->name, field_value(view, schema, &record->fields[i]));
	}
	const char *level = record_text(record, "level");
	if (level != NULL)
		view_text(view->arena, row, "level_id", level_id(view, level));
	view_text(view->arena, row, "record", record->name);
	return row;
}

const char *view_title(const struct view *view, const struct record *record)
{
	static const char *const names[] = { "title", "kind" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *text = view_field_text(view, record, names[i]);
		if (text != NULL)
			return text;
	}
	return record->schema->title;
}

void view_source(const struct view *view, struct sources *sources, const struct record *record)
{
	arena_push(view->arena, sources->items, sources->count, sources->capacity, record);
}

void view_sources(const struct view *view, struct value *object, const struct sources *sources)
{
	struct map seen;
	map_init(&seen, view->arena);
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < sources->count; i++) {
		if (map_put(&seen, sources->items[i]->name, items) != NULL)
			continue;
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "record", sources->items[i]->name);
		view_text(view->arena, item, "id", sources->items[i]->id);
	}
	value_set(view->arena, object, "records", view_list(view->arena, items));
}
