#include "site/record_pages.h"

#include <stdint.h>
#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"
#include "site/lessons.h"
#include "site/life.h"
#include "site/record_words.h"
#include "site/search.h"
#include "site/timeline.h"

static const char *when(struct page *page, const struct ledger *ledger, struct instant instant)
{
	return wording_instant(page->arena, instant, ledger->contract->offset);
}

/* The fields, a row each, and a line each of the text to be found. */
static void add_fields(struct page *page, const struct ledger *ledger, const struct record *record, struct buf *text)
{
	struct value *rows = value_set(page->arena, page->view, "fields", value_array(page->arena));
	for (size_t i = 0; i < record->schema->field_count; i++) {
		const struct schema_field *rule = &record->schema->fields[i];
		const char *words = record_words(page->arena, ledger, record, i);
		if (!words)
			continue;
		const struct record *other =
		    rule->references ? ledger_find(ledger, rule->references, record->fields[i].text) : NULL;
		const struct system *system = strcmp(rule->name, "system") == 0
		                                  ? contract_system(ledger->contract, record->fields[i].text)
		                                  : NULL;
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		view_text(page->arena, row, "title", rule->title);
		view_text(page->arena, row, "text", words);
		view_text(page->arena, row, "url",
		          other    ? record_url(page->arena, other->contract, rule->references, other->id)
		          : system ? system_url(page->arena, ledger->contract, system)
		                   : NULL);
		buf_printf(text, "%s：%s\n", rule->title, words);
	}
}

static void add_verdicts(struct page *page, const struct ledger *ledger, const struct record *record)
{
	struct value *rows = value_set(page->arena, page->view, "verdicts", value_array(page->arena));
	const struct contract *contract = ledger->contract;
	for (size_t i = 0; i < contract->target_count; i++) {
		struct clock_reading reading =
		    clock_read(ledger, &contract->targets[i], record, page->site->as_of, NULL);
		if (reading.verdict == VERDICT_NOT_APPLICABLE)
			continue;
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		view_text(page->arena, row, "clause", reading.target->item.clause);
		view_text(page->arena, row, "target", reading.target->item.name);
		view_text(page->arena, row, "from", reading.has_from ? when(page, ledger, reading.from) : WORDING_NONE);
		view_text(page->arena, row, "deadline",
		          reading.has_deadline ? when(page, ledger, reading.deadline) : WORDING_NONE);
		view_text(page->arena, row, "to", reading.has_to ? when(page, ledger, reading.to) : WORDING_NONE);
		view_text(page->arena, row, "verdict", wording_verdict(reading.verdict));
		view_text(page->arena, row, "style",
		          reading.verdict == VERDICT_MISSED ? "bad"
		          : reading.verdict == VERDICT_MET  ? "good"
		                                            : "wait");
		view_text(page->arena, row, "overrun",
		          reading.overrun_seconds ? wording_duration(page->arena, reading.overrun_seconds)
		                                  : WORDING_NONE);
		view_flag(page->arena, row, "provisional", reading.provisional);
	}
	view_flag(page->arena, page->view, "has_verdicts", rows->as.array.count > 0);
}

static const char *field_title(const struct schema *schema, const char *name)
{
	size_t index = schema_field_index(schema, name);
	return index == SIZE_MAX ? name : schema->fields[index].title;
}

static struct value *commit_facts(struct page *page, const struct ledger *ledger, const struct commit *commit)
{
	struct value *facts = value_object(page->arena);
	view_text(page->arena, facts, "short", arena_strndup(page->arena, commit->id, COMMIT_SHORT));
	view_text(page->arena, facts, "commit", commit->id);
	view_text(page->arena, facts, "author", commit->author.name);
	view_text(page->arena, facts, "author_when", when(page, ledger, commit->author.at));
	view_text(page->arena, facts, "committer", commit->committer.name);
	view_text(page->arena, facts, "when", when(page, ledger, commit->committer.at));
	return facts;
}

static const char *change_text(const struct event *event)
{
	switch (event->change) {
	case CHANGE_ADDED:
		return event->again ? "重新出现" : "首次提交";
	case CHANGE_CHANGED:
		return "修改";
	case CHANGE_REMOVED:
		return "删除";
	}
	die("an event of kind %d", (int)event->change);
}

static void add_history(struct page *page, const struct ledger *ledger, const struct record *record)
{
	const struct life *life = provenance_of(page->site->provenance, record->name);
	if (!life)
		die("%s is in the commit but not in its history", record->name);
	struct value *events = value_set(page->arena, page->view, "events", value_array(page->arena));
	for (size_t i = 0; i < life->event_count; i++) {
		const struct event *event = &life->events[i];
		struct value *facts =
		    value_push(page->arena, events, commit_facts(page, ledger, &event->commit->facts));
		bool changed = event->change == CHANGE_CHANGED;
		view_text(page->arena, facts, "change", change_text(event));
		view_flag(page->arena, facts, "has_changes", changed);
		struct value *rows = value_set(page->arena, facts, "changes", value_array(page->arena));
		for (size_t j = 0; changed && j < event->field_count; j++) {
			struct value *row = value_push(page->arena, rows, value_object(page->arena));
			view_text(page->arena, row, "title", field_title(record->schema, event->fields[j].name));
			view_text(page->arena, row, "old", event->fields[j].before);
			view_text(page->arena, row, "new", event->fields[j].after);
		}
	}
	value_set(page->arena, page->view, "first", commit_facts(page, ledger, &life_first(life)->commit->facts));
	value_set(page->arena, page->view, "last", commit_facts(page, ledger, &life_last(life)->commit->facts));
}

static void make_found(struct site *site, const struct ledger *ledger, const struct record *record, const char *url,
                       const char *title, struct chunk text)
{
	struct search_document found = { .url = url,
		                         .title = title,
		                         .kind = record->schema->title,
		                         .contract = ledger->contract->name,
		                         .text = text };
	struct instant at;
	found.has_date = ledger_record_at(ledger, record, &at);
	if (found.has_date)
		found.date = date_of_instant(at);
	search_add(site->search, &found);
}

static void make_record_page(struct site *site, const struct ledger *ledger, const struct record *record)
{
	const char *contract = ledger->contract->id, *type = record->schema->type;
	struct arena *arena = arena_new(); /* the path has to outlive the page */
	const char *heading = record_heading(arena, record);
	const struct lesson *lesson = lesson_of(site->lessons, record);
	struct page page = page_begin(site, record_url(arena, contract, type, record->id), heading);
	page_of_contract(&page, ledger->contract, TAB_RECORDS);
	page_crumb(&page, record->schema->title, table_url(page.arena, contract, type));
	page_crumb(&page, record->id, NULL);
	page_set(&page, "heading", heading);
	page_set(&page, "type_title", record->schema->title);
	page_set(&page, "name", record->name);
	page_set(&page, "place", record->place.path);
	page_set(&page, "lesson", lesson ? lesson->url : NULL);
	struct buf text = BUF_INIT;
	add_fields(&page, ledger, record, &text);
	timeline_set(&page, ledger, record, &text);
	add_verdicts(&page, ledger, record);
	struct record_list life = life_of_record(ledger, page.arena, record);
	life_set(&page, ledger, &life);
	add_history(&page, ledger, record);
	if (record->schema->searched && !lesson) /* else the lesson's page is found */
		make_found(site, ledger, record, page.path, heading, buf_chunk(&text));
	buf_free(&text);
	page_end(&page, "record");
	arena_free(arena);
}

void make_record_pages(struct site *site, const struct ledger *ledger)
{
	const struct map *tables = &ledger->records->tables;
	for (size_t i = 0; i < tables->count; i++) {
		const struct record_table *table = tables->entries[i].value;
		for (size_t j = 0; j < table->list.count; j++)
			make_record_page(site, ledger, table->list.items[j]);
	}
}
