/* Record types: a Frictionless Table Schema per type, records/schema/TYPE.json,
 * shared by CSV rows and JSON objects.
 *
 * Beyond the standard's keys ("fields" with "name", "title", "type", "constraints";
 * "primaryKey") a schema says "dateField": the field that puts a record into a
 * period, and each field may say "references": the type whose id it holds, and
 * "planned": true where its time may lie ahead when it is written down. "search":
 * false keeps records that say little, such as measurements, out of the site's
 * search. */
#ifndef OPSLEDGER_SOURCE_SCHEMA_H
#define OPSLEDGER_SOURCE_SCHEMA_H

#include "base/diag.h"
#include "base/value.h"
#include "time/instant.h"

enum field_type {
	FIELD_STRING,
	FIELD_INTEGER,
	FIELD_NUMBER,
	FIELD_BOOLEAN, /* true false, 是 否 */
	FIELD_DATE,
	FIELD_DATETIME,
	FIELD_ARRAY, /* JSON only */
	FIELD_OBJECT /* JSON only */
};

struct schema_field {
	const char *name, *title; /* title: the Chinese column head */
	const char *description;  /* NULL when none */
	enum field_type type;
	bool required, unique;
	bool planned;               /* a time that may lie ahead when it is written down */
	bool explains;              /* says why the record was entered late or changed: see note_reason */
	const char *const *allowed; /* enum constraint */
	const char *const *labels; /* what readers see for each of allowed, from the key "labels"; also read as input */
	size_t allowed_count;
	const char *pattern; /* a regular expression as ICU has it, or NULL */
	bool has_minimum, has_maximum;
	double minimum, maximum;
	size_t max_length;      /* characters; 0 is unlimited */
	const char *references; /* "assets", or NULL */
	struct place place;
};

struct schema {
	const char *type;  /* "incidents" */
	const char *title; /* "事件" */
	const struct schema_field *fields;
	size_t field_count;
	size_t id_field;   /* index of the primary key */
	size_t date_field; /* index of dateField, or SIZE_MAX when records are undated */
	bool searched;     /* "search" is not false: the site's search finds its records */
	struct place place;
};

/* Reads a schema from its JSON; NULL after diagnostics. */
struct schema *schema_read(struct arena *arena, const char *type, const struct value *json, struct diags *diags);
/* The index of the field so named or so titled, or SIZE_MAX. */
size_t schema_field_index(const struct schema *schema, const char *name_or_title);

#endif
