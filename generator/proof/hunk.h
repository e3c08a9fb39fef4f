/* Where two versions of a CSV file differ, in whole rows. */
#ifndef OPSLEDGER_PROOF_HUNK_H
#define OPSLEDGER_PROOF_HUNK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"

/* A version whose rows are known: it was parsed without fault. */
struct row_map {
	struct chunk text;
	const uint32_t *starts; /* byte where each row begins, the head's first */
	size_t count;
	size_t head_end; /* byte where the second row begins */
};

/* Bytes [known_from, known_to) of the known version stand where the other one
 * has [other_from, other_to); outside the hunks both have the same bytes. */
struct hunk {
	size_t known_from, known_to, other_from, other_to;
	size_t first, after; /* rows of the known version: its first, and the first behind it */
};

struct hunk_list {
	struct hunk *items; /* in order */
	size_t count, capacity;
};

/* The other version, parsed from a hunk's start on, begins a row there, and again
 * at its end: always at the start, and at the end when the bytes between parse
 * without fault, since they end with a line end then. False when the head
 * differs. Few and small hunks are the aim; many are as right. */
bool hunks_find(struct arena *arena, const struct row_map *known, struct chunk other, struct hunk_list *out);

#endif
