/* Reading contract.json: what the readers of its parts share (inside ledger/ only). */
#ifndef OPSLEDGER_LEDGER_READER_H
#define OPSLEDGER_LEDGER_READER_H

#include "ledger/contract.h"

struct reader {
	struct arena *arena;
	struct contract *contract;
	const struct map *schemas;
	struct diags *diags;
	size_t faults; /* reported so far, to tell whether a part is whole */
};

/* FAULT(reader, place, message, …): DIAG, counted. */
#define FAULT(reader, ...) ((reader)->faults++, DIAG((reader)->diags, __VA_ARGS__))

/* Reports each key of object that is not in keys, a list that ends in NULL. what
 * names the part. False when value is no object, which is reported. */
bool read_keys(struct reader *reader, const struct value *value, const char *what, const char *const keys[]);

/* Each takes a member of object; absent members leave out as it is. A member of
 * the wrong kind is reported. They return whether the member is there and right. */
bool read_text(struct reader *reader, const struct value *object, const char *key, const char **out);
/* The member itself, an object or a list; NULL when absent or wrong. */
const struct value *read_object(struct reader *reader, const struct value *object, const char *key);
const struct value *read_list(struct reader *reader, const struct value *object, const char *key);
bool read_boolean(struct reader *reader, const struct value *object, const char *key, bool *out);
bool read_number(struct reader *reader, const struct value *object, const char *key, double *out);
/* A whole number from least on. */
bool read_count(struct reader *reader, const struct value *object, const char *key, unsigned least, unsigned *out);
bool read_date(struct reader *reader, const struct value *object, const char *key, struct date *out);
bool read_duration(struct reader *reader, const struct value *object, const char *key, struct duration *out);
/* One of the words, which end in NULL; *out is its index. */
bool read_word(struct reader *reader, const struct value *object, const char *key, const char *const words[],
               size_t *out);
/* {"from": date, "to": last date} */
bool read_term(struct reader *reader, const struct value *object, const char *key, struct span *out);
/* [["09:00", "12:00"], ["14:00", "18:00"]] */
bool read_shifts(struct reader *reader, const struct value *object, const char *key, struct shifts *out);
/* A list of texts; a single text is a list of one. */
bool read_texts(struct reader *reader, const struct value *object, const char *key, const char ***out, size_t *count);
/* As the readers above, and reports the member when it is missing. */
bool read_required(struct reader *reader, const struct value *object, const char *what, const char *key);

/* One of the contract's clauses; any text when the contract declares none. */
bool read_clause(struct reader *reader, const struct value *object, const char *key, const char **out);
/* id, clause, name, service; what names the kind of item. */
bool read_item(struct reader *reader, const struct value *object, const char *what, struct item *out);
/* The match under key, with its type. */
bool read_match(struct reader *reader, const struct value *object, const char *key, struct match *out);
/* The conditions among the members of object, on a type already known; members
 * listed in except, which ends in NULL, are none. */
bool read_conditions(struct reader *reader, const struct value *object, const struct schema *schema,
                     const char *const except[], struct match *out);
/* A field of schema's records that holds a date or a time. */
bool read_time_field(struct reader *reader, const struct value *object, const char *key, const struct schema *schema,
                     const char **out);
/* "due": a duration behind the end, "last-workday", or {"after": "start" | "end" | "signing", "within": duration}. */
bool read_due(struct reader *reader, const struct value *object, enum due_from *from, struct duration *out);
/* A period kind by its word: "month", "contract-year" … */
bool read_period_kind(struct reader *reader, const struct value *object, const char *key, enum period_kind *out);

/* One item of each list; out is zeroed. They return whether it is whole. */
bool read_target(struct reader *reader, const struct value *value, void *out);
bool read_duty(struct reader *reader, const struct value *value, void *out);
bool read_limit(struct reader *reader, const struct value *value, void *out);
bool read_staff_rule(struct reader *reader, const struct value *value, void *out);
bool read_payment(struct reader *reader, const struct value *value, void *out);
bool read_report(struct reader *reader, const struct value *value, void *out);
bool read_demand(struct reader *reader, const struct value *value, void *out);
void read_appraisal(struct reader *reader, const struct value *object);

/* All lists of items, then the amendments' changes to them. */
void read_items(struct reader *reader, const struct value *object);
/* What can only be told when all targets are known. */
void check_targets(struct reader *reader);

#endif
