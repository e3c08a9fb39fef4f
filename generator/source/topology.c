#include "source/topology.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Commits that have no child left to wait for; the latest is on top. */
struct heap {
	const struct history_commit *commits;
	uint32_t *items;
	size_t count;
};

static bool is_later(const struct heap *heap, uint32_t a, uint32_t b)
{
	const struct commit *left = &heap->commits[a].facts, *right = &heap->commits[b].facts;
	int order = instant_compare(left->committer.at, right->committer.at);
	return order ? order > 0 : strcmp(left->id, right->id) > 0;
}

static void swap(struct heap *heap, size_t a, size_t b)
{
	uint32_t item = heap->items[a];
	heap->items[a] = heap->items[b];
	heap->items[b] = item;
}

static void push(struct heap *heap, uint32_t item)
{
	size_t at = heap->count++;
	heap->items[at] = item;
	for (; at && is_later(heap, heap->items[at], heap->items[(at - 1) / 2]); at = (at - 1) / 2)
		swap(heap, at, (at - 1) / 2);
}

static uint32_t pop(struct heap *heap)
{
	uint32_t top = heap->items[0];
	heap->items[0] = heap->items[--heap->count];
	for (size_t at = 0, child = 1; child < heap->count; at = child, child = 2 * at + 1) {
		if (child + 1 < heap->count && is_later(heap, heap->items[child + 1], heap->items[child]))
			child++;
		if (!is_later(heap, heap->items[child], heap->items[at]))
			break;
		swap(heap, at, child);
	}
	return top;
}

void topology_order(const struct history_commit *commits, size_t count, uint32_t *order)
{
	uint32_t *children = xcalloc(count, sizeof *children);
	struct heap heap = { commits, xcalloc(count, sizeof *heap.items), 0 };
	for (size_t i = 0; i < count; i++)
		for (size_t p = 0; p < commits[i].facts.parent_count; p++)
			children[commits[i].parents[p]]++;
	for (size_t i = 0; i < count; i++)
		if (!children[i])
			push(&heap, (uint32_t)i);
	for (size_t left = count; heap.count;) {
		uint32_t next = pop(&heap);
		order[--left] = next;
		for (size_t p = 0; p < commits[next].facts.parent_count; p++)
			if (--children[commits[next].parents[p]] == 0)
				push(&heap, commits[next].parents[p]);
	}
	free(children);
	free(heap.items);
}
