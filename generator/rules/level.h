/* The level by which an incident is judged (inside rules/ only). */
#ifndef OPSLEDGER_RULES_LEVEL_H
#define OPSLEDGER_RULES_LEVEL_H

#include "rules/clock.h"

/* The id of the level in force for target at as_of, by the rows of
 * level_changes; without any, what the record says; NULL when it says nothing.
 *
 * Raised: the new level counts from the incident's start. Lowered: only with the
 * purchaser's approval, and only while nothing is missed: when the clock of the
 * old level that ends in the same event as target's had run out, the incident
 * stays judged by the old level, so that a miss stays a miss. */
const char *judged_level(const struct ledger *ledger, const struct target *target, const struct record *record,
                         struct instant as_of);

/* The reading of target on record taken to be of that level. */
struct clock_reading clock_read_at_level(const struct ledger *ledger, const struct target *target,
                                         const struct record *record, const char *level, struct instant as_of,
                                         struct arena *arena);
/* Whether target speaks of record when it is of that level. */
bool target_applies_at_level(const struct ledger *ledger, const struct target *target, const struct record *record,
                             const char *level);

#endif
