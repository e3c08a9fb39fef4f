/* JSON, RFC 8259: read with the place of every value, and written. cJSON parses. */
#ifndef OPSLEDGER_SOURCE_JSON_H
#define OPSLEDGER_SOURCE_JSON_H

#include "base/buffer.h"
#include "base/diag.h"
#include "base/value.h"

/* Reads UTF-8 text. NULL after a diagnostic when it is not JSON; a member named
 * twice is reported too and keeps its first value. */
struct value *json_read(struct arena *arena, const char *path, struct chunk text, struct diags *diags);

/* What to call a value of that kind in a message: "a list", translated. */
const char *json_kind_name(enum value_kind kind);

/* Appends value as JSON, indented by so many spaces a level, or on one line
 * when indent is 0; no line end behind it. Numbers are the shortest that read
 * back the same; what is no finite number is null. UTF-8 is not escaped. */
void json_print(const struct value *value, unsigned indent, struct buf *out);

#endif
