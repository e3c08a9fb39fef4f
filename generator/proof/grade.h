/* How well a commit proves when it was there. Git states content, not time:
 * names and times in a commit are its maker's claims. */
#ifndef OPSLEDGER_PROOF_GRADE_H
#define OPSLEDGER_PROOF_GRADE_H

#include "proof/check.h"

enum grade {
	GRADE_ANCHORED, /* A: a signed tag holds it */
	GRADE_SIGNED,   /* B: the commit carries a signature */
	GRADE_BARE      /* C */
};

struct grades {
	const struct history *history;
	const struct anchor **anchors; /* by commit: the earliest that holds it, or NULL */
	const struct check_list *checks;
};

/* Borrows the history and the checks; without those (NULL) signatures are found,
 * not verified, with them only those count that were found good. Tags differ from clone
 * to clone: with repository NULL nothing is anchored, and the grades are the same
 * everywhere. */
struct grades grades_read(struct arena *arena, const struct repository *repository, const struct history *history,
                          const struct check_list *checks);
enum grade grade_of(const struct grades *grades, const struct history_commit *commit);
/* The earliest signed tag that holds the commit, or NULL. */
const struct anchor *grade_anchor(const struct grades *grades, const struct history_commit *commit);
const char *grade_letter(enum grade grade); /* "A", "B", "C" */

#endif
