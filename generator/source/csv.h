/* CSV, RFC 4180, with the place of every cell. libcsv parses. */
#ifndef OPSLEDGER_SOURCE_CSV_H
#define OPSLEDGER_SOURCE_CSV_H

#include "base/buffer.h"
#include "base/diag.h"

struct csv_cell {
	const char *text;   /* without quotes and outer blanks, NUL-terminated */
	size_t len;         /* bytes */
	struct place place; /* of its first character, or of its opening quote */
};

struct csv_row {
	struct csv_cell *cells;
	size_t count;
	size_t from, to; /* bytes of the text it was read from, half-open, with its line end */
};

typedef void csv_visit(const struct csv_row *row, void *context);

/* Reads UTF-8 text and calls visit for every row (also the first), which holds
 * until visit returns. Lines end in LF, CRLF or CR; empty lines are no rows. A
 * row with faulty quotes is reported and left out; reading goes on with the
 * next line. */
void csv_read(const char *path, struct chunk text, csv_visit *visit, void *context, struct diags *diags);

#endif
