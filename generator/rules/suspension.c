#include "rules/suspension.h"

static bool runs_in_working_hours(enum unit unit)
{
	return unit == UNIT_WORKING_HOUR || unit == UNIT_WORKING_DAY;
}

static bool counts_days(enum unit unit)
{
	return unit != UNIT_MINUTE && unit != UNIT_HOUR && unit != UNIT_WORKING_HOUR;
}

/* From when the clock runs. */
static int64_t run_from(const struct work_rules *rules, struct instant start, enum unit unit)
{
	if (!counts_days(unit) || rules->rule != RULE_CIVIL_CODE)
		return start.seconds;
	struct date day = date_of_instant((struct instant){ start.seconds, rules->offset });
	return instant_at(day, DAY_SECONDS, rules->offset).seconds;
}

static int64_t clock_seconds(const struct work_rules *rules, enum unit unit, struct interval stop, bool *provisional)
{
	if (!runs_in_working_hours(unit))
		return stop.to - stop.from;
	return working_seconds(rules, (struct instant){ stop.from, rules->offset },
	                       (struct instant){ stop.to, rules->offset }, provisional);
}

/* Where the day that at ends or lies in is a rest day, the end of the next working day. */
static struct instant past_rest_days(const struct work_rules *rules, struct instant at, bool *provisional)
{
	struct date day = date_of_instant((struct instant){ at.seconds - 1, rules->offset });
	struct work_rules civil = *rules;
	struct deadline deadline;
	civil.rule = RULE_CIVIL_CODE;
	if (!calendar_knows(rules->calendar, date_year(day)))
		*provisional = true;
	struct instant day_before = instant_at((struct date){ day.day - 1 }, 0, rules->offset);
	if (calendar_is_workday(rules->calendar, day) ||
	    !deadline_of(NULL, day_before, (struct duration){ 1, UNIT_DAY }, &civil, &deadline))
		return at;
	*provisional |= deadline.provisional;
	return deadline.at;
}

static struct instant move(const struct work_rules *rules, enum unit unit, struct instant base, int64_t seconds,
                           bool *provisional)
{
	struct instant moved = { base.seconds + seconds, rules->offset };
	if (!seconds)
		return base;
	if (runs_in_working_hours(unit))
		return working_time_after(rules, base, seconds, &moved, provisional) ? moved : base;
	if (counts_days(unit) && rules->rule != RULE_SAME_CLOCK)
		return past_rest_days(rules, moved, provisional);
	return moved;
}

struct suspended suspend(const struct work_rules *rules, struct instant start, struct duration within,
                         struct instant base, const struct interval_list *stops, int64_t end, int64_t now)
{
	struct suspended result = { .deadline = base };
	int64_t begin = run_from(rules, start, within.unit);
	for (size_t i = 0; i < stops->count; i++) {
		struct interval stop = interval_clip(stops->items[i], begin, end);
		if (stop.from >= stop.to)
			continue;
		if (stop.from >= result.deadline.seconds)
			break;
		result.frozen = stop.to == INTERVAL_OPEN;
		if (result.frozen)
			stop.to = now > stop.from ? now : stop.from;
		result.seconds += clock_seconds(rules, within.unit, stop, &result.provisional);
		if (result.frozen)
			break;
		result.deadline = move(rules, within.unit, base, result.seconds, &result.provisional);
	}
	return result;
}
