/* PDF files as revisions: what was written first, and what incremental updates
 * added behind it (ISO 32000-1, 7.5).
 *
 * It reads files with classic cross-reference tables, as this program and
 * poppler write them, and is stricter than viewers are: revisions have to follow
 * each other without gap, and a table may only point into its own revision. What
 * does not fit gets a diagnostic, as do cross-reference streams and encryption. */
#ifndef OPSLEDGER_PROOF_PDF_READER_H
#define OPSLEDGER_PROOF_PDF_READER_H

#include "base/diag.h"
#include "proof/pdf_value.h"

/* A line of a cross-reference table. */
struct pdf_entry {
	uint32_t number, generation;
	bool used;       /* else the object is free: deleted */
	size_t from, to; /* bytes of the file: an object lies in them, never in another's */
};

struct pdf_revision {
	size_t from, to;           /* its bytes, up to the end of the line %%EOF */
	size_t table;              /* where its cross-reference table begins */
	struct pdf_entry *entries; /* by number */
	size_t count;
	struct pdf_value trailer;
};

struct pdf_reader {
	struct arena *arena;
	struct chunk file;
	struct pdf_revision *revisions; /* oldest first */
	size_t count;
};

struct pdf_object {
	struct pdf_value value; /* of a stream: its dictionary */
	bool stream;
	struct chunk bytes; /* of a stream, as they stand in the file */
};

/* Borrows bytes; path is for diagnostics. NULL after a diagnostic. */
struct pdf_reader *pdf_reader_open(struct arena *arena, const char *path, struct chunk bytes, struct diags *diags);

/* What the file holds under number as of the revision (from 0); NULL when there
 * is nothing, or it was deleted. */
const struct pdf_entry *pdf_reader_find(const struct pdf_reader *reader, size_t revision, uint32_t number);
/* Reads that object. False when there is none or it is malformed, which it also
 * is when anything but blanks stands between its end and the next object. */
bool pdf_reader_object(const struct pdf_reader *reader, size_t revision, uint32_t number, struct pdf_object *out);
/* What the value is or refers to, as of the revision, one step far; PDF_NULL for
 * NULL and for what cannot be read. The copy borrows from the arena. */
struct pdf_value pdf_reader_resolve(const struct pdf_reader *reader, size_t revision, const struct pdf_value *value);

/* The first number that no object has or had up to the revision. */
uint32_t pdf_reader_size(const struct pdf_reader *reader, size_t revision);

/* The signature fields of the form (12.7.4.5), in its order, and of each its
 * dictionary as of the revision. Fields of other types and below others are left
 * out. */
struct pdf_field {
	uint32_t number;
	const char *name;       /* UTF-8 */
	struct pdf_value value; /* the dictionary */
};
struct pdf_fields {
	struct pdf_field *items;
	size_t count, capacity;
};
struct pdf_fields pdf_reader_fields(const struct pdf_reader *reader, size_t revision);

#endif
