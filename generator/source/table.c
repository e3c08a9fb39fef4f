#include "source/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "source/json.h"
#include "source/rows.h"

struct reader {
	struct arena *arena;
	const struct snapshot *snapshot;
	const char *contract;
	struct record_table *table;
	struct field_reader fields;
	struct map *seen; /* by field: what stands in a unique one → its struct record */
	struct diags *diags;
};

static bool has_extension(const char *path, const char *extension)
{
	const char *dot = strrchr(path, '.');
	return dot && strcasecmp(dot, extension) == 0;
}

bool table_holds(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash[1] != '.' && (has_extension(path, ".csv") || has_extension(path, ".json"));
}

/* Where a record stands, for a message about another one. */
static const char *place_text(struct arena *arena, struct place place)
{
	return arena_printf(arena, "%s:%u:%u", place.path, place.line, place.column);
}

/* Reports fields that may stand once in the table and stand there again. */
static void check_unique(struct reader *reader, struct record *record)
{
	const struct schema *schema = record->schema;
	for (size_t i = 0; i < schema->field_count; i++) {
		const struct field *field = &record->fields[i];
		if (!schema->fields[i].unique || i == schema->id_field || !field->present || !field->text)
			continue;
		const struct record *other = map_get(&reader->seen[i], field->text);
		if (other)
			DIAG(reader->diags, field->place, MSG_FIELD_UNIQUE, field->text, schema->fields[i].title,
			     place_text(reader->arena, other->place));
		else
			map_put(&reader->seen[i], field->text, record);
	}
}

static void add_record(const struct row *row, void *context)
{
	struct reader *reader = context;
	struct record_table *table = reader->table;
	const struct schema *schema = table->schema;
	const struct schema_field *id_field = &schema->fields[schema->id_field];
	const struct field *id = &row->fields[schema->id_field];
	if (!id->present) {
		if (!id->text && !id_field->required)
			DIAG(reader->diags, row->place, MSG_FIELD_REQUIRED, id_field->title);
		return;
	}
	const struct record *other = map_get(&table->by_id, id->text);
	if (other) {
		DIAG(reader->diags, id->place, MSG_RECORD_DUPLICATE, id->text, id_field->title,
		     place_text(reader->arena, other->place));
		return;
	}
	struct record *record = arena_alloc(reader->arena, sizeof *record);
	*record = (struct record){
		.contract = reader->contract,
		.schema = schema,
		.id = id->text,
		.name = arena_printf(reader->arena, "%s/%s/%s", reader->contract, schema->type, id->text),
		.place = row->place,
		.fields = row->fields,
	};
	check_unique(reader, record);
	map_put(&table->by_id, record->id, record);
	arena_push(reader->arena, table->list.items, table->list.count, table->list.capacity, record);
}

static void read_file_of(struct reader *reader, const struct snapshot_file *file)
{
	struct arena *scratch = arena_new();
	struct chunk text;
	field_reader_next_file(&reader->fields);
	if (snapshot_text(reader->snapshot, scratch, file, &text, reader->diags)) {
		const struct value *object = NULL;
		if (has_extension(file->path, ".csv"))
			rows_read_csv(&reader->fields, file->path, text, add_record, reader);
		else
			object = json_read(reader->arena, file->path, text, reader->diags);
		if (object)
			rows_read_json(&reader->fields, object, add_record, reader);
	}
	arena_free(scratch);
}

/* Reads the record files whose paths begin with records/CONTRACT/TYPE and mark. */
static void read_files(struct reader *reader, char mark)
{
	size_t count;
	const char *prefix =
	    arena_printf(reader->arena, "records/%s/%s%c", reader->contract, reader->table->schema->type, mark);
	const struct snapshot_file *files = snapshot_below(reader->snapshot, prefix, &count);
	for (size_t i = 0; i < count; i++)
		if (table_holds(files[i].path))
			read_file_of(reader, &files[i]);
}

/* Orders records by their date field, those without one last, then by id. */
static int compare_records(const void *left, const void *right)
{
	const struct record *a = *(struct record *const *)left, *b = *(struct record *const *)right;
	size_t date = a->schema->date_field;
	if (date != SIZE_MAX) {
		const struct field *x = &a->fields[date], *y = &b->fields[date];
		if (x->present != y->present)
			return x->present ? -1 : 1;
		bool days = a->schema->fields[date].type == FIELD_DATE;
		int order = !x->present ? 0
		            : days      ? (x->as.date.day > y->as.date.day) - (x->as.date.day < y->as.date.day)
		                        : instant_compare(x->as.instant, y->as.instant);
		if (order)
			return order;
	}
	return strcmp(a->id, b->id);
}

struct record_table *table_read(struct arena *arena, const struct snapshot *snapshot, const char *contract,
                                int32_t offset, const struct schema *schema, struct diags *diags)
{
	struct record_table *table = arena_alloc(arena, sizeof *table);
	struct arena *scratch = arena_new();
	struct reader reader = {
		.arena = arena, .snapshot = snapshot, .contract = contract, .table = table, .diags = diags
	};
	table->schema = schema;
	map_init(&table->by_id, arena);
	reader.seen = arena_alloc(scratch, schema->field_count * sizeof *reader.seen);
	for (size_t i = 0; i < schema->field_count; i++)
		map_init(&reader.seen[i], scratch);
	field_reader_open(&reader.fields, arena, schema, offset, diags);
	read_files(&reader, '.');
	read_files(&reader, '/');
	field_reader_close(&reader.fields);
	arena_free(scratch);
	if (table->list.count)
		qsort(table->list.items, table->list.count, sizeof(struct record *), compare_records);
	return table;
}
