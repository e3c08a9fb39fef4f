/* All that a snapshot's records/ folder holds: calendar, schemas, and for each
 * contract its contract.json and its records, typed and checked.
 *
 * A file or folder below records/CONTRACT/ is named after the record type:
 * incidents.csv, incidents/2026-03.csv, incidents/INC-2026-0312.json (one
 * object). The type's schema is records/schema/TYPE.json; a new record type
 * needs a schema and no C. */
#ifndef OPSLEDGER_SOURCE_RECORDS_H
#define OPSLEDGER_SOURCE_RECORDS_H

#include "source/table.h"
#include "time/calendar.h"

struct contract_records {
	const char *id;               /* the folder's name */
	const struct value *contract; /* contract.json; NULL when missing or unreadable, which was reported */
	int32_t offset;               /* the contract's "offset", seconds east of UTC; +08:00 when it says none */
	struct map tables;            /* type → struct record_table, one for each schema, in their order */
};

struct records {
	struct arena *arena;
	struct calendar *calendar;
	struct map schemas;   /* type → struct schema, in the order of the names */
	struct map contracts; /* id → struct contract_records, in the order of the ids */
};

/* Reads and checks everything; what is wrong is reported and left out, so the
 * result is never NULL. */
struct records *records_read(struct arena *arena, const struct snapshot *snapshot, struct diags *diags);
/* The same without the records: schemas, and contracts whose tables are empty. */
struct records *records_read_frame(struct arena *arena, const struct snapshot *snapshot, struct diags *diags);

const struct contract_records *records_contract(const struct records *records, const char *id); /* or NULL */
/* The contract's records of a type; an empty list when it has none. */
const struct record_list *records_of(const struct contract_records *contract, const char *type);
/* The record of that type and id, or NULL. */
struct record *records_find(const struct contract_records *contract, const char *type, const char *id);

#endif
