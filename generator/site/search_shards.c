#include "site/search_shards.h"

#include <string.h>

/* Enough that front coding and deflate pay, little enough to be fetched at once. */
enum { SHARD_BYTES = 6 * 1024 };

static size_t shared_bytes(const char *a, const char *b)
{
	size_t length = 0;
	while (a[length] && a[length] == b[length])
		length++;
	return length;
}

static void put_terms(const struct posting_list *lists, size_t count, struct buf *out)
{
	put_varint(out, (uint32_t)count);
	const char *before = "";
	for (size_t i = 0; i < count; i++) {
		size_t shared = shared_bytes(before, lists[i].term), own = strlen(lists[i].term) - shared;
		put_varint(out, (uint32_t)shared);
		put_varint(out, (uint32_t)own);
		buf_put(out, lists[i].term + shared, own);
		before = lists[i].term;
	}
	for (size_t i = 0; i < count; i++)
		put_varint(out, lists[i].count);
}

static void put_postings(const struct posting_list *lists, size_t count, struct buf *out)
{
	struct buf classes = BUF_INIT;
	unsigned held = 0, bits = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t at = 0; at < lists[i].postings.len;) {
			uint32_t posting = get_varint(lists[i].postings, &at);
			put_varint(out, posting >> 2);
			bits |= (posting & 3) << held;
			held += 2;
			if (held == 8) {
				buf_putc(&classes, (char)bits);
				held = bits = 0;
			}
		}
	if (held)
		buf_putc(&classes, (char)bits);
	buf_put_chunk(out, buf_chunk(&classes));
	buf_free(&classes);
}

bool shard_next(struct shards *shards, struct buf *out, const char **first)
{
	const struct posting_list *lists = shards->lists + shards->next;
	size_t left = shards->count - shards->next, count = 0, bytes = 0;
	while (count < left && bytes < SHARD_BYTES) {
		bytes += strlen(lists[count].term) / 2 + 3 + lists[count].postings.len * 5 / 4;
		count++;
	}
	if (!count)
		return false;
	*first = lists[0].term;
	put_terms(lists, count, out);
	put_postings(lists, count, out);
	shards->next += count;
	return true;
}
