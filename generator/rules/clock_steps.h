/* The wording of a clock's reading, step by step (inside rules/ only). With
 * arena NULL nothing is kept. */
#ifndef OPSLEDGER_RULES_CLOCK_STEPS_H
#define OPSLEDGER_RULES_CLOCK_STEPS_H

#include "rules/clock.h"

void step_start(struct arena *arena, struct clock_reading *reading);
void step_missed(struct arena *arena, struct clock_reading *reading, const struct target *missed);
void step_absent(struct arena *arena, struct clock_reading *reading, const char *field);
void step_agreed(struct arena *arena, struct clock_reading *reading);
void step_within(struct arena *arena, struct clock_reading *reading, const struct allowance *allowance,
                 const struct deadline *deadline);
void step_paused(struct arena *arena, struct clock_reading *reading);
void step_verdict(struct arena *arena, struct clock_reading *reading, struct instant as_of);

#endif
