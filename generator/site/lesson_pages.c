#include "site/lesson_pages.h"

#include <stdint.h>
#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"
#include "site/articles.h"
#include "site/record_words.h"
#include "site/search.h"
#include "site/timeline.h"

/* What a lesson tells, in the order in which it is best read; the titles are the schema's. */
static const char
    *const case_sections[] = { "phenomenon", "impact",   "cause",       "cause_analysis", "remedy",
	                       "process",    "solution", "explanation", "note",           "emergency_plan" },
           *const question_sections[] = { "answer", "scope" }, *const case_facts[] = { "system",      "asset",
	                                                                               "level",       "kind",
	                                                                               "unit",        "reported_at",
	                                                                               "restored_at", "closed_at",
	                                                                               "handler" },
           *const question_facts[] = { "system", "kind", "class", "unit", "requested_at", "solved_at", "handler" };

struct names {
	const char *const *items;
	size_t count;
};

#define NAMES(list) ((struct names){ (list), sizeof(list) / sizeof *(list) })

/* Sets "sections" ({id, title, text}) and puts them into the text to be found. */
static void add_sections(struct page *page, const struct lesson *lesson, struct search_document *found,
                         struct search_heading *headings, struct buf *text)
{
	struct names names = lesson->kind == LESSON_CASE ? NAMES(case_sections) : NAMES(question_sections);
	struct value *sections = value_set(page->arena, page->view, "sections", value_array(page->arena));
	for (size_t i = 0; i < names.count; i++) {
		size_t index = schema_field_index(lesson->record->schema, names.items[i]);
		const char *words =
		    index == SIZE_MAX ? NULL : record_words(page->arena, lesson->ledger, lesson->record, index);
		if (!words)
			continue;
		const char *title = lesson->record->schema->fields[index].title;
		struct value *section = value_push(page->arena, sections, value_object(page->arena));
		view_text(page->arena, section, "id", names.items[i]);
		view_text(page->arena, section, "title", title);
		view_text(page->arena, section, "text", words);
		headings[found->heading_count++] = (struct search_heading){ text->len, strlen(title), names.items[i] };
		buf_printf(text, "%s\n%s\n", title, words);
	}
}

static void add_facts(struct page *page, const struct lesson *lesson, struct buf *text)
{
	const struct record *record = lesson->record;
	struct names names = lesson->kind == LESSON_CASE ? NAMES(case_facts) : NAMES(question_facts);
	struct value *facts = value_set(page->arena, page->view, "facts", value_array(page->arena));
	for (size_t i = 0; i < names.count; i++) {
		size_t index = schema_field_index(record->schema, names.items[i]);
		const char *words = index == SIZE_MAX ? NULL : record_words(page->arena, lesson->ledger, record, index);
		if (!words)
			continue;
		const struct schema_field *rule = &record->schema->fields[index];
		bool system = strcmp(rule->name, "system") == 0 && lesson->system;
		const struct record *other =
		    rule->references ? ledger_find(lesson->ledger, rule->references, record->fields[index].text) : NULL;
		struct value *fact = value_push(page->arena, facts, value_object(page->arena));
		view_text(page->arena, fact, "title", rule->title);
		view_text(page->arena, fact, "text", words);
		view_text(page->arena, fact, "url",
		          system  ? system_url(page->arena, lesson->ledger->contract, lesson->system)
		          : other ? record_url(page->arena, record->contract, rule->references, other->id)
		                  : NULL);
		buf_printf(text, "%s：%s\n", rule->title, words);
	}
}

static void add_articles(struct page *page, const struct lesson *lesson)
{
	const struct site *site = page->site;
	struct knowledge_list cited = knowledge_cited(page->arena, site->knowledge, lesson->record, NULL);
	struct value *items = value_array(page->arena);
	for (size_t i = 0; i < cited.count; i++) {
		struct value *item = value_push(page->arena, items, value_object(page->arena));
		const struct article *article = map_get(&site->articles->by_path, cited.items[i]->path);
		view_text(page->arena, item, "title", article->title);
		view_text(page->arena, item, "url", article->url);
	}
	value_set(page->arena, page->view, "articles", view_list(page->arena, items));
}

static void add_like(struct page *page, const struct lesson *lesson)
{
	struct likeness like[LIKENESS_MOST];
	size_t count = lessons_like(page->site->lessons, lesson, NULL, NULL, like);
	struct value *items = value_array(page->arena);
	for (size_t i = 0; i < count; i++) {
		struct value *item = value_push(page->arena, items, value_object(page->arena));
		view_text(page->arena, item, "title", like[i].lesson->title);
		view_text(page->arena, item, "url", lesson_url(page->arena, like[i].lesson));
		view_text(page->arena, item, "id", like[i].lesson->record->id);
		view_text(page->arena, item, "why",
		          like[i].same_asset    ? "同一资产"
		          : like[i].same_words  ? "内容相近"
		          : like[i].same_system ? "同一系统"
		                                : "");
	}
	value_set(page->arena, page->view, "like", view_list(page->arena, items));
}

static void make_lesson_page(struct site *site, const struct lesson *lesson)
{
	enum { SECTIONS_MOST = sizeof case_sections / sizeof *case_sections };
	struct search_heading headings[SECTIONS_MOST];
	const struct record *record = lesson->record;
	bool is_case = lesson->kind == LESSON_CASE;
	struct arena *arena = arena_new(); /* the path has to outlive the page */
	const char *url = lesson_url(arena, lesson);
	struct page page = page_begin(site, url, lesson->title);
	struct search_document found = { .url = url,
		                         .title = arena_printf(page.arena, "%s　%s", record->id, lesson->title),
		                         .kind = is_case ? "案例" : "问答",
		                         .contract = lesson->ledger->contract->name,
		                         .lesson = true,
		                         .headings = headings };
	struct instant at;
	found.has_date = ledger_record_at(lesson->ledger, record, &at);
	if (found.has_date)
		found.date = date_of_instant(at);
	struct buf text = BUF_INIT;
	page_of_contract(&page, lesson->ledger->contract, TAB_KNOWLEDGE);
	page_crumb(&page, record->id, NULL);
	page_set(&page, "heading", lesson->title);
	page_set(&page, "id", record->id);
	page_set(&page, "kind", found.kind);
	page_set(&page, "record", record_url(page.arena, record->contract, record->schema->type, record->id));
	add_sections(&page, lesson, &found, headings, &text);
	add_facts(&page, lesson, &text);
	timeline_set(&page, lesson->ledger, record, &text);
	add_articles(&page, lesson);
	add_like(&page, lesson);
	found.text = buf_chunk(&text);
	search_add(site->search, &found);
	buf_free(&text);
	page_end(&page, "lesson");
	arena_free(arena);
}

static void add_lessons(struct page *page, const struct ledger *ledger, enum lesson_kind kind, const char *name)
{
	const struct lessons *lessons = page->site->lessons;
	struct value *items = value_array(page->arena);
	for (size_t i = lessons->count; i-- > 0;) {
		const struct lesson *lesson = &lessons->items[i];
		struct instant at;
		if (lesson->ledger != ledger || lesson->kind != kind)
			continue;
		struct value *item = value_push(page->arena, items, value_object(page->arena));
		view_text(page->arena, item, "title", lesson->title);
		view_text(page->arena, item, "url", lesson_url(page->arena, lesson));
		view_text(page->arena, item, "system", lesson->system ? lesson->system->name : WORDING_NONE);
		view_text(
		    page->arena, item, "class",
		    record_words_of(page->arena, ledger, lesson->record, kind == LESSON_CASE ? "level" : "class"));
		view_text(
		    page->arena, item, "about",
		    record_words_of(page->arena, ledger, lesson->record, kind == LESSON_CASE ? "cause" : "answer"));
		view_text(page->arena, item, "at",
		          ledger_record_at(ledger, lesson->record, &at) ? wording_date(page->arena, date_of_instant(at))
		                                                        : WORDING_NONE);
	}
	value_set(page->arena, page->view, name, view_list(page->arena, items));
}

void make_lesson_pages(struct site *site, const struct ledger *ledger)
{
	struct page page = page_begin(site, tab_url(site->arena, ledger->contract, TAB_KNOWLEDGE), "案例与问答");
	page_of_contract(&page, ledger->contract, TAB_KNOWLEDGE);
	add_lessons(&page, ledger, LESSON_CASE, "cases");
	add_lessons(&page, ledger, LESSON_QUESTION, "questions");
	page_end(&page, "knowledge");
	for (size_t i = 0; i < site->lessons->count; i++)
		if (site->lessons->items[i].ledger == ledger)
			make_lesson_page(site, &site->lessons->items[i]);
}
