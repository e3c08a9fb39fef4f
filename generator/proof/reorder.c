#include "proof/reorder.h"

#include <stdlib.h>
#include <string.h>

#include "base/bisect.h"

static int by_id(const void *left, const void *right)
{
	const struct written_row *const *a = left, *const *b = right;
	int order = strcmp((*a)->id, (*b)->id);
	if (order)
		return order;
	return *a < *b ? -1 : *a > *b; /* rows of one list */
}

static int id_order(const void *key, const void *item)
{
	const struct written_row *const *row = item;
	return strcmp(key, (*row)->id);
}

/* Notes a position in ends, which holds for every length the least end of the rising sequences found
 * so far. Returns the number of lengths. */
static size_t extend(uint32_t *ends, size_t count, uint32_t position)
{
	size_t length;
	bisect(length, count, ends[length] < position);
	ends[length] = position;
	return length == count ? count + 1 : count;
}

uint32_t rows_moved(const struct written_rows *before, const struct written_rows *after)
{
	if (before->count < 2 || after->count < 2)
		return 0;
	const struct written_row **sorted = xcalloc(before->count, sizeof *sorted);
	uint32_t *ends = xcalloc(after->count, sizeof *ends), common = 0; /* in the same hunk */
	uint32_t strayed = 0;                                             /* to another hunk */
	size_t longest = 0;
	for (size_t i = 0; i < before->count; i++)
		sorted[i] = &before->items[i];
	qsort(sorted, before->count, sizeof(const struct written_row *), by_id);
	for (size_t i = 0; i < after->count; i++) {
		const struct written_row *const *found =
		    bsearch(after->items[i].id, sorted, before->count, sizeof(const struct written_row *), id_order);
		if (!found)
			continue;
		if ((*found)->hunk != after->items[i].hunk) {
			strayed++;
			continue;
		}
		common++;
		longest = extend(ends, longest, (uint32_t)(*found - before->items));
	}
	free(sorted);
	free(ends);
	return strayed + common - (uint32_t)longest;
}
