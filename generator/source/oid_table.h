/* Object ids, each kept once and numbered from 0 in the order of arrival. */
#ifndef OPSLEDGER_SOURCE_OID_TABLE_H
#define OPSLEDGER_SOURCE_OID_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct git_oid;

struct oid_table {
	struct git_oid *ids;
	size_t count, capacity;
	uint32_t *slots; /* number + 1; 0 is free */
	size_t slot_count;
};

/* An empty table is all zero. */
void oid_table_free(struct oid_table *table);
/* Fills an empty table with ids that differ, copied. */
void oid_table_fill(struct oid_table *table, const struct git_oid *ids, size_t count);
/* The number of id, which is taken in when it is new. */
uint32_t oid_table_put(struct oid_table *table, const struct git_oid *id);

#endif
