/* Provenance as an earlier run found it, kept in a file, so that only the commits
 * that have come since are walked.
 *
 * Events depend on the commits behind theirs alone, so what was found stays true
 * as long as its last commit lies behind the one asked about, and columns and
 * folders mean what they meant: the key says by what. A file that does not fit
 * is as good as none. */
#ifndef OPSLEDGER_PROOF_PAST_H
#define OPSLEDGER_PROOF_PAST_H

#include "base/parallel.h"
#include "proof/provenance.h"

struct past_group {
	const char *contract, *type;
};

struct past_rename {
	const char *folder, *name; /* as in struct folders */
};

struct past {
	struct history_past history;
	struct past_rename *renames;
	size_t rename_count;
	struct past_group *groups; /* of the lives, by their number */
	size_t group_count;
	size_t life_count;      /* by contract, type, id in byte order */
	struct past_file *file; /* private */
};

/* NULL when there is none that fits. It lasts as long as what is made of it. */
struct past *past_open(struct arena *arena, const char *path, const char *key);
void past_close(struct past *past); /* NULL is none */

/* A life of the past by its name alone, without events. */
struct life past_name(const struct past *past, size_t number);

/* Most lives are never asked for, so they are read by blocks of so many. */
enum { PAST_BLOCK = PIECE(512) };

/* The lives from block * PAST_BLOCK on, PAST_BLOCK of them or what there is, with their events in the order in which
 * they were kept; in arena. history was read with the past. */
struct life *past_block(const struct past *past, size_t block, const struct history *history, struct arena *arena);

#endif
