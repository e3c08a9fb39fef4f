#include "time/period.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

static struct date earlier(struct date a, struct date b)
{
	return a.day < b.day ? a : b;
}

static struct date later(struct date a, struct date b)
{
	return a.day > b.day ? a : b;
}

static bool is_empty(struct span span)
{
	return span.from.day >= span.to.day;
}

/* The months of one period of that kind; 0 where it is no count of months. */
static int months_of(enum period_kind kind)
{
	switch (kind) {
	case PERIOD_MONTH:
	case PERIOD_CONTRACT_MONTH:
		return 1;
	case PERIOD_QUARTER:
	case PERIOD_CONTRACT_QUARTER:
		return 3;
	case PERIOD_HALF_YEAR:
	case PERIOD_CONTRACT_HALF_YEAR:
		return 6;
	case PERIOD_YEAR:
	case PERIOD_CONTRACT_YEAR:
		return 12;
	case PERIOD_DAY:
	case PERIOD_WEEK:
	case PERIOD_TERM:
		break;
	}
	return 0;
}

/* Months are always added to the first day, so that a term from the 31st does not drift. */
static struct span months_from(struct date first, int from, int months)
{
	return (struct span){ date_add_months(first, from), date_add_months(first, from + months) };
}

static struct span calendar_span(enum period_kind kind, struct date date)
{
	int year, month, day, months = months_of(kind);
	date_to_ymd(date, &year, &month, &day);
	return months_from(date_of_ymd(year, 1, 1), (month - 1) / months * months, months);
}

/* The whole months from first to date, which is not earlier. */
static int months_between(struct date first, struct date date)
{
	int first_year, first_month, year, month, day;
	date_to_ymd(first, &first_year, &first_month, &day);
	date_to_ymd(date, &year, &month, &day);
	int months = (year - first_year) * 12 + month - first_month;
	return date_add_months(first, months).day > date.day ? months - 1 : months;
}

static struct span contract_span(enum period_kind kind, struct date date, struct span term)
{
	int months = months_of(kind);
	return months_from(term.from, months_between(term.from, date) / months * months, months);
}

static struct span whole_span(enum period_kind kind, struct date date, struct span term)
{
	switch (kind) {
	case PERIOD_DAY:
		return (struct span){ date, { date.day + 1 } };
	case PERIOD_WEEK:
		date.day -= date_weekday(date) - 1;
		return (struct span){ date, { date.day + 7 } };
	case PERIOD_MONTH:
	case PERIOD_QUARTER:
	case PERIOD_HALF_YEAR:
	case PERIOD_YEAR:
		return calendar_span(kind, date);
	case PERIOD_CONTRACT_MONTH:
	case PERIOD_CONTRACT_QUARTER:
	case PERIOD_CONTRACT_HALF_YEAR:
	case PERIOD_CONTRACT_YEAR:
		return contract_span(kind, later(term.from, earlier(date, (struct date){ term.to.day - 1 })), term);
	case PERIOD_TERM:
		break;
	}
	return term;
}

/* The number of the period within its contract year, and that year's, from 1. */
static int contract_index(const struct period *period, struct span term, int *contract_year)
{
	int months = months_between(term.from, period->whole.from);
	*contract_year = months / 12 + 1;
	return months % 12 / months_of(period->kind) + 1;
}

static const char *name_of(struct arena *arena, const struct period *period, struct span term)
{
	int year, month, day, index;
	date_to_ymd(period->whole.from, &year, &month, &day);
	switch (period->kind) {
	case PERIOD_DAY:
		return arena_printf(arena, "%04d-%02d-%02d", year, month, day);
	case PERIOD_WEEK:
		date_iso_week(period->whole.from, &year, &index);
		return arena_printf(arena, "%04d-W%02d", year, index);
	case PERIOD_MONTH:
		return arena_printf(arena, "%04d-%02d", year, month);
	case PERIOD_QUARTER:
		return arena_printf(arena, "%04d-Q%d", year, (month + 2) / 3);
	case PERIOD_HALF_YEAR:
		return arena_printf(arena, "%04d-H%d", year, (month + 5) / 6);
	case PERIOD_YEAR:
		return arena_printf(arena, "%04d", year);
	case PERIOD_CONTRACT_MONTH:
		index = contract_index(period, term, &year);
		return arena_printf(arena, "Y%d-M%02d", year, index);
	case PERIOD_CONTRACT_QUARTER:
		index = contract_index(period, term, &year);
		return arena_printf(arena, "Y%d-Q%d", year, index);
	case PERIOD_CONTRACT_HALF_YEAR:
		index = contract_index(period, term, &year);
		return arena_printf(arena, "Y%d-H%d", year, index);
	case PERIOD_CONTRACT_YEAR:
		contract_index(period, term, &year);
		return arena_printf(arena, "Y%d", year);
	case PERIOD_TERM:
		break;
	}
	return "term";
}

struct period period_of(struct arena *arena, enum period_kind kind, struct date date, struct span term)
{
	struct period period = { .kind = kind, .whole = whole_span(kind, date, term) };
	period.span = (struct span){ later(period.whole.from, term.from), earlier(period.whole.to, term.to) };
	period.name = name_of(arena, &period, term);
	return period;
}

/* Reads count digits at *text and moves behind them. */
static bool digits(const char **text, int count, int *out)
{
	*out = 0;
	for (; count; count--, (*text)++) {
		if (**text < '0' || **text > '9')
			return false;
		*out = *out * 10 + (**text - '0');
	}
	return true;
}

/* Finds kind and a date inside the period of a calendar name: "2026", "2026-11" … */
static bool parse_calendar(const char *text, enum period_kind *kind, struct date *date)
{
	int year, month = 1, day = 1, index;
	if (!digits(&text, 4, &year) || year < 1)
		return false;
	if (!*text) {
		*kind = PERIOD_YEAR;
	} else if (*text++ != '-') {
		return false;
	} else if (*text == 'W') {
		text++;
		if (!digits(&text, 2, &index) || *text || index < 1)
			return false;
		*kind = PERIOD_WEEK;
		*date = date_of_iso_week(year, index);
		int week_year, week; /* week 53 of a year that has 52 is the next year's first */
		date_iso_week(*date, &week_year, &week);
		return week_year == year && week == index;
	} else if (*text == 'Q' || *text == 'H') {
		int months = *text == 'Q' ? 3 : 6;
		*kind = *text == 'Q' ? PERIOD_QUARTER : PERIOD_HALF_YEAR;
		text++;
		if (!digits(&text, 1, &index) || index < 1 || index > 12 / months)
			return false;
		month = (index - 1) * months + 1;
	} else {
		*kind = PERIOD_MONTH;
		if (!digits(&text, 2, &month))
			return false;
		if (*text == '-') {
			text++;
			*kind = PERIOD_DAY;
			if (!digits(&text, 2, &day))
				return false;
		}
	}
	if (*text || !date_is_valid(year, month, day))
		return false;
	*date = date_of_ymd(year, month, day);
	return true;
}

/* The same of a name by contract year: "Y1", "Y1-H2", "Y1-Q3", "Y1-M08". */
static bool parse_contract(const char *text, struct span term, enum period_kind *kind, struct date *date)
{
	int year, index = 1, used = 0;
	if (*text++ != 'Y' || *text < '1' || *text > '9')
		return false;
	if (sscanf(text, "%3d%n", &year, &used) != 1)
		return false;
	text += used;
	*kind = PERIOD_CONTRACT_YEAR;
	if (*text == '-') {
		text++;
		if (*text != 'M' && *text != 'Q' && *text != 'H')
			return false;
		*kind = *text == 'M'   ? PERIOD_CONTRACT_MONTH
		        : *text == 'Q' ? PERIOD_CONTRACT_QUARTER
		                       : PERIOD_CONTRACT_HALF_YEAR;
		text++;
		if (!digits(&text, *kind == PERIOD_CONTRACT_MONTH ? 2 : 1, &index) || index < 1 ||
		    index > 12 / months_of(*kind))
			return false;
	}
	*date = date_add_months(term.from, (year - 1) * 12 + (index - 1) * months_of(*kind));
	return !*text && date->day < term.to.day;
}

bool period_parse(struct arena *arena, const char *name, struct span term, struct period *out)
{
	enum period_kind kind = PERIOD_TERM;
	struct date date = term.from;
	if (strcmp(name, "term") != 0 && !parse_calendar(name, &kind, &date) &&
	    !parse_contract(name, term, &kind, &date))
		return false;
	*out = period_of(arena, kind, date, term);
	return !is_empty(out->span);
}

/* The period that holds a day just outside period. */
static bool neighbour(struct arena *arena, const struct period *period, struct date date, struct span term,
                      struct period *out)
{
	if (date.day < term.from.day || date.day >= term.to.day)
		return false;
	*out = period_of(arena, period->kind, date, term);
	return true;
}

bool period_previous(struct arena *arena, const struct period *period, struct span term, struct period *out)
{
	return neighbour(arena, period, (struct date){ period->whole.from.day - 1 }, term, out);
}

bool period_next(struct arena *arena, const struct period *period, struct span term, struct period *out)
{
	return neighbour(arena, period, period->whole.to, term, out);
}

static const char *const ORDINALS[] = { "一", "二", "三", "四" };
static const char *const HALVES[] = { "上", "下" };

/* "2025年12月29日—2026年1月4日"; the second year only where it is another. */
static const char *week_title(struct arena *arena, struct span span)
{
	int year, month, day, last_year, last_month, last_day, week_year, week;
	date_to_ymd(span.from, &year, &month, &day);
	date_to_ymd((struct date){ span.to.day - 1 }, &last_year, &last_month, &last_day);
	date_iso_week(span.from, &week_year, &week);
	if (year == last_year)
		return arena_printf(arena, "%d年第%d周（%d月%d日—%d月%d日）", week_year, week, month, day, last_month,
		                    last_day);
	return arena_printf(arena, "%d年第%d周（%d年%d月%d日—%d年%d月%d日）", week_year, week, year, month, day,
	                    last_year, last_month, last_day);
}

const char *period_title(struct arena *arena, const struct period *period)
{
	int year, month, day, contract_year = 0, index = 0;
	date_to_ymd(period->whole.from, &year, &month, &day);
	sscanf(period->name, "Y%d-%*c%d", &contract_year, &index);
	switch (period->kind) {
	case PERIOD_DAY:
		return arena_printf(arena, "%d年%d月%d日", year, month, day);
	case PERIOD_WEEK:
		return week_title(arena, period->whole);
	case PERIOD_MONTH:
		return arena_printf(arena, "%d年%d月", year, month);
	case PERIOD_QUARTER:
		return arena_printf(arena, "%d年第%s季度", year, ORDINALS[(month - 1) / 3]);
	case PERIOD_HALF_YEAR:
		return arena_printf(arena, "%d年%s半年", year, HALVES[(month - 1) / 6]);
	case PERIOD_YEAR:
		return arena_printf(arena, "%d年", year);
	case PERIOD_CONTRACT_MONTH:
		return arena_printf(arena, "第%d合同年第%d个月", contract_year, index);
	case PERIOD_CONTRACT_QUARTER:
		return arena_printf(arena, "第%d合同年第%s季度", contract_year, ORDINALS[index - 1]);
	case PERIOD_CONTRACT_HALF_YEAR:
		return arena_printf(arena, "第%d合同年%s半年", contract_year, HALVES[index - 1]);
	case PERIOD_CONTRACT_YEAR:
		return arena_printf(arena, "第%d合同年", contract_year);
	case PERIOD_TERM:
		break;
	}
	return "合同期";
}

struct instant span_from(struct span span, int32_t offset)
{
	return instant_at(span.from, 0, offset);
}

struct instant span_to(struct span span, int32_t offset)
{
	return instant_at(span.to, 0, offset);
}

bool span_holds(struct span span, struct instant instant, int32_t offset)
{
	return instant_compare(instant, span_from(span, offset)) >= 0 &&
	       instant_compare(instant, span_to(span, offset)) < 0;
}
