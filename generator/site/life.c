#include "site/life.h"

#include <stdlib.h>
#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"
#include "site/record_words.h"

struct lived {
	struct record *record;
	int64_t at; /* INT64_MIN when it is undated */
};

static int compare_lived(const void *left, const void *right)
{
	const struct lived *a = left, *b = right;
	if (a->at != b->at)
		return a->at > b->at ? -1 : 1;
	return strcmp(a->record->name, b->record->name);
}

/* Sorts list, the newest first, and drops what is in it twice. */
static void put_in_order(const struct ledger *ledger, struct arena *arena, struct record_list *list)
{
	struct lived *lived = arena_alloc(arena, (list->count + 1) * sizeof *lived);
	for (size_t i = 0; i < list->count; i++) {
		struct instant at;
		bool dated = ledger_record_at(ledger, list->items[i], &at);
		lived[i] = (struct lived){ list->items[i], dated ? at.seconds : INT64_MIN };
	}
	if (list->count)
		qsort(lived, list->count, sizeof *lived, compare_lived);
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++)
		if (!i || lived[i].record != lived[i - 1].record)
			list->items[kept++] = lived[i].record;
	list->count = kept;
}

struct record_list life_of_record(const struct ledger *ledger, struct arena *arena, const struct record *record)
{
	struct record_list list = { 0 };
	const struct map *tables = &ledger->records->tables;
	for (size_t i = 0; i < tables->count; i++) {
		const struct record_table *table = tables->entries[i].value;
		const struct schema *schema = table->schema;
		for (size_t j = 0; j < schema->field_count && schema->searched && table->list.count; j++) {
			const char *references = schema->fields[j].references;
			if (!references || strcmp(references, record->schema->type) != 0)
				continue;
			const struct record_list *referring =
			    ledger_referring(ledger, schema->type, schema->fields[j].name, record->id);
			for (size_t k = 0; k < referring->count; k++)
				arena_push(arena, list.items, list.count, list.capacity, referring->items[k]);
		}
	}
	put_in_order(ledger, arena, &list);
	return list;
}

struct record_list life_of_system(const struct ledger *ledger, struct arena *arena, const struct system *system)
{
	struct record_list list = { 0 };
	const struct map *tables = &ledger->records->tables;
	for (size_t i = 0; i < tables->count; i++) {
		const struct record_table *table = tables->entries[i].value;
		for (size_t j = 0; j < table->list.count && table->schema->searched; j++)
			if (ledger_system(ledger, table->list.items[j]) == system)
				arena_push(arena, list.items, list.count, list.capacity, table->list.items[j]);
	}
	put_in_order(ledger, arena, &list);
	return list;
}

void life_set(struct page *page, const struct ledger *ledger, const struct record_list *list)
{
	struct arena *arena = page->arena;
	struct value *items = value_array(arena);
	for (size_t i = 0; i < list->count; i++) {
		const struct record *record = list->items[i];
		struct value *row = value_push(arena, items, value_object(arena));
		struct instant at;
		bool dated = ledger_record_at(ledger, record, &at);
		char key[DATE_TEXT];
		struct date date = dated ? date_of_instant(at) : (struct date){ 0 };
		view_text(arena, row, "at", dated ? wording_date(arena, date) : WORDING_NONE);
		view_text(arena, row, "key", dated ? date_format(date, key) : "");
		view_text(arena, row, "type", record->schema->title);
		view_text(arena, row, "id", record->id);
		view_text(arena, row, "url", record_url(arena, record->contract, record->schema->type, record->id));
		view_text(arena, row, "summary", record_summary(arena, record));
	}
	value_set(arena, page->view, "life", view_list(arena, items));
}
