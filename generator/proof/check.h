/* Signatures of commits that touched records, and of tags, checked one by one. */
#ifndef OPSLEDGER_PROOF_CHECK_H
#define OPSLEDGER_PROOF_CHECK_H

#include "proof/provenance.h"
#include "source/anchor.h"
#include "source/signature.h"

struct check {
	const struct history_commit *commit; /* that is signed, or that a signed tag points to */
	const char *tag;                     /* its name, or NULL: the commit itself is signed */
	enum signature_kind kind;
	struct signature signature;
};

struct check_list {
	struct check *items;                  /* commits, parents before children, then tags by time */
	size_t count, capacity, commit_count; /* how many of them are of commits */
	const struct history *history;
	const bool *good; /* by commit of the history: whether its own signature is good */
};

/* Borrows history and repository. */
struct check_list checks_make(struct arena *arena, const struct repository *repository,
                              const struct provenance *provenance, struct signature_checker *checker);

/* Whether the signature of the commit (tag NULL), or of the tag, was found good. */
bool checks_hold(const struct check_list *checks, const struct history_commit *commit, const char *tag);

/* A list of {"commit", "tag", "kind", "verdict": "good|bad|unproved", "signer", "key", "detail"}. */
struct value *checks_json(struct arena *arena, const struct check_list *checks);
/* How many there are of each verdict, and a line for each that is not good. */
void checks_text(const struct check_list *checks, struct buf *out);

#endif
