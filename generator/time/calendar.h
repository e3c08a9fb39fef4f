/* The working calendar: which day is worked, and between which hours.
 *
 * A working day is a weekday that is no holiday, or a weekend day worked in
 * exchange (State Council's yearly notice). A year for which no notice was
 * entered is unknown: its days are judged by weekday alone and whatever
 * depends on them is provisional. */
#ifndef OPSLEDGER_TIME_CALENDAR_H
#define OPSLEDGER_TIME_CALENDAR_H

#include <stddef.h>

#include "base/memory.h"
#include "time/instant.h"

struct calendar;

enum day_kind { DAY_REST, DAY_WORK };

struct calendar_day {
	struct date date;
	enum day_kind kind;
	const char *name; /* 春节, 国庆节 … */
};

struct calendar *calendar_new(struct arena *arena);
/* Enters one day of a notice. False when the date is already entered otherwise. */
bool calendar_set(struct calendar *calendar, struct date date, enum day_kind kind, const char *name);
/* Says that year's notice is complete. */
void calendar_know_year(struct calendar *calendar, int year);
bool calendar_knows(const struct calendar *calendar, int year);
bool calendar_is_workday(const struct calendar *calendar, struct date date);
/* The notice's entry for date, or NULL when it says nothing of it. */
const struct calendar_day *calendar_entry(const struct calendar *calendar, struct date date);

/* Half-open working hours of a working day, in seconds of the day, ascending and
 * apart: 09:00–12:00 and 14:00–18:00 is {32400, 43200}, {50400, 64800}. One that
 * goes on after midnight belongs to the day it begins on and ends after 86400:
 * 22:00–06:00 is {79200, 108000}; the next day's first shift begins no earlier. */
struct shift {
	int32_t from, to;
};

struct shifts {
	const struct shift *items;
	size_t count;
};

#endif
