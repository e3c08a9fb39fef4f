#include "site/search_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "text/fold.h"
#include "text/search_units.h"
#include "text/utf8.h"

/* A unit's number: a CJK character is its code point, words follow. */
enum { FIRST_WORD = 0x40000, UNIT_BITS = 30 };

struct term {
	uint64_t key; /* first unit, joint, second unit; the second is 0 for a unit alone */
	unsigned char *bytes;
	uint32_t len, capacity;
	uint32_t count, last; /* documents, and the number of the last one + 1 */
	uint32_t seen;        /* number + 1 of the document that the two below are about */
	uint16_t times;
	uint8_t prominence;
};

struct search_index {
	struct arena *arena;
	struct map words; /* word → its number */
	const char **word_texts;
	size_t word_count, word_capacity;
	struct term *terms;
	size_t term_count, term_capacity;
	struct slot {
		uint64_t key;
		uint32_t number; /* of the term + 1; 0 is free */
	} * slots;
	size_t slot_count;
	uint32_t document; /* number + 1 of the one being read */
	uint32_t *touched; /* its terms */
	size_t touched_count, touched_capacity;
	uint32_t *begins; /* by CJK character: the last document in which it begins a pair */
	struct lone {
		char32_t cjk;
		enum prominence prominence;
	} * lone; /* characters of the document that began no pair when they were met */
	size_t lone_count, lone_capacity;
	struct buf folded, word;
};

struct search_index *search_index_new(struct arena *arena)
{
	struct search_index *index = xcalloc(1, sizeof *index);
	index->arena = arena;
	map_init(&index->words, arena);
	index->begins = arena_alloc(arena, FIRST_WORD * sizeof *index->begins);
	index->slot_count = 1 << 16;
	index->slots = xcalloc(index->slot_count, sizeof *index->slots);
	return index;
}

void search_index_free(struct search_index *index)
{
	buf_free(&index->folded);
	buf_free(&index->word);
	free(index->slots);
	free(index->terms);
	free(index);
}

static size_t slot_of(const struct search_index *index, uint64_t key)
{
	size_t slot = (size_t)(((key ^ key >> 32) * 0x9E3779B97F4A7C15u) >> 32) & (index->slot_count - 1);
	while (index->slots[slot].number && index->slots[slot].key != key)
		slot = (slot + 1) & (index->slot_count - 1);
	return slot;
}

static void widen(struct search_index *index)
{
	free(index->slots);
	index->slot_count *= 2;
	index->slots = xcalloc(index->slot_count, sizeof *index->slots);
	for (size_t i = 0; i < index->term_count; i++)
		index->slots[slot_of(index, index->terms[i].key)] =
		    (struct slot){ index->terms[i].key, (uint32_t)i + 1 };
}

static void note(struct search_index *index, uint32_t first, char joint, uint32_t second, enum prominence prominence)
{
	uint64_t key = (uint64_t)first << (UNIT_BITS + 4) | (uint64_t)second << 4;
	static const char joiners[] = "\0\1-._:/@\\";
	key |= (uint64_t)((const char *)memchr(joiners, joint, sizeof joiners) - joiners);
	size_t slot = slot_of(index, key);
	if (!index->slots[slot].number) {
		struct term fresh = { .key = key };
		if (index->term_count == index->term_capacity) {
			index->term_capacity = index->term_capacity ? 2 * index->term_capacity : 1 << 15;
			index->terms = xreallocarray(index->terms, index->term_capacity, sizeof *index->terms);
		}
		index->terms[index->term_count++] = fresh;
		index->slots[slot] = (struct slot){ key, (uint32_t)index->term_count };
	}
	uint32_t number = index->slots[slot].number - 1;
	struct term *term = &index->terms[number];
	if (term->seen != index->document) {
		term->seen = index->document;
		term->times = 0;
		term->prominence = PROMINENCE_ONCE;
		arena_push(index->arena, index->touched, index->touched_count, index->touched_capacity, number);
	}
	if (prominence == PROMINENCE_ONCE && ++term->times >= 3)
		prominence = PROMINENCE_OFTEN;
	if (prominence > term->prominence)
		term->prominence = (uint8_t)prominence;
	if (2 * index->term_count > index->slot_count)
		widen(index);
}

static uint32_t word_number(struct search_index *index, struct chunk text)
{
	buf_clear(&index->word);
	buf_put_chunk(&index->word, text);
	const char *word = buf_str(&index->word);
	uintptr_t number = (uintptr_t)map_get(&index->words, word);
	if (!number) {
		number = FIRST_WORD + index->word_count;
		arena_push(index->arena, index->word_texts, index->word_count, index->word_capacity,
		           arena_strdup(index->arena, word));
		map_put(&index->words, word, (void *)number);
	}
	return (uint32_t)number;
}

void search_index_begin(struct search_index *index)
{
	index->document++;
	index->touched_count = index->lone_count = 0;
}

void search_index_add(struct search_index *index, struct chunk text, enum prominence prominence)
{
	buf_clear(&index->folded);
	fold_for_search(text, &index->folded);
	struct search_scan scan = SEARCH_SCAN(buf_chunk(&index->folded));
	struct search_unit unit;
	uint32_t before = 0;
	bool more = search_unit_next(&scan, &unit);
	while (more) {
		uint32_t number = unit.cjk ? unit.cjk : word_number(index, unit.text);
		if (!unit.cjk)
			note(index, number, JOINT_NONE, 0, prominence);
		if (unit.joint)
			note(index, before, unit.joint, number, prominence);
		before = number;
		bool cjk = unit.cjk != 0;
		more = search_unit_next(&scan, &unit);
		if (cjk && more && unit.joint) {
			index->begins[number] = index->document;
		} else if (cjk && prominence == PROMINENCE_TITLE) {
			note(index, number, JOINT_NONE, 0, prominence);
		} else if (cjk) {
			struct lone lone = { number, prominence };
			arena_push(index->arena, index->lone, index->lone_count, index->lone_capacity, lone);
		}
	}
}

static void put_posting(struct search_index *index, struct term *term)
{
	uint32_t number = (index->document - 1 - (term->count ? term->last - 1 : 0)) << 2 | term->prominence;
	if (term->capacity - term->len < 5) {
		uint32_t capacity = term->capacity ? 2 * term->capacity : 8;
		unsigned char *bytes = arena_alloc(index->arena, capacity);
		if (term->len)
			memcpy(bytes, term->bytes, term->len);
		term->bytes = bytes;
		term->capacity = capacity;
	}
	for (; number >= 0x80; number >>= 7)
		term->bytes[term->len++] = (unsigned char)(number | 0x80);
	term->bytes[term->len++] = (unsigned char)number;
	term->count++;
	term->last = index->document;
}

struct document_size search_index_end(struct search_index *index)
{
	for (size_t i = 0; i < index->lone_count; i++)
		if (index->begins[index->lone[i].cjk] != index->document)
			note(index, index->lone[i].cjk, JOINT_NONE, 0, index->lone[i].prominence);
	struct document_size size = { .terms = (uint32_t)index->touched_count };
	for (size_t i = 0; i < index->touched_count; i++) {
		struct term *term = &index->terms[index->touched[i]];
		size.title_terms += term->prominence == PROMINENCE_TITLE;
		put_posting(index, term);
	}
	return size;
}

static void put_unit(const struct search_index *index, uint32_t number, struct buf *out)
{
	if (number < FIRST_WORD)
		utf8_put(out, number);
	else
		buf_puts(out, index->word_texts[number - FIRST_WORD]);
}

static const char *term_text(const struct search_index *index, uint64_t key, struct buf *text)
{
	static const char joiners[] = "\0\1-._:/@\\";
	uint32_t first = (uint32_t)(key >> (UNIT_BITS + 4)), second = (uint32_t)(key >> 4) & ((1u << UNIT_BITS) - 1);
	char joint = joiners[key & 15];
	buf_clear(text);
	if (joint && first >= FIRST_WORD)
		buf_putc(text, '+');
	put_unit(index, first, text);
	if (joint > JOINT_BESIDE)
		buf_putc(text, joint);
	if (joint)
		put_unit(index, second, text);
	return arena_strdup(index->arena, buf_str(text));
}

static int compare_lists(const void *left, const void *right)
{
	return strcmp(((const struct posting_list *)left)->term, ((const struct posting_list *)right)->term);
}

const struct posting_list *search_index_lists(struct search_index *index, size_t *count)
{
	struct posting_list *lists = arena_alloc(index->arena, (index->term_count + 1) * sizeof *lists);
	struct buf text = BUF_INIT;
	for (size_t i = 0; i < index->term_count; i++) {
		const struct term *term = &index->terms[i];
		lists[i] = (struct posting_list){ term_text(index, term->key, &text),
			                          term->count,
			                          { (const char *)term->bytes, term->len } };
	}
	qsort(lists, index->term_count, sizeof *lists, compare_lists);
	*count = index->term_count;
	buf_free(&text);
	return lists;
}
