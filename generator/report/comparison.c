#include "report/comparison.h"

#include <string.h>

#include "report/section.h"

/* Two views, and what was found. */
struct matching {
	struct arena *arena;
	const struct value *before, *after;
	struct comparison found;
};

/* Adds "TYPE/ID" of the records behind: the contract's folder may have had another name. */
static void gather(const struct section *section, const struct value *view, const struct value *item, const char *name,
                   struct figure_difference *difference)
{
	struct map records;
	map_init(&records, difference->records.arena);
	section_records(section, view, item, name, &records);
	for (size_t i = 0; i < records.count; i++)
		map_put(&difference->records, strchr(records.entries[i].key, '/') + 1, difference);
}

/* old or new may be NULL: a row of one side only. */
static void match_objects(struct matching *matching, const struct section *section, const struct value *old,
                          const struct value *new)
{
	struct arena *arena = matching->arena;
	struct comparison *found = &matching->found;
	const struct value *any = new ? new : old;
	struct figure_difference difference = { .clause = value_get_string(any, "clause"),
		                                .name = section_name(arena, section, any) };
	map_init(&difference.records, arena);
	gather(section, matching->before, old, difference.name, &difference);
	gather(section, matching->after, new, difference.name, &difference);
	for (size_t i = 0; i < COLUMNS_MOST && section->columns[i].name; i++) {
		difference.figure = section->columns[i].title;
		difference.before = section_text(arena, old, section->columns[i].name);
		difference.after = section_text(arena, new, section->columns[i].name);
		if (strcmp(difference.before, difference.after) != 0)
			arena_push(arena, found->items, found->count, found->capacity, difference);
	}
}

static bool same_keys(const struct section *section, const struct value *a, const struct value *b)
{
	for (size_t i = 0; i < KEYS_MOST && section->keys[i]; i++) {
		const char *left = value_get_string(a, section->keys[i]),
		           *right = value_get_string(b, section->keys[i]);
		if (strcmp(left ? left : "", right ? right : "") != 0)
			return false;
	}
	return true;
}

static const struct value *find_item(const struct section *section, const struct value *items, const struct value *like)
{
	for (size_t i = 0; items && i < items->as.array.count; i++)
		if (same_keys(section, items->as.array.items[i], like))
			return items->as.array.items[i];
	return NULL;
}

static void match_lists(struct matching *matching, const struct section *section, const struct value *before,
                        const struct value *after)
{
	const struct value *had = value_get(before, "items"), *has = value_get(after, "items");
	for (size_t i = 0; had && i < had->as.array.count; i++)
		match_objects(matching, section, had->as.array.items[i],
		              find_item(section, has, had->as.array.items[i]));
	for (size_t i = 0; has && i < has->as.array.count; i++)
		if (!find_item(section, had, has->as.array.items[i]))
			match_objects(matching, section, NULL, has->as.array.items[i]);
}

/* How many records of each type there are. */
static void match_counts(struct matching *matching, const struct value *before, const struct value *after)
{
	static const struct section counts = { .keys = { "title" }, .columns = { { "times", "条数" } } };
	for (size_t i = 0; after && i < after->as.object.count; i++)
		if (value_get(before, after->as.object.members[i].name)) /* else a type that there was not then */
			match_objects(matching, &counts, value_get(before, after->as.object.members[i].name),
			              after->as.object.members[i].value);
}

struct comparison comparison_make(struct arena *arena, const struct value *before, const struct value *after)
{
	struct matching matching = { arena, before, after, { 0 } };
	size_t count;
	const struct section *sections = section_all(&count);
	for (size_t i = 0; i < count; i++) {
		const struct value *old = section_follow(before, sections[i].path),
		                   *new = section_follow(after, sections[i].path);
		if (sections[i].keys[0])
			match_lists(&matching, &sections[i], old, new);
		else if (old || new)
			match_objects(&matching, &sections[i], old, new);
	}
	match_counts(&matching, value_get(before, "records"), value_get(after, "records"));
	return matching.found;
}

struct value *difference_json(struct arena *arena, const struct figure_difference *difference)
{
	struct value *json = value_object(arena);
	value_set(arena, json, "clause",
	          difference->clause ? value_string(arena, difference->clause) : value_null(arena));
	value_set(arena, json, "name", value_string(arena, difference->name));
	value_set(arena, json, "figure", value_string(arena, difference->figure));
	value_set(arena, json, "old", value_string(arena, difference->before));
	value_set(arena, json, "new", value_string(arena, difference->after));
	return json;
}

/* Text that people wrote, which no figure counts. */
static bool is_prose(const struct schema *schema, const char *name)
{
	size_t index = schema_field_index(schema, name);
	const struct schema_field *field = index == SIZE_MAX ? NULL : &schema->fields[index];
	return field && field->type == FIELD_STRING && !field->allowed_count && !field->references && !field->pattern &&
	       strcmp(name, "system") != 0 && strcmp(name, "level") != 0;
}

bool difference_names(const struct figure_difference *difference, const struct life *life, const struct record *record)
{
	struct arena *arena = arena_new();
	bool found = map_get(&difference->records, arena_printf(arena, "%s/%s", life->type, life->id)) != NULL;
	for (size_t i = 0; record && i < record->schema->field_count && !found; i++) {
		const char *type = record->schema->fields[i].references;
		if (type && record->fields[i].present)
			found = map_get(&difference->records,
			                arena_printf(arena, "%s/%s", type, record->fields[i].text)) != NULL;
	}
	arena_free(arena);
	return found;
}

bool difference_rests_on(const struct figure_difference *difference, const struct provenance *provenance,
                         const struct event *event, const struct record *record)
{
	const struct life *life = provenance_life_of(provenance, event);
	const struct schema *schema = life_schema(provenance, life);
	bool counts = event->change != CHANGE_CHANGED || !schema;
	for (size_t i = 0; i < event->field_count && !counts; i++)
		counts = !is_prose(schema, event->fields[i].name);
	return counts && difference_names(difference, life, record);
}
