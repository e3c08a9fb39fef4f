#include "source/records.h"

#include <stdlib.h>
#include <string.h>

#include "source/holidays.h"
#include "source/json.h"

#define SCHEMA_FOLDER "records/schema/"

struct reader {
	struct arena *arena;
	const struct snapshot *snapshot;
	struct diags *diags;
};

static void report_unused(struct reader *reader, const char *path)
{
	if (!snapshot_is_aside(path))
		DIAG(reader->diags, ((struct place){ .path = path }), MSG_FILE_UNUSED);
}

static const struct value *read_json_file(struct reader *reader, const struct snapshot_file *file)
{
	struct arena *scratch = arena_new();
	struct chunk text;
	const struct value *value = NULL;
	if (snapshot_text(reader->snapshot, scratch, file, &text, reader->diags))
		value = json_read(reader->arena, file->path, text, reader->diags);
	arena_free(scratch);
	return value;
}

static int compare_texts(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The keys of map in byte order, in its arena. */
static const char **sorted_keys(const struct map *map)
{
	const char **keys = arena_alloc(map->arena, (map->count + 1) * sizeof *keys);
	for (size_t i = 0; i < map->count; i++)
		keys[i] = map->entries[i].key;
	qsort(keys, map->count, sizeof *keys, compare_texts);
	return keys;
}

static void read_schemas(struct reader *reader, struct map *schemas)
{
	struct arena *scratch = arena_new();
	struct map names; /* its keys are the types */
	map_init(&names, scratch);
	size_t count;
	const struct snapshot_file *all = snapshot_below(reader->snapshot, SCHEMA_FOLDER, &count);
	for (size_t i = 0; i < count; i++) {
		const char *name = all[i].path + strlen(SCHEMA_FOLDER), *dot = strchr(name, '.');
		if (!strchr(name, '/') && dot && strcmp(dot, ".json") == 0)
			map_put(&names, arena_strndup(scratch, name, (size_t)(dot - name)), reader);
		else
			report_unused(reader, all[i].path);
	}
	const char **types = sorted_keys(&names);
	for (size_t i = 0; i < names.count; i++) {
		const char *path = arena_printf(scratch, SCHEMA_FOLDER "%s.json", types[i]);
		const struct value *json = read_json_file(reader, snapshot_find(reader->snapshot, path));
		struct schema *schema = json ? schema_read(reader->arena, types[i], json, reader->diags) : NULL;
		if (schema)
			map_put(schemas, types[i], schema);
	}
	arena_free(scratch);
}

/* Reports references to types that there are none of. */
static void check_schemas(struct reader *reader, const struct map *schemas)
{
	for (size_t i = 0; i < schemas->count; i++) {
		const struct schema *schema = schemas->entries[i].value;
		for (size_t k = 0; k < schema->field_count; k++) {
			const struct schema_field *field = &schema->fields[k];
			if (field->references && !map_get(schemas, field->references))
				DIAG(reader->diags, field->place, MSG_SCHEMA_REFERENCE, field->references);
		}
	}
}

/* "+08:00" in seconds; false for anything else. */
static bool parse_offset(const char *text, int32_t *offset)
{
	struct instant instant;
	bool guessed;
	struct buf probe = BUF_INIT; /* an offset is read as the end of an instant */
	buf_printf(&probe, "2000-01-01T00:00%s", text);
	bool fine = strlen(text) == 6 && instant_parse(buf_chunk(&probe), 0, &instant, &guessed) && !guessed;
	buf_free(&probe);
	if (fine)
		*offset = instant.offset;
	return fine;
}

static void read_contract_file(struct reader *reader, struct contract_records *contract, const char *folder)
{
	const char *path = arena_printf(reader->arena, "%scontract.json", folder);
	const struct snapshot_file *file = snapshot_find(reader->snapshot, path);
	contract->offset = OFFSET_CHINA;
	if (!file) {
		DIAG(reader->diags, ((struct place){ .path = path }), MSG_CONTRACT_MISSING, folder);
		return;
	}
	contract->contract = read_json_file(reader, file);
	const struct value *offset = value_get(contract->contract, "offset");
	if (offset && !(offset->kind == VALUE_STRING && parse_offset(offset->as.string, &contract->offset)))
		DIAG(reader->diags, offset->place, MSG_CONTRACT_OFFSET);
}

/* Reports files of the contract's folder that no table is read from. */
static void check_files(struct reader *reader, const struct map *schemas, const char *folder)
{
	struct arena *scratch = arena_new();
	struct map told;
	map_init(&told, scratch);
	size_t count;
	const struct snapshot_file *files = snapshot_below(reader->snapshot, folder, &count);
	for (size_t i = 0; i < count; i++) {
		const char *rest = files[i].path + strlen(folder);
		const char *type = arena_strndup(scratch, rest, strcspn(rest, "./"));
		if (strcmp(rest, "contract.json") == 0 || snapshot_is_aside(files[i].path))
			continue;
		if (!table_holds(files[i].path))
			report_unused(reader, files[i].path);
		else if (!map_get(schemas, type) && !map_put(&told, type, reader))
			DIAG(reader->diags, ((struct place){ .path = files[i].path }), MSG_TYPE_UNKNOWN, type);
	}
	arena_free(scratch);
}

static void check_references(struct reader *reader, const struct contract_records *contract)
{
	for (size_t t = 0; t < contract->tables.count; t++) {
		const struct record_table *table = contract->tables.entries[t].value;
		const struct schema *schema = table->schema;
		for (size_t f = 0; f < schema->field_count; f++) {
			const char *type = schema->fields[f].references;
			const struct record_table *others = type ? map_get(&contract->tables, type) : NULL;
			for (size_t i = 0; others && i < table->list.count; i++) {
				const struct field *field = &table->list.items[i]->fields[f];
				if (field->present && !map_get(&others->by_id, field->text))
					DIAG(reader->diags, field->place, MSG_REFERENCE_MISSING, field->text,
					     others->schema->title);
			}
		}
	}
}

static void read_tables(struct reader *reader, const struct map *schemas, struct contract_records *contract)
{
	check_files(reader, schemas, arena_printf(reader->arena, "records/%s/", contract->id));
	for (size_t i = 0; i < schemas->count; i++) {
		const struct schema *schema = schemas->entries[i].value;
		map_put(
		    &contract->tables, schema->type,
		    table_read(reader->arena, reader->snapshot, contract->id, contract->offset, schema, reader->diags));
	}
	check_references(reader, contract);
}

static struct contract_records *read_contract(struct reader *reader, const char *id)
{
	struct contract_records *contract = arena_alloc(reader->arena, sizeof *contract);
	contract->id = arena_strdup(reader->arena, id);
	map_init(&contract->tables, reader->arena);
	read_contract_file(reader, contract, arena_printf(reader->arena, "records/%s/", id));
	return contract;
}

static void read_contracts(struct reader *reader, struct records *records)
{
	struct arena *scratch = arena_new();
	struct map folders;
	map_init(&folders, scratch);
	size_t count;
	const struct snapshot_file *files = snapshot_below(reader->snapshot, "records/", &count);
	for (size_t i = 0; i < count; i++) {
		const char *rest = files[i].path + strlen("records/"), *slash = strchr(rest, '/');
		if (slash)
			map_put(&folders, arena_strndup(scratch, rest, (size_t)(slash - rest)), reader);
		else
			report_unused(reader, files[i].path);
	}
	const char **ids = sorted_keys(&folders);
	for (size_t i = 0; i < folders.count; i++)
		if (strcmp(ids[i], "calendar") != 0 && strcmp(ids[i], "schema") != 0)
			map_put(&records->contracts, ids[i], read_contract(reader, ids[i]));
	arena_free(scratch);
}

static struct records *read_frame(struct reader *reader)
{
	struct arena *arena = reader->arena;
	struct records *records = arena_alloc(arena, sizeof *records);
	records->arena = arena;
	map_init(&records->schemas, arena);
	map_init(&records->contracts, arena);
	records->calendar = holidays_read(arena, reader->snapshot, reader->diags);
	read_schemas(reader, &records->schemas);
	check_schemas(reader, &records->schemas);
	read_contracts(reader, records);
	return records;
}

struct records *records_read_frame(struct arena *arena, const struct snapshot *snapshot, struct diags *diags)
{
	struct reader reader = { arena, snapshot, diags };
	return read_frame(&reader);
}

struct records *records_read(struct arena *arena, const struct snapshot *snapshot, struct diags *diags)
{
	struct reader reader = { arena, snapshot, diags };
	struct records *records = read_frame(&reader);
	for (size_t i = 0; i < records->contracts.count; i++)
		read_tables(&reader, &records->schemas, records->contracts.entries[i].value);
	return records;
}

const struct contract_records *records_contract(const struct records *records, const char *id)
{
	return map_get(&records->contracts, id);
}

const struct record_list *records_of(const struct contract_records *contract, const char *type)
{
	static const struct record_list none;
	const struct record_table *table = map_get(&contract->tables, type);
	return table ? &table->list : &none;
}

struct record *records_find(const struct contract_records *contract, const char *type, const char *id)
{
	const struct record_table *table = map_get(&contract->tables, type);
	return table ? map_get(&table->by_id, id) : NULL;
}
