/* A map from text to a pointer that remembers the order of insertion, so that
 * nothing printed from it depends on hash order. Keys are copied into the arena
 * that the map was made with; values are borrowed. */
#ifndef OPSLEDGER_BASE_MAP_H
#define OPSLEDGER_BASE_MAP_H

#include <stddef.h>

#include "base/memory.h"

struct map_entry {
	const char *key;
	void *value;
};

struct map {
	struct arena *arena;
	struct map_entry *entries; /* in the order of insertion */
	size_t count, capacity;
	size_t *slots; /* index into entries + 1; 0 is free */
	size_t slot_count;
};

void map_init(struct map *map, struct arena *arena);
/* The value, or NULL when the key is not there. */
void *map_get(const struct map *map, const char *key);
/* Sets or replaces; returns the value that stood there before, or NULL. */
void *map_put(struct map *map, const char *key, void *value);

#endif
