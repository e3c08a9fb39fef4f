#include "site/due_work.h"

#include "report/icalendar.h"
#include "report/view_value.h"
#include "report/wording.h"

void due_work_set(struct page *page, const struct contract_state *states, size_t count, size_t most)
{
	struct arena *arena = page->arena;
	struct instant as_of = page->site->as_of;
	struct open_works works = { 0 };
	for (size_t i = 0; i < count; i++)
		open_works_add(&works, states[i].ledger->contract, &states[i].duties, as_of, 0, INT64_MAX, arena);
	open_works_sort(&works);
	struct value *items = value_array(arena);
	for (size_t i = 0; i < works.count && i < most; i++) {
		const struct open_work *work = &works.items[i];
		const struct duty_window *window = work->window;
		struct value *row = value_push(arena, items, value_object(arena));
		view_text(arena, row, "due",
		          wording_end(arena, window->due, work->contract->offset, date_year(date_of_instant(as_of))));
		view_flag(arena, row, "soon", window->due.seconds - as_of.seconds <= 3 * DAY_SECONDS);
		view_text(arena, row, "contract_name", work->contract->name);
		view_text(arena, row, "contract_url", tab_url(arena, work->contract, TAB_OVERVIEW));
		view_text(arena, row, "duty", open_work_title(arena, work));
		view_text(arena, row, "clause", window->duty->item.clause);
	}
	value_set(arena, page->view, "due", view_list(arena, items));
}

void due_work_put(struct site *site, const struct contract_state *states)
{
	enum { DAYS_BACK = 30, DAYS_AHEAD = 92 };
	struct arena *arena = arena_new();
	struct open_works works = { 0 };
	struct buf calendar = BUF_INIT;
	for (size_t i = 0; i < site->ledger_count; i++)
		open_works_add(&works, states[i].ledger->contract, &states[i].duties, site->as_of,
		               DAYS_BACK * (int64_t)DAY_SECONDS, DAYS_AHEAD * (int64_t)DAY_SECONDS, arena);
	open_works_sort(&works);
	icalendar_print(arena, &works, site->as_of, &calendar);
	site_put(site, DUE_WORK_URL, buf_chunk(&calendar));
	buf_free(&calendar);
	arena_free(arena);
}
