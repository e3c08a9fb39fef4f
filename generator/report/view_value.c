#include "report/view_value.h"

void view_text(struct arena *arena, struct value *object, const char *name, const char *text)
{
	value_set(arena, object, name, text == NULL ? value_null(arena) : value_string(arena, text));
}

void view_count(struct arena *arena, struct value *object, const char *name, size_t count)
{
	value_set(arena, object, name, value_number(arena, (double)count));
}

void view_flag(struct arena *arena, struct value *object, const char *name, bool flag)
{
	value_set(arena, object, name, value_bool(arena, flag));
}

struct value *view_list(struct arena *arena, struct value *items)
{
	size_t count = items->as.array.count;
	if (count == 0)
		return value_null(arena);
	for (size_t i = 0; i < count; i++) {
		struct value *item = items->as.array.items[i];
		if (item->kind != VALUE_OBJECT)
			continue;
		view_count(arena, item, "number", i + 1);
		view_flag(arena, item, "more", i + 1 < count);
	}
	struct value *list = value_object(arena);
	view_count(arena, list, "count", count);
	value_set(arena, list, "items", items);
	return list;
}
