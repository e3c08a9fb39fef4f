/* Sums that must agree, each reckoned in two ways (design 5.10). */
#ifndef OPSLEDGER_RULES_AGREEMENT_H
#define OPSLEDGER_RULES_AGREEMENT_H

#include "rules/figures.h"

/* Whether the figures of span agree, reporting each that does not:
 *   opening + reported + reopened − restored = closing, and the backlog carried in
 *     is what stood open at the end of the day before;
 *   incidents by level, by system and by cause are as many as there are;
 *   the months' verdicts of each target sum to the span's. */
bool figures_agree(const struct ledger *ledger, const struct backlog_index *backlogs, struct span span,
                   struct instant as_of, struct diags *diags);

#endif
