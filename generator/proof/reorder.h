/* How many rows of a file were put elsewhere in it. */
#ifndef OPSLEDGER_PROOF_REORDER_H
#define OPSLEDGER_PROOF_REORDER_H

#include "proof/written.h"

/* The least number of rows that have to be moved so that the ids that both
 * versions hold stand in the same order: their number less their longest
 * sequence that kept its order. A row in another hunk has passed what lies
 * between the two. */
uint32_t rows_moved(const struct written_rows *before, const struct written_rows *after);

#endif
