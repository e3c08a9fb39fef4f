#include "base/map.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static uint64_t hash_of(const char *key)
{
	uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
	for (; *key; key++)
		hash = (hash ^ (unsigned char)*key) * 0x100000001b3u;
	return hash;
}

void map_init(struct map *map, struct arena *arena)
{
	*map = (struct map){ .arena = arena };
}

static size_t *find_slot(const struct map *map, const char *key)
{
	size_t at = (size_t)hash_of(key) & (map->slot_count - 1);
	while (map->slots[at] && strcmp(map->entries[map->slots[at] - 1].key, key) != 0)
		at = (at + 1) & (map->slot_count - 1);
	return &map->slots[at];
}

void *map_get(const struct map *map, const char *key)
{
	if (!map->slot_count)
		return NULL;
	size_t slot = *find_slot(map, key);
	return slot ? map->entries[slot - 1].value : NULL;
}

static void grow(struct map *map)
{
	map->slot_count = map->slot_count ? map->slot_count * 2 : 16;
	map->slots = arena_alloc(map->arena, map->slot_count * sizeof *map->slots);
	for (size_t i = 0; i < map->count; i++)
		*find_slot(map, map->entries[i].key) = i + 1;
}

void *map_put(struct map *map, const char *key, void *value)
{
	if (map->count * 2 >= map->slot_count)
		grow(map);
	size_t *slot = find_slot(map, key);
	if (*slot) {
		void *old = map->entries[*slot - 1].value;
		map->entries[*slot - 1].value = value;
		return old;
	}
	struct map_entry entry = { arena_strdup(map->arena, key), value };
	arena_push(map->arena, map->entries, map->count, map->capacity, entry);
	*slot = map->count;
	return NULL;
}
