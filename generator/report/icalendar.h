/* Work to be done as a calendar that mail and calendar programs read. */
#ifndef OPSLEDGER_REPORT_ICALENDAR_H
#define OPSLEDGER_REPORT_ICALENDAR_H

#include "base/buffer.h"
#include "rules/open_work.h"

/* iCalendar (RFC 5545): a VTODO each, stamped with as_of; times in UTC. */
void icalendar_print(struct arena *arena, const struct open_works *works, struct instant as_of, struct buf *out);

#endif
