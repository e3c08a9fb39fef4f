/* The commits that wrote each article. */
#ifndef OPSLEDGER_SITE_KB_HISTORY_H
#define OPSLEDGER_SITE_KB_HISTORY_H

#include "base/map.h"
#include "source/repository.h"

struct revision {
	const char *commit, *author, *subject;
	struct instant at; /* the committer's */
};

struct revisions {
	struct revision *items; /* parents before children */
	size_t count, capacity;
};

struct kb_history {
	struct map by_path; /* "kb/a.md" → struct revisions */
};

/* Walks the history of kb/ behind commit, a full id. What a merge brought counts
 * as the commits that made it. NULL after a diagnostic. */
struct kb_history *kb_history_read(struct arena *arena, const struct repository *repository, const char *commit,
                                   struct diags *diags);

#endif
