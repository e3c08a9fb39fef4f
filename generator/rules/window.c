#include "rules/window.h"

#include <stdlib.h>

#include "time/lunar.h"

enum { PATIENCE_DAYS = 366 }; /* a calendar without a working day for so long has none */

static bool is_workday(const struct ledger *ledger, struct date day, bool *provisional)
{
	*provisional |= !calendar_knows(ledger->calendar, date_year(day));
	return calendar_is_workday(ledger->calendar, day);
}

/* Moves day by so many days, or working days. */
static struct date move(const struct ledger *ledger, struct date day, int32_t days, bool workdays, bool *provisional)
{
	if (!workdays)
		return (struct date){ day.day + days };
	int32_t step = days < 0 ? -1 : 1, patience = PATIENCE_DAYS;
	for (int32_t left = days * step; left > 0 && patience-- > 0;) {
		day.day += step;
		if (is_workday(ledger, day, provisional))
			left--;
	}
	return day;
}

/* The first working day from day on, in steps of 1 or -1. */
static struct date to_workday(const struct ledger *ledger, struct date day, int32_t step, bool *provisional)
{
	for (int patience = PATIENCE_DAYS; patience > 0 && !is_workday(ledger, day, provisional); patience--)
		day.day += step;
	return day;
}

static struct instant end_of_day(const struct ledger *ledger, struct date day)
{
	const struct work_rules *rules = &ledger->rules;
	bool close = rules->ends_at_close && rules->shifts.count;
	return instant_at(day, close ? rules->shifts.items[rules->shifts.count - 1].to : DAY_SECONDS, rules->offset);
}

static struct instant find_due(const struct ledger *ledger, const struct duty *duty, struct span span,
                               bool *provisional)
{
	struct date last = { span.to.day - 1 };
	struct instant end = end_of_day(ledger, last), start;
	struct deadline deadline;
	bool excludes_first_day = ledger->rules.rule == RULE_CIVIL_CODE && duty->due.unit != UNIT_MINUTE &&
	                          duty->due.unit != UNIT_HOUR && duty->due.unit != UNIT_WORKING_HOUR;
	switch (duty->due_from) {
	case DUE_AT_END:
		return end;
	case DUE_LAST_WORKDAY: {
		struct date workday = to_workday(ledger, last, -1, provisional);
		return workday.day >= span.from.day ? end_of_day(ledger, workday) : end;
	}
	case DUE_AFTER_START:
		start = span_from(span, ledger->rules.offset);
		break;
	case DUE_AFTER_SIGNING:
		start = instant_at(ledger->contract->signed_on, 0, ledger->rules.offset);
		break;
	default:
		/* The day that the window ends on is the one that does not count (Civil Code 201). Where
		 * another rule is agreed, time runs from the window's end, which is the next day's 0:00. */
		start = instant_at(last, excludes_first_day ? 0 : DAY_SECONDS, ledger->rules.offset);
		break;
	}
	if (!deadline_of(NULL, start, duty->due, &ledger->rules, &deadline))
		return end;
	*provisional |= deadline.provisional;
	return deadline.at;
}

static void add_window(const struct ledger *ledger, const struct duty *duty, const char *subject, const char *name,
                       struct span span, bool provisional, struct arena *arena, struct duty_list *list)
{
	struct duty_window window = {
		.duty = duty, .name = name, .subject = subject, .span = span, .provisional = provisional
	};
	window.due = find_due(ledger, duty, span, &window.provisional);
	arena_push(arena, list->items, list->count, list->capacity, window);
}

static const char *day_name(struct arena *arena, struct date day)
{
	return date_format(day, arena_alloc(arena, DATE_TEXT));
}

static void unroll_periods(const struct ledger *ledger, const struct duty *duty, const char *subject, struct span span,
                           struct span term, struct arena *arena, struct duty_list *list)
{
	for (struct date day = span.from; day.day < span.to.day;) {
		struct period period = period_of(arena, duty->every, day, term);
		struct span cut = period.span;
		if (cut.from.day < span.from.day)
			cut.from = span.from;
		if (cut.to.day > span.to.day)
			cut.to = span.to;
		add_window(ledger, duty, subject, period.name, cut, false, arena, list);
		day = period.span.to;
	}
}

static void unroll_workdays(const struct ledger *ledger, const struct duty *duty, const char *subject, struct span span,
                            struct arena *arena, struct duty_list *list)
{
	for (struct date day = span.from; day.day < span.to.day; day.day++) {
		bool provisional = false;
		if (is_workday(ledger, day, &provisional))
			add_window(ledger, duty, subject, day_name(arena, day), (struct span){ day, { day.day + 1 } },
			           provisional, arena, list);
	}
}

/* The date in that year; 29 February of a year without one is its 28th (Civil Code 202). */
static bool date_in_year(const struct yearly_date *date, int year, struct date *out)
{
	if (date->lunar)
		return lunar_to_date(year, date->month, date->day, out);
	int day = date->day;
	while (!date_is_valid(year, date->month, day))
		day--;
	*out = date_of_ymd(year, date->month, day);
	return true;
}

struct occurrence {
	struct date day;
	bool provisional;
};

static int by_day(const void *a, const void *b)
{
	const struct occurrence *x = a, *y = b;
	return (x->day.day > y->day.day) - (x->day.day < y->day.day);
}

static void unroll_dates(const struct ledger *ledger, const struct duty *duty, const char *subject, struct span span,
                         struct arena *arena, struct duty_list *list)
{
	struct occurrence *found = NULL;
	size_t count = 0, capacity = 0;
	for (int year = date_year(span.from) - 1; year <= date_year(span.to) + 1; year++) {
		for (size_t i = 0; i < duty->date_count; i++) {
			struct occurrence next = { .provisional = false };
			if (!date_in_year(&duty->dates[i], year, &next.day))
				continue;
			next.day = move(ledger, next.day, duty->offset_days, duty->offset_workdays, &next.provisional);
			if (duty->rest_day != REST_DAY_KEEP)
				next.day = to_workday(ledger, next.day, duty->rest_day == REST_DAY_BEFORE ? -1 : 1,
				                      &next.provisional);
			if (next.day.day >= span.from.day && next.day.day < span.to.day)
				arena_push(arena, found, count, capacity, next);
		}
	}
	if (count)
		qsort(found, count, sizeof *found, by_day);
	for (size_t i = 0; i < count; i++) {
		/* Two dates that fall on one day, or are moved to it, are one window. */
		if (i + 1 < count && found[i + 1].day.day == found[i].day.day)
			continue;
		add_window(ledger, duty, subject, day_name(arena, found[i].day),
		           (struct span){ found[i].day, { found[i].day.day + 1 } }, found[i].provisional, arena, list);
	}
}

void window_unroll(const struct ledger *ledger, const struct duty *duty, const char *subject, struct span span,
                   struct span term, struct arena *arena, struct duty_list *list)
{
	switch (duty->kind) {
	case DUTY_EVERY:
		unroll_periods(ledger, duty, subject, span, term, arena, list);
		break;
	case DUTY_EVERY_WORKDAY:
		unroll_workdays(ledger, duty, subject, span, arena, list);
		break;
	case DUTY_ON:
		unroll_dates(ledger, duty, subject, span, arena, list);
		break;
	}
}
