#include "site/review.h"

#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"
#include "site/articles.h"
#include "site/citations.h"
#include "site/lessons.h"

static bool front_date(const struct article *article, const char *key, struct date *out)
{
	const char *text = value_get_string(article->document->front, key);
	bool guessed;
	return text && date_parse(chunk_of(text), out, &guessed);
}

/* Changes that were finished on a system after a day. */
static size_t changes_since(const struct site *site, const char *system_name, struct date day)
{
	size_t count = 0;
	for (size_t i = 0; i < site->ledger_count; i++) {
		const struct ledger *ledger = site->ledgers[i];
		const struct system *system = contract_system(ledger->contract, system_name);
		const struct record_list *changes = ledger_records(ledger, "changes");
		for (size_t j = 0; system && j < changes->count; j++) {
			struct instant finished;
			count += ledger_system(ledger, changes->items[j]) == system &&
			         ledger_instant(ledger, changes->items[j], "finished_at", &finished) &&
			         instant_compare(finished, site->as_of) <= 0 && date_of_instant(finished).day > day.day;
		}
	}
	return count;
}

struct review review_of(const struct site *site, const struct article *article)
{
	struct review review = { .citing = citations_of(site->citations, article->path) };
	review.has_reviewed = front_date(article, "reviewed", &review.reviewed);
	review.has_review_by = front_date(article, "review_by", &review.review_by);
	if (review.has_review_by)
		review.state =
		    review.review_by.day < date_of_instant(site->as_of).day ? REVIEW_OVERDUE : REVIEW_IN_TIME;
	const struct value *systems = value_get(article->document->front, "systems");
	for (size_t i = 0; review.has_reviewed && systems && i < systems->as.array.count; i++)
		review.changes += changes_since(site, systems->as.array.items[i]->as.string, review.reviewed);
	return review;
}

static void add_article(struct page *page, struct value *items, const struct article *article)
{
	struct arena *arena = page->arena;
	struct review review = review_of(page->site, article);
	struct value *row = value_push(arena, items, value_object(arena));
	view_text(arena, row, "title", article->title);
	view_text(arena, row, "url", article->url);
	view_text(arena, row, "owner", value_get_string(article->document->front, "owner"));
	view_text(arena, row, "reviewed", review.has_reviewed ? wording_date(arena, review.reviewed) : WORDING_NONE);
	view_text(arena, row, "review_by", review.has_review_by ? wording_date(arena, review.review_by) : WORDING_NONE);
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

static bool has_article(const struct site *site, struct arena *arena, const struct lesson *lesson)
{
	return cited_by(arena, site->articles, lesson->record, NULL).count > 0;
}

/* Cases that have an earlier one with much the same words, neither with an article. */
static void add_repeats(struct page *page)
{
	const struct lessons *lessons = page->site->lessons;
	struct value *items = value_array(page->arena);
	for (size_t i = 0; i < lessons->count; i++) {
		const struct lesson *lesson = &lessons->items[i];
		struct likeness like[LIKENESS_MOST];
		if (lesson->kind != LESSON_CASE || has_article(page->site, page->arena, lesson))
			continue;
		size_t count = lessons_like(lessons, lesson, like);
		for (size_t j = 0; j < count; j++) {
			struct instant at, earlier;
			if (!like[j].same_words || !ledger_record_at(lesson->ledger, lesson->record, &at) ||
			    !ledger_record_at(like[j].lesson->ledger, like[j].lesson->record, &earlier) ||
			    instant_compare(earlier, at) >= 0 || has_article(page->site, page->arena, like[j].lesson))
				continue;
			struct value *row = value_push(page->arena, items, value_object(page->arena));
			view_text(page->arena, row, "title", lesson->title);
			view_text(page->arena, row, "url", lesson->url);
			view_text(page->arena, row, "id", lesson->record->id);
			view_text(page->arena, row, "earlier", like[j].lesson->title);
			view_text(page->arena, row, "earlier_url", like[j].lesson->url);
			view_text(page->arena, row, "earlier_id", like[j].lesson->record->id);
			break;
		}
	}
	value_set(page->arena, page->view, "repeats", view_list(page->arena, items));
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
	add_repeats(&page);
	page_end(&page, "review");
}
