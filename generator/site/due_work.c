#include "site/due_work.h"

#include <stdlib.h>
#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"

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
	if (!order)
		order = strcmp(a->window->duty->item.id, b->window->duty->item.id);
	return order ? order : (a->window > b->window) - (a->window < b->window);
}

void due_work_set(struct page *page, const struct contract_state *states, size_t count, size_t most)
{
	struct arena *arena = page->arena;
	struct due_work *works = NULL;
	size_t work_count = 0, capacity = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < states[i].duties.count; j++)
			if (states[i].duties.items[j].verdict == DUTY_PENDING) {
				struct due_work work = { states[i].ledger->contract, &states[i].duties.items[j] };
				arena_push(arena, works, work_count, capacity, work);
			}
	if (work_count)
		qsort(works, work_count, sizeof *works, compare_due);
	struct value *items = value_array(arena);
	for (size_t i = 0; i < work_count && i < most; i++) {
		const struct duty_window *window = works[i].window;
		const struct item *item = &window->duty->item;
		struct value *row = value_push(arena, items, value_object(arena));
		view_text(arena, row, "due",
		          wording_end(arena, window->due, works[i].contract->offset,
		                      date_year(date_of_instant(page->site->as_of))));
		view_flag(arena, row, "soon", window->due.seconds - page->site->as_of.seconds <= 3 * DAY_SECONDS);
		view_text(arena, row, "contract_name", works[i].contract->name);
		view_text(arena, row, "contract_url", tab_url(arena, works[i].contract, TAB_OVERVIEW));
		view_text(arena, row, "duty",
		          window->subject ? arena_printf(arena, "%s（%s）", item->name, window->subject) : item->name);
		view_text(arena, row, "clause", item->clause);
	}
	value_set(arena, page->view, "due", view_list(arena, items));
}
