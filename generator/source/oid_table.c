#include "source/oid_table.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void oid_table_free(struct oid_table *table)
{
	free(table->ids);
	free(table->slots);
	*table = (struct oid_table){ 0 };
}

static size_t first_slot(const struct oid_table *table, const git_oid *id)
{
	size_t at;
	memcpy(&at, id->id, sizeof at); /* ids are hashes already */
	return at & (table->slot_count - 1);
}

static uint32_t *find_slot(const struct oid_table *table, const git_oid *id)
{
	size_t at = first_slot(table, id);
	for (; table->slots[at]; at = (at + 1) & (table->slot_count - 1))
		if (git_oid_equal(&table->ids[table->slots[at] - 1], id))
			break;
	return &table->slots[at];
}

/* Makes room for more than half as many ids as there are slots. */
static void grow(struct oid_table *table)
{
	free(table->slots);
	table->slot_count = table->slot_count ? table->slot_count : 128;
	while (table->count * 2 >= table->slot_count)
		table->slot_count *= 2;
	table->slots = xcalloc(table->slot_count, sizeof *table->slots);
	for (size_t i = 0; i < table->count; i++) {
		size_t at = first_slot(table, &table->ids[i]);
		while (table->slots[at])
			at = (at + 1) & (table->slot_count - 1);
		table->slots[at] = (uint32_t)i + 1;
	}
}

void oid_table_fill(struct oid_table *table, const git_oid *ids, size_t count)
{
	table->count = count;
	table->capacity = count + 128;
	table->ids = xreallocarray(NULL, table->capacity, sizeof *table->ids);
	memcpy(table->ids, ids, count * sizeof *ids);
	grow(table);
}

uint32_t oid_table_put(struct oid_table *table, const git_oid *id)
{
	if (table->count * 2 >= table->slot_count)
		grow(table);
	uint32_t *slot = find_slot(table, id);
	if (!*slot) {
		if (table->count == table->capacity) {
			table->capacity = table->capacity ? table->capacity * 2 : 128;
			table->ids = xreallocarray(table->ids, table->capacity, sizeof *table->ids);
		}
		if (table->count >= UINT32_MAX - 1)
			die("more than %u objects in one history", UINT32_MAX - 1);
		table->ids[table->count++] = *id;
		*slot = (uint32_t)table->count;
	}
	return *slot - 1;
}
