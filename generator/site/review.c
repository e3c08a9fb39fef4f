#include "site/review.h"

#include "report/view_value.h"
#include "report/wording.h"
#include "site/articles.h"
#include "site/citations.h"

struct review review_of(const struct site *site, const struct article *article)
{
	const struct knowledge_article *facts = map_get(&site->knowledge->by_path, article->path);
	struct instant as_of = { site->as_of.seconds, OFFSET_CHINA };
	struct review review = { .article = facts,
		                 .state = knowledge_review(facts, date_of_instant(as_of)),
		                 .citing = citations_of(site->citations, article->path) };
	struct arena *scratch = arena_new();
	struct record_list changes = { 0 };
	for (size_t i = 0; i < site->ledger_count; i++)
		knowledge_changes(scratch, facts, site->ledgers[i], as_of, &changes);
	review.changes = changes.count;
	arena_free(scratch);
	return review;
}

static void add_article(struct page *page, struct value *items, const struct article *article)
{
	struct arena *arena = page->arena;
	struct review review = review_of(page->site, article);
	const struct knowledge_article *facts = review.article;
	struct value *row = value_push(arena, items, value_object(arena));
	view_text(arena, row, "title", article->title);
	view_text(arena, row, "url", article->url);
	view_text(arena, row, "owner", facts->owner);
	view_text(arena, row, "reviewed", facts->has_reviewed ? wording_date(arena, facts->reviewed) : WORDING_NONE);
	view_text(arena, row, "review_by", facts->has_review_by ? wording_date(arena, facts->review_by) : WORDING_NONE);
	view_text(arena, row, "state",
	          review.state == REVIEW_OVERDUE   ? "已逾期"
	          : review.state == REVIEW_IN_TIME ? "未到期"
	                                           : "未安排");
	view_text(arena, row, "style",
	          review.state == REVIEW_OVERDUE   ? "bad"
	          : review.state == REVIEW_IN_TIME ? "good"
	                                           : "wait");
	view_count(arena, row, "citing", review.citing.count);
	view_count(arena, row, "changes", review.changes);
}

/* The repeats of one contract: its reports tell the same ones. */
static void add_repeats(struct page *page, const struct ledger *ledger, struct value *items)
{
	struct arena *scratch = arena_new();
	const struct site *site = page->site;
	const struct lessons *lessons = lessons_gather(scratch, &ledger, 1, site->as_of);
	const struct gaps *gaps = knowledge_gaps(scratch, site->knowledge, lessons);
	for (size_t i = 0; i < lessons->count; i++) {
		const struct lesson *lesson = &lessons->items[i], *earlier = knowledge_repeated(gaps, lesson);
		if (!earlier)
			continue;
		struct value *row = value_push(page->arena, items, value_object(page->arena));
		view_text(page->arena, row, "title", lesson->title);
		view_text(page->arena, row, "url", lesson_url(page->arena, lesson));
		view_text(page->arena, row, "id", lesson->record->id);
		view_text(page->arena, row, "earlier", earlier->title);
		view_text(page->arena, row, "earlier_url", lesson_url(page->arena, earlier));
		view_text(page->arena, row, "earlier_id", earlier->record->id);
	}
	arena_free(scratch);
}

void make_review_page(struct site *site)
{
	struct page page = page_begin(site, "kb/review.html", "知识复审");
	page_crumb(&page, "知识库", "kb/index.html");
	page_crumb(&page, "知识复审", NULL);
	struct value *items = value_array(page.arena);
	for (size_t i = 0; i < site->articles->count; i++)
		add_article(&page, items, &site->articles->items[i]);
	value_set(page.arena, page.view, "articles", view_list(page.arena, items));
	struct value *repeats = value_array(page.arena);
	for (size_t i = 0; i < site->ledger_count; i++)
		add_repeats(&page, site->ledgers[i], repeats);
	value_set(page.arena, page.view, "repeats", view_list(page.arena, repeats));
	page_end(&page, "review");
}
