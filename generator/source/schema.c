#include "source/schema.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/map.h"
#include "source/json.h"
#include "text/pattern.h"

static const char *const type_names[] = {
	[FIELD_STRING] = "string",   [FIELD_INTEGER] = "integer", [FIELD_NUMBER] = "number",
	[FIELD_BOOLEAN] = "boolean", [FIELD_DATE] = "date",       [FIELD_DATETIME] = "datetime",
	[FIELD_ARRAY] = "array",     [FIELD_OBJECT] = "object",
};

struct reader {
	struct arena *arena;
	struct diags *diags;
};

/* Whether value is of that kind; reports one that is not. */
static bool is_kind(struct reader *reader, const struct value *value, enum value_kind kind, const char *name)
{
	if (value->kind != kind)
		DIAG(reader->diags, value->place, MSG_JSON_KIND, name, json_kind_name(kind));
	return value->kind == kind;
}

/* The member of that name if it is there and of that kind, else NULL. */
static const struct value *member(struct reader *reader, const struct value *object, const char *name,
                                  enum value_kind kind)
{
	const struct value *value = value_get(object, name);
	return value && is_kind(reader, value, kind, name) ? value : NULL;
}

static const char *text(struct reader *reader, const struct value *object, const char *name)
{
	const struct value *value = member(reader, object, name, VALUE_STRING);
	return value ? value->as.string : NULL;
}

static bool flag(struct reader *reader, const struct value *object, const char *name)
{
	const struct value *value = member(reader, object, name, VALUE_BOOL);
	return value && value->as.boolean;
}

/* Reports members of object whose names are not in known, which ends in NULL. */
static void check_keys(struct reader *reader, const struct value *object, const char *const known[])
{
	for (size_t i = 0; i < object->as.object.count; i++) {
		const struct member *found = &object->as.object.members[i];
		size_t at = 0;
		struct buf list = BUF_INIT;
		for (; known[at] && strcmp(known[at], found->name) != 0; at++)
			buf_printf(&list, at ? ", %s" : "%s", known[at]);
		if (!known[at])
			DIAG(reader->diags, found->place, MSG_SCHEMA_KEY, found->name, buf_str(&list));
		buf_free(&list);
	}
}

static void read_type(struct reader *reader, const struct value *json, struct schema_field *field)
{
	const struct value *type = member(reader, json, "type", VALUE_STRING);
	if (!type)
		return; /* Table Schema: a field is a string unless it says otherwise */
	struct buf list = BUF_INIT;
	size_t count = sizeof type_names / sizeof *type_names, at = 0;
	for (; at < count && strcmp(type_names[at], type->as.string) != 0; at++)
		buf_printf(&list, at ? ", %s" : "%s", type_names[at]);
	if (at < count)
		field->type = (enum field_type)at;
	else
		DIAG(reader->diags, type->place, MSG_SCHEMA_TYPE, type->as.string, buf_str(&list));
	buf_free(&list);
}

/* Says that a constraint does not go with the field's type. */
static void refuse(struct reader *reader, const struct value *constraint, const char *name,
                   const struct schema_field *field)
{
	DIAG(reader->diags, constraint->place, MSG_SCHEMA_CONSTRAINT, name, type_names[field->type]);
}

static void read_enum(struct reader *reader, const struct value *constraints, struct schema_field *field)
{
	const struct value *allowed = member(reader, constraints, "enum", VALUE_ARRAY);
	if (!allowed)
		return;
	if (field->type != FIELD_STRING) {
		refuse(reader, allowed, "enum", field);
		return;
	}
	size_t count = allowed->as.array.count;
	const char **texts = arena_alloc(reader->arena, (count + 1) * sizeof *texts); /* ends in NULL */
	field->allowed = texts;
	for (size_t i = 0; i < count; i++)
		if (is_kind(reader, allowed->as.array.items[i], VALUE_STRING, "enum"))
			texts[field->allowed_count++] = allowed->as.array.items[i]->as.string;
}

static void read_labels(struct reader *reader, const struct value *json, struct schema_field *field)
{
	const struct value *labels = member(reader, json, "labels", VALUE_OBJECT);
	if (!field->allowed_count) {
		if (labels)
			DIAG(reader->diags, labels->place, MSG_SCHEMA_LABELS);
		return;
	}
	const char **texts = arena_alloc(reader->arena, field->allowed_count * sizeof *texts);
	field->labels = texts;
	for (size_t i = 0; i < field->allowed_count; i++) {
		const char *label = labels ? text(reader, labels, field->allowed[i]) : NULL;
		texts[i] = label ? label : field->allowed[i];
	}
	if (labels)
		check_keys(reader, labels, field->allowed);
}

static void read_pattern(struct reader *reader, const struct value *constraints, struct schema_field *field)
{
	const struct value *expression = member(reader, constraints, "pattern", VALUE_STRING);
	if (!expression)
		return;
	struct pattern *pattern = pattern_new(expression->as.string);
	if (field->type != FIELD_STRING)
		refuse(reader, expression, "pattern", field);
	else if (!pattern)
		DIAG(reader->diags, expression->place, MSG_SCHEMA_PATTERN, expression->as.string);
	else
		field->pattern = expression->as.string;
	pattern_free(pattern);
}

static bool read_bound(struct reader *reader, const struct value *constraints, const char *name,
                       const struct schema_field *field, double *bound)
{
	const struct value *value = member(reader, constraints, name, VALUE_NUMBER);
	if (!value)
		return false;
	*bound = value->as.number;
	if (field->type == FIELD_INTEGER || field->type == FIELD_NUMBER)
		return true;
	refuse(reader, value, name, field);
	return false;
}

static void read_constraints(struct reader *reader, const struct value *json, struct schema_field *field)
{
	static const char *const keys[] = { "required", "unique",  "enum",      "pattern",
		                            "minimum",  "maximum", "maxLength", NULL };
	const struct value *constraints = member(reader, json, "constraints", VALUE_OBJECT);
	if (!constraints)
		return;
	check_keys(reader, constraints, keys);
	field->required = flag(reader, constraints, "required");
	field->unique = flag(reader, constraints, "unique");
	read_enum(reader, constraints, field);
	read_pattern(reader, constraints, field);
	field->has_minimum = read_bound(reader, constraints, "minimum", field, &field->minimum);
	field->has_maximum = read_bound(reader, constraints, "maximum", field, &field->maximum);
	const struct value *length = member(reader, constraints, "maxLength", VALUE_NUMBER);
	if (length && field->type != FIELD_STRING)
		refuse(reader, length, "maxLength", field);
	else if (length && !(length->as.number >= 1 && length->as.number <= UINT32_MAX))
		DIAG(reader->diags, length->place, MSG_JSON_KIND, "maxLength", translate("a number from 1 on"));
	else if (length)
		field->max_length = (size_t)length->as.number;
}

/* False when json is no field with a name. */
static bool read_field(struct reader *reader, const struct value *json, struct schema_field *field)
{
	static const char *const keys[] = { "name",   "title",      "type",    "description", "constraints",
		                            "labels", "references", "planned", "explains",    NULL };
	if (!is_kind(reader, json, VALUE_OBJECT, "fields"))
		return false;
	check_keys(reader, json, keys);
	field->place = json->place;
	field->name = text(reader, json, "name");
	if (!value_get(json, "name"))
		DIAG(reader->diags, json->place, MSG_SCHEMA_MISSING, "name");
	if (!field->name)
		return false;
	const char *title = text(reader, json, "title");
	field->title = title ? title : field->name;
	field->description = text(reader, json, "description");
	field->references = text(reader, json, "references");
	field->planned = flag(reader, json, "planned");
	field->explains = flag(reader, json, "explains");
	read_type(reader, json, field);
	read_constraints(reader, json, field);
	read_labels(reader, json, field);
	return true;
}

/* Notes name in seen; reports it when it was there. */
static void check_once(struct reader *reader, struct map *seen, const char *name, struct schema_field *field)
{
	struct schema_field *other = map_put(seen, name, field);
	if (other && other != field)
		DIAG(reader->diags, field->place, MSG_SCHEMA_DUPLICATE, name);
}

static void read_fields(struct reader *reader, const struct value *json, struct schema *schema)
{
	struct map seen;
	map_init(&seen, reader->arena);
	const struct value *list = member(reader, json, "fields", VALUE_ARRAY);
	if (!list)
		return;
	struct schema_field *fields = arena_alloc(reader->arena, (list->as.array.count + 1) * sizeof *fields);
	schema->fields = fields;
	for (size_t i = 0; i < list->as.array.count; i++) {
		struct schema_field *field = &fields[schema->field_count];
		if (!read_field(reader, list->as.array.items[i], field))
			continue;
		schema->field_count++;
		check_once(reader, &seen, field->name, field);
		check_once(reader, &seen, field->title, field);
	}
}

/* The index of the field that the member key names; SIZE_MAX when it names none. */
static size_t named_field(struct reader *reader, const struct value *json, const char *key, const struct schema *schema)
{
	const struct value *name = member(reader, json, key, VALUE_STRING);
	if (!name)
		return SIZE_MAX;
	for (size_t i = 0; i < schema->field_count; i++)
		if (strcmp(schema->fields[i].name, name->as.string) == 0)
			return i;
	DIAG(reader->diags, name->place, MSG_SCHEMA_NO_FIELD, key, name->as.string);
	return SIZE_MAX;
}

static void read_keys(struct reader *reader, const struct value *json, struct schema *schema)
{
	schema->id_field = named_field(reader, json, "primaryKey", schema);
	schema->date_field = named_field(reader, json, "dateField", schema);
	if (!value_get(json, "primaryKey"))
		DIAG(reader->diags, json->place, MSG_SCHEMA_MISSING, "primaryKey");
	if (schema->id_field != SIZE_MAX && schema->fields[schema->id_field].type != FIELD_STRING) {
		refuse(reader, value_get(json, "primaryKey"), "primaryKey", &schema->fields[schema->id_field]);
		schema->id_field = SIZE_MAX;
	}
	if (schema->date_field == SIZE_MAX)
		return;
	enum field_type type = schema->fields[schema->date_field].type;
	if (type != FIELD_DATE && type != FIELD_DATETIME) {
		refuse(reader, value_get(json, "dateField"), "dateField", &schema->fields[schema->date_field]);
		schema->date_field = SIZE_MAX;
	}
}

struct schema *schema_read(struct arena *arena, const char *type, const struct value *json, struct diags *diags)
{
	static const char *const keys[] = {
		"title", "description", "fields", "primaryKey", "dateField", "search", NULL
	};
	struct reader reader = { arena, diags };
	if (!is_kind(&reader, json, VALUE_OBJECT, "schema"))
		return NULL;
	check_keys(&reader, json, keys);
	struct schema *schema = arena_alloc(arena, sizeof *schema);
	schema->type = arena_strdup(arena, type);
	const char *title = text(&reader, json, "title");
	schema->title = title ? title : schema->type;
	schema->place = json->place;
	schema->searched = !value_get(json, "search") || flag(&reader, json, "search");
	if (!value_get(json, "fields"))
		DIAG(diags, json->place, MSG_SCHEMA_MISSING, "fields");
	read_fields(&reader, json, schema);
	read_keys(&reader, json, schema);
	return schema->id_field == SIZE_MAX ? NULL : schema;
}

size_t schema_field_index(const struct schema *schema, const char *name_or_title)
{
	for (size_t i = 0; i < schema->field_count; i++)
		if (strcmp(schema->fields[i].name, name_or_title) == 0)
			return i;
	for (size_t i = 0; i < schema->field_count; i++)
		if (strcmp(schema->fields[i].title, name_or_title) == 0)
			return i;
	return SIZE_MAX;
}
