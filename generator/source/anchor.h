/* Signed tags: statements from outside a commit that it existed by then. */
#ifndef OPSLEDGER_SOURCE_ANCHOR_H
#define OPSLEDGER_SOURCE_ANCHOR_H

#include "source/history.h"

struct anchor {
	const char *tag; /* its name, without refs/tags/ */
	const char *id;  /* of the tag object */
	struct person tagger;
	uint32_t commit;               /* index into the history's commits */
	enum signature_kind signature; /* never SIGNATURE_NONE; not verified */
};

struct anchor_list {
	struct anchor *items; /* by the tagger's time, then by name */
	size_t count, capacity;
};

/* The annotated tags with a signature that point to a commit of the history.
 * Tags are no part of a commit: another clone may have others, so nothing that
 * has to be the same in every clone may depend on them. */
struct anchor_list anchors_read(struct arena *arena, const struct repository *repository,
                                const struct history *history);

#endif
