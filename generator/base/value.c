#include "base/value.h"

#include <stdarg.h>
#include <string.h>

static struct value *make(struct arena *arena, enum value_kind kind)
{
	struct value *value = arena_alloc(arena, sizeof *value);
	value->kind = kind;
	return value;
}

struct value *value_null(struct arena *arena)
{
	return make(arena, VALUE_NULL);
}

struct value *value_bool(struct arena *arena, bool boolean)
{
	struct value *value = make(arena, VALUE_BOOL);
	value->as.boolean = boolean;
	return value;
}

struct value *value_number(struct arena *arena, double number)
{
	struct value *value = make(arena, VALUE_NUMBER);
	value->as.number = number;
	return value;
}

struct value *value_string(struct arena *arena, const char *text)
{
	struct value *value = make(arena, VALUE_STRING);
	value->as.string = arena_strdup(arena, text);
	return value;
}

struct value *value_format(struct arena *arena, const char *format, ...)
{
	struct value *value = make(arena, VALUE_STRING);
	va_list args;
	va_start(args, format);
	value->as.string = arena_vprintf(arena, format, args);
	va_end(args);
	return value;
}

struct value *value_array(struct arena *arena)
{
	return make(arena, VALUE_ARRAY);
}

struct value *value_object(struct arena *arena)
{
	return make(arena, VALUE_OBJECT);
}

struct value *value_push(struct arena *arena, struct value *array, struct value *item)
{
	if (array->kind != VALUE_ARRAY)
		die("value_push: not an array");
	arena_push(arena, array->as.array.items, array->as.array.count, array->as.array.capacity, item);
	return item;
}

static struct member *find_member(const struct value *object, const char *name)
{
	struct member *members = object->as.object.members;
	for (size_t i = 0; i < object->as.object.count; i++)
		if (members[i].name[0] == name[0] && strcmp(members[i].name, name) == 0)
			return &members[i];
	return NULL;
}

struct value *value_set(struct arena *arena, struct value *object, const char *name, struct value *item)
{
	if (object->kind != VALUE_OBJECT)
		die("value_set: not an object");
	struct member *old = find_member(object, name);
	if (old) {
		old->value = item;
		return item;
	}
	struct member member = { arena_strdup(arena, name), item->place, item };
	arena_push(arena, object->as.object.members, object->as.object.count, object->as.object.capacity, member);
	return item;
}

struct value *value_get(const struct value *object, const char *name)
{
	if (!object || object->kind != VALUE_OBJECT)
		return NULL;
	const struct member *member = find_member(object, name);
	return member ? member->value : NULL;
}

const char *value_get_string(const struct value *object, const char *name)
{
	struct value *value = value_get(object, name);
	return value && value->kind == VALUE_STRING ? value->as.string : NULL;
}
