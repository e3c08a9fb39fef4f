/* Instants and civil dates.
 *
 * An instant is a point in time with the offset it was written in; comparisons
 * use the point alone, printing uses the offset. A date is a civil day of the
 * Gregorian calendar without a zone. Nothing here reads the host's clock, zone or locale. */
#ifndef OPSLEDGER_TIME_INSTANT_H
#define OPSLEDGER_TIME_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct instant {
	int64_t seconds; /* since 1970-01-01T00:00:00Z, leap seconds not counted */
	int32_t offset;  /* seconds east of UTC, for printing: +08:00 is 28800 */
};

struct date {
	int32_t day; /* days since 1970-01-01 */
};

enum { OFFSET_CHINA = 8 * 3600, DAY_SECONDS = 86400 };

struct date date_of_ymd(int year, int month, int day); /* dies on an impossible date */
bool date_is_valid(int year, int month, int day);
void date_to_ymd(struct date date, int *year, int *month, int *day);
int date_year(struct date date);
int date_weekday(struct date date); /* 1 Monday … 7 Sunday (ISO 8601) */
/* ISO week and the year it belongs to, which differs from the date's near New Year. */
void date_iso_week(struct date date, int *week_year, int *week);
struct date date_of_iso_week(int week_year, int week); /* its Monday */
/* The same day of the month, months later (or earlier when negative), or the month's last day where there is no such
 * day. */
struct date date_add_months(struct date date, int months);
struct date date_of_instant(struct instant instant); /* in its own offset */
/* Second 0 … 86400 of date; 86400 is 24:00, the next day's 0:00. */
struct instant instant_at(struct date date, int32_t second_of_day, int32_t offset);
int32_t instant_second_of_day(struct instant instant);
int instant_compare(struct instant a, struct instant b); /* <0, 0, >0 */

/* Reads an instant as engineers write it: ISO 8601 with or without offset and
 * seconds, "2026-03-09 08:05", "2026/3/9 8:05", "2026年3月9日 8时05分", full-width
 * digits and colons, 24:00; ASCII blanks at both ends. Without an offset it takes
 * default_offset. *guessed tells whether the form was another than that of ISO 8601
 * or RFC 3339. False when it is no instant: a date alone is none, nor is what has
 * parts of a second. */
bool instant_parse(struct chunk text, int32_t default_offset, struct instant *out, bool *guessed);
/* "2026-03-09", "2026/3/9", "2026.3.9", "20260309", "2026年3月9日", full-width digits. */
bool date_parse(struct chunk text, struct date *out, bool *guessed);

enum { INSTANT_TEXT = 40, DATE_TEXT = 16 };
/* ISO 8601: "2026-03-09T08:05:00+08:00". Returns out. */
const char *instant_format(struct instant instant, char out[INSTANT_TEXT]);
const char *date_format(struct date date, char out[DATE_TEXT]); /* "2026-03-09" */

#endif
