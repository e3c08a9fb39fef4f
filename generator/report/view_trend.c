/* The periods up to this one side by side: incidents by level, attainment. */
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "text/numerals.h"

/* A course needs so many points to say something. */
enum { TREND_MOST = 12, COURSE_LEAST = 3 };

/* "3月", "第11周", "2026年": short enough for an axis. */
static struct value *label(const struct view *view, const struct period *period)
{
	int year, month, day, week_year, week;
	date_to_ymd(period->span.from, &year, &month, &day);
	switch (period->kind) {
	case PERIOD_WEEK:
		date_iso_week(period->whole.from, &week_year, &week);
		return value_format(view->arena, "第%d周", week);
	case PERIOD_MONTH:
		return value_format(view->arena, "%d月", month);
	default:
		return value_string(view->arena, period->name);
	}
}

static size_t periods_before(const struct view *view, struct period periods[TREND_MOST])
{
	size_t count = 1;
	periods[0] = view->subject.period;
	while (count < TREND_MOST &&
	       period_previous(view->arena, &periods[count - 1], view->contract->term, &periods[count]))
		count++;
	return count;
}

static struct value *attainment_of(const struct view *view, const struct period *period)
{
	struct clock_list clocks = clock_read_all(view->ledger, period->span, view->as_of, view->arena);
	size_t met = 0, judged = 0;
	for (size_t i = 0; i < clocks.count; i++) {
		met += clocks.items[i].verdict == VERDICT_MET;
		judged += clocks.items[i].verdict == VERDICT_MET || clocks.items[i].verdict == VERDICT_MISSED;
	}
	if (judged == 0)
		return value_null(view->arena);
	return value_number(view->arena, (double)percent_tenths((int64_t)met, (int64_t)judged) / 10);
}

struct value *view_trend(const struct view *view)
{
	struct period periods[TREND_MOST];
	size_t count = periods_before(view, periods), levels = view->contract->level_count;
	struct value *object = value_object(view->arena), *labels = value_array(view->arena),
	             *attainment = value_array(view->arena), *incidents = value_array(view->arena);
	if (count < 2 || view->subject.period.kind == PERIOD_DAY)
		return value_null(view->arena);
	struct value **values = arena_alloc(view->arena, (levels + 1) * sizeof *values);
	for (size_t i = 0; i < levels; i++) {
		struct value *series = value_push(view->arena, incidents, value_object(view->arena));
		view_text(view->arena, series, "name", view_level_name(view, view->contract->levels[i].id));
		values[i] = value_set(view->arena, series, "values", value_array(view->arena));
	}
	size_t judged = 0;
	for (size_t i = count; i-- > 0;) {
		struct record_list list = ledger_select(view->ledger, view->arena, "incidents", periods[i].span, NULL);
		struct tally tally = tally_by(view->ledger, &list, "level", view->arena);
		value_push(view->arena, labels, label(view, &periods[i]));
		struct value *share = value_push(view->arena, attainment, attainment_of(view, &periods[i]));
		judged += share->kind == VALUE_NUMBER;
		for (size_t j = 0; j < levels; j++) {
			size_t times = 0;
			for (size_t k = 0; k < tally.count; k++)
				if (strcmp(tally.items[k].id, view->contract->levels[j].id) == 0)
					times = tally.items[k].count;
			value_push(view->arena, values[j], value_number(view->arena, (double)times));
		}
	}
	view_count(view->arena, object, "count", count);
	value_set(view->arena, object, "labels", labels);
	value_set(view->arena, object, "attainment", attainment);
	view_flag(view->arena, object, "any_attainment", judged >= COURSE_LEAST);
	view_flag(view->arena, object, "any_level", levels > 0);
	value_set(view->arena, object, "incidents", incidents);
	return object;
}
