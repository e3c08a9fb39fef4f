#include "site/home_page.h"

#include <stdlib.h>
#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"
#include "site/due_work.h"

static int compare_newest(const void *left, const void *right)
{
	const struct value *const *a = left, *const *b = right;
	int order = strcmp(value_get_string(*b, "to"), value_get_string(*a, "to"));
	return order ? order : strcmp(value_get_string(*a, "url"), value_get_string(*b, "url"));
}

static void add_newest_reports(struct page *page, const struct contract_state *states)
{
	enum { SHOWN = 10 };
	struct value **all = NULL;
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < page->site->ledger_count; i++)
		for (size_t j = 0; j < states[i].reports->as.array.count; j++)
			if (!value_get(states[i].reports->as.array.items[j], "draft")->as.boolean)
				arena_push(page->arena, all, count, capacity, states[i].reports->as.array.items[j]);
	if (count)
		qsort(all, count, sizeof *all, compare_newest);
	struct value *items = value_array(page->arena);
	for (size_t i = 0; i < count && i < SHOWN; i++)
		value_push(page->arena, items, all[i]);
	value_set(page->arena, page->view, "reports", view_list(page->arena, items));
}

/* Null for nought, which is no news. */
static void add_count(struct page *page, struct value *card, const char *name, size_t count)
{
	value_set(page->arena, card, name, count ? value_number(page->arena, (double)count) : value_null(page->arena));
}

static void add_card(struct page *page, struct value *cards, const struct contract_state *state)
{
	const struct contract *contract = state->ledger->contract;
	size_t clocks[VERDICT_COUNT] = { 0 }, duties[DUTY_VERDICT_COUNT] = { 0 };
	for (size_t i = 0; i < state->clocks.count; i++)
		clocks[state->clocks.items[i].verdict]++;
	for (size_t i = 0; i < state->duties.count; i++)
		duties[state->duties.items[i].verdict]++;
	struct value *card = value_push(page->arena, cards, value_object(page->arena));
	view_text(page->arena, card, "url", tab_url(page->arena, contract, TAB_OVERVIEW));
	view_text(page->arena, card, "name", contract->name);
	view_text(page->arena, card, "purchaser", contract->purchaser);
	view_text(page->arena, card, "term", term_text(page->arena, contract));
	view_text(page->arena, card, "attainment",
	          wording_percent(page->arena, clocks[VERDICT_MET], clocks[VERDICT_MET] + clocks[VERDICT_MISSED]));
	view_text(page->arena, card, "on_time",
	          wording_percent(page->arena, duties[DUTY_DONE],
	                          duties[DUTY_DONE] + duties[DUTY_LATE] + duties[DUTY_MISSED]));
	add_count(page, card, "missed", clocks[VERDICT_MISSED]);
	add_count(page, card, "running", clocks[VERDICT_RUNNING] + clocks[VERDICT_PAUSED]);
	add_count(page, card, "unknown", clocks[VERDICT_UNKNOWN]);
	add_count(page, card, "duties_late", duties[DUTY_LATE]);
	add_count(page, card, "duties_missed", duties[DUTY_MISSED]);
}

void make_home_page(struct site *site, const struct contract_state *states)
{
	enum { DUE_SHOWN = 15 };
	struct page page = page_begin(site, "index.html", "首页");
	struct value *cards = value_set(page.arena, page.view, "contracts", value_array(page.arena));
	for (size_t i = 0; i < site->ledger_count; i++)
		add_card(&page, cards, &states[i]);
	due_work_set(&page, states, site->ledger_count, DUE_SHOWN);
	add_newest_reports(&page, states);
	page_end(&page, "home");
}
