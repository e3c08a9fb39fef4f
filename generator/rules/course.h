/* The course of an incident: when an event took place, reopenings heeded, and
 * the level in force (inside rules/ only). */
#ifndef OPSLEDGER_RULES_COURSE_H
#define OPSLEDGER_RULES_COURSE_H

#include "ledger/ledger.h"
#include "rules/interval.h"

/* The rows of type (pauses, level_changes, reopenings) that belong to record;
 * none when it is no incident. */
const struct record_list *course_rows(const struct ledger *ledger, const struct record *record, const char *type);

struct event {
	bool happened; /* by as-of */
	struct instant at;
	bool reopened;
	struct instant reopened_at; /* the last reopening that continues the incident */
};

/* When field came, what lies after as_of not having happened. A reopening
 * within the contract's time continues the incident: the field's time is then
 * that of the reopening, if its rows have such a field. gaps, when not NULL, takes
 * the stretches between being restored and being reopened. */
struct event course_event(const struct ledger *ledger, const struct record *record, const char *field,
                          struct instant as_of, struct arena *arena, struct interval_list *gaps);

/* Whether record shows that it is over while field is empty: a later one of the
 * steps responded … closed has been entered, and no reopening after it. */
bool course_passed(const struct ledger *ledger, const struct record *record, const char *field, struct instant as_of);

/* The approved pauses with a reason that target allows, and gaps, united. One
 * without an end by as_of is open. */
void course_pauses(const struct ledger *ledger, const struct record *record, const struct target *target,
                   struct instant as_of, struct arena *arena, struct interval_list *stops);

#endif
