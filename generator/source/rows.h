/* Rows: what a CSV file or a JSON object holds, field by field as the schema
 * has them. A column or member may be called by the field's name or its title. */
#ifndef OPSLEDGER_SOURCE_ROWS_H
#define OPSLEDGER_SOURCE_ROWS_H

#include "source/field.h"

struct row {
	struct place place;   /* of the row's first cell, or of the object */
	struct field *fields; /* as many as the schema has, in its order; in the reader's arena */
};

typedef void row_visit(const struct row *row, void *context);

/* Reads a file of text and calls visit for each row that holds anything. Unknown
 * and missing columns, ragged rows, missing and faulty fields are reported; the
 * row is still given with the rest. */
void rows_read_csv(struct field_reader *reader, const char *path, struct chunk text, row_visit *visit, void *context);
void rows_read_json(struct field_reader *reader, const struct value *object, row_visit *visit, void *context);

#endif
