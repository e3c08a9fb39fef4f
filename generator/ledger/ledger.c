#include "ledger/ledger.h"

#include <string.h>

#include "base/bisect.h"
#include "ledger/check.h"

static const struct record_list NO_RECORDS;

static bool is_indexed(const struct schema_field *field)
{
	return field->references || strcmp(field->name, "incident") == 0 || strcmp(field->name, "duty") == 0 ||
	       strcmp(field->name, "outage") == 0;
}

static const char *reference_key(struct arena *arena, const struct schema *schema, size_t field)
{
	return arena_printf(arena, "%s.%s", schema->type, schema->fields[field].name);
}

static void index_field(struct ledger *ledger, const struct record_table *table, size_t field)
{
	const struct schema *schema = table->schema;
	struct map *by_id = arena_alloc(ledger->arena, sizeof *by_id);
	map_init(by_id, ledger->arena);
	for (size_t i = 0; i < table->list.count; i++) {
		struct record *record = table->list.items[i];
		if (!record->fields[field].present)
			continue;
		const char *id = record->fields[field].text;
		struct record_list *list = map_get(by_id, id);
		if (!list) {
			list = arena_alloc(ledger->arena, sizeof *list);
			map_put(by_id, id, list);
		}
		arena_push(ledger->arena, list->items, list->count, list->capacity, record);
	}
	map_put(&ledger->referring, reference_key(ledger->arena, schema, field), by_id);
}

static void index_references(struct ledger *ledger)
{
	map_init(&ledger->referring, ledger->arena);
	for (size_t i = 0; i < ledger->records->tables.count; i++) {
		const struct record_table *table = ledger->records->tables.entries[i].value;
		for (size_t field = 0; field < table->schema->field_count; field++)
			if (is_indexed(&table->schema->fields[field]))
				index_field(ledger, table, field);
	}
}

struct ledger *ledger_new(struct arena *arena, const struct records *records, const char *contract_id,
                          struct diags *diags)
{
	const struct contract_records *own = records_contract(records, contract_id);
	const struct contract *contract = own ? contract_read(arena, own, &records->schemas, diags) : NULL;
	if (!contract)
		return NULL;
	struct ledger *ledger = arena_alloc(arena, sizeof *ledger);
	*ledger = (struct ledger){
		.arena = arena,
		.contract = contract,
		.records = own,
		.calendar = records->calendar,
		.rules = { .calendar = records->calendar,
		           .shifts = contract->shifts,
		           .rule = contract->rule,
		           .ends_at_close = contract->ends_at_close,
		           .offset = contract->offset },
	};
	index_references(ledger);
	ledger_check(ledger, diags);
	return ledger;
}

const struct record_list *ledger_records(const struct ledger *ledger, const char *type)
{
	return records_of(ledger->records, type);
}

struct record *ledger_find(const struct ledger *ledger, const char *type, const char *id)
{
	return records_find(ledger->records, type, id);
}

const struct record_list *ledger_referring(const struct ledger *ledger, const char *type, const char *field,
                                           const char *id)
{
	enum { KEY_SIZE = 128 };
	char key[KEY_SIZE];
	size_t type_len = strlen(type), field_len = strlen(field);
	if (type_len + field_len + 2 > sizeof key)
		return &NO_RECORDS;
	memcpy(key, type, type_len);
	key[type_len] = '.';
	memcpy(key + type_len + 1, field, field_len + 1);
	const struct map *by_id = map_get(&ledger->referring, key);
	const struct record_list *list = by_id ? map_get(by_id, id) : NULL;
	return list ? list : &NO_RECORDS;
}

/* The lists of by_id, but for record in the list of id. */
static struct map *lists_without(struct arena *arena, const struct map *by_id, const char *id,
                                 const struct record *record)
{
	struct map *lists = arena_alloc(arena, sizeof *lists);
	struct record_list *shorter = arena_alloc(arena, sizeof *shorter);
	const struct record_list *list = map_get(by_id, id);
	map_init(lists, arena);
	for (size_t i = 0; i < by_id->count; i++)
		map_put(lists, by_id->entries[i].key, by_id->entries[i].value);
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] != record)
			arena_push(arena, shorter->items, shorter->count, shorter->capacity, list->items[i]);
	map_put(lists, id, shorter);
	return lists;
}

struct ledger ledger_without(struct arena *arena, const struct ledger *ledger, const struct record *record)
{
	struct ledger without = *ledger;
	map_init(&without.referring, arena);
	for (size_t i = 0; i < ledger->referring.count; i++)
		map_put(&without.referring, ledger->referring.entries[i].key, ledger->referring.entries[i].value);
	for (size_t field = 0; field < record->schema->field_count; field++) {
		if (!is_indexed(&record->schema->fields[field]) || !record->fields[field].present)
			continue;
		const char *key = reference_key(arena, record->schema, field);
		map_put(&without.referring, key,
		        lists_without(arena, map_get(&ledger->referring, key), record->fields[field].text, record));
	}
	return without;
}

bool ledger_instant(const struct ledger *ledger, const struct record *record, const char *field, struct instant *out)
{
	struct date date;
	if (record_instant(record, field, out))
		return true;
	if (!record_date(record, field, &date))
		return false;
	*out = instant_at(date, 0, ledger->contract->offset);
	return true;
}

bool ledger_record_at(const struct ledger *ledger, const struct record *record, struct instant *out)
{
	size_t field = record->schema->date_field;
	return field != SIZE_MAX && ledger_instant(ledger, record, record->schema->fields[field].name, out);
}

/* Where the records that happened at or after from begin in list; the undated stand behind all others. */
static size_t first_at(const struct ledger *ledger, const struct record_list *list, struct instant from)
{
	size_t first;
	struct instant at;
	bisect(first, list->count, ledger_record_at(ledger, list->items[first], &at) && instant_compare(at, from) < 0);
	return first;
}

struct record_list ledger_select(const struct ledger *ledger, struct arena *arena, const char *type, struct span span,
                                 const struct match *match)
{
	const struct record_list *all = ledger_records(ledger, type);
	struct record_list selected = { .count = 0 };
	int32_t offset = ledger->contract->offset;
	size_t end = first_at(ledger, all, span_to(span, offset));
	for (size_t i = first_at(ledger, all, span_from(span, offset)); i < end; i++) {
		struct instant at;
		if (ledger_record_at(ledger, all->items[i], &at) && (!match || match_holds(match, all->items[i])))
			arena_push(arena, selected.items, selected.count, selected.capacity, all->items[i]);
	}
	return selected;
}

const struct system *ledger_system(const struct ledger *ledger, const struct record *record)
{
	const struct system *system = contract_system(ledger->contract, record_text(record, "system"));
	const char *asset_id = record_text(record, "asset");
	if (system || !asset_id)
		return system;
	const struct record *asset = ledger_find(ledger, "assets", asset_id);
	return asset ? contract_system(ledger->contract, record_text(asset, "system")) : NULL;
}

bool ledger_item_covers(const struct ledger *ledger, const struct item *item, const struct record *record)
{
	if (!item->service)
		return true;
	const struct system *system = ledger_system(ledger, record);
	return system && system->service == item->service;
}
