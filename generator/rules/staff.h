/* Staff: head counts over time, people on duty, changes with consent, absences. */
#ifndef OPSLEDGER_RULES_STAFF_H
#define OPSLEDGER_RULES_STAFF_H

#include "ledger/ledger.h"

/* Days on end with the same number of people, fewer than are required. */
struct staff_gap {
	struct span days;
	size_t count;
};

struct staff_state {
	const struct staff_rule *rule;
	bool kept;
	bool provisional;       /* the calendar of a year is unknown */
	size_t days;            /* the rule asked for, in the span and by as_of */
	size_t count, lowest;   /* people on the last of those days, and on the worst */
	struct staff_gap *gaps; /* head count, roster */
	size_t gap_count, gap_capacity;
	const struct record **records; /* consent: the changes without one; absence: the absences */
	size_t record_count, record_capacity;
	size_t absent_days, uncovered_days; /* absence: working days in the span; those without a substitute */
};

struct staff_list {
	struct staff_state *items; /* in the contract's order */
	size_t count, capacity;
};

/* Each staff rule over the days of span up to as_of, within its term. */
struct staff_list staff_states(const struct ledger *ledger, struct span span, struct instant as_of,
                               struct arena *arena);

#endif
