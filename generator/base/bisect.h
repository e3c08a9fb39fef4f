/* Search by halves in what is sorted. */
#ifndef OPSLEDGER_BASE_BISECT_H
#define OPSLEDGER_BASE_BISECT_H

#include <stddef.h>

/* Sets index, a variable of type size_t, to how many of count items come before a place: is_before is an
 * expression of index that says whether the item there does, which must be so of the first ones and of no others.
 * It is asked about log2(count) times. */
#define bisect(index, count, is_before)                                                                                \
	do {                                                                                                           \
		size_t bisect_low = 0, bisect_high = (count);                                                          \
		while (bisect_low < bisect_high) {                                                                     \
			(index) = bisect_low + (bisect_high - bisect_low) / 2;                                         \
			if (is_before)                                                                                 \
				bisect_low = (index) + 1;                                                              \
			else                                                                                           \
				bisect_high = (index);                                                                 \
		}                                                                                                      \
		(index) = bisect_low;                                                                                  \
	} while (0)

#endif
