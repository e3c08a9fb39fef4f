/* Provenance as an earlier run found it, kept in a file, so that only the commits
 * that have come since are walked.
 *
 * Events depend on the commits behind theirs alone, so what was found stays true
 * as long as its last commit lies behind the one asked about, and columns and
 * folders mean what they meant: the key says by what. A file that does not fit
 * is as good as none. */
#ifndef OPSLEDGER_PROOF_PAST_H
#define OPSLEDGER_PROOF_PAST_H

#include "proof/lives.h"

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
	struct past_file *file; /* private */
};

/* NULL when there is none that fits. It lasts as long as what is made of it. */
struct past *past_open(struct arena *arena, const char *path, const char *key);
void past_close(struct past *past); /* NULL is none */

/* Puts the lives that were into lives, which is empty. history was read with the past. */
void past_lives(const struct past *past, const struct history *history, struct lives *lives);

/* Keeps what was found; of past, the renames and groups. Nothing happens where that cannot be done. */
void past_keep(const char *path, const char *key, const struct past *past, const struct history *history,
               const struct lives *lives);

#endif
