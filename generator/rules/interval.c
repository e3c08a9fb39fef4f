#include "rules/interval.h"

#include <stdlib.h>

static int by_start(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

void interval_unite(struct interval_list *list)
{
	size_t kept = 0;
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, by_start);
	for (size_t i = 0; i < list->count; i++) {
		struct interval next = list->items[i];
		if (next.to <= next.from)
			continue;
		if (kept && next.from <= list->items[kept - 1].to) {
			if (next.to > list->items[kept - 1].to)
				list->items[kept - 1].to = next.to;
		} else {
			list->items[kept++] = next;
		}
	}
	list->count = kept;
}

struct interval interval_clip(struct interval interval, int64_t from, int64_t to)
{
	if (interval.from < from)
		interval.from = from;
	if (interval.to > to)
		interval.to = to;
	if (interval.to < interval.from)
		interval.to = interval.from;
	return interval;
}

struct interval_list interval_subtract(struct arena *arena, const struct interval_list *list,
                                       const struct interval_list *holes)
{
	struct interval_list rest = { .count = 0 };
	size_t first = 0; /* holes before it end before the present interval */
	for (size_t i = 0; i < list->count; i++) {
		struct interval left = list->items[i];
		while (first < holes->count && holes->items[first].to <= left.from)
			first++;
		for (size_t h = first; h < holes->count && holes->items[h].from < left.to; h++) {
			struct interval before = { left.from, holes->items[h].from };
			if (before.from < before.to)
				arena_push(arena, rest.items, rest.count, rest.capacity, before);
			left.from = holes->items[h].to < left.to ? holes->items[h].to : left.to;
		}
		if (left.from < left.to)
			arena_push(arena, rest.items, rest.count, rest.capacity, left);
	}
	return rest;
}

int64_t interval_seconds(const struct interval_list *list)
{
	int64_t sum = 0;
	for (size_t i = 0; i < list->count; i++)
		sum += list->items[i].to - list->items[i].from;
	return sum;
}
