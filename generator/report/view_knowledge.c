/* Knowledge: which articles helped in the period, what recurred without one, and
 * which of them are not to be trusted as they stood at its end. */
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

/* An article, and the records of the period that name it. */
struct use {
	const struct knowledge_article *article;
	struct sources records;
};

struct uses {
	struct use *items; /* by first use */
	size_t count, capacity;
};

static void add_use(const struct view *view, struct uses *uses, const struct knowledge_article *article,
                    const struct record *record)
{
	size_t i = 0;
	while (i < uses->count && uses->items[i].article != article)
		i++;
	if (i == uses->count)
		arena_push(view->arena, uses->items, uses->count, uses->capacity, (struct use){ .article = article });
	view_source(view, &uses->items[i].records, record);
}

static bool is_in_period(const struct view *view, const struct record *record, const char *field)
{
	struct instant at;
	return ledger_instant(view->ledger, record, field, &at) && instant_compare(at, view_closing(view)) <= 0 &&
	       instant_compare(at, span_from(view->span, view->offset)) >= 0;
}

static struct value *article_value(const struct view *view, struct value *items,
                                   const struct knowledge_article *article)
{
	struct value *item = value_push(view->arena, items, value_object(view->arena));
	view_text(view->arena, item, "title", article->title);
	view_text(view->arena, item, "path", article->path);
	return item;
}

/* Of a record no more than what tables say of it. */
static struct value *record_value(const struct view *view, const struct record *record)
{
	struct value *row = value_object(view->arena);
	view_text(view->arena, row, "record", record->name);
	view_text(view->arena, row, "id", record->id);
	view_text(view->arena, row, "title", view_title(view, record));
	return row;
}

/* The records of type that were done in the period, by the field that says so. */
static struct value *cited_value(const struct view *view, const char *type, const char *done, struct uses *uses)
{
	const struct record_list *records = ledger_records(view->ledger, type);
	struct value *object = value_object(view->arena), *items = value_array(view->arena);
	size_t citing = 0;
	for (size_t i = 0; i < records->count; i++) {
		const struct record *record = records->items[i];
		if (!is_in_period(view, record, done))
			continue;
		struct knowledge_list cited =
		    knowledge_cited(view->arena, view->reporter->source.knowledge, record, NULL);
		struct value *row = value_push(view->arena, items, record_value(view, record)),
		             *articles = value_array(view->arena);
		for (size_t j = 0; j < cited.count; j++) {
			article_value(view, articles, cited.items[j]);
			add_use(view, uses, cited.items[j], record);
		}
		value_set(view->arena, row, "cited", view_list(view->arena, articles));
		citing += cited.count > 0;
	}
	view_count(view->arena, object, "closed", items->as.array.count);
	view_count(view->arena, object, "citing", citing);
	view_text(view->arena, object, "share", wording_percent(view->arena, citing, items->as.array.count));
	value_set(view->arena, object, "list", view_list(view->arena, items));
	return object;
}

/* The most used first. */
static struct value *used_value(const struct view *view, const struct uses *uses)
{
	struct value *items = value_array(view->arena);
	size_t most = 0;
	for (size_t i = 0; i < uses->count; i++)
		most = uses->items[i].records.count > most ? uses->items[i].records.count : most;
	for (size_t times = most; times > 0; times--)
		for (size_t i = 0; i < uses->count; i++)
			if (uses->items[i].records.count == times) {
				struct value *item = article_value(view, items, uses->items[i].article);
				view_count(view->arena, item, "times", times);
				view_sources(view, item, &uses->items[i].records);
			}
	return view_list(view->arena, items);
}

static struct value *repeats_value(const struct view *view)
{
	const struct gaps *gaps = view->reporter->gaps;
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < gaps->lessons->count; i++) {
		const struct lesson *lesson = &gaps->lessons->items[i], *earlier;
		if (!is_in_period(view, lesson->record, "closed_at") || !(earlier = knowledge_repeated(gaps, lesson)))
			continue;
		struct value *row = value_push(view->arena, items, record_value(view, lesson->record));
		view_text(view->arena, row, "system", lesson->system ? lesson->system->name : NULL);
		value_set(view->arena, row, "earlier", record_value(view, earlier->record));
	}
	return view_list(view->arena, items);
}

/* The longest overdue first. */
static struct value *overdue_value(const struct view *view, struct date day)
{
	struct knowledge_list list = { 0 };
	const struct knowledge_list *all = &view->reporter->concerning;
	for (size_t i = 0; i < all->count; i++) {
		if (knowledge_review(all->items[i], day) != REVIEW_OVERDUE)
			continue;
		arena_push(view->arena, list.items, list.count, list.capacity, all->items[i]);
		for (size_t at = list.count - 1;
		     at > 0 && list.items[at - 1]->review_by.day > list.items[at]->review_by.day; at--) {
			const struct knowledge_article *later = list.items[at - 1];
			list.items[at - 1] = list.items[at];
			list.items[at] = later;
		}
	}
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < list.count; i++) {
		struct value *item = article_value(view, items, list.items[i]);
		view_text(view->arena, item, "owner", list.items[i]->owner);
		view_text(view->arena, item, "due", wording_day(view->arena, list.items[i]->review_by, view->year));
		view_count(view->arena, item, "days", (size_t)(day.day - list.items[i]->review_by.day));
	}
	return view_list(view->arena, items);
}

/* The one that was finished last. */
static const struct record *last_change(const struct view *view, const struct record_list *changes)
{
	const struct record *last = NULL;
	struct instant latest = { 0 }, finished;
	for (size_t i = 0; i < changes->count; i++)
		if (ledger_instant(view->ledger, changes->items[i], "finished_at", &finished) &&
		    (!last || instant_compare(finished, latest) >= 0)) {
			last = changes->items[i];
			latest = finished;
		}
	return last;
}

static struct value *changed_value(const struct view *view)
{
	struct value *items = value_array(view->arena);
	const struct knowledge_list *all = &view->reporter->concerning;
	for (size_t i = 0; i < all->count; i++) {
		struct record_list changes = { 0 };
		struct sources sources = { 0 };
		knowledge_changes(view->arena, all->items[i], view->ledger, view_closing(view), &changes);
		if (!changes.count)
			continue;
		struct value *item = article_value(view, items, all->items[i]);
		view_text(view->arena, item, "reviewed", wording_day(view->arena, all->items[i]->reviewed, view->year));
		view_count(view->arena, item, "times", changes.count);
		for (size_t j = 0; j < changes.count; j++)
			view_source(view, &sources, changes.items[j]);
		view_sources(view, item, &sources);
		value_set(view->arena, item, "last", record_value(view, last_change(view, &changes)));
	}
	return view_list(view->arena, items);
}

struct value *view_knowledge(const struct view *view)
{
	if (!view->reporter->source.knowledge)
		return value_null(view->arena);
	struct date day = date_of_instant((struct instant){ view_closing(view).seconds, view->offset });
	struct uses uses = { 0 };
	struct value *object = value_object(view->arena);
	view_count(view->arena, object, "articles", view->reporter->concerning.count);
	view_flag(view->arena, object, "any", view->reporter->concerning.count > 0);
	view_text(view->arena, object, "until", wording_day(view->arena, day, view->year));
	value_set(view->arena, object, "incidents", cited_value(view, "incidents", "closed_at", &uses));
	value_set(view->arena, object, "requests", cited_value(view, "requests", "solved_at", &uses));
	value_set(view->arena, object, "used", used_value(view, &uses));
	value_set(view->arena, object, "repeats", repeats_value(view));
	value_set(view->arena, object, "overdue", overdue_value(view, day));
	value_set(view->arena, object, "changed", changed_value(view));
	return object;
}
