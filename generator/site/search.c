#include "site/search.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "site/page.h"
#include "site/search_dictionary.h"
#include "site/search_index.h"
#include "site/search_pack.h"
#include "site/search_shards.h"
#include "source/json.h"

/* So much text is enough to know what all of it has in common. */
enum { SAMPLED_BYTES = 4 << 20 };

/* How much more than a record that tells as much. */
#define LESSON_LIFT 2

struct search {
	pthread_mutex_t lock; /* of all below while documents are added */
	struct arena *arena;
	struct search_document *documents;
	size_t count, capacity;
};

struct search *search_new(void)
{
	struct search *search = xcalloc(1, sizeof *search);
	pthread_mutex_init(&search->lock, NULL);
	search->arena = arena_new();
	return search;
}

void search_free(struct search *search)
{
	arena_free(search->arena);
	pthread_mutex_destroy(&search->lock);
	free(search);
}

void search_add(struct search *search, const struct search_document *document)
{
	struct arena *arena = search->arena;
	struct search_document copy = *document;
	pthread_mutex_lock(&search->lock);
	struct search_heading *headings = arena_alloc(arena, (copy.heading_count + 1) * sizeof *headings);
	for (size_t i = 0; i < copy.heading_count; i++) {
		headings[i] = copy.headings[i];
		headings[i].id = headings[i].id ? arena_strdup(arena, headings[i].id) : NULL;
	}
	copy.headings = headings;
	copy.url = arena_strdup(arena, copy.url);
	copy.title = arena_strdup(arena, copy.title);
	copy.kind = arena_strdup(arena, copy.kind);
	copy.contract = copy.contract ? arena_strdup(arena, copy.contract) : NULL;
	copy.text.data = arena_strndup(arena, copy.text.data, copy.text.len);
	arena_push(arena, search->documents, search->count, search->capacity, copy);
	pthread_mutex_unlock(&search->lock);
}

void search_add_tree(struct search *search, struct search_document document, const struct node *root)
{
	struct arena *arena = arena_new();
	struct search_heading *headings = NULL;
	size_t capacity = 0;
	struct buf text = BUF_INIT;
	for (const struct node *block = root->first; block; block = block->next) {
		struct search_heading heading = { .at = text.len, .id = node_id(block) };
		bool is_heading = block->kind == NODE_HEADING;
		if (is_heading && block->as.heading->level == 1 && strcmp(block->as.heading->text, document.title) == 0)
			continue;
		node_text(block, &text);
		heading.len = text.len - heading.at;
		if (is_heading)
			arena_push(arena, headings, document.heading_count, capacity, heading);
	}
	document.text = buf_chunk(&text);
	document.headings = headings;
	search_add(search, &document);
	buf_free(&text);
	arena_free(arena);
}

/* What is alike stands together, which makes gaps and texts short. */
static int compare_documents(const void *left, const void *right)
{
	const struct search_document *a = left, *b = right;
	int order = strcmp(a->kind, b->kind);
	if (!order)
		order = strcmp(a->contract ? a->contract : "", b->contract ? b->contract : "");
	return order ? order : strcmp(a->url, b->url);
}

/* Columns of meta.js, and what their numbers mean. */
struct meta {
	struct arena *arena;
	struct value *header, *kinds, *lifts, *contracts;
	int first_month;
	struct buf kind, contract, month, size, title;
};

static size_t number_of(struct arena *arena, struct value *list, const char *text)
{
	size_t i = 0;
	while (i < list->as.array.count && strcmp(list->as.array.items[i]->as.string, text) != 0)
		i++;
	if (i == list->as.array.count)
		value_push(arena, list, value_string(arena, text));
	return i;
}

static int month_of(struct date date)
{
	int year, month, day;
	date_to_ymd(date, &year, &month, &day);
	return year * 12 + month - 1;
}

static unsigned char byte_of(size_t number)
{
	return number < 255 ? (unsigned char)number : 255;
}

/* 8 classes to each doubling. */
static unsigned char size_class(uint32_t terms)
{
	unsigned doublings = 0;
	while (terms >> doublings > 1)
		doublings++;
	return terms ? (unsigned char)(doublings * 8 + ((terms << 3 >> doublings) & 7)) : 0;
}

static void put_meta(struct meta *meta, const struct search_document *document, struct document_size size)
{
	size_t contract = document->contract ? number_of(meta->arena, meta->contracts, document->contract) : 0;
	int month = document->has_date ? month_of(document->date) - meta->first_month + 1 : 0;
	size_t kind = number_of(meta->arena, meta->kinds, document->kind);
	if (kind == meta->lifts->as.array.count)
		value_push(meta->arena, meta->lifts, value_number(meta->arena, document->lesson ? LESSON_LIFT : 1));
	buf_putc(&meta->kind, (char)byte_of(kind));
	buf_putc(&meta->contract, (char)byte_of(contract));
	buf_putc(&meta->month, (char)byte_of((size_t)month));
	buf_putc(&meta->size, (char)size_class(size.terms));
	buf_putc(&meta->title, (char)byte_of(size.title_terms));
}

static void put_file(struct site *site, struct packer *packer, const char *name, struct chunk bytes)
{
	struct buf file = BUF_INIT;
	struct arena *arena = arena_new();
	pack(packer, name, bytes, &file);
	site_put(site, arena_printf(arena, "search/%s.js", name), buf_chunk(&file));
	arena_free(arena);
	buf_free(&file);
}

static void index_document(struct search_index *index, const struct search_document *document)
{
	struct chunk text = document->text;
	size_t at = 0;
	search_index_add(index, chunk_of(document->title), PROMINENCE_TITLE);
	for (size_t i = 0; i < document->heading_count; i++) {
		const struct search_heading *heading = &document->headings[i];
		search_index_add(index, (struct chunk){ text.data + at, heading->at - at }, PROMINENCE_ONCE);
		search_index_add(index, (struct chunk){ text.data + heading->at, heading->len }, PROMINENCE_HEADING);
		at = heading->at + heading->len;
	}
	search_index_add(index, (struct chunk){ text.data + at, text.len - at }, PROMINENCE_ONCE);
}

static void put_index(struct search *search, struct site *site)
{
	struct packer *packer = packer_new((struct chunk){ "", 0 });
	struct arena *arena = search->arena;
	struct search_index *index = search_index_new(arena);
	struct meta meta = { .arena = arena, .header = value_object(arena) };
	meta.kinds = value_set(arena, meta.header, "kinds", value_array(arena));
	meta.contracts = value_set(arena, meta.header, "contracts", value_array(arena));
	meta.lifts = value_set(arena, meta.header, "lifts", value_array(arena));
	value_push(arena, meta.kinds, value_string(arena, ""));
	value_push(arena, meta.lifts, value_number(arena, 1));
	value_push(arena, meta.contracts, value_string(arena, ""));
	for (size_t i = 0; i < search->count; i++)
		if (search->documents[i].has_date &&
		    (!meta.first_month || month_of(search->documents[i].date) < meta.first_month))
			meta.first_month = month_of(search->documents[i].date);
	uint64_t terms = 0;
	for (size_t i = 0; i < search->count; i++) {
		search_index_begin(index);
		index_document(index, &search->documents[i]);
		struct document_size size = search_index_end(index);
		put_meta(&meta, &search->documents[i], size);
		terms += size.terms;
	}
	value_set(arena, meta.header, "count", value_number(arena, (double)search->count));
	value_set(arena, meta.header, "group", value_number(arena, SEARCH_GROUP));
	value_set(arena, meta.header, "month", value_number(arena, meta.first_month));
	value_set(arena, meta.header, "terms",
	          value_number(arena, (double)(search->count ? terms / search->count : 0)));
	struct value *firsts = value_set(arena, meta.header, "shards", value_array(arena));

	struct shards shards = { 0 };
	shards.lists = search_index_lists(index, &shards.count);
	struct buf bytes = BUF_INIT;
	for (const char *first; buf_clear(&bytes), shard_next(&shards, &bytes, &first);) {
		put_file(site, packer, arena_printf(arena, "i%zu", firsts->as.array.count), buf_chunk(&bytes));
		value_push(arena, firsts, value_string(arena, first));
	}
	search_index_free(index);

	buf_clear(&bytes);
	json_print(meta.header, 0, &bytes);
	buf_putc(&bytes, '\n');
	struct buf *columns[] = { &meta.kind, &meta.contract, &meta.month, &meta.size, &meta.title };
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		buf_put_chunk(&bytes, buf_chunk(columns[i]));
		buf_free(columns[i]);
	}
	put_file(site, packer, "meta", buf_chunk(&bytes));
	packer_free(packer);
	buf_free(&bytes);
}

/* JavaScript counts text in UTF-16 units. */
static size_t utf16_length(const char *text, size_t len)
{
	size_t units = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];
		units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
	}
	return units;
}

/* The JSON of one file of the store. */
static void put_texts(const struct search_document *documents, size_t count, struct buf *out)
{
	struct arena *arena = arena_new();
	struct value *list = value_array(arena);
	for (size_t i = 0; i < count; i++) {
		const struct search_document *document = &documents[i];
		struct value *entry = value_push(arena, list, value_array(arena));
		value_push(arena, entry, value_string(arena, document->url));
		value_push(arena, entry, value_string(arena, document->title));
		struct value *headings = value_push(arena, entry, value_array(arena));
		size_t at = 0, units = 0;
		for (size_t j = 0; j < document->heading_count; j++) {
			const struct search_heading *heading = &document->headings[j];
			units += utf16_length(document->text.data + at, heading->at - at);
			at = heading->at;
			if (!heading->id)
				continue;
			struct value *pair = value_push(arena, headings, value_array(arena));
			value_push(arena, pair, value_number(arena, (double)units));
			value_push(arena, pair, value_string(arena, heading->id));
		}
		value_push(arena, entry, value_string(arena, document->text.data));
	}
	json_print(list, 0, out);
	arena_free(arena);
}

static void put_store(struct search *search, struct site *site)
{
	size_t files = (search->count + SEARCH_GROUP - 1) / SEARCH_GROUP, total = 0;
	struct arena *arena = arena_new();
	struct chunk *texts = arena_alloc(arena, (files + 1) * sizeof *texts);
	struct buf text = BUF_INIT;
	for (size_t i = 0; i < files; i++) {
		size_t from = i * SEARCH_GROUP, left = search->count - from;
		buf_clear(&text);
		put_texts(search->documents + from, left < SEARCH_GROUP ? left : SEARCH_GROUP, &text);
		texts[i] = (struct chunk){ arena_strndup(arena, buf_str(&text), text.len), text.len };
		total += text.len;
	}
	size_t step = total / SAMPLED_BYTES + 1, sample_count = 0;
	struct chunk *samples = arena_alloc(arena, (files + 1) * sizeof *samples);
	for (size_t i = 0; i < files; i += step)
		samples[sample_count++] = texts[i];
	struct buf dictionary = BUF_INIT;
	dictionary_make(samples, sample_count, &dictionary);
	struct packer *packer = packer_new((struct chunk){ "", 0 });
	put_file(site, packer, "base", buf_chunk(&dictionary));
	packer_free(packer);
	packer = packer_new(buf_chunk(&dictionary));
	for (size_t i = 0; i < files; i++)
		put_file(site, packer, arena_printf(arena, "t%zu", i), texts[i]);
	packer_free(packer);
	buf_free(&dictionary);
	buf_free(&text);
	arena_free(arena);
}

struct putting {
	struct search *search;
	struct site *site;
};

static void put_part(size_t part, size_t lane, void *context)
{
	static void (*const parts[])(struct search * search, struct site * site) = { put_index, put_store };
	const struct putting *putting = context;
	(void)lane;
	parts[part](putting->search, putting->site);
}

void search_put(struct search *search, struct site *site)
{
	if (search->count)
		qsort(search->documents, search->count, sizeof *search->documents, compare_documents);
	struct putting putting = { search, site };
	parallel_for(2, put_part, &putting);
}
