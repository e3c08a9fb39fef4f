#include "site/record_pages.h"

#include <stdint.h>
#include <string.h>

#include "base/parallel.h"
#include "proof/trace.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "site/audit_page.h"
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

/* The fields of an event; of one that removed the record, what it had said. */
static void add_changes(struct page *page, const struct schema *schema, const struct event *event, struct value *facts)
{
	size_t count = event->field_count;
	const struct field_change *changes = event->fields;
	if (event->change == CHANGE_REMOVED)
		changes = provenance_fields(page->site->provenance, event, page->arena, &count, page->site->diags);
	bool told = event->change != CHANGE_ADDED && changes;
	view_flag(page->arena, facts, "has_changes", told && count > 0);
	struct value *rows = value_set(page->arena, facts, "changes", value_array(page->arena));
	for (size_t i = 0; told && i < count; i++) {
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		view_text(page->arena, row, "title", schema ? field_title(schema, changes[i].name) : changes[i].name);
		view_text(page->arena, row, "old", changes[i].before);
		view_text(page->arena, row, "new", changes[i].after);
	}
}

static void add_history(struct page *page, const struct ledger *ledger, const struct life *life)
{
	const struct schema *schema = life_schema(page->site->provenance, life);
	struct value *events = value_set(page->arena, page->view, "events", value_array(page->arena));
	for (size_t i = 0; i < life->event_count; i++) {
		const struct event *event = &life->events[i];
		struct value *facts =
		    value_push(page->arena, events, commit_facts(page, ledger, &event->commit->facts));
		view_text(page->arena, facts, "change", change_text(event));
		view_text(page->arena, facts, "subject", event->commit->facts.subject);
		view_text(page->arena, facts, "signature", signature_name(event->commit->signature));
		add_changes(page, schema, event, facts);
	}
	value_set(page->arena, page->view, "first", commit_facts(page, ledger, &life_first(life)->commit->facts));
	value_set(page->arena, page->view, "last", commit_facts(page, ledger, &life_last(life)->commit->facts));
}

static void add_flags(struct page *page, const struct audit *audit, const char *name)
{
	struct value *rows = value_array(page->arena);
	const struct flag *flag = NULL;
	for (size_t i = audit_flags_of(audit, name, &flag); i-- > 0; flag++)
		audit_flag_row(page, audit, flag, rows);
	value_set(page->arena, page->view, "flags", view_list(page->arena, rows));
}

static void add_lag(struct page *page, const struct ledger *ledger, const struct record *record,
                    const struct life *life)
{
	static const struct {
		const char *text, *style;
	} verdicts[] = {
		[LAG_ON_TIME] = { "时限内", "good" },
		[LAG_LATE] = { "补录逾期", "bad" },
		[LAG_IMPORTED] = { "一次性导入", "wait" },
		[LAG_UNJUDGED] = { NULL, "" },
	};
	struct arena *arena = page->arena;
	struct lag lag = lag_of(ledger, record, life);
	value_set(arena, page->view, "lag", value_null(arena));
	struct instant at;
	if (!ledger_record_at(ledger, record, &at))
		return;
	struct value *value = value_set(arena, page->view, "lag", value_object(arena));
	bool ahead = lag.seconds < 0;
	const char *text = arena_printf(arena, "%s发生，%s首次提交，%s%s", when(page, ledger, lag.event),
	                                when(page, ledger, lag.recorded), ahead ? "早于发生" : "相隔",
	                                wording_duration(arena, ahead ? -lag.seconds : lag.seconds));
	if (lag.verdict == LAG_LATE || lag.verdict == LAG_ON_TIME)
		text = arena_printf(arena, "%s，应于%s前录入", text, when(page, ledger, lag.limit));
	view_text(arena, value, "text", text);
	view_text(arena, value, "verdict", verdicts[lag.verdict].text);
	view_text(arena, value, "style", verdicts[lag.verdict].style);
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

/* The making of pages of records that are, and of some that are gone. */
struct making {
	struct site *site;
	const struct ledger *ledger;
	const struct audit *audit;
	struct record *const *records;
	const struct life **gone;
};

static void make_record_page(size_t index, size_t lane, void *context)
{
	const struct making *making = context;
	struct site *site = making->site;
	const struct ledger *ledger = making->ledger;
	const struct audit *audit = making->audit;
	const struct record *record = making->records[index];
	(void)lane;
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
	page_set(&page, "lesson", lesson ? lesson_url(page.arena, lesson) : NULL);
	struct buf text = BUF_INIT;
	add_fields(&page, ledger, record, &text);
	timeline_set(&page, ledger, record, &text);
	add_verdicts(&page, ledger, record);
	struct record_list life = life_of_record(ledger, page.arena, record);
	life_set(&page, ledger, &life);
	const struct life *whole = provenance_of(site->provenance, record->name);
	if (!whole)
		die("%s is in the commit but not in its history", record->name);
	add_lag(&page, ledger, record, whole);
	add_flags(&page, audit, record->name);
	add_history(&page, ledger, whole);
	if (record->schema->searched && !lesson) /* else the lesson's page is found */
		make_found(site, ledger, record, page.path, heading, buf_chunk(&text));
	buf_free(&text);
	page_end(&page, "record");
	arena_free(arena);
}

bool life_is_gone(const struct ledger *ledger, const struct life *life)
{
	return strcmp(life->contract, ledger->contract->id) == 0 && !ledger_find(ledger, life->type, life->id) &&
	       life_last(life)->change == CHANGE_REMOVED;
}

static void make_gone_page(size_t index, size_t lane, void *context)
{
	const struct making *making = context;
	struct site *site = making->site;
	const struct life *life = making->gone[index];
	(void)lane;
	struct arena *arena = arena_new();
	const struct schema *schema = life_schema(site->provenance, life);
	const char *title = schema ? schema->title : life->type;
	const char *name = arena_printf(arena, "%s/%s/%s", life->contract, life->type, life->id);
	struct page page = page_begin(site, record_url(arena, life->contract, life->type, life->id), life->id);
	page_of_contract(&page, making->ledger->contract, TAB_AUDIT);
	page_crumb(&page, life->id, NULL);
	page_set(&page, "heading", life->id);
	page_set(&page, "type_title", title);
	page_set(&page, "name", name);
	add_flags(&page, making->audit, name);
	add_history(&page, making->ledger, life);
	page_end(&page, "gone");
	arena_free(arena);
}

void make_record_pages(struct site *site, const struct ledger *ledger, const struct audit *audit)
{
	const struct map *tables = &ledger->records->tables;
	struct making making = { .site = site, .ledger = ledger, .audit = audit };
	for (size_t i = 0; i < tables->count; i++) {
		const struct record_table *table = tables->entries[i].value;
		making.records = table->list.items;
		parallel_for(table->list.count, make_record_page, &making);
	}
	struct arena *arena = arena_new();
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < site->provenance->life_count; i++) {
		const struct life *life = provenance_life(site->provenance, i);
		if (life_is_gone(ledger, life))
			arena_push(arena, making.gone, count, capacity, life);
	}
	parallel_for(count, make_gone_page, &making);
	arena_free(arena);
}
