#include "rules/open_work.h"

#include <stdlib.h>
#include <string.h>

void open_works_add(struct open_works *works, const struct contract *contract, const struct duty_list *duties,
                    struct instant as_of, int64_t before, int64_t after, struct arena *arena)
{
	for (size_t i = 0; i < duties->count; i++) {
		const struct duty_window *window = &duties->items[i];
		int64_t left = window->due.seconds - as_of.seconds;
		bool open = window->verdict == DUTY_PENDING || window->verdict == DUTY_MISSED;
		struct open_work work = { contract, window };
		if (open && left <= after && left >= -before)
			arena_push(arena, works->items, works->count, works->capacity, work);
	}
}

static int compare(const void *left, const void *right)
{
	const struct open_work *a = left, *b = right;
	int order = instant_compare(a->window->due, b->window->due);
	if (!order)
		order = strcmp(a->contract->id, b->contract->id);
	if (!order)
		order = strcmp(a->window->duty->item.id, b->window->duty->item.id);
	return order ? order : (a->window > b->window) - (a->window < b->window); /* of one list */
}

void open_works_sort(struct open_works *works)
{
	if (works->count)
		qsort(works->items, works->count, sizeof *works->items, compare);
}

const char *open_work_title(struct arena *arena, const struct open_work *work)
{
	const struct duty_window *window = work->window;
	return window->subject ? arena_printf(arena, "%s（%s）", window->duty->item.name, window->subject)
	                       : window->duty->item.name;
}
