/* Records: rows and objects, typed by their schema. */
#ifndef OPSLEDGER_SOURCE_RECORD_H
#define OPSLEDGER_SOURCE_RECORD_H

#include "base/map.h"
#include "source/schema.h"
#include "time/instant.h"

/* One field of one record. text is what was written, cleaned of blanks at the
 * ends; an absent field (empty cell, missing or null member) has present false. */
struct field {
	bool present;
	struct place place;
	const char *text; /* canonical: ISO 8601 for instants and dates; NULL for trees */
	union {
		double number;
		bool boolean;
		struct instant instant;
		struct date date;
		const struct value *tree; /* FIELD_ARRAY, FIELD_OBJECT */
	} as;
};

struct record {
	const char *contract;
	const struct schema *schema;
	const char *id;
	const char *name; /* "CONTRACT/TYPE/ID" */
	struct place place;
	struct field *fields; /* schema->field_count of them, in the schema's order */
};

/* The field of that name; NULL when the schema has none of that name or the
 * record has it empty. */
const struct field *record_field(const struct record *record, const char *name);
/* Its canonical text, or NULL. */
const char *record_text(const struct record *record, const char *name);
/* Whether it holds an instant; then sets *out. */
bool record_instant(const struct record *record, const char *name, struct instant *out);
bool record_date(const struct record *record, const char *name, struct date *out);
bool record_number(const struct record *record, const char *name, double *out);
bool record_boolean(const struct record *record, const char *name); /* false when absent */

struct record_list {
	struct record **items; /* by date field, then id */
	size_t count, capacity;
};

#endif
