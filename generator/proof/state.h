/* A record as it stood earlier in its life. */
#ifndef OPSLEDGER_PROOF_STATE_H
#define OPSLEDGER_PROOF_STATE_H

#include "proof/provenance.h"

/* record without the changes of the events [event, …) of its life; offset: of
 * times that have none, seconds east of UTC. NULL when one of these events
 * added or removed it. What the schema cannot read any more is empty. */
const struct record *record_before(struct arena *arena, const struct record *record, const struct life *life,
                                   size_t event, int32_t offset);

/* A text as the instant that it says, a date as its 0:00 in offset; false when it is neither. */
bool text_instant(const char *text, enum field_type type, int32_t offset, struct instant *out);

#endif
