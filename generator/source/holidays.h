/* The calendar files, records/calendar/cn-YYYY.csv: date,kind,name,source, one
 * row for each day of the State Council's notice for that year. */
#ifndef OPSLEDGER_SOURCE_HOLIDAYS_H
#define OPSLEDGER_SOURCE_HOLIDAYS_H

#include "source/snapshot.h"
#include "time/calendar.h"

#define CALENDAR_FOLDER "records/calendar/"

/* Reads all of them into one calendar, in arena. */
struct calendar *holidays_read(struct arena *arena, const struct snapshot *snapshot, struct diags *diags);

#endif
