#include "time/instant.h"

#include <stdio.h>

#include "base/memory.h"
#include "text/fold.h"
#include "text/utf8.h"

/* The proleptic Gregorian calendar repeats every 400 years. Years are counted from March, so that the leap
 * day is a year's last and the days before a month follow one formula. */
enum { CYCLE_YEARS = 400, CYCLE_DAYS = 146097, EPOCH_DAYS = 719468 /* 0000-03-01 to 1970-01-01 */ };

static int floor_divide(int number, int divisor)
{
	return number / divisor - (number % divisor < 0);
}

static bool is_leap_year(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

bool date_is_valid(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= month_days(year, month);
}

static struct date date_of_parts(int year, int month, int day)
{
	int march_month = (month + 9) % 12; /* March 0 … February 11 */
	int march_year = year - (month <= 2);
	int cycle = floor_divide(march_year, CYCLE_YEARS);
	int year_of_cycle = march_year - cycle * CYCLE_YEARS;
	int day_of_year = (153 * march_month + 2) / 5 + day - 1;
	int day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
	return (struct date){ cycle * CYCLE_DAYS + day_of_cycle - EPOCH_DAYS };
}

struct date date_of_ymd(int year, int month, int day)
{
	if (!date_is_valid(year, month, day))
		die("no such date: %d-%d-%d", year, month, day);
	return date_of_parts(year, month, day);
}

void date_to_ymd(struct date date, int *year, int *month, int *day)
{
	int days = date.day + EPOCH_DAYS;
	int cycle = floor_divide(days, CYCLE_DAYS);
	int day_of_cycle = days - cycle * CYCLE_DAYS;
	int year_of_cycle =
	    (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / (CYCLE_DAYS - 1)) / 365;
	int day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
	int march_month = (5 * day_of_year + 2) / 153;
	*day = day_of_year - (153 * march_month + 2) / 5 + 1;
	*month = march_month < 10 ? march_month + 3 : march_month - 9;
	*year = cycle * CYCLE_YEARS + year_of_cycle + (*month <= 2);
}

int date_year(struct date date)
{
	int year, month, day;
	date_to_ymd(date, &year, &month, &day);
	return year;
}

int date_weekday(struct date date)
{
	int days = date.day + 3; /* 1970-01-01 was a Thursday */
	return days - floor_divide(days, 7) * 7 + 1;
}

void date_iso_week(struct date date, int *week_year, int *week)
{
	struct date thursday = { date.day + 4 - date_weekday(date) };
	*week_year = date_year(thursday);
	*week = (thursday.day - date_of_parts(*week_year, 1, 1).day) / 7 + 1;
}

struct date date_of_iso_week(int week_year, int week)
{
	struct date first = date_of_parts(week_year, 1, 4); /* always in week 1 */
	return (struct date){ first.day - date_weekday(first) + 1 + (week - 1) * 7 };
}

struct date date_add_months(struct date date, int months)
{
	int year, month, day;
	date_to_ymd(date, &year, &month, &day);
	int count = year * 12 + month - 1 + months;
	year = floor_divide(count, 12);
	month = count - year * 12 + 1;
	int last = month_days(year, month);
	return date_of_parts(year, month, day < last ? day : last);
}

struct date date_of_instant(struct instant instant)
{
	int64_t local = instant.seconds + instant.offset;
	return (struct date){ (int32_t)(local / DAY_SECONDS - (local % DAY_SECONDS < 0)) };
}

struct instant instant_at(struct date date, int32_t second_of_day, int32_t offset)
{
	return (struct instant){ (int64_t)date.day * DAY_SECONDS + second_of_day - offset, offset };
}

int32_t instant_second_of_day(struct instant instant)
{
	int32_t second = (int32_t)((instant.seconds + instant.offset) % DAY_SECONDS);
	return second < 0 ? second + DAY_SECONDS : second;
}

int instant_compare(struct instant a, struct instant b)
{
	return (a.seconds > b.seconds) - (a.seconds < b.seconds);
}

/* A reader of one line; guessed is set as soon as the text leaves ISO 8601. */
struct scan {
	struct chunk text;
	size_t offset;
	bool guessed;
};

static char32_t peek(struct scan *scan)
{
	size_t offset = scan->offset;
	return offset < scan->text.len ? fold_width(utf8_next(scan->text, &offset)) : 0;
}

static void skip(struct scan *scan)
{
	char32_t code_point = utf8_next(scan->text, &scan->offset);
	scan->guessed |= fold_width(code_point) != code_point;
}

static bool at_end(const struct scan *scan)
{
	return scan->offset == scan->text.len;
}

static bool accept(struct scan *scan, char32_t code_point)
{
	if (peek(scan) != code_point)
		return false;
	skip(scan);
	return true;
}

/* A code point that ISO 8601 has not. */
static bool accept_guess(struct scan *scan, char32_t code_point)
{
	if (!accept(scan, code_point))
		return false;
	scan->guessed = true;
	return true;
}

static bool accept_blanks(struct scan *scan)
{
	size_t start = scan->offset;
	while (peek(scan) == ' ' || peek(scan) == '\t')
		skip(scan);
	scan->guessed |= scan->offset > start;
	return scan->offset > start;
}

/* A number of at most max_digits; fewer than iso_digits make it a guess. Returns how many there were. */
static int number(struct scan *scan, int iso_digits, int max_digits, int *out)
{
	int digits = 0;
	for (*out = 0; digits < max_digits; digits++) {
		char32_t digit = peek(scan);
		if (digit < '0' || digit > '9')
			break;
		*out = *out * 10 + (int)(digit - '0');
		skip(scan);
	}
	scan->guessed |= digits < iso_digits;
	return digits;
}

/* *closed: whether the date ends in 日, so that a time may follow without a blank. */
static bool scan_date(struct scan *scan, struct date *out, bool *closed)
{
	int year, month, day, month_day;
	*closed = false;
	if (number(scan, 4, 4, &year) != 4)
		return false;
	if (accept_guess(scan, U'年')) {
		*closed = true;
		if (!number(scan, 1, 2, &month) || !accept(scan, U'月') || !number(scan, 1, 2, &day) ||
		    !(accept(scan, U'日') || accept(scan, U'号')))
			return false;
	} else if (number(scan, 0, 4, &month_day)) {
		scan->guessed = true;
		if (month_day < 100 || !date_is_valid(year, month_day / 100, month_day % 100))
			return false;
		month = month_day / 100;
		day = month_day % 100;
	} else {
		char32_t separator = peek(scan);
		if (!(accept(scan, '-') || accept_guess(scan, '/') || accept_guess(scan, '.')))
			return false;
		if (!number(scan, 2, 2, &month) || !accept(scan, separator) || !number(scan, 2, 2, &day))
			return false;
	}
	if (!date_is_valid(year, month, day))
		return false;
	*out = date_of_parts(year, month, day);
	return true;
}

static bool scan_time(struct scan *scan, int32_t *second_of_day)
{
	int hour, minute = 0, second = 0;
	if (!number(scan, 2, 2, &hour))
		return false;
	if (accept_guess(scan, U'时') || accept_guess(scan, U'点')) {
		if (number(scan, 1, 2, &minute) && !accept(scan, U'分'))
			return false;
		if (number(scan, 1, 2, &second) && !accept(scan, U'秒'))
			return false;
	} else {
		if (!accept(scan, ':') || !number(scan, 2, 2, &minute))
			return false;
		if (accept(scan, ':') && !number(scan, 2, 2, &second))
			return false;
	}
	if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute || second)))
		return false;
	*second_of_day = hour * 3600 + minute * 60 + second;
	return true;
}

/* "Z", "+08:00", "+0800", "+08"; nothing leaves *offset as it is. */
static bool scan_offset(struct scan *scan, int32_t *offset)
{
	int hours, minutes = 0;
	if (accept(scan, 'Z')) {
		*offset = 0;
		return true;
	}
	bool east = accept(scan, '+');
	if (!east && !accept(scan, '-'))
		return true;
	if (number(scan, 2, 2, &hours) != 2)
		return false;
	if ((accept(scan, ':') || !at_end(scan)) && number(scan, 2, 2, &minutes) != 2)
		return false;
	if (hours > 14 || minutes > 59)
		return false;
	*offset = (hours * 3600 + minutes * 60) * (east ? 1 : -1);
	return true;
}

bool instant_parse(struct chunk text, int32_t default_offset, struct instant *out, bool *guessed)
{
	struct scan scan = { .text = chunk_trim(text) };
	struct date date;
	int32_t second_of_day, offset = default_offset;
	bool closed;
	if (!scan_date(&scan, &date, &closed))
		return false;
	bool parted = accept(&scan, 'T') || accept(&scan, ' '); /* RFC 3339 allows the one blank */
	if (!accept_blanks(&scan) && !parted && !closed)
		return false;
	if (!scan_time(&scan, &second_of_day))
		return false;
	accept_blanks(&scan);
	if (!scan_offset(&scan, &offset) || !at_end(&scan))
		return false;
	*out = instant_at(date, second_of_day, offset);
	*guessed = scan.guessed;
	return true;
}

bool date_parse(struct chunk text, struct date *out, bool *guessed)
{
	struct scan scan = { .text = chunk_trim(text) };
	bool closed;
	if (!scan_date(&scan, out, &closed) || !at_end(&scan))
		return false;
	*guessed = scan.guessed;
	return true;
}

const char *date_format(struct date date, char out[DATE_TEXT])
{
	int year, month, day;
	date_to_ymd(date, &year, &month, &day);
	snprintf(out, DATE_TEXT, "%04d-%02d-%02d", year, month, day);
	return out;
}

const char *instant_format(struct instant instant, char out[INSTANT_TEXT])
{
	char date[DATE_TEXT];
	int32_t second = instant_second_of_day(instant);
	int32_t offset = instant.offset < 0 ? -instant.offset : instant.offset;
	snprintf(out, INSTANT_TEXT, "%sT%02d:%02d:%02d%c%02d:%02d", date_format(date_of_instant(instant), date),
	         second / 3600, second / 60 % 60, second % 60, instant.offset < 0 ? '-' : '+', offset / 3600,
	         offset / 60 % 60);
	return out;
}
