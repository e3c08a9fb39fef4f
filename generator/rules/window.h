/* The windows of a duty, before anyone asks what was done in them (inside rules/ only). */
#ifndef OPSLEDGER_RULES_WINDOW_H
#define OPSLEDGER_RULES_WINDOW_H

#include "rules/duty.h"

/* Appends to list the windows of duty that lie in span, cut at its ends, for one subject.
 * term: the one that contract years are counted in. */
void window_unroll(const struct ledger *ledger, const struct duty *duty, const char *subject, struct span span,
                   struct span term, struct arena *arena, struct duty_list *list);

#endif
