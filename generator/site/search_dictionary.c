#include "site/search_dictionary.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { GRAM_BYTES = 8, SEGMENT_BYTES = 128, TABLE_BITS = 20, TABLE_SIZE = 1 << TABLE_BITS };

struct segment {
	size_t at, len;
	uint64_t score;
};

struct cover {
	const struct chunk *text; /* all samples in a row */
	uint16_t *samples;        /* by gram: how many samples hold it */
	uint16_t *inside;         /* by gram: how often the window at hand holds it */
};

static uint32_t gram(const char *bytes)
{
	uint64_t value;
	memcpy(&value, bytes, sizeof value);
	return (uint32_t)((value * 0xCF1BBCDCB7A56463u) >> (64 - TABLE_BITS));
}

static void count_samples(const struct chunk *samples, size_t count, uint16_t *table)
{
	uint32_t *last = xcalloc(TABLE_SIZE, sizeof *last);
	for (size_t i = 0; i < count; i++)
		for (size_t at = 0; at + GRAM_BYTES <= samples[i].len; at++) {
			uint32_t slot = gram(samples[i].data + at);
			if (last[slot] != i + 1 && table[slot] < UINT16_MAX)
				table[slot]++;
			last[slot] = (uint32_t)i + 1;
		}
	free(last);
}

/* The best segment of text from..to; its grams count no more afterwards. */
static struct segment take_best(struct cover *cover, size_t from, size_t to)
{
	const char *data = cover->text->data;
	struct segment best = { from, 0, 0 };
	uint64_t score = 0;
	size_t begin = from, at;
	for (at = from; at + GRAM_BYTES <= to; at++) {
		uint32_t slot = gram(data + at);
		if (cover->inside[slot]++ == 0 && cover->samples[slot] > 1)
			score += cover->samples[slot];
		if (at + GRAM_BYTES - begin > SEGMENT_BYTES) {
			slot = gram(data + begin++);
			if (--cover->inside[slot] == 0 && cover->samples[slot] > 1)
				score -= cover->samples[slot];
		}
		if (score > best.score)
			best = (struct segment){ begin, at + GRAM_BYTES - begin, score };
	}
	for (; begin < at; begin++)
		cover->inside[gram(data + begin)] = 0;
	for (size_t i = best.at; i + GRAM_BYTES <= best.at + best.len; i++)
		cover->samples[gram(data + i)] = 0;
	return best;
}

static int compare_segments(const void *left, const void *right)
{
	const struct segment *a = left, *b = right;
	if (a->score != b->score)
		return a->score < b->score ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

void dictionary_make(const struct chunk *samples, size_t count, struct buf *out)
{
	enum { PARTS = DICTIONARY_BYTES / SEGMENT_BYTES };
	struct buf row = BUF_INIT;
	for (size_t i = 0; i < count; i++)
		buf_put_chunk(&row, samples[i]);
	struct chunk text = buf_chunk(&row);
	struct cover cover = { &text, xcalloc(TABLE_SIZE, sizeof(uint16_t)), xcalloc(TABLE_SIZE, sizeof(uint16_t)) };
	count_samples(samples, count, cover.samples);
	struct segment segments[PARTS] = { 0 };
	size_t taken = 0;
	for (size_t i = 0; i < PARTS; i++) {
		size_t from = text.len * i / PARTS, to = text.len * (i + 1) / PARTS;
		struct segment best = take_best(&cover, from, to);
		if (best.score)
			segments[taken++] = best;
	}
	qsort(segments, taken, sizeof *segments, compare_segments);
	for (size_t i = 0; i < taken; i++)
		buf_put(out, text.data + segments[i].at, segments[i].len);
	free(cover.samples);
	free(cover.inside);
	buf_free(&row);
}
