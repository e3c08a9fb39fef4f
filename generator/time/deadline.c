#include "time/deadline.h"

#include "base/memory.h"
#include "time/deadline_steps.h"

/* A calendar without a working day for so long has none. */
enum { PATIENCE_DAYS = 3653 };

enum { DURATION_MAXIMUM = 99999 };

static const struct {
	const char *symbol, *words;
} UNITS[] = {
	[UNIT_MINUTE] = { "m", "分钟" },
	[UNIT_HOUR] = { "h", "小时" },
	[UNIT_WORKING_HOUR] = { "wh", "个工作小时" },
	[UNIT_WORKING_DAY] = { "wd", "个工作日" },
	[UNIT_DAY] = { "d", "日" },
	[UNIT_WEEK] = { "w", "周" },
	[UNIT_MONTH] = { "mo", "个月" },
	[UNIT_YEAR] = { "y", "年" },
};

bool duration_parse(const char *text, struct duration *out)
{
	if (*text < '1' || *text > '9')
		return false;
	out->amount = 0;
	for (; *text >= '0' && *text <= '9'; text++) {
		out->amount = out->amount * 10 + (*text - '0');
		if (out->amount > DURATION_MAXIMUM)
			return false;
	}
	for (size_t unit = 0; unit < sizeof UNITS / sizeof *UNITS; unit++) {
		if (chunk_is(chunk_of(text), UNITS[unit].symbol)) {
			out->unit = (enum unit)unit;
			return true;
		}
	}
	return false;
}

const char *duration_format(struct arena *arena, struct duration duration)
{
	return arena_printf(arena, "%d%s", duration.amount, UNITS[duration.unit].words);
}

static bool is_workday(const struct work_rules *rules, struct date date, bool *provisional)
{
	if (provisional && !calendar_knows(rules->calendar, date_year(date)))
		*provisional = true;
	return calendar_is_workday(rules->calendar, date);
}

/* Moves *date to the first working day at or after it. */
static bool to_workday(const struct work_rules *rules, struct date *date, bool *provisional)
{
	for (int days = 0; days < PATIENCE_DAYS; days++, date->day++)
		if (is_workday(rules, *date, provisional))
			return true;
	return false;
}

static struct date local_date(const struct work_rules *rules, struct instant instant)
{
	return date_of_instant((struct instant){ instant.seconds, rules->offset });
}

/* The first day whose shifts can hold instant: the day before when a shift passes midnight. */
static struct date first_shift_day(const struct work_rules *rules, struct instant instant)
{
	struct date date = local_date(rules, instant);
	bool over_midnight = rules->shifts.count && rules->shifts.items[rules->shifts.count - 1].to > DAY_SECONDS;
	date.day -= over_midnight;
	return date;
}

/* The part of a shift of date that lies in [from, to), in seconds since 1970; empty when *begin is not before *end. */
static void clip_shift(const struct work_rules *rules, struct date date, const struct shift *shift, int64_t from,
                       int64_t to, int64_t *begin, int64_t *end)
{
	int64_t midnight = instant_at(date, 0, rules->offset).seconds;
	*begin = midnight + shift->from < from ? from : midnight + shift->from;
	*end = midnight + shift->to > to ? to : midnight + shift->to;
}

bool working_time_after(const struct work_rules *rules, struct instant from, int64_t seconds, struct instant *out,
                        bool *provisional)
{
	struct date date = first_shift_day(rules, from);
	for (int idle = 0; idle < PATIENCE_DAYS && to_workday(rules, &date, provisional); idle++, date.day++) {
		for (size_t i = 0; i < rules->shifts.count; i++) {
			int64_t begin, end;
			clip_shift(rules, date, &rules->shifts.items[i], from.seconds, INT64_MAX, &begin, &end);
			if (begin >= end)
				continue;
			idle = 0;
			if (seconds <= end - begin) {
				*out = (struct instant){ begin + seconds, rules->offset };
				return true;
			}
			seconds -= end - begin;
		}
	}
	return false;
}

int64_t working_seconds(const struct work_rules *rules, struct instant from, struct instant to, bool *provisional)
{
	int64_t sum = 0;
	if (instant_compare(from, to) >= 0)
		return 0;
	struct date last = local_date(rules, (struct instant){ to.seconds - 1, to.offset });
	for (struct date date = first_shift_day(rules, from); date.day <= last.day; date.day++) {
		if (!is_workday(rules, date, provisional))
			continue;
		for (size_t i = 0; i < rules->shifts.count; i++) {
			int64_t begin, end;
			clip_shift(rules, date, &rules->shifts.items[i], from.seconds, to.seconds, &begin, &end);
			if (begin < end)
				sum += end - begin;
		}
	}
	return sum;
}

/* The end of the last day, in seconds of it. */
static int32_t day_end(const struct work_rules *rules)
{
	if (rules->ends_at_close && rules->shifts.count)
		return rules->shifts.items[rules->shifts.count - 1].to;
	return DAY_SECONDS;
}

/* The amount-th working day after date. */
static bool count_workdays(const struct work_rules *rules, struct date *date, int32_t amount, bool *provisional)
{
	for (; amount; amount--) {
		date->day++;
		if (!to_workday(rules, date, provisional))
			return false;
	}
	return true;
}

/* The day that ends a count of calendar units from begin, which does not count (Civil Code 201, 202). */
static struct date count_days(struct reckoning *reckoning)
{
	struct date begin = reckoning->begin;
	int32_t amount = reckoning->within.amount;
	switch (reckoning->within.unit) {
	case UNIT_DAY:
		return (struct date){ begin.day + amount };
	case UNIT_WEEK:
		return (struct date){ begin.day + amount * 7 };
	case UNIT_YEAR:
		amount *= 12;
		break;
	default:
		break;
	}
	int year, month, day, end_day;
	struct date end = date_add_months(begin, amount);
	date_to_ymd(begin, &year, &month, &day);
	date_to_ymd(end, &year, &month, &end_day);
	reckoning->clamped = end_day != day;
	return end;
}

static bool same_clock(struct reckoning *reckoning, struct deadline *out)
{
	const struct work_rules *rules = reckoning->rules;
	int32_t second = instant_second_of_day((struct instant){ reckoning->start.seconds, rules->offset });
	if (reckoning->within.unit == UNIT_WORKING_DAY) {
		struct date start = reckoning->begin;
		if (!to_workday(rules, &reckoning->begin, &out->provisional))
			return false;
		if (reckoning->begin.day != start.day)
			second = 0;
		reckoning->last = reckoning->begin;
		if (!count_workdays(rules, &reckoning->last, reckoning->within.amount, &out->provisional))
			return false;
	} else {
		reckoning->last = count_days(reckoning);
		if (reckoning->clamped)
			second = DAY_SECONDS;
	}
	reckoning->end = reckoning->last;
	out->at = instant_at(reckoning->end, second, rules->offset);
	return true;
}

/* By the Civil Code, the first day counting or not. */
static bool whole_days(struct reckoning *reckoning, struct deadline *out)
{
	const struct work_rules *rules = reckoning->rules;
	bool count_first = rules->rule == RULE_COUNT_FIRST_DAY;
	if (count_first &&
	    instant_compare(reckoning->start, instant_at(reckoning->begin, day_end(rules), rules->offset)) >= 0)
		reckoning->begin.day++;
	if (reckoning->within.unit == UNIT_WORKING_DAY) {
		reckoning->last = (struct date){ reckoning->begin.day - count_first };
		if (!count_workdays(rules, &reckoning->last, reckoning->within.amount, &out->provisional))
			return false;
		reckoning->end = reckoning->last;
	} else {
		reckoning->last = count_days(reckoning);
		if (count_first && !reckoning->clamped)
			reckoning->last.day--;
		reckoning->end = reckoning->last;
		if (!to_workday(rules, &reckoning->end, &out->provisional))
			return false;
	}
	out->at = instant_at(reckoning->end, day_end(rules), rules->offset);
	return true;
}

bool deadline_of(struct arena *arena, struct instant start, struct duration within, const struct work_rules *rules,
                 struct deadline *out)
{
	struct reckoning reckoning = { .start = start, .within = within, .rules = rules };
	bool found = true;
	*out = (struct deadline){ .provisional = false };
	reckoning.begin = local_date(rules, start);
	switch (within.unit) {
	case UNIT_MINUTE:
		out->at = (struct instant){ start.seconds + (int64_t)within.amount * 60, rules->offset };
		break;
	case UNIT_HOUR:
		out->at = (struct instant){ start.seconds + (int64_t)within.amount * 3600, rules->offset };
		break;
	case UNIT_WORKING_HOUR:
		found = working_time_after(rules, start, (int64_t)within.amount * 3600, &out->at, &out->provisional);
		break;
	case UNIT_WORKING_DAY:
	case UNIT_DAY:
	case UNIT_WEEK:
	case UNIT_MONTH:
	case UNIT_YEAR:
		found = rules->rule == RULE_SAME_CLOCK ? same_clock(&reckoning, out) : whole_days(&reckoning, out);
		break;
	}
	if (found && arena)
		deadline_explain(arena, &reckoning, out);
	return found;
}
