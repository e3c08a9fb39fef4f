/* Duties: what fell due in the period and how it went, what comes next.
 *
 * A window belongs to the period in which it is due, so that what was to be done
 * by a report's last day is in that report, and months sum to years. */
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

static const char *every_words(const struct view *view, const struct duty *duty)
{
	static const char *const words[] = {
		[PERIOD_DAY] = "每日",
		[PERIOD_WEEK] = "每周",
		[PERIOD_MONTH] = "每月",
		[PERIOD_QUARTER] = "每季度",
		[PERIOD_HALF_YEAR] = "每半年",
		[PERIOD_YEAR] = "每年",
		[PERIOD_CONTRACT_MONTH] = "合同年度每月",
		[PERIOD_CONTRACT_QUARTER] = "合同年度每季度",
		[PERIOD_CONTRACT_HALF_YEAR] = "合同年度每半年",
		[PERIOD_CONTRACT_YEAR] = "每合同年度",
		[PERIOD_TERM] = "服务期内",
	};
	switch (duty->kind) {
	case DUTY_EVERY_WORKDAY:
		return "每个工作日";
	case DUTY_ON:
		return "约定日期";
	case DUTY_EVERY:
		break;
	}
	if (duty->every == PERIOD_DAY && duty->times == 1)
		return words[duty->every];
	return arena_printf(view->arena, "%s%u次", words[duty->every], duty->times);
}

/* The days whose end, 24:00 of the last one included, is a due moment of span. */
static bool is_due_in(const struct view *view, const struct duty_window *window, struct span span)
{
	if (instant_compare(window->due, span_from(span, view->offset)) <= 0)
		return false;
	return span.to.day == view->contract->term.to.day ||
	       instant_compare(window->due, span_to(span, view->offset)) <= 0;
}

static struct date due_day(const struct view *view, const struct duty_window *window)
{
	struct instant last = { window->due.seconds - 1, view->offset };
	return date_of_instant(last);
}

const char *view_window_name(const struct view *view, const struct duty_window *window)
{
	struct period period;
	if (!period_parse(view->arena, window->name, view->contract->term, &period))
		return window->name;
	return period.kind == PERIOD_DAY ? wording_day(view->arena, period.whole.from, view->year)
	                                 : period_title(view->arena, &period);
}

static const char *done_words(const struct view *view, const struct duty_window *window)
{
	struct instant done;
	if (window->evidence_count == 0 || !ledger_instant(view->ledger, window->evidence[window->evidence_count - 1],
	                                                   window->duty->evidence_at, &done))
		return NULL;
	return wording_day(view->arena, date_of_instant((struct instant){ done.seconds, view->offset }), view->year);
}

static struct value *window_value(const struct view *view, const struct duty_window *window)
{
	struct value *object = value_object(view->arena), *evidence = value_array(view->arena);
	view_text(view->arena, object, "duty", window->duty->item.name);
	view_text(view->arena, object, "clause", window->duty->item.clause);
	view_text(view->arena, object, "window", view_window_name(view, window));
	view_text(view->arena, object, "subject", window->subject);
	view_text(view->arena, object, "due", wording_end(view->arena, window->due, view->offset, view->year));
	view_text(view->arena, object, "verdict", wording_duty_verdict(window->verdict));
	view_flag(view->arena, object, "missed", window->verdict == DUTY_MISSED);
	view_flag(view->arena, object, "provisional", window->provisional);
	view_text(view->arena, object, "done", done_words(view, window));
	for (size_t i = 0; i < window->evidence_count; i++) {
		struct value *item = value_push(view->arena, evidence, value_object(view->arena));
		view_text(view->arena, item, "id", window->evidence[i]->id);
	}
	value_set(view->arena, object, "evidence", view_list(view->arena, evidence));
	value_set(view->arena, object, "waiver",
	          window->waiver == NULL ? value_null(view->arena) : view_record(view, window->waiver));
	return object;
}

static struct value *windows_of(const struct view *view, const struct duty_list *windows, unsigned verdicts)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < windows->count; i++)
		if ((verdicts >> windows->items[i].verdict & 1) != 0)
			value_push(view->arena, items, window_value(view, &windows->items[i]));
	return view_list(view->arena, items);
}

struct duty_list view_duties_due(const struct view *view, struct span span)
{
	const struct duty_list *all = &view->reporter->duties;
	struct duty_list windows = { 0 };
	for (size_t i = 0; i < all->count; i++)
		if (is_due_in(view, &all->items[i], span))
			arena_push(view->arena, windows.items, windows.count, windows.capacity, all->items[i]);
	return windows;
}

/* The windows of one duty follow each other: the end of those that begin at i. */
static size_t end_of_duty(const struct duty_list *windows, size_t i)
{
	size_t end = i;
	while (end < windows->count && windows->items[end].duty == windows->items[i].duty)
		end++;
	return end;
}

static struct value *duty_value(const struct view *view, const struct duty_window *windows, size_t count)
{
	static const char *const names[DUTY_VERDICT_COUNT] = {
		[DUTY_DONE] = "done",       [DUTY_LATE] = "late",       [DUTY_MISSED] = "missed",
		[DUTY_PENDING] = "pending", [DUTY_NOT_DUE] = "not_due", [DUTY_WAIVED] = "waived",
	};
	const struct duty *duty = windows[0].duty;
	size_t verdicts[DUTY_VERDICT_COUNT] = { 0 };
	struct sources sources = { 0 };
	for (size_t i = 0; i < count; i++) {
		verdicts[windows[i].verdict]++;
		for (size_t j = 0; j < windows[i].evidence_count; j++)
			view_source(view, &sources, windows[i].evidence[j]);
		if (windows[i].waiver != NULL)
			view_source(view, &sources, windows[i].waiver);
	}
	size_t judged = verdicts[DUTY_DONE] + verdicts[DUTY_LATE] + verdicts[DUTY_MISSED];
	struct value *object = value_object(view->arena);
	view_text(view->arena, object, "id", duty->item.id);
	view_text(view->arena, object, "name", duty->item.name);
	view_text(view->arena, object, "clause", duty->item.clause);
	view_text(view->arena, object, "clause_text", contract_clause(view->contract, duty->item.clause));
	view_text(view->arena, object, "every", every_words(view, duty));
	view_count(view->arena, object, "times", count);
	for (size_t i = 0; i < DUTY_VERDICT_COUNT; i++)
		view_count(view->arena, object, names[i], verdicts[i]);
	view_flag(view->arena, object, "any_late", verdicts[DUTY_LATE] > 0);
	view_flag(view->arena, object, "any_missed", verdicts[DUTY_MISSED] > 0);
	view_flag(view->arena, object, "any_waived", verdicts[DUTY_WAIVED] > 0);
	view_flag(view->arena, object, "any_open", verdicts[DUTY_PENDING] + verdicts[DUTY_NOT_DUE] > 0);
	view_count(view->arena, object, "open", verdicts[DUTY_PENDING] + verdicts[DUTY_NOT_DUE]);
	view_text(view->arena, object, "on_time", wording_percent(view->arena, verdicts[DUTY_DONE], judged));
	view_text(view->arena, object, "due",
	          count == 1 ? wording_end(view->arena, windows[0].due, view->offset, view->year) : NULL);
	view_sources(view, object, &sources);
	return object;
}

/* A row a duty; only those not all done in time when faulty is set. */
static struct value *by_duty(const struct view *view, const struct duty_list *windows, bool faulty)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < windows->count; i = end_of_duty(windows, i)) {
		struct value *duty = duty_value(view, &windows->items[i], end_of_duty(windows, i) - i);
		if (!faulty || value_get(duty, "any_late")->as.boolean || value_get(duty, "any_missed")->as.boolean)
			value_push(view->arena, items, duty);
	}
	return view_list(view->arena, items);
}

/* Of several windows in one cell the worst shows. */
static int severity(enum duty_verdict verdict)
{
	static const int severities[DUTY_VERDICT_COUNT] = {
		[DUTY_MISSED] = 5, [DUTY_LATE] = 4, [DUTY_PENDING] = 3, [DUTY_NOT_DUE] = 2, [DUTY_WAIVED] = 1,
	};
	return severities[verdict];
}

enum { DAYS_IN_COLUMNS = 31 };

/* The column of a day: days in a month or less, else months. */
static size_t column_of(const struct view *view, struct date day)
{
	if (view->span.to.day - view->span.from.day <= DAYS_IN_COLUMNS)
		return (size_t)(day.day - view->span.from.day);
	int year, month, first_year, first_month, unused;
	date_to_ymd(day, &year, &month, &unused);
	date_to_ymd(view->span.from, &first_year, &first_month, &unused);
	return (size_t)((year - first_year) * 12 + month - first_month);
}

static struct value *heat_columns(const struct view *view, size_t count)
{
	struct value *columns = value_array(view->arena);
	for (size_t i = 0; i < count; i++) {
		int year, month, day;
		if (view->span.to.day - view->span.from.day <= DAYS_IN_COLUMNS) {
			date_to_ymd((struct date){ view->span.from.day + (int32_t)i }, &year, &month, &day);
			value_push(view->arena, columns, value_format(view->arena, "%d", day));
		} else {
			date_to_ymd(date_add_months(view->span.from, (int)i), &year, &month, &day);
			value_push(view->arena, columns, value_format(view->arena, "%d月", month));
		}
	}
	return columns;
}

static struct value *heat_map(const struct view *view, const struct duty_list *windows)
{
	if (windows->count == 0)
		return value_null(view->arena);
	size_t width = column_of(view, (struct date){ view->span.to.day - 1 }) + 1;
	struct value *rows = value_array(view->arena);
	for (size_t i = 0; i < windows->count; i = end_of_duty(windows, i)) {
		const struct duty_window **worst = arena_alloc(view->arena, width * sizeof *worst);
		for (size_t j = i; j < end_of_duty(windows, i); j++) {
			const struct duty_window *window = &windows->items[j];
			size_t column = column_of(view, due_day(view, window));
			if (column >= width)
				column = width - 1; /* due after the term's end */
			if (worst[column] == NULL || severity(window->verdict) > severity(worst[column]->verdict))
				worst[column] = window;
		}
		struct value *row = value_push(view->arena, rows, value_object(view->arena));
		struct value *cells = value_array(view->arena);
		for (size_t column = 0; column < width; column++)
			value_push(view->arena, cells,
			           worst[column] == NULL
			               ? value_null(view->arena)
			               : value_string(view->arena, duty_verdict_name(worst[column]->verdict)));
		view_text(view->arena, row, "label", windows->items[i].duty->item.name);
		value_set(view->arena, row, "cells", cells);
	}
	struct value *map = value_object(view->arena);
	value_set(view->arena, map, "columns", heat_columns(view, width));
	value_set(view->arena, map, "rows", rows);
	return map;
}

struct value *view_duties(const struct view *view)
{
	enum { FAULTY = 1u << DUTY_MISSED | 1u << DUTY_LATE };
	struct duty_list windows = view_duties_due(view, view->span);
	size_t verdicts[DUTY_VERDICT_COUNT] = { 0 };
	for (size_t i = 0; i < windows.count; i++)
		verdicts[windows.items[i].verdict]++;
	struct value *object = value_object(view->arena);
	size_t judged = verdicts[DUTY_DONE] + verdicts[DUTY_LATE] + verdicts[DUTY_MISSED];
	view_flag(view->arena, object, "any", judged > 0);
	view_count(view->arena, object, "judged", judged);
	view_count(view->arena, object, "done", verdicts[DUTY_DONE]);
	view_count(view->arena, object, "late", verdicts[DUTY_LATE]);
	view_count(view->arena, object, "missed", verdicts[DUTY_MISSED]);
	view_count(view->arena, object, "open", verdicts[DUTY_PENDING] + verdicts[DUTY_NOT_DUE]);
	view_text(view->arena, object, "on_time", wording_percent(view->arena, verdicts[DUTY_DONE], judged));
	value_set(view->arena, object, "list", by_duty(view, &windows, false));
	value_set(view->arena, object, "faulty", by_duty(view, &windows, true));
	value_set(view->arena, object, "faults", windows_of(view, &windows, FAULTY));
	value_set(view->arena, object, "waived", windows_of(view, &windows, 1u << DUTY_WAIVED));
	value_set(view->arena, object, "map", heat_map(view, &windows));
	struct period next;
	struct duty_list coming = { 0 };
	if (period_next(view->arena, &view->subject.period, view->contract->term, &next))
		coming = view_duties_due(view, next.span);
	value_set(view->arena, object, "next", by_duty(view, &coming, false));
	return object;
}
