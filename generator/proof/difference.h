/* What a commit did to records: its rows against those of its parents. */
#ifndef OPSLEDGER_PROOF_DIFFERENCE_H
#define OPSLEDGER_PROOF_DIFFERENCE_H

#include "proof/written.h"

enum change { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_REMOVED };

struct field_change {
	const char *name;
	const char *before, *after; /* as written; NULL: empty */
};

/* A row that is in a commit and perhaps not in one of its parents, or in the
 * parent and perhaps not in the commit. */
struct side {
	const struct written_row *row;
	uint32_t parent; /* 0 is the first */
	bool after;      /* in the commit */
	uint32_t path, blob;
	uint32_t moved;    /* rows that changed their order in this file against this parent */
	uint32_t sequence; /* set by differences_find */
};

struct difference {
	const char *id;
	enum change change;
	const struct side *before, *after; /* NULL when there is none */
	/* A merge without the record, which one parent has and another has not: it
	 * is a removal only when that other parent's line never removed it. */
	bool one_sided;
	uint32_t absent_in; /* that other parent */
};

typedef void difference_visit(const struct difference *difference, void *context);

/* Compares by id, and visits what the commit itself did, in the order of the
 * ids. In a merge, a row that is equal to its state in any parent came by that
 * parent. Rows of one id are many only by mistake; equal ones cancel out then,
 * and the rest are paired in the order of what they say. Sorts sides. */
void differences_find(const struct written_type *type, struct side *sides, size_t count, uint32_t parents,
                      difference_visit *visit, void *context);

/* The fields in which two rows differ, those of the schema in its order, then others by name; texts copied into
 * arena. Two ways to write one value (2026/3/9 8:05, 是 and true, 5 and 5.0) do not differ. */
struct field_change *field_changes(struct arena *arena, const struct written_type *type,
                                   const struct written_row *before, const struct written_row *after, size_t *count);

#endif
