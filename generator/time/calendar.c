#include "time/calendar.h"

#include <string.h>

enum { YEAR_DAYS = 366 };

struct year {
	int number;
	bool known;
	struct date first;
	const struct calendar_day *days[YEAR_DAYS];
};

struct calendar {
	struct arena *arena;
	struct year **years; /* as entered; a repository has a handful */
	size_t count, capacity;
};

struct calendar *calendar_new(struct arena *arena)
{
	struct calendar *calendar = arena_alloc(arena, sizeof *calendar);
	calendar->arena = arena;
	return calendar;
}

static struct year *find_year(const struct calendar *calendar, int number)
{
	for (size_t i = 0; i < calendar->count; i++)
		if (calendar->years[i]->number == number)
			return calendar->years[i];
	return NULL;
}

static struct year *make_year(struct calendar *calendar, int number)
{
	struct year *year = find_year(calendar, number);
	if (year)
		return year;
	year = arena_alloc(calendar->arena, sizeof *year);
	year->number = number;
	year->first = date_of_ymd(number, 1, 1);
	arena_push(calendar->arena, calendar->years, calendar->count, calendar->capacity, year);
	return year;
}

bool calendar_set(struct calendar *calendar, struct date date, enum day_kind kind, const char *name)
{
	struct year *year = make_year(calendar, date_year(date));
	const struct calendar_day **slot = &year->days[date.day - year->first.day];
	if (*slot)
		return (*slot)->kind == kind && strcmp((*slot)->name, name) == 0;
	struct calendar_day *day = arena_alloc(calendar->arena, sizeof *day);
	*day = (struct calendar_day){ date, kind, arena_strdup(calendar->arena, name) };
	*slot = day;
	return true;
}

void calendar_know_year(struct calendar *calendar, int year)
{
	make_year(calendar, year)->known = true;
}

bool calendar_knows(const struct calendar *calendar, int year)
{
	const struct year *found = find_year(calendar, year);
	return found && found->known;
}

const struct calendar_day *calendar_entry(const struct calendar *calendar, struct date date)
{
	for (size_t i = 0; i < calendar->count; i++) {
		const struct year *year = calendar->years[i];
		int32_t index = date.day - year->first.day;
		/* Slot 365 of a year without it is the next 1 January and stays empty. */
		if (index >= 0 && index < YEAR_DAYS && year->days[index])
			return year->days[index];
	}
	return NULL;
}

bool calendar_is_workday(const struct calendar *calendar, struct date date)
{
	const struct calendar_day *entry = calendar_entry(calendar, date);
	return entry ? entry->kind == DAY_WORK : date_weekday(date) <= 5;
}
