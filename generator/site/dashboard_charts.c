#include "site/dashboard_charts.h"
#include "text/numerals.h"

#include <string.h>

#include "document/chart.h"
#include "document/svg.h"
#include "report/view_value.h"

enum { MONTHS_MOST = 12 };

/* Points: two stand side by side on a wide screen. */
static const double width = 440;

struct months {
	struct period items[MONTHS_MOST]; /* in time's order */
	size_t count;
	struct value *labels;
};

static struct months months_of(struct page *page, const struct contract *contract)
{
	struct months months = { .labels = value_array(page->arena) };
	struct period found[MONTHS_MOST];
	found[0] = period_of(page->arena, PERIOD_MONTH, date_of_instant(page->site->as_of), contract->term);
	if (found[0].span.from.day >= found[0].span.to.day)
		return months;
	for (months.count = 1; months.count < MONTHS_MOST && period_previous(page->arena, &found[months.count - 1],
	                                                                     contract->term, &found[months.count]);)
		months.count++;
	for (size_t i = 0; i < months.count; i++) {
		int year, month, day;
		months.items[i] = found[months.count - 1 - i];
		date_to_ymd(months.items[i].span.from, &year, &month, &day);
		value_push(page->arena, months.labels, value_format(page->arena, "%d月", month));
	}
	return months;
}

static struct value *chart_of(struct page *page, const char *type, const char *title)
{
	struct value *chart = value_object(page->arena);
	view_text(page->arena, chart, "type", type);
	view_text(page->arena, chart, "title", title);
	return chart;
}

static void push_chart(struct page *page, struct value *charts, const struct value *data)
{
	struct drawing *drawing = chart_draw(page->arena, data, width, page->site->diags);
	struct buf svg = BUF_INIT;
	if (drawing)
		svg_paint(drawing, &svg);
	value_push(page->arena, charts, value_string(page->arena, buf_str(&svg)));
	buf_free(&svg);
}

static bool is_in(const struct period *month, struct instant at, int32_t offset)
{
	return span_holds(month->span, at, offset);
}

/* The worst verdict of each month; a window belongs to the month in which it is due. */
static void push_duties(struct page *page, struct value *charts, const struct contract_state *state,
                        const struct months *months)
{
	static const enum duty_verdict worst_first[] = { DUTY_MISSED, DUTY_LATE,   DUTY_PENDING,
		                                         DUTY_DONE,   DUTY_WAIVED, DUTY_NOT_DUE };
	const struct contract *contract = state->ledger->contract;
	struct value *chart = chart_of(page, "matrix", "周期性任务逐月履行情况（取当月最差的一次）");
	value_set(page->arena, chart, "columns", months->labels);
	struct value *rows = value_set(page->arena, chart, "rows", value_array(page->arena));
	for (size_t i = 0; i < contract->duty_count; i++) {
		size_t counts[MONTHS_MOST][DUTY_VERDICT_COUNT] = { { 0 } };
		for (size_t j = 0; j < state->duties.count; j++) {
			const struct duty_window *window = &state->duties.items[j];
			struct instant last = { window->due.seconds - 1, contract->offset };
			for (size_t k = 0; window->duty == &contract->duties[i] && k < months->count; k++)
				counts[k][window->verdict] += is_in(&months->items[k], last, contract->offset);
		}
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		view_text(page->arena, row, "label", contract->duties[i].item.name);
		struct value *cells = value_set(page->arena, row, "cells", value_array(page->arena));
		for (size_t k = 0; k < months->count; k++) {
			struct value *cell = value_null(page->arena);
			for (size_t v = DUTY_VERDICT_COUNT; v-- > 0;)
				if (counts[k][worst_first[v]])
					cell = value_string(page->arena, duty_verdict_name(worst_first[v]));
			value_push(page->arena, cells, cell);
		}
	}
	push_chart(page, charts, chart);
}

static void push_incidents(struct page *page, struct value *charts, const struct contract_state *state,
                           const struct months *months)
{
	const struct contract *contract = state->ledger->contract;
	struct value *chart = chart_of(page, contract->level_count ? "stacked" : "bars", "逐月事件数");
	view_text(page->arena, chart, "unit", "件");
	value_set(page->arena, chart, "labels", months->labels);
	struct value *series = value_set(page->arena, chart, "series", value_array(page->arena));
	for (size_t i = 0; i < contract->level_count || (i == 0 && !contract->level_count); i++) {
		const struct level *level = contract->level_count ? &contract->levels[i] : NULL;
		struct value *one = value_push(page->arena, series, value_object(page->arena));
		view_text(page->arena, one, "name",
		          !level ? "事件"
		          : strcmp(level->id, level->name) == 0
		              ? level->name
		              : arena_printf(page->arena, "%s %s", level->id, level->name));
		struct value *values = value_set(page->arena, one, "values", value_array(page->arena));
		for (size_t k = 0; k < months->count; k++) {
			struct record_list incidents =
			    ledger_select(state->ledger, page->arena, "incidents", months->items[k].span, NULL);
			size_t count = 0;
			for (size_t j = 0; j < incidents.count; j++)
				count += !level ||
				         contract_level(contract, record_text(incidents.items[j], "level")) == level;
			value_push(page->arena, values, value_number(page->arena, (double)count));
		}
	}
	push_chart(page, charts, chart);
}

static void push_attainment(struct page *page, struct value *charts, const struct contract_state *state,
                            const struct months *months)
{
	const struct ledger *ledger = state->ledger;
	struct value *chart = chart_of(page, "lines", "逐月时限达标率");
	view_text(page->arena, chart, "unit", "%");
	value_set(page->arena, chart, "labels", months->labels);
	struct value *values = value_set(page->arena, chart, "values", value_array(page->arena));
	for (size_t k = 0; k < months->count; k++) {
		struct clock_list clocks =
		    clock_read_all(ledger, months->items[k].span, page->site->as_of, page->arena);
		size_t met = 0, judged = 0;
		for (size_t i = 0; i < clocks.count; i++) {
			enum verdict verdict = clocks.items[i].verdict;
			met += verdict == VERDICT_MET;
			judged += verdict == VERDICT_MET || verdict == VERDICT_MISSED;
		}
		value_push(page->arena, values,
		           judged
		               ? value_number(page->arena, (double)percent_tenths((int64_t)met, (int64_t)judged) / 10)
		               : value_null(page->arena));
	}
	push_chart(page, charts, chart);
}

void dashboard_charts_set(struct page *page, const struct contract_state *state)
{
	struct value *charts = value_set(page->arena, page->view, "charts", value_array(page->arena));
	struct months months = months_of(page, state->ledger->contract);
	if (!months.count)
		return;
	push_duties(page, charts, state, &months);
	push_incidents(page, charts, state, &months);
	push_attainment(page, charts, state, &months);
}
