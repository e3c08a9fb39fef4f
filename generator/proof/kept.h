/* The file in which provenance is kept, for past.c that reads it and keep.c that writes it: a head, then a table
 * each of what is below, then all texts, each ended by a NUL. Texts are named by their byte in there; the first
 * is empty and stands for none. */
#ifndef OPSLEDGER_PROOF_KEPT_H
#define OPSLEDGER_PROOF_KEPT_H

#include <stddef.h>
#include <stdint.h>

#include "source/history.h"

struct kept_commit {
	char id[HISTORY_ID * 2 + 1];
	uint8_t signature;
	uint16_t parent_count;
	int64_t author_at, committer_at;
	int32_t author_offset, committer_offset;
	uint32_t author_name, author_email, committer_name, committer_email, subject;
	uint32_t first_parent; /* in the table of parents */
};

struct kept_group {
	uint32_t contract, type;
};

struct kept_rename {
	uint32_t folder, name;
};

struct kept_life {
	uint32_t group, id, event_count;
};

/* Of PAST_BLOCK lives, the last one of fewer. */
struct kept_block {
	uint32_t first_event, first_field;
};

enum { MOST_FIELDS = (1 << 29) - 1 }; /* of an event: a row of more is longer than a file can be */

struct kept_event {
	uint32_t commit, path, blob, offset, moved;
	uint32_t field_count : 29, change : 2, again : 1;
};

struct kept_field {
	uint32_t name, before, after;
};

enum table {
	COMMITS,
	IDS,
	PARENTS,
	FOLDERS,
	BLOBS,
	RENAMES,
	GROUPS,
	LIVES,
	BLOCKS,
	EVENTS,
	FIELDS,
	TEXTS,
	TABLE_COUNT
};

struct kept_head {
	uint64_t counts[TABLE_COUNT];
};

/* Bytes of one item of a table. */
static inline size_t kept_item_size(enum table table)
{
	static const size_t sizes[TABLE_COUNT] = {
		[COMMITS] = sizeof(struct kept_commit),
		[IDS] = HISTORY_ID,
		[PARENTS] = sizeof(uint32_t),
		[FOLDERS] = HISTORY_ID,
		[BLOBS] = HISTORY_ID,
		[RENAMES] = sizeof(struct kept_rename),
		[GROUPS] = sizeof(struct kept_group),
		[LIVES] = sizeof(struct kept_life),
		[BLOCKS] = sizeof(struct kept_block),
		[EVENTS] = sizeof(struct kept_event),
		[FIELDS] = sizeof(struct kept_field),
		[TEXTS] = 1,
	};
	return sizes[table];
}

/* Bytes of a whole table: each begins at a multiple of 8. */
static inline size_t kept_size(enum table table, size_t count)
{
	return (count * kept_item_size(table) + 7) / 8 * 8;
}

#endif
