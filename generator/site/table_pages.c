#include "site/table_pages.h"

#include <string.h>

#include "report/view_value.h"
#include "site/record_words.h"

/* A table shows the fields that fit on a line: the first few short ones. */
enum { TABLE_COLUMNS = 7, LONG_TEXT = 60 };

static void make_table_page(struct site *site, const struct ledger *ledger, const struct record_table *table)
{
	const struct schema *schema = table->schema;
	const char *contract = ledger->contract->id;
	struct arena *arena = arena_new();
	struct page page = page_begin(site, table_url(arena, contract, schema->type), schema->title);
	page_of_contract(&page, ledger->contract, TAB_RECORDS);
	page_crumb(&page, schema->title, NULL);
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
		view_text(page.arena, row, "url", url);
		struct value *cells = value_set(page.arena, row, "cells", value_array(page.arena));
		for (size_t i = 0; i < columns; i++) {
			const char *words = record_words(page.arena, ledger, record, shown[i]);
			value_push(page.arena, cells, value_string(page.arena, words ? words : ""));
		}
	}
	page_end(&page, "records");
	arena_free(arena);
}

/* The types of records that the contract has. */
static void make_tables_page(struct site *site, const struct ledger *ledger)
{
	struct page page = page_begin(site, tab_url(site->arena, ledger->contract, TAB_RECORDS), "记录");
	page_of_contract(&page, ledger->contract, TAB_RECORDS);
	struct value *rows = value_set(page.arena, page.view, "tables", value_array(page.arena));
	const struct map *tables = &ledger->records->tables;
	for (size_t i = 0; i < tables->count; i++) {
		const struct record_table *table = tables->entries[i].value;
		if (!table->list.count)
			continue;
		struct value *row = value_push(page.arena, rows, value_object(page.arena));
		view_text(page.arena, row, "title", table->schema->title);
		view_text(page.arena, row, "type", table->schema->type);
		view_text(page.arena, row, "url", table_url(page.arena, ledger->contract->id, table->schema->type));
		view_count(page.arena, row, "count", table->list.count);
	}
	page_end(&page, "tables");
}

void make_table_pages(struct site *site, const struct ledger *ledger)
{
	make_tables_page(site, ledger);
	for (size_t i = 0; i < ledger->records->tables.count; i++) {
		const struct record_table *table = ledger->records->tables.entries[i].value;
		if (table->list.count)
			make_table_page(site, ledger, table);
	}
}
