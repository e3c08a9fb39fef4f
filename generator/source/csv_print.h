/* CSV for spreadsheets (RFC 4180): UTF-8 with a byte order mark, as Chinese Excel
 * wants it, lines end in CR LF, cells are quoted. */
#ifndef OPSLEDGER_SOURCE_CSV_PRINT_H
#define OPSLEDGER_SOURCE_CSV_PRINT_H

#include <stddef.h>

#include "base/buffer.h"

/* Appends the mark and a row of heads. */
void csv_print_heads(const char *const *heads, size_t count, struct buf *out);
/* Appends a row; NULL is an empty cell. */
void csv_print_row(const char *const *cells, size_t count, struct buf *out);

#endif
