/* The ledger: one contract with its records, and the questions asked of them.
 * Read-only once built; no I/O. */
#ifndef OPSLEDGER_LEDGER_LEDGER_H
#define OPSLEDGER_LEDGER_LEDGER_H

#include "ledger/contract.h"
#include "source/records.h"

struct ledger {
	struct arena *arena;
	const struct contract *contract;
	const struct contract_records *records;
	const struct calendar *calendar;
	struct work_rules rules; /* the contract's; a target may replace rule and ends_at_close */
	struct map referring;    /* "type.field" → map of id → struct record_list; see ledger_referring */
};

/* Puts the ledger of one contract together; NULL when contract.json cannot be
 * used, which was reported. Also checks what only contract and records together
 * tell: systems and levels that the contract does not name, times out of order,
 * fields that the contract demands. */
struct ledger *ledger_new(struct arena *arena, const struct records *records, const char *contract_id,
                          struct diags *diags);

/* All records of a type, by date, then id; empty when there are none. */
const struct record_list *ledger_records(const struct ledger *ledger, const char *type);
struct record *ledger_find(const struct ledger *ledger, const char *type, const char *id);
/* The records of type whose field holds id (pauses of an incident, findings of
 * an assessment …), in the type's order. Indexed for fields whose schema says
 * "references", and for a field called incident, duty or outage ("true"). */
const struct record_list *ledger_referring(const struct ledger *ledger, const char *type, const char *field,
                                           const char *id);
/* The ledger as it would be without one record: ledger_referring does not give
 * it, all else is shared with ledger. */
struct ledger ledger_without(struct arena *arena, const struct ledger *ledger, const struct record *record);
/* Those of list for which match holds (match NULL: all) and whose date field
 * lies in span; an empty span takes no record. */
struct record_list ledger_select(const struct ledger *ledger, struct arena *arena, const char *type, struct span span,
                                 const struct match *match);

/* When the record happened by its schema's date field; a plain date counts
 * from its 0:00. False when it is undated. */
bool ledger_record_at(const struct ledger *ledger, const struct record *record, struct instant *out);
/* A field as an instant; a plain date is its 0:00. */
bool ledger_instant(const struct ledger *ledger, const struct record *record, const char *field, struct instant *out);
/* The system of a record (field "system", else that of its asset), or NULL. */
const struct system *ledger_system(const struct ledger *ledger, const struct record *record);
/* Whether item may speak of record: its service, when it has one, covers the
 * record's system. */
bool ledger_item_covers(const struct ledger *ledger, const struct item *item, const struct record *record);

#endif
