#include "source/json.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "base/map.h"
#include "source/json_scan.h"

/* cJSON makes the tree; json_scan has noted, in the same order, where each part of it stands. */
struct builder {
	struct arena *arena, *scratch;
	const struct place *next;
	struct diags *diags;
};

static struct value *build(struct builder *builder, const cJSON *item);

static void build_members(struct builder *builder, struct value *object, const cJSON *item)
{
	struct map names;
	map_init(&names, builder->scratch);
	for (; item; item = item->next) {
		struct member member = { .name = arena_strdup(builder->arena, item->string) };
		member.place = *builder->next++;
		member.value = build(builder, item);
		if (map_put(&names, member.name, member.value))
			DIAG(builder->diags, member.place, MSG_JSON_DUPLICATE_KEY, member.name);
		else
			arena_push(builder->arena, object->as.object.members, object->as.object.count,
			           object->as.object.capacity, member);
	}
}

static struct value *build(struct builder *builder, const cJSON *item)
{
	struct arena *arena = builder->arena;
	struct place place = *builder->next++;
	struct value *value;
	if (cJSON_IsObject(item)) {
		value = value_object(arena);
		build_members(builder, value, item->child);
	} else if (cJSON_IsArray(item)) {
		value = value_array(arena);
		for (const cJSON *child = item->child; child; child = child->next)
			value_push(arena, value, build(builder, child));
	} else if (cJSON_IsString(item)) {
		value = value_string(arena, item->valuestring);
	} else if (cJSON_IsNumber(item)) {
		value = value_number(arena, item->valuedouble);
		if (!isfinite(item->valuedouble))
			DIAG(builder->diags, place, MSG_JSON_NUMBER);
	} else {
		value = cJSON_IsNull(item) ? value_null(arena) : value_bool(arena, cJSON_IsTrue(item));
	}
	value->place = place;
	return value;
}

struct value *json_read(struct arena *arena, const char *path, struct chunk text, struct diags *diags)
{
	struct builder builder = { .arena = arena, .scratch = arena_new(), .diags = diags };
	struct json_places places = { 0 };
	struct value *value = NULL;
	if (json_scan(builder.scratch, path, text, &places, diags)) {
		cJSON *tree = cJSON_ParseWithLength(text.data, text.len);
		builder.next = places.items;
		if (tree)
			value = build(&builder, tree);
		else /* the one fault that json_scan lets pass: half a surrogate pair */
			DIAG(diags, places.items[0], MSG_JSON_SURROGATE);
		cJSON_Delete(tree);
	}
	arena_free(builder.scratch);
	return value;
}

const char *json_kind_name(enum value_kind kind)
{
	static const char *const names[] = {
		[VALUE_NULL] = N_("null"),     [VALUE_BOOL] = N_("true or false"), [VALUE_NUMBER] = N_("a number"),
		[VALUE_STRING] = N_("a text"), [VALUE_ARRAY] = N_("a list"),       [VALUE_OBJECT] = N_("an object"),
	};
	return translate(names[kind]);
}
