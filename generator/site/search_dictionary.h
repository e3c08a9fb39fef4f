/* The preset dictionary of the text store: what its small files have in common,
 * so that none of them has to spell it out again. */
#ifndef OPSLEDGER_SITE_SEARCH_DICTIONARY_H
#define OPSLEDGER_SITE_SEARCH_DICTIONARY_H

#include "base/buffer.h"

/* What zlib can reach back to from the first byte of a file. */
enum { DICTIONARY_BYTES = 32768 - 262 };

/* Appends at most DICTIONARY_BYTES: the segments of samples that the most other
 * samples repeat, the best ones last, where references to them are shortest.
 *
 * After FASTCOVER (Liao, Petri, Moffat and Wirth, 2016): the samples, in a row,
 * are cut into as many parts as the dictionary holds segments; of each part the
 * segment is taken whose grams of GRAM_BYTES the most samples hold, grams
 * covered by an earlier segment not counted again. */
void dictionary_make(const struct chunk *samples, size_t count, struct buf *out);

#endif
