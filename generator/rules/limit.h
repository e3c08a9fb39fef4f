/* Limits: counts that must not be passed, and what is left of them. */
#ifndef OPSLEDGER_RULES_LIMIT_H
#define OPSLEDGER_RULES_LIMIT_H

#include "ledger/ledger.h"

enum limit_verdict { LIMIT_WITHIN, LIMIT_WARNING, LIMIT_REACHED, LIMIT_PASSED };

struct limit_state {
	const struct limit *limit;
	struct period period; /* the limit's own, that holds the end of the span asked for */
	size_t counted;
	size_t left;                   /* 0 when reached or passed */
	enum limit_verdict verdict;    /* reached: nothing left, none too many */
	const struct record **records; /* the ones counted */
	size_t record_count, record_capacity;
};

struct limit_list {
	struct limit_state *items; /* in the contract's order */
	size_t count, capacity;
};

/* Each limit in the period of its own that holds the last day of span that is
 * not after as_of. */
struct limit_list limit_states(const struct ledger *ledger, struct span span, struct instant as_of,
                               struct arena *arena);

const char *limit_verdict_name(enum limit_verdict verdict);  /* "within" … */
const char *limit_verdict_title(enum limit_verdict verdict); /* translated */

#endif
