#define _GNU_SOURCE /* qsort_r */
#include "site/tags.h"

#include <stdlib.h>
#include <string.h>

#include "document/slug.h"
#include "report/view_value.h"
#include "site/page.h"
#include "text/collation.h"

static int compare_tags(const void *left, const void *right, void *collator)
{
	return collator_compare(collator, (*(const struct tag *const *)left)->name,
	                        (*(const struct tag *const *)right)->name);
}

struct tags *tags_gather(struct arena *arena, const struct articles *articles)
{
	struct tags *tags = arena_alloc(arena, sizeof *tags);
	struct map ids;
	map_init(&tags->by_name, arena);
	map_init(&ids, arena);
	for (size_t i = 0; i < articles->count; i++) {
		const struct value *list = value_get(articles->items[i].document->front, "tags");
		for (size_t j = 0; list && list->kind == VALUE_ARRAY && j < list->as.array.count; j++) {
			const struct value *name = list->as.array.items[j];
			struct tag *tag = name->kind == VALUE_STRING ? map_get(&tags->by_name, name->as.string) : NULL;
			if (name->kind != VALUE_STRING)
				continue;
			if (!tag) {
				tag = arena_alloc(arena, sizeof *tag);
				tag->name = name->as.string;
				tag->id = slug_make(&ids, tag->name);
				map_put(&tags->by_name, tag->name, tag);
			}
			arena_push(arena, tag->articles, tag->count, tag->capacity, &articles->items[i]);
		}
	}
	tags->count = tags->by_name.count;
	tags->items = arena_alloc(arena, (tags->count + 1) * sizeof *tags->items);
	for (size_t i = 0; i < tags->count; i++)
		tags->items[i] = tags->by_name.entries[i].value;
	struct collator *collator = collator_new();
	if (tags->count)
		qsort_r(tags->items, tags->count, sizeof *tags->items, compare_tags, collator);
	collator_free(collator);
	return tags;
}

const char *tag_url(struct arena *arena, const struct tags *tags, const char *name)
{
	const struct tag *tag = map_get(&tags->by_name, name);
	return tag ? arena_printf(arena, "kb/tags.html#%s", tag->id) : NULL;
}

void make_tags_page(struct site *site)
{
	struct page page = page_begin(site, "kb/tags.html", "标签");
	page_crumb(&page, "知识库", "kb/index.html");
	page_crumb(&page, "标签", NULL);
	struct value *list = value_set(page.arena, page.view, "tags", value_array(page.arena));
	for (size_t i = 0; i < site->tags->count; i++) {
		const struct tag *tag = site->tags->items[i];
		struct value *row = value_push(page.arena, list, value_object(page.arena));
		view_text(page.arena, row, "name", tag->name);
		view_text(page.arena, row, "id", tag->id);
		view_count(page.arena, row, "count", tag->count);
		struct value *articles = value_set(page.arena, row, "articles", value_array(page.arena));
		for (size_t j = 0; j < tag->count; j++) {
			struct value *item = value_push(page.arena, articles, value_object(page.arena));
			view_text(page.arena, item, "title", tag->articles[j]->title);
			view_text(page.arena, item, "url", tag->articles[j]->url);
		}
	}
	page_end(&page, "tags");
}
