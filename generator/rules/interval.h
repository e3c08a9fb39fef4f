/* Half-open stretches of time, and their union. */
#ifndef OPSLEDGER_RULES_INTERVAL_H
#define OPSLEDGER_RULES_INTERVAL_H

#include <stdint.h>

#include "base/memory.h"

#define INTERVAL_OPEN INT64_MAX /* the end of one that has not ended */

struct interval {
	int64_t from, to; /* seconds since 1970-01-01T00:00:00Z, [from, to) */
};

struct interval_list {
	struct interval *items;
	size_t count, capacity;
};

/* Sorts, and merges those that overlap or touch; empty ones are dropped. */
void interval_unite(struct interval_list *list);
/* The part of interval in [from, to); empty when there is none. */
struct interval interval_clip(struct interval interval, int64_t from, int64_t to);
/* What is in list and not in holes, both united. */
struct interval_list interval_subtract(struct arena *arena, const struct interval_list *list,
                                       const struct interval_list *holes);
int64_t interval_seconds(const struct interval_list *list);

#endif
