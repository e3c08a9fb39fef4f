/* One table: the records of one type in one contract. */
#ifndef OPSLEDGER_SOURCE_TABLE_H
#define OPSLEDGER_SOURCE_TABLE_H

#include "source/record.h"
#include "source/snapshot.h"

struct record_table {
	const struct schema *schema;
	struct record_list list; /* by date field, then id */
	struct map by_id;        /* id → struct record */
};

/* Whether a file of a contract's folder is one that records are read from: by
 * its name, .csv or .json, in either case, and not hidden. */
bool table_holds(const char *path);

/* Reads records/CONTRACT/TYPE.csv, TYPE.json and all record files below TYPE/,
 * where TYPE is the schema's. An id that stands twice is reported, and the first
 * one holds; so is a value that stands twice in a unique field. Times without an
 * offset have offset, in seconds east of UTC. References are not looked at. */
struct record_table *table_read(struct arena *arena, const struct snapshot *snapshot, const char *contract,
                                int32_t offset, const struct schema *schema, struct diags *diags);

#endif
