/* The Chinese lunar calendar, for duties on lunar dates (七夕: lunar 07-07). */
#ifndef OPSLEDGER_TIME_LUNAR_H
#define OPSLEDGER_TIME_LUNAR_H

#include "time/instant.h"

/* The Gregorian date of lunar month-day in the lunar year that begins in
 * Gregorian year year (1990–2060). Leap months never match: a duty falls in the
 * regular month. Day 30 of a 29-day month is its day 29. False for another year
 * or an impossible month or day. */
bool lunar_to_date(int year, int month, int day, struct date *out);

#endif
