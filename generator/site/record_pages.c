#include "site/record_pages.h"

#include <stdint.h>
#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"
#include "site/search.h"

static const char *when(struct page *page, const struct ledger *ledger, struct instant instant)
{
	return wording_instant(page->arena, instant, ledger->contract->offset);
}

/* A field's value as readers see it. */
static const char *field_text(struct page *page, const struct ledger *ledger, const struct schema_field *rule,
                              const struct field *field)
{
	switch (rule->type) {
	case FIELD_DATETIME:
		return when(page, ledger, field->as.instant);
	case FIELD_DATE:
		return wording_date(page->arena, field->as.date);
	case FIELD_BOOLEAN:
		return field->as.boolean ? "是" : "否";
	case FIELD_NUMBER:
		return wording_number(page->arena, field->as.number);
	case FIELD_STRING:
		for (size_t i = 0; i < rule->allowed_count && rule->labels; i++)
			if (strcmp(rule->allowed[i], field->text) == 0 && rule->labels[i])
				return rule->labels[i];
		break;
	case FIELD_INTEGER:
	case FIELD_ARRAY:
	case FIELD_OBJECT:
		break;
	}
	if (strcmp(rule->name, "system") == 0) {
		const struct system *system = contract_system(ledger->contract, field->text);
		return system ? system->name : field->text;
	}
	return field->text;
}

static void add_timeline(struct page *page, const struct ledger *ledger, const struct record *record)
{
	const struct field *timeline = record_field(record, "timeline");
	struct value *rows = value_set(page->arena, page->view, "timeline", value_array(page->arena));
	view_flag(page->arena, page->view, "has_timeline", timeline != NULL);
	for (size_t i = 0; timeline && i < timeline->as.tree->as.array.count; i++) {
		const struct value *step = timeline->as.tree->as.array.items[i];
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		const char *at = value_get_string(step, "at");
		struct instant instant;
		bool guessed;
		if (at && instant_parse(chunk_of(at), ledger->contract->offset, &instant, &guessed))
			at = when(page, ledger, instant);
		view_text(page->arena, row, "at", at);
		view_text(page->arena, row, "by", value_get_string(step, "by"));
		view_text(page->arena, row, "text", value_get_string(step, "text"));
	}
}

static void add_fields(struct page *page, const struct ledger *ledger, const struct record *record)
{
	struct value *rows = value_set(page->arena, page->view, "fields", value_array(page->arena));
	for (size_t i = 0; i < record->schema->field_count; i++) {
		const struct schema_field *rule = &record->schema->fields[i];
		const struct field *field = &record->fields[i];
		if (!field->present || rule->type == FIELD_ARRAY || rule->type == FIELD_OBJECT)
			continue;
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		const struct record *other =
		    rule->references ? ledger_find(ledger, rule->references, field->text) : NULL;
		view_text(page->arena, row, "title", rule->title);
		view_text(page->arena, row, "text", field_text(page, ledger, rule, field));
		view_text(page->arena, row, "url",
		          other ? record_url(page->arena, other->contract, rule->references, other->id) : NULL);
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

/* What is found of a record: its fields, a line each, and its timeline. */
static void make_found(struct site *site, const struct ledger *ledger, const struct record *record, const char *url,
                       const struct page *page, const char *title)
{
	struct buf text = BUF_INIT;
	const struct value *fields = value_get(page->view, "fields"), *steps = value_get(page->view, "timeline");
	for (size_t i = 0; i < fields->as.array.count; i++) {
		const struct value *row = fields->as.array.items[i];
		buf_printf(&text, "%s：%s\n", value_get_string(row, "title"), value_get_string(row, "text"));
	}
	for (size_t i = 0; i < steps->as.array.count; i++)
		for (size_t j = 0; j < steps->as.array.items[i]->as.object.count; j++) {
			const struct value *cell = steps->as.array.items[i]->as.object.members[j].value;
			buf_printf(&text, "%s\n", cell->kind == VALUE_STRING ? cell->as.string : "");
		}
	struct search_document found = { .url = url,
		                         .title = title,
		                         .kind = record->schema->title,
		                         .contract = ledger->contract->name,
		                         .text = buf_chunk(&text) };
	struct instant at;
	found.has_date = ledger_record_at(ledger, record, &at);
	if (found.has_date)
		found.date = date_of_instant(at);
	search_add(site->search, &found);
	buf_free(&text);
}

static void make_record_page(struct site *site, const struct ledger *ledger, const struct record *record)
{
	const char *contract = ledger->contract->id, *type = record->schema->type;
	const char *title = record_text(record, "title");
	struct arena *arena = arena_new(); /* the path has to outlive the page */
	struct page page = page_begin(site, record_url(arena, contract, type, record->id), title ? title : record->id);
	page_crumb(&page, ledger->contract->name, arena_printf(page.arena, "%s/index.html", contract));
	page_crumb(&page, record->schema->title, table_url(page.arena, contract, type));
	page_crumb(&page, record->id, NULL);
	page_set(&page, "heading", title ? arena_printf(page.arena, "%s　%s", record->id, title) : record->id);
	page_set(&page, "type_title", record->schema->title);
	page_set(&page, "name", record->name);
	page_set(&page, "place", record->place.path);
	add_fields(&page, ledger, record);
	add_timeline(&page, ledger, record);
	add_verdicts(&page, ledger, record);
	add_history(&page, ledger, record);
	if (record->schema->searched)
		make_found(site, ledger, record, page.path, &page, value_get_string(page.view, "heading"));
	page_end(&page, "record");
	arena_free(arena);
}

/* A table shows the fields that fit on a line: the first few short ones. */
enum { TABLE_COLUMNS = 7, LONG_TEXT = 60 };

static void make_table_page(struct site *site, const struct ledger *ledger, const struct record_table *table)
{
	const struct schema *schema = table->schema;
	const char *contract = ledger->contract->id;
	struct arena *arena = arena_new();
	struct page page = page_begin(site, table_url(arena, contract, schema->type), schema->title);
	page_crumb(&page, ledger->contract->name, arena_printf(page.arena, "%s/index.html", contract));
	page_crumb(&page, schema->title, NULL);
	page_set(&page, "contract_name", ledger->contract->name);
	view_count(page.arena, page.view, "count", table->list.count);

	size_t shown[TABLE_COLUMNS], columns = 0;
	for (size_t i = 0; i < schema->field_count && columns < TABLE_COLUMNS; i++) {
		bool used = false, fits = i != schema->id_field && schema->fields[i].type < FIELD_ARRAY;
		for (size_t j = 0; j < table->list.count && fits; j++) {
			const struct field *field = &table->list.items[j]->fields[i];
			used = used || field->present;
			fits = !field->present || strlen(field->text) <= 3 * LONG_TEXT;
		}
		if (used && fits)
			shown[columns++] = i;
	}
	struct value *heads = value_set(page.arena, page.view, "columns", value_array(page.arena));
	for (size_t i = 0; i < columns; i++)
		value_push(page.arena, heads, value_string(page.arena, schema->fields[shown[i]].title));
	struct value *rows = value_set(page.arena, page.view, "records", value_array(page.arena));
	for (size_t j = 0; j < table->list.count; j++) {
		const struct record *record = table->list.items[j];
		struct value *row = value_push(page.arena, rows, value_object(page.arena));
		view_text(page.arena, row, "id", record->id);
		const char *url = record_url(page.arena, contract, schema->type, record->id);
		view_text(page.arena, row, "url", url + strlen(contract) + strlen("/records/"));
		struct value *cells = value_set(page.arena, row, "cells", value_array(page.arena));
		for (size_t i = 0; i < columns; i++) {
			const struct field *field = &record->fields[shown[i]];
			value_push(
			    page.arena, cells,
			    value_string(page.arena, field->present
			                                 ? field_text(&page, ledger, &schema->fields[shown[i]], field)
			                                 : ""));
		}
	}
	page_end(&page, "records");
	arena_free(arena);
}

void make_record_pages(struct site *site, const struct ledger *ledger)
{
	const struct map *tables = &ledger->records->tables;
	for (size_t i = 0; i < tables->count; i++) {
		const struct record_table *table = tables->entries[i].value;
		make_table_page(site, ledger, table);
		for (size_t j = 0; j < table->list.count; j++)
			make_record_page(site, ledger, table->list.items[j]);
	}
}
