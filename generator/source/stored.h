/* A file of this program's own that may be thrown away at any time: kept whole
 * under a key, and only given back whole, unharmed and under the same key. */
#ifndef OPSLEDGER_SOURCE_STORED_H
#define OPSLEDGER_SOURCE_STORED_H

#include <stdbool.h>

#include "base/buffer.h"

struct stored;

/* NULL when there is no such file, it was kept under another key, or a bit of it has changed. */
struct stored *stored_open(const char *path, const char *key);
void stored_close(struct stored *stored); /* NULL is none */
/* Borrowed until closed; begins at a multiple of 16. */
struct chunk stored_bytes(const struct stored *stored);

/* Replaces the file by the pieces in a row, or does nothing where that cannot be done. */
void stored_write(const char *path, const char *key, const struct chunk *pieces, size_t count);

#endif
