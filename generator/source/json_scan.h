/* Where the values of a JSON text stand: a walk by the grammar of RFC 8259. */
#ifndef OPSLEDGER_SOURCE_JSON_SCAN_H
#define OPSLEDGER_SOURCE_JSON_SCAN_H

#include "base/buffer.h"
#include "base/diag.h"

struct json_places {
	struct place *items; /* of every value and every name, in reading order */
	size_t count, capacity;
};

/* Walks UTF-8 text and notes the places, in arena. False after a diagnostic at
 * the first byte that is not JSON. */
bool json_scan(struct arena *arena, const char *path, struct chunk text, struct json_places *places,
               struct diags *diags);

#endif
