/* The wording of a deadline: which rules moved it (inside time/ only). */
#ifndef OPSLEDGER_TIME_DEADLINE_STEPS_H
#define OPSLEDGER_TIME_DEADLINE_STEPS_H

#include "time/deadline.h"

/* How a deadline came about. */
struct reckoning {
	struct instant start;
	struct duration within;
	const struct work_rules *rules;
	struct date begin; /* the day counting starts from: the start's, or the one that stands for it */
	struct date last;  /* the last day by count */
	struct date end;   /* the last day after rest days were passed over */
	bool clamped;      /* last is a month's last day in place of one the month has not */
};

/* Fills deadline->steps from the arena; deadline->at is set. */
void deadline_explain(struct arena *arena, const struct reckoning *reckoning, struct deadline *deadline);

#endif
