/* The order of commits: every one behind all of its parents. */
#ifndef OPSLEDGER_SOURCE_TOPOLOGY_H
#define OPSLEDGER_SOURCE_TOPOLOGY_H

#include "source/history.h"

/* Fills order with the numbers [0, count) of commits, parents before children;
 * where that leaves a choice, the one with the earlier committer time first, then
 * the one whose id is lower. parents of commits hold numbers, and form no circle. */
void topology_order(const struct history_commit *commits, size_t count, uint32_t *order);

#endif
