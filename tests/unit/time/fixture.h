/* What the tests of time/ share: tables and the calendar of this repository, read from its root. */
#ifndef OPSLEDGER_TESTS_TIME_FIXTURE_H
#define OPSLEDGER_TESTS_TIME_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/output.h"
#include "time/calendar.h"

enum { MOST_COLUMNS = 16 };

/* Calls row with each line's cells after the head. The cells hold no quotes and no commas. */
static inline void read_table(const char *path, size_t columns, void (*row)(char **cells, void *context), void *context)
{
	struct buf file = BUF_INIT;
	assert_true(read_file(path, &file));
	char *line = strchr(file.data, '\n') + 1;
	while (*line) {
		char *cells[MOST_COLUMNS] = { line };
		size_t count = 1;
		char *end = strchr(line, '\n');
		assert_non_null(end);
		*end = '\0';
		for (char *at = line; (at = strchr(at, ',')) != NULL;) {
			*at++ = '\0';
			assert_true(count < MOST_COLUMNS);
			cells[count++] = at;
		}
		if (count != columns)
			fail_msg("%s: %zu cells in the row of \"%s\"", path, count, line);
		row(cells, context);
		line = end + 1;
	}
	buf_free(&file);
}

static inline struct date fixture_date(const char *text)
{
	struct date date;
	bool guessed;
	if (!date_parse(chunk_of(text), &date, &guessed) || guessed)
		fail_msg("\"%s\" is no date", text);
	return date;
}

static inline struct instant fixture_instant(const char *text)
{
	struct instant instant;
	bool guessed;
	if (!instant_parse(chunk_of(text), OFFSET_CHINA, &instant, &guessed) || guessed)
		fail_msg("\"%s\" is no instant", text);
	return instant;
}

static inline void enter_day(char **cells, void *calendar)
{
	enum day_kind kind = strcmp(cells[1], "rest") == 0 ? DAY_REST : DAY_WORK;
	assert_true(calendar_set(calendar, fixture_date(cells[0]), kind, cells[2]));
}

/* The notices for 2023 to 2026. */
static inline struct calendar *fixture_calendar(struct arena *arena)
{
	struct calendar *calendar = calendar_new(arena);
	for (int year = 2023; year <= 2026; year++) {
		char path[64];
		snprintf(path, sizeof path, "records/calendar/cn-%d.csv", year);
		read_table(path, 4, enter_day, calendar);
		calendar_know_year(calendar, year);
	}
	return calendar;
}

#endif
