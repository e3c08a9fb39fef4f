/* A plain text table for terminals: columns as wide as their widest cell, where
 * a CJK character takes two places. */
#ifndef OPSLEDGER_COMMAND_TABLE_H
#define OPSLEDGER_COMMAND_TABLE_H

#include "base/buffer.h"

struct table;

/* heads are borrowed; a head that begins with '>' sets its column flush right. */
struct table *table_new(const char *const *heads, size_t columns);
/* One cell more, row after row; text is copied, NULL is empty. */
void table_cell(struct table *table, const char *text);
void table_print(const struct table *table, struct buf *out);
void table_free(struct table *table);

#endif
