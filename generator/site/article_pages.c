#include "site/article_pages.h"

#include <string.h>

#include "document/html.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "site/address.h"
#include "site/handbook.h"
#include "site/kb_history.h"
#include "site/record_words.h"
#include "site/review.h"
#include "site/search.h"
#include "site/tags.h"

static const char RECORD[] = "record:"; /* how the address of a record begins */

struct linking {
	struct site *site;
	struct arena *arena;
	const struct article *article;
	const char *root;
};

/* Whether the site that is made has the pages of a contract. */
static bool has_pages(const struct site *site, const char *contract, size_t len)
{
	for (size_t i = 0; i < site->ledger_count; i++) {
		const char *id = site->ledgers[i]->contract->id;
		if (strlen(id) == len && memcmp(id, contract, len) == 0)
			return true;
	}
	return false;
}

/* A record of a contract that the site leaves out is named and not linked. */
static const char *resolve(const char *url, void *context)
{
	const struct linking *linking = context;
	const struct site *site = linking->site;
	if (strncmp(url, RECORD, strlen(RECORD)) == 0) {
		const char *contract = url + strlen(RECORD);
		if (!has_pages(site, contract, strcspn(contract, "/")))
			return NULL;
	}
	const char *target =
	    article_link(linking->arena, site->articles, site->snapshot, site->records, linking->article->path, url);
	bool outside = !target || target[0] == '#' || target[strcspn(target, ":/")] == ':';
	return outside ? target : arena_printf(linking->arena, "%s%s", linking->root, target);
}

static const char *system_link(const struct site *site, struct arena *arena, const char *name)
{
	for (size_t i = 0; i < site->ledger_count; i++) {
		const struct system *system = contract_system(site->ledgers[i]->contract, name);
		if (system)
			return system_url(arena, site->ledgers[i]->contract, system);
	}
	return NULL;
}

static void add_value(struct arena *arena, struct value *values, const char *text, const char *url)
{
	struct value *value = value_push(arena, values, value_object(arena));
	view_text(arena, value, "text", text);
	view_text(arena, value, "url", url);
}

static const struct record *find_record(const struct site *site, struct arena *arena, const char *name)
{
	char *contract = arena_strdup(arena, name), *type = strchr(contract, '/');
	char *id = type ? strchr(type + 1, '/') : NULL;
	if (!id)
		return NULL;
	*type++ = *id++ = '\0';
	const struct contract_records *found = records_contract(site->records, contract);
	return found ? records_find(found, type, id) : NULL;
}

/* A record by its heading; the link leads to the lesson drawn from it where there is one. */
static void add_record(struct page *page, struct value *values, const struct record *record)
{
	if (!record || !has_pages(page->site, record->contract, strlen(record->contract)))
		return;
	const struct lesson *lesson = lesson_of(page->site->lessons, record);
	add_value(page->arena, values, record_heading(page->arena, record),
	          lesson ? lesson_url(page->arena, lesson)
	                 : record_url(page->arena, record->contract, record->schema->type, record->id));
}

static void add_facts(struct page *page, const struct article *article)
{
	static const struct {
		const char *key, *title;
	} shown[] = { { "kind", "类别" },       { "systems", "系统" },      { "tags", "标签" },
		      { "owner", "责任人" },    { "reviewed", "最近复审" }, { "review_by", "下次复审" },
		      { "related", "相关记录" } };
	struct arena *arena = page->arena;
	struct value *facts = value_set(arena, page->view, "facts", value_array(arena));
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		const struct value *value = value_get(article->document->front, shown[i].key);
		if (!value)
			continue;
		struct value *values = value_array(arena);
		if (value->kind == VALUE_STRING)
			add_value(arena, values, value->as.string, NULL);
		for (size_t j = 0; value->kind == VALUE_ARRAY && j < value->as.array.count; j++) {
			const char *text = value->as.array.items[j]->as.string;
			if (strcmp(shown[i].key, "related") == 0)
				add_record(page, values, find_record(page->site, arena, text));
			else
				add_value(arena, values, text,
				          strcmp(shown[i].key, "tags") == 0 ? tag_url(arena, page->site->tags, text)
				                                            : system_link(page->site, arena, text));
		}
		if (!values->as.array.count)
			continue; /* records of contracts that the site leaves out */
		struct value *fact = value_push(arena, facts, value_object(arena));
		view_text(arena, fact, "title", shown[i].title);
		value_set(arena, fact, "values", values);
	}
}

static void add_citing(struct page *page, const struct review *review)
{
	struct value *items = value_array(page->arena);
	for (size_t i = review->citing.count; i-- > 0;)
		add_record(page, items, review->citing.items[i]);
	value_set(page->arena, page->view, "citing", view_list(page->arena, items));
}

static void add_revisions(struct page *page, const struct article *article)
{
	const struct revisions *revisions = map_get(&page->site->kb_history->by_path, article->path);
	struct value *items = value_array(page->arena);
	for (size_t i = revisions ? revisions->count : 0; i-- > 0;) {
		const struct revision *revision = &revisions->items[i];
		struct value *row = value_push(page->arena, items, value_object(page->arena));
		view_text(page->arena, row, "when", wording_instant(page->arena, revision->at, OFFSET_CHINA));
		view_text(page->arena, row, "author", revision->author);
		view_text(page->arena, row, "subject", revision->subject);
		view_text(page->arena, row, "short", arena_strndup(page->arena, revision->commit, COMMIT_SHORT));
	}
	value_set(page->arena, page->view, "revisions", view_list(page->arena, items));
}

/* Whether the text begins with its own title; else the page prints it. */
static bool has_heading(const struct document *document)
{
	for (const struct node *node = document->root->first; node; node = node->next)
		if ((node->kind == NODE_HEADING && node->as.heading->level == 1) || node->kind == NODE_COVER)
			return true;
	return false;
}

void make_article_page(struct site *site, size_t index)
{
	const struct article *article = site->shelves->articles[index],
	                     *previous = shelves_before(site->shelves, index),
	                     *next = shelves_behind(site->shelves, index);
	struct page page = page_begin(site, article->url, article->title);
	struct review review = review_of(site, article);
	page_crumb(&page, "知识库", "kb/index.html");
	page_crumb(&page, article->title, NULL);
	page_turn(&page, previous ? previous->title : NULL, previous ? previous->url : NULL, next ? next->title : NULL,
	          next ? next->url : NULL);
	page_set(&page, "path", article->path);
	page_set(&page, "edit", address_to_edit(page.arena, site, article->path));
	page_set(&page, "heading", has_heading(article->document) ? NULL : article->title);
	view_flag(page.arena, page.view, "overdue", review.state == REVIEW_OVERDUE);
	value_set(page.arena, page.view, "changes",
	          review.changes ? value_number(page.arena, (double)review.changes) : value_null(page.arena));
	add_facts(&page, article);
	add_citing(&page, &review);
	add_revisions(&page, article);
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

	struct search_document found = {
		.url = article->url, .title = article->title, .kind = article->kind, .lesson = true
	};
	found.has_date = review.article->has_reviewed;
	found.date = review.article->reviewed;
	search_add_tree(site->search, found, article->document->root);
}

static void add_article(struct page *page, struct value *list, const struct article *article)
{
	struct arena *arena = page->arena;
	struct review review = review_of(page->site, article);
	struct value *row = value_push(arena, list, value_object(arena));
	view_text(arena, row, "title", article->title);
	view_text(arena, row, "url", article->url);
	view_flag(arena, row, "overdue", review.state == REVIEW_OVERDUE);
	value_set(arena, row, "citing",
	          review.citing.count ? value_number(arena, (double)review.citing.count) : value_null(arena));
	struct value *tags = value_set(arena, row, "tags", value_array(arena));
	const struct value *names = value_get(article->document->front, "tags");
	for (size_t i = 0; names && i < names->as.array.count; i++)
		add_value(arena, tags, names->as.array.items[i]->as.string,
		          tag_url(arena, page->site->tags, names->as.array.items[i]->as.string));
}

void copy_attachments(struct site *site)
{
	size_t count;
	const struct snapshot_file *files = snapshot_below(site->snapshot, "kb/", &count);
	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();
		struct chunk bytes;
		if (!map_get(&site->articles->by_path, files[i].path) &&
		    snapshot_read(site->snapshot, arena, &files[i], &bytes, site->diags))
			site_put(site, files[i].path, bytes);
		arena_free(arena);
	}
}

void make_article_list(struct site *site)
{
	struct page page = page_begin(site, "kb/index.html", "知识库");
	page_crumb(&page, "知识库", NULL);
	view_count(page.arena, page.view, "count", site->articles->count);
	struct value *list = value_set(page.arena, page.view, "shelves", value_array(page.arena));
	for (size_t i = 0; i < site->shelves->count; i++) {
		const struct shelf *shelf = &site->shelves->items[i];
		struct value *row = value_push(page.arena, list, value_object(page.arena));
		view_text(page.arena, row, "title", shelf->title);
		struct value *articles = value_set(page.arena, row, "articles", value_array(page.arena));
		for (size_t j = 0; j < shelf->count; j++)
			add_article(&page, articles, shelf->items[j]);
	}
	view_flag(page.arena, page.view, "handbook", handbook_wanted(site));
	struct value *drawn = value_set(page.arena, page.view, "drawn", value_array(page.arena));
	for (size_t i = 0; i < site->ledger_count; i++)
		add_value(page.arena, drawn, site->ledgers[i]->contract->name,
		          tab_url(page.arena, site->ledgers[i]->contract, TAB_KNOWLEDGE));
	page_end(&page, "articles");
}
