/* Seals: which report of which period was signed on which commit, and what was
 * changed in that period afterwards. */
#ifndef OPSLEDGER_PROOF_SEAL_H
#define OPSLEDGER_PROOF_SEAL_H

#include "ledger/ledger.h"
#include "proof/provenance.h"

/* A row of signoffs. */
struct seal {
	const struct record *record;
	struct instant signed_at;
	bool returned;   /* the verdict sent the report back: nothing is sealed */
	bool has_period; /* the report is of a period of the contract's term */
	struct period period;
	const char *commit; /* as written; NULL when the row names none */
	bool has_behind;
	const bool *behind; /* by commit: whether the signed report knew it; only when the commit was found */
};

struct seal_list {
	struct seal *items; /* by the time of signing, then by id */
	size_t count, capacity;
};

struct seal_list seals_read(struct arena *arena, const struct ledger *ledger, const struct provenance *provenance);

/* Whether a commit came after the signature: it is not behind the signed commit;
 * where that is not named or not found, it is committed later than the signing. */
bool seal_precedes(const struct seal *seal, const struct provenance *provenance, const struct history_commit *commit);

/* Something done, after the signature (a declared import is not, where the
 * signature names no commit), to a record that belongs to the sealed
 * period by its date, before or after the change. Undated types and the
 * sign-offs themselves belong to no period. */
struct erratum {
	const struct seal *seal;
	const struct life *life;
	const struct event *event;
	size_t number; /* of the event: lower for an earlier one of the life, and for one of an earlier life */
};

struct erratum_list {
	struct erratum *items; /* by seal, then by life and event */
	size_t count, capacity;
};

struct erratum_list errata_find(struct arena *arena, const struct ledger *ledger, const struct provenance *provenance,
                                const struct seal_list *seals, struct diags *diags);

#endif
