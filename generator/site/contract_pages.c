#include "site/contract_pages.h"

#include <stdlib.h>
#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"

static const char *term_text(struct arena *arena, const struct contract *contract)
{
	return arena_printf(arena, "%s—%s", wording_date(arena, contract->term.from),
	                    wording_date(arena, (struct date){ contract->term.to.day - 1 }));
}

static void add_duties(struct page *page, const struct contract_state *state)
{
	const struct contract *contract = state->ledger->contract;
	struct value *rows = value_set(page->arena, page->view, "duties", value_array(page->arena));
	for (size_t i = 0; i < contract->duty_count; i++) {
		const struct duty *duty = &contract->duties[i];
		size_t counts[DUTY_VERDICT_COUNT] = { 0 };
		for (size_t j = 0; j < state->duties.count; j++)
			if (state->duties.items[j].duty == duty)
				counts[state->duties.items[j].verdict]++;
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

/* Reports of one kind under one heading. */
static void add_reports(struct page *page, const struct contract_state *state)
{
	struct value *groups = value_set(page->arena, page->view, "report_groups", value_array(page->arena));
	struct value *list = NULL;
	const char *kind = "";
	for (size_t i = 0; i < state->reports->as.array.count; i++) {
		struct value *report = state->reports->as.array.items[i];
		if (strcmp(value_get_string(report, "kind_title"), kind) != 0) {
			kind = value_get_string(report, "kind_title");
			struct value *group = value_push(page->arena, groups, value_object(page->arena));
			view_text(page->arena, group, "title", kind);
			list = value_set(page->arena, group, "reports", value_array(page->arena));
		}
		value_push(page->arena, list, report);
	}
}

void make_contract_page(struct site *site, const struct contract_state *state)
{
	const struct contract *contract = state->ledger->contract;
	struct page page = page_begin(site, arena_printf(site->arena, "%s/index.html", contract->id), contract->name);
	page_crumb(&page, contract->name, NULL);
	page_set(&page, "name", contract->name);
	page_set(&page, "purchaser", contract->purchaser);
	page_set(&page, "provider", contract->provider);
	page_set(&page, "term", term_text(page.arena, contract));
	add_targets(&page, state);
	add_duties(&page, state);
	add_reports(&page, state);
	struct value *tables = value_set(page.arena, page.view, "tables", value_array(page.arena));
	for (size_t i = 0; i < state->ledger->records->tables.count; i++) {
		const struct record_table *table = state->ledger->records->tables.entries[i].value;
		struct value *row = value_push(page.arena, tables, value_object(page.arena));
		view_text(page.arena, row, "title", table->schema->title);
		view_text(page.arena, row, "url", table_url(page.arena, contract->id, table->schema->type));
		view_count(page.arena, row, "count", table->list.count);
	}
	page_end(&page, "contract");
}

/* The work that is due soonest, of all contracts. */
enum { DUE_SHOWN = 15 };

struct due_work {
	const struct contract *contract;
	const struct duty_window *window;
};

static int compare_due(const void *left, const void *right)
{
	const struct due_work *a = left, *b = right;
	int order = instant_compare(a->window->due, b->window->due);
	if (!order)
		order = strcmp(a->contract->id, b->contract->id);
	return order ? order : strcmp(a->window->duty->item.id, b->window->duty->item.id);
}

static void add_due(struct page *page, const struct contract_state *states)
{
	struct due_work *works = NULL;
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < page->site->ledger_count; i++)
		for (size_t j = 0; j < states[i].duties.count; j++)
			if (states[i].duties.items[j].verdict == DUTY_PENDING) {
				struct due_work work = { states[i].ledger->contract, &states[i].duties.items[j] };
				arena_push(page->arena, works, count, capacity, work);
			}
	if (count)
		qsort(works, count, sizeof *works, compare_due);
	struct value *rows = value_set(page->arena, page->view, "due", value_array(page->arena));
	for (size_t i = 0; i < count && i < DUE_SHOWN; i++) {
		const struct duty_window *window = works[i].window;
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		view_text(page->arena, row, "due",
		          wording_end(page->arena, window->due, works[i].contract->offset,
		                      date_year(date_of_instant(page->site->as_of))));
		view_text(page->arena, row, "contract", works[i].contract->id);
		view_text(page->arena, row, "contract_name", works[i].contract->name);
		view_text(page->arena, row, "duty",
		          window->subject
		              ? arena_printf(page->arena, "%s（%s）", window->duty->item.name, window->subject)
		              : window->duty->item.name);
		view_text(page->arena, row, "clause", window->duty->item.clause);
		view_text(page->arena, row, "verdict", wording_duty_verdict(window->verdict));
		view_text(page->arena, row, "style", "wait");
	}
	view_flag(page->arena, page->view, "has_due", count > 0);
}

static int compare_newest(const void *left, const void *right)
{
	const struct value *const *a = left, *const *b = right;
	int order = strcmp(value_get_string(*b, "to"), value_get_string(*a, "to"));
	return order ? order : strcmp(value_get_string(*a, "url"), value_get_string(*b, "url"));
}

static void add_newest_reports(struct page *page, const struct contract_state *states)
{
	enum { SHOWN = 10 };
	const struct value **all = NULL;
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < page->site->ledger_count; i++)
		for (size_t j = 0; j < states[i].reports->as.array.count; j++)
			if (!value_get(states[i].reports->as.array.items[j], "draft")->as.boolean)
				arena_push(page->arena, all, count, capacity, states[i].reports->as.array.items[j]);
	if (count)
		qsort(all, count, sizeof *all, compare_newest);
	struct value *rows = value_set(page->arena, page->view, "reports", value_array(page->arena));
	for (size_t i = 0; i < count && i < SHOWN; i++) {
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		view_text(page->arena, row, "title", value_get_string(all[i], "full_title"));
		view_text(page->arena, row, "url", value_get_string(all[i], "url"));
	}
	view_flag(page->arena, page->view, "has_reports", count > 0);
}

void make_home_page(struct site *site, const struct contract_state *states)
{
	struct page page = page_begin(site, "index.html", "首页");
	struct value *cards = value_set(page.arena, page.view, "contracts", value_array(page.arena));
	for (size_t i = 0; i < site->ledger_count; i++) {
		const struct contract *contract = states[i].ledger->contract;
		size_t clocks[VERDICT_COUNT] = { 0 }, duties[DUTY_VERDICT_COUNT] = { 0 };
		for (size_t j = 0; j < states[i].clocks.count; j++)
			clocks[states[i].clocks.items[j].verdict]++;
		for (size_t j = 0; j < states[i].duties.count; j++)
			duties[states[i].duties.items[j].verdict]++;
		struct value *card = value_push(page.arena, cards, value_object(page.arena));
		view_text(page.arena, card, "id", contract->id);
		view_text(page.arena, card, "name", contract->name);
		view_text(page.arena, card, "purchaser", contract->purchaser);
		view_text(page.arena, card, "term", term_text(page.arena, contract));
		const struct {
			const char *name;
			size_t count;
		} counts[] = {
			{ "met", clocks[VERDICT_MET] },           { "missed", clocks[VERDICT_MISSED] },
			{ "running", clocks[VERDICT_RUNNING] },   { "unknown", clocks[VERDICT_UNKNOWN] },
			{ "duties_done", duties[DUTY_DONE] },     { "duties_late", duties[DUTY_LATE] },
			{ "duties_missed", duties[DUTY_MISSED] },
		};
		/* Nought is no news: the template's sections stay out. */
		for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
			value_set(page.arena, card, counts[j].name,
			          counts[j].count || strcmp(counts[j].name, "met") == 0 ||
			                  strcmp(counts[j].name, "duties_done") == 0
			              ? value_number(page.arena, (double)counts[j].count)
			              : value_null(page.arena));
	}
	add_due(&page, states);
	add_newest_reports(&page, states);
	page_end(&page, "home");
}
