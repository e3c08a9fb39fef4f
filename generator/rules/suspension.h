/* What stops a clock: pauses and the time between a restoration and a
 * reopening (inside rules/ only). */
#ifndef OPSLEDGER_RULES_SUSPENSION_H
#define OPSLEDGER_RULES_SUSPENSION_H

#include "ledger/ledger.h"
#include "rules/interval.h"

struct suspended {
	struct instant deadline; /* moved by the stops; as far as it is known when frozen */
	int64_t seconds;         /* of the clock's own time that it stood still before the deadline, or now */
	bool frozen;             /* it stands still now, so there is no deadline */
	bool provisional;
};

/* Moves base, the deadline of within from start, by the stops, united, that
 * begin before it has passed: a stop after a breach heals nothing. Only the part
 * of a stop in which the clock would run counts: from the start (from the next
 * day's 0:00 where the first day does not count) to end, in working hours for
 * wh and wd. A last day of d, w, mo or y moved onto a rest day moves on to the
 * next working day (Civil Code 203). end is INTERVAL_OPEN while the clock has not
 * ended; a stop that is open too is counted until now. */
struct suspended suspend(const struct work_rules *rules, struct instant start, struct duration within,
                         struct instant base, const struct interval_list *stops, int64_t end, int64_t now);

#endif
