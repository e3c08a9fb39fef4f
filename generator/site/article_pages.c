#include "site/article_pages.h"

#include <string.h>

#include "document/html.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "site/search.h"

/* The shelves in the order in which the list shows them; others follow. */
static const char *const shelves[] = { "手册", "巡检记录", "案例", "故障记录", "应急预案", "问答" };

enum { SHELF_COUNT = sizeof shelves / sizeof *shelves };

struct linking {
	struct site *site;
	struct arena *arena;
	const struct article *article;
	const char *root;
};

static const char *resolve(const char *url, void *context)
{
	const struct linking *linking = context;
	const struct site *site = linking->site;
	const char *target =
	    article_link(linking->arena, site->articles, site->snapshot, site->records, linking->article->path, url);
	bool outside = !target || target[0] == '#' || target[strcspn(target, ":/")] == ':';
	return outside ? target : arena_printf(linking->arena, "%s%s", linking->root, target);
}

static struct value *add_fact(struct page *page, struct value *facts, const char *title)
{
	struct value *fact = value_push(page->arena, facts, value_object(page->arena));
	view_text(page->arena, fact, "title", title);
	return value_set(page->arena, fact, "values", value_array(page->arena));
}

static void add_value(struct page *page, struct value *values, const char *text, const char *url)
{
	struct value *value = value_push(page->arena, values, value_object(page->arena));
	view_text(page->arena, value, "text", text);
	view_text(page->arena, value, "url", url);
}

static void add_facts(struct page *page, const struct article *article)
{
	static const struct {
		const char *key, *title;
	} shown[] = { { "kind", "类别" },       { "systems", "系统" },      { "tags", "标签" },
		      { "owner", "责任人" },    { "reviewed", "最近复审" }, { "review_by", "下次复审" },
		      { "related", "相关记录" } };
	struct value *facts = value_set(page->arena, page->view, "facts", value_array(page->arena));
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		const struct value *value = value_get(article->document->front, shown[i].key);
		if (!value)
			continue;
		struct value *values = add_fact(page, facts, shown[i].title);
		if (value->kind == VALUE_STRING)
			add_value(page, values, value->as.string, NULL);
		for (size_t j = 0; value->kind == VALUE_ARRAY && j < value->as.array.count; j++) {
			const char *text = value->as.array.items[j]->as.string;
			const char *record = arena_printf(page->arena, "record:%s", text);
			add_value(page, values, text,
			          strcmp(shown[i].key, "related") == 0
			              ? article_link(page->arena, page->site->articles, page->site->snapshot,
			                             page->site->records, article->path, record)
			              : NULL);
		}
	}
}

static void make_article_page(struct site *site, const struct article *article)
{
	struct page page = page_begin(site, article->url, article->title);
	page_crumb(&page, "知识库", "kb/index.html");
	page_crumb(&page, article->title, NULL);
	add_facts(&page, article);
	struct linking linking = { site, page.arena, article, root_of(page.arena, article->url) };
	struct html_links links = { resolve, &linking };
	struct buf html = BUF_INIT;
	html_paint(article->document, &links, &html);
	page_set(&page, "body", buf_str(&html));
	buf_clear(&html);
	html_paint_contents(article->document, &html);
	page_set(&page, "contents", buf_str(&html));
	buf_free(&html);
	page_end(&page, "article");

	struct search_document found = { .url = article->url, .title = article->title, .kind = article->kind };
	const char *reviewed = value_get_string(article->document->front, "reviewed");
	bool guessed;
	found.has_date = reviewed && date_parse(chunk_of(reviewed), &found.date, &guessed);
	search_add_tree(site->search, found, article->document->root);
}

static void add_article(struct page *page, struct value *list, const struct article *article)
{
	struct value *row = value_push(page->arena, list, value_object(page->arena));
	view_text(page->arena, row, "title", article->title);
	view_text(page->arena, row, "url", article->url + strlen("kb/"));
	const struct value *tags = value_get(article->document->front, "tags");
	struct value *copies = value_set(page->arena, row, "tags", value_array(page->arena));
	for (size_t i = 0; tags && i < tags->as.array.count; i++)
		value_push(page->arena, copies, tags->as.array.items[i]);
}

static size_t shelf_of(const struct article *article)
{
	size_t shelf = 0;
	while (shelf < SHELF_COUNT && strcmp(shelves[shelf], article->kind) != 0)
		shelf++;
	return shelf;
}

void make_article_pages(struct site *site)
{
	const struct articles *articles = site->articles;
	struct page page = page_begin(site, "kb/index.html", "知识库");
	page_crumb(&page, "知识库", NULL);
	view_count(page.arena, page.view, "count", articles->count);
	struct value *list = value_set(page.arena, page.view, "shelves", value_array(page.arena));
	for (size_t shelf = 0; shelf <= SHELF_COUNT; shelf++) {
		struct value *row = value_object(page.arena);
		struct value *rows = value_set(page.arena, row, "articles", value_array(page.arena));
		view_text(page.arena, row, "title", shelf < SHELF_COUNT ? shelves[shelf] : "其他");
		for (size_t i = 0; i < articles->count; i++)
			if (shelf_of(&articles->items[i]) == shelf)
				add_article(&page, rows, &articles->items[i]);
		if (rows->as.array.count)
			value_push(page.arena, list, row);
	}
	page_end(&page, "articles");
	for (size_t i = 0; i < articles->count; i++)
		make_article_page(site, &articles->items[i]);

	size_t count;
	const struct snapshot_file *files = snapshot_below(site->snapshot, "kb/", &count);
	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();
		struct chunk bytes;
		if (!map_get(&articles->by_path, files[i].path) &&
		    snapshot_read(site->snapshot, arena, &files[i], &bytes, site->diags))
			site_put(site, files[i].path, bytes);
		arena_free(arena);
	}
}
