/* Clocks: the verdict of each target on each record at an instant.
 *
 * Design chapter 5, points 1–7. What lies after the as-of instant has not
 * happened. Met is at or before the deadline. */
#ifndef OPSLEDGER_RULES_CLOCK_H
#define OPSLEDGER_RULES_CLOCK_H

#include "ledger/ledger.h"

enum verdict {
	VERDICT_MET,
	VERDICT_MISSED,
	VERDICT_RUNNING,
	VERDICT_PAUSED,
	VERDICT_EXCLUDED,
	VERDICT_NOT_APPLICABLE,
	VERDICT_UNKNOWN,
	VERDICT_COUNT
};

struct clock_reading {
	const struct record *record;
	const struct target *target;
	enum verdict verdict;
	bool has_from, has_deadline, has_to;
	struct instant from, deadline, to; /* to: the event's, with reopenings the last one's */
	int64_t paused_seconds;            /* of the clock's own time, before the deadline, or so far when paused */
	int64_t overrun_seconds;           /* missed: past the deadline until to, else until as-of; otherwise 0 */
	bool open;                         /* to has not happened */
	bool provisional;                  /* rests on a year whose calendar is unknown */
	const char *level;                 /* the level it was judged by; NULL when the target does not ask for one */
	const char **steps;                /* why, translated, in order; only when asked for */
	size_t step_count, step_capacity;
};

/* Judges one record by one target. The steps are kept in arena when it is not NULL. */
struct clock_reading clock_read(const struct ledger *ledger, const struct target *target, const struct record *record,
                                struct instant as_of, struct arena *arena);

struct clock_list {
	struct clock_reading *items; /* by type, record's date and id, then in the contract's order of targets */
	size_t count, capacity;
};

/* Every target on every record whose date lies in span, but for those that are
 * not applicable; without their steps. */
struct clock_list clock_read_all(const struct ledger *ledger, struct span span, struct instant as_of,
                                 struct arena *arena);

/* "met", "missed" … for programs; "达标", "超时" … for readers, translated. */
const char *verdict_name(enum verdict verdict);
const char *verdict_title(enum verdict verdict);

#endif
