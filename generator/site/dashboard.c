#include "site/dashboard.h"

#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"
#include "rules/limit.h"
#include "site/dashboard_charts.h"
#include "site/data_files.h"
#include "site/due_work.h"

static void add_duties(struct page *page, const struct contract_state *state, size_t totals[DUTY_VERDICT_COUNT])
{
	const struct contract *contract = state->ledger->contract;
	struct value *rows = value_set(page->arena, page->view, "duties", value_array(page->arena));
	for (size_t i = 0; i < contract->duty_count; i++) {
		const struct duty *duty = &contract->duties[i];
		size_t counts[DUTY_VERDICT_COUNT] = { 0 };
		for (size_t j = 0; j < state->duties.count; j++)
			if (state->duties.items[j].duty == duty) {
				counts[state->duties.items[j].verdict]++;
				totals[state->duties.items[j].verdict]++;
			}
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		view_text(page->arena, row, "clause", duty->item.clause);
		view_text(page->arena, row, "name", duty->item.name);
		view_count(page->arena, row, "done", counts[DUTY_DONE]);
		view_count(page->arena, row, "late", counts[DUTY_LATE]);
		view_count(page->arena, row, "missed", counts[DUTY_MISSED]);
		view_count(page->arena, row, "pending", counts[DUTY_PENDING] + counts[DUTY_NOT_DUE]);
		view_count(page->arena, row, "waived", counts[DUTY_WAIVED]);
		view_text(page->arena, row, "style", counts[DUTY_MISSED] ? "bad" : "");
	}
}

static void add_targets(struct page *page, const struct contract_state *state)
{
	const struct contract *contract = state->ledger->contract;
	struct target_figures_list figures = target_figures(state->ledger, &state->clocks, contract->term, page->arena);
	struct value *rows = value_set(page->arena, page->view, "targets", value_array(page->arena));
	for (size_t i = 0; i < figures.count; i++) {
		const struct target_figures *item = &figures.items[i];
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		view_text(page->arena, row, "clause", item->target->item.clause);
		view_text(page->arena, row, "name", item->target->item.name);
		view_count(page->arena, row, "met", item->verdicts[VERDICT_MET]);
		view_count(page->arena, row, "missed", item->verdicts[VERDICT_MISSED]);
		view_count(page->arena, row, "running", item->verdicts[VERDICT_RUNNING]);
		view_count(page->arena, row, "paused", item->verdicts[VERDICT_PAUSED]);
		view_count(page->arena, row, "excluded", item->verdicts[VERDICT_EXCLUDED]);
		view_count(page->arena, row, "unknown", item->verdicts[VERDICT_UNKNOWN]);
		view_text(page->arena, row, "attainment", attainment_text(page->arena, item));
		view_text(page->arena, row, "style", item->verdicts[VERDICT_MISSED] ? "bad" : "");
	}
}

static void add_limits(struct page *page, const struct contract_state *state)
{
	static const char *const styles[] = {
		[LIMIT_WITHIN] = "good", [LIMIT_WARNING] = "wait", [LIMIT_REACHED] = "wait", [LIMIT_PASSED] = "bad"
	};
	const struct contract *contract = state->ledger->contract;
	struct span span = { contract->term.from, { date_of_instant(page->site->as_of).day + 1 } };
	struct limit_list limits = limit_states(state->ledger, span, page->site->as_of, page->arena);
	struct value *items = value_array(page->arena);
	for (size_t i = 0; i < limits.count; i++) {
		const struct limit_state *limit = &limits.items[i];
		struct value *row = value_push(page->arena, items, value_object(page->arena));
		view_text(page->arena, row, "clause", limit->limit->item.clause);
		view_text(page->arena, row, "name", limit->limit->item.name);
		view_text(page->arena, row, "period", period_title(page->arena, &limit->period));
		view_count(page->arena, row, "at_most", limit->limit->at_most);
		view_count(page->arena, row, "used", limit->counted);
		view_count(page->arena, row, "left", limit->left);
		view_text(page->arena, row, "verdict", wording_limit_verdict(limit->verdict));
		view_text(page->arena, row, "style", styles[limit->verdict]);
		struct value *records = value_set(page->arena, row, "records", value_array(page->arena));
		for (size_t j = 0; j < limit->record_count; j++) {
			const struct record *record = limit->records[j];
			struct value *link = value_push(page->arena, records, value_object(page->arena));
			view_text(page->arena, link, "id", record->id);
			view_text(page->arena, link, "url",
			          record_url(page->arena, record->contract, record->schema->type, record->id));
		}
	}
	value_set(page->arena, page->view, "limits", view_list(page->arena, items));
}

/* The figures at the head of the page. */
static void add_figures(struct page *page, const struct contract_state *state, const size_t duties[DUTY_VERDICT_COUNT])
{
	const struct ledger *ledger = state->ledger;
	const struct record_list *incidents = ledger_records(ledger, "incidents");
	size_t clocks[VERDICT_COUNT] = { 0 }, reported = 0, open = 0;
	for (size_t i = 0; i < state->clocks.count; i++)
		clocks[state->clocks.items[i].verdict]++;
	for (size_t i = 0; i < incidents->count; i++) {
		struct instant at, restored;
		if (!ledger_record_at(ledger, incidents->items[i], &at) || instant_compare(at, page->site->as_of) > 0)
			continue;
		reported++;
		open += !ledger_instant(ledger, incidents->items[i], "restored_at", &restored) ||
		        instant_compare(restored, page->site->as_of) > 0;
	}
	size_t judged = clocks[VERDICT_MET] + clocks[VERDICT_MISSED];
	size_t due = duties[DUTY_DONE] + duties[DUTY_LATE] + duties[DUTY_MISSED];
	page_set(page, "attainment", wording_percent(page->arena, clocks[VERDICT_MET], judged));
	page_set(page, "on_time", wording_percent(page->arena, duties[DUTY_DONE], due));
	view_count(page->arena, page->view, "judged", judged);
	view_count(page->arena, page->view, "missed", clocks[VERDICT_MISSED]);
	view_count(page->arena, page->view, "duties_due", due);
	view_count(page->arena, page->view, "duties_missed", duties[DUTY_MISSED]);
	view_count(page->arena, page->view, "incidents", reported);
	view_count(page->arena, page->view, "open", open);
}

void make_dashboard(struct site *site, const struct contract_state *state)
{
	enum { DUE_SHOWN = 8 };
	const struct contract *contract = state->ledger->contract;
	size_t duties[DUTY_VERDICT_COUNT] = { 0 };
	struct page page = page_begin(site, tab_url(site->arena, contract, TAB_OVERVIEW), contract->name);
	page_of_contract(&page, contract, TAB_OVERVIEW);
	page_set(&page, "name", contract->name);
	page_set(&page, "purchaser", contract->purchaser);
	page_set(&page, "provider", contract->provider);
	page_set(&page, "term", term_text(page.arena, contract));
	add_targets(&page, state);
	add_duties(&page, state, duties);
	add_figures(&page, state, duties);
	add_limits(&page, state);
	due_work_set(&page, state, 1, DUE_SHOWN);
	dashboard_charts_set(&page, state);
	data_files_put(&page, state->ledger);
	page_end(&page, "contract");
}

/* Reports of one kind under one heading. */
void make_report_list(struct site *site, const struct contract_state *state)
{
	const struct contract *contract = state->ledger->contract;
	struct page page = page_begin(site, tab_url(site->arena, contract, TAB_REPORTS), "报告");
	page_of_contract(&page, contract, TAB_REPORTS);
	struct value *groups = value_set(page.arena, page.view, "groups", value_array(page.arena));
	struct value *list = NULL;
	const char *kind = "";
	for (size_t i = 0; i < state->reports->as.array.count; i++) {
		struct value *report = state->reports->as.array.items[i];
		if (strcmp(value_get_string(report, "kind_title"), kind) != 0) {
			kind = value_get_string(report, "kind_title");
			struct value *group = value_push(page.arena, groups, value_object(page.arena));
			view_text(page.arena, group, "title", kind);
			list = value_set(page.arena, group, "reports", value_array(page.arena));
		}
		value_push(page.arena, list, report);
	}
	page_end(&page, "reports");
}
