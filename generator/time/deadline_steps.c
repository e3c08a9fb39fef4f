#include "time/deadline_steps.h"

#include <stdarg.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"

struct steps {
	struct arena *arena;
	const struct work_rules *rules;
	struct deadline *deadline;
};

__attribute__((format(printf, 3, 4))) static void add(struct steps *steps, const char *rule, const char *format, ...)
{
	struct deadline *deadline = steps->deadline;
	va_list args;
	va_start(args, format);
	struct deadline_step step = { rule, arena_vprintf(steps->arena, format, args) };
	va_end(args);
	arena_push(steps->arena, deadline->steps, deadline->step_count, deadline->step_capacity, step);
}

static const char *day_text(struct steps *steps, struct date date)
{
	return date_format(date, arena_alloc(steps->arena, DATE_TEXT));
}

/* "18:00", "24:00"; after midnight the next day's clock. */
static const char *clock_text(struct steps *steps, int32_t second)
{
	if (second > DAY_SECONDS)
		second -= DAY_SECONDS;
	return arena_printf(steps->arena, "%02d:%02d", second / 3600, second / 60 % 60);
}

/* Days on end that are what they are for one reason. */
struct run {
	struct date first, last;
	const struct calendar_day *entry; /* NULL: weekday or weekend by the week alone */
	bool work;
};

static struct run run_of(struct steps *steps, struct date date)
{
	const struct calendar *calendar = steps->rules->calendar;
	return (struct run){ date, date, calendar_entry(calendar, date), calendar_is_workday(calendar, date) };
}

static bool goes_on(const struct run *run, const struct run *next)
{
	if (run->work != next->work || !run->entry != !next->entry)
		return false;
	return !run->entry || strcmp(run->entry->name, next->entry->name) == 0;
}

static void add_run(struct steps *steps, const struct run *run)
{
	const char *first = day_text(steps, run->first), *last = day_text(steps, run->last);
	if (run->entry && run->work)
		add(steps, translate("State Council's notice"), translate("%s is worked in exchange (%s)"), first,
		    run->entry->name);
	else if (run->entry && run->first.day == run->last.day)
		add(steps, translate("State Council's notice"), translate("%s is a rest day (%s)"), first,
		    run->entry->name);
	else if (run->entry)
		add(steps, translate("State Council's notice"), translate("%s to %s are rest days (%s)"), first, last,
		    run->entry->name);
	else if (!run->work && run->first.day == run->last.day)
		add(steps, translate("weekend"), translate("%s is a rest day"), first);
	else if (!run->work)
		add(steps, translate("weekend"), translate("%s to %s are rest days"), first, last);
}

/* Says what the notices and the week make of the days from first to last, and which years are unknown. */
static void explain_days(struct steps *steps, struct date first, struct date last)
{
	if (first.day > last.day)
		return;
	struct run run = run_of(steps, first);
	for (struct date date = { first.day + 1 }; date.day <= last.day; date.day++) {
		struct run next = run_of(steps, date);
		if (goes_on(&run, &next)) {
			run.last = date;
			continue;
		}
		add_run(steps, &run);
		run = next;
	}
	add_run(steps, &run);
	for (int year = date_year(first); year <= date_year(last); year++)
		if (!calendar_knows(steps->rules->calendar, year))
			add(steps, translate("no notice"),
			    translate("the notice for %d was not entered; its days are judged by the week alone"),
			    year);
}

static void explain_working_hours(struct steps *steps, const struct reckoning *reckoning)
{
	const struct shifts *shifts = &steps->rules->shifts;
	struct buf hours = BUF_INIT;
	for (size_t i = 0; i < shifts->count; i++)
		buf_printf(&hours, "%s%s–%s", i ? ", " : "", clock_text(steps, shifts->items[i].from),
		           clock_text(steps, shifts->items[i].to));
	add(steps, translate("contract"), translate("only working hours count: %s"), buf_str(&hours));
	buf_free(&hours);
	struct instant first;
	char text[INSTANT_TEXT];
	if (working_time_after(steps->rules, reckoning->start, 1, &first, NULL) &&
	    first.seconds - 1 > reckoning->start.seconds) {
		first.seconds--;
		add(steps, translate("contract"),
		    translate("the start is outside working hours; counting begins at %s"),
		    instant_format(first, text));
	}
	struct instant last = { steps->deadline->at.seconds - 1, steps->deadline->at.offset };
	explain_days(steps, reckoning->begin, date_of_instant(last));
}

static void explain_first_day(struct steps *steps, const struct reckoning *reckoning)
{
	const char *begin = day_text(steps, reckoning->begin);
	struct date start = date_of_instant((struct instant){ reckoning->start.seconds, steps->rules->offset });
	switch (steps->rules->rule) {
	case RULE_CIVIL_CODE:
		add(steps, translate("Civil Code, article 201"), translate("the first day, %s, does not count"), begin);
		break;
	case RULE_COUNT_FIRST_DAY:
		if (reckoning->begin.day != start.day)
			add(steps, translate("Civil Code, article 203"),
			    translate("business had closed on %s; the next day is the first"), day_text(steps, start));
		add(steps, translate("Civil Code, article 204"),
		    translate("the contract agrees that the first day counts: %s"), begin);
		break;
	case RULE_SAME_CLOCK:
		add(steps, translate("Civil Code, article 204"),
		    translate("the contract agrees that the count ends at the time of day at which it begins"));
		if (reckoning->begin.day != start.day)
			add(steps, translate("contract"),
			    translate("the start is on a rest day; counting begins at 0:00 of %s"), begin);
		break;
	}
}

static void explain_last_day(struct steps *steps, const struct reckoning *reckoning)
{
	const struct work_rules *rules = steps->rules;
	const char *end = day_text(steps, reckoning->end);
	if (reckoning->clamped)
		add(steps, translate("Civil Code, article 202"),
		    translate("the last month has no day of that number; it ends on its last day, %s"),
		    day_text(steps, reckoning->last));
	if (rules->rule == RULE_SAME_CLOCK)
		return;
	if (reckoning->within.unit != UNIT_WORKING_DAY) {
		explain_days(steps, reckoning->last, reckoning->end);
		if (reckoning->end.day != reckoning->last.day)
			add(steps, translate("Civil Code, article 203"),
			    translate("the last day, %s, is a rest day; the next working day, %s, takes its place"),
			    day_text(steps, reckoning->last), end);
	}
	if (rules->ends_at_close && rules->shifts.count)
		add(steps, translate("Civil Code, article 203"),
		    translate("the last day, %s, ends at close of business, %s"), end,
		    clock_text(steps, rules->shifts.items[rules->shifts.count - 1].to));
	else
		add(steps, translate("Civil Code, article 203"), translate("the last day, %s, ends at 24:00"), end);
}

void deadline_explain(struct arena *arena, const struct reckoning *reckoning, struct deadline *deadline)
{
	struct steps steps = { arena, reckoning->rules, deadline };
	switch (reckoning->within.unit) {
	case UNIT_MINUTE:
	case UNIT_HOUR:
		add(&steps, translate("Civil Code, article 201"),
		    translate("minutes and hours count from the start at once and run without pause"));
		return;
	case UNIT_WORKING_HOUR:
		explain_working_hours(&steps, reckoning);
		return;
	case UNIT_WORKING_DAY:
	case UNIT_DAY:
	case UNIT_WEEK:
	case UNIT_MONTH:
	case UNIT_YEAR:
		break;
	}
	explain_first_day(&steps, reckoning);
	if (reckoning->within.unit == UNIT_WORKING_DAY) {
		bool begin_counts = reckoning->rules->rule == RULE_COUNT_FIRST_DAY;
		explain_days(&steps, (struct date){ reckoning->begin.day + !begin_counts }, reckoning->end);
	}
	explain_last_day(&steps, reckoning);
}
