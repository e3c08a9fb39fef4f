/* The answers of "opsledger sla --json" and "opsledger duties --json", as values.
 *
 * Their shapes are promises to other programs (design, chapter 8): times are
 * ISO 8601 with offset, minutes are numbers, attainment is a number in percent
 * or null where there is nothing to divide. */
#ifndef OPSLEDGER_RULES_ANSWER_H
#define OPSLEDGER_RULES_ANSWER_H

#include "rules/clock.h"
#include "rules/duty.h"

/* commit: the full id of the commit that was read. */
struct value *sla_answer(struct arena *arena, const struct ledger *ledger, const struct period *period,
                         struct instant as_of, const char *commit);
/* The figures of all targets in each month of the term that has begun, rows as in sla_answer's "targets":
 * {contract, as_of, commit, months: [{period, targets}]}. */
struct value *attainment_answer(struct arena *arena, const struct ledger *ledger, struct instant as_of,
                                const char *commit);
struct value *duties_answer(struct arena *arena, const struct ledger *ledger, const struct period *period,
                            struct instant as_of);

#endif
