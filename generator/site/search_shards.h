/* The index cut into shards, files small enough to be fetched for one query. */
#ifndef OPSLEDGER_SITE_SEARCH_SHARDS_H
#define OPSLEDGER_SITE_SEARCH_SHARDS_H

#include "site/search_index.h"
#include "site/search_pack.h"

/* A shard, unpacked, holds consecutive terms; numbers are varints (search_pack.h):
 *
 *     the number of terms
 *     of each term: bytes shared with the one before, bytes of its own, those
 *     of each term: the number of its documents
 *     of each term, each document: the difference to the document before
 *     of each document again: its prominence, 2 bits, the lowest of a byte first */
struct shards {
	const struct posting_list *lists;
	size_t count, next;
};

/* Puts the next shard, unpacked, into out and sets *first to its first term;
 * false when there is none left. */
bool shard_next(struct shards *shards, struct buf *out, const char **first);

#endif
