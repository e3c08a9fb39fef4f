/* A row more for a CSV file of records, the rest of it kept byte for byte. */
#ifndef OPSLEDGER_SOURCE_CSV_APPEND_H
#define OPSLEDGER_SOURCE_CSV_APPEND_H

#include "source/schema.h"

/* Puts the bytes of file and behind them one row: texts by field of the schema,
 * UTF-8, NULL for none, set under the file's own columns, in its encoding and with
 * its line ends. An empty file gets a head of the schema's names first. What the
 * file has no column for is left out. arena: for scratch. */
void csv_append(struct arena *arena, struct chunk file, const struct schema *schema, const char *const *texts,
                struct buf *out);

#endif
