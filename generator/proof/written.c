#include "proof/written.h"

#include <stdlib.h>
#include <string.h>

#include "source/csv.h"
#include "source/json.h"

static uint32_t add_field(struct written_type *type, const char *name)
{
	const char *kept = arena_strdup(type->arena, name);
	arena_push(type->arena, type->names, type->count, type->capacity, kept);
	uint32_t *number = arena_alloc(type->arena, sizeof *number);
	*number = (uint32_t)type->count - 1;
	map_put(&type->numbers, name, number);
	return (uint32_t)type->count - 1;
}

/* UINT32_MAX: none yet. */
static uint32_t known_number(struct written_type *type, const char *name)
{
	pthread_mutex_lock(type->lock);
	const uint32_t *number = map_get(&type->numbers, name);
	pthread_mutex_unlock(type->lock);
	return number ? *number : UINT32_MAX;
}

static uint32_t field_number(const struct written_reader *reader, const char *name)
{
	struct written_type *type = reader->type;
	uint32_t number = known_number(type, name);
	if (number == UINT32_MAX && reader->turns) {
		turns_wait(reader->turns, reader->turn);
		number = known_number(type, name);
	}
	if (number == UINT32_MAX) {
		pthread_mutex_lock(type->lock);
		number = add_field(type, name);
		pthread_mutex_unlock(type->lock);
	}
	return number;
}

void written_type_open(struct written_type *type, const struct schema *schema, int32_t offset, struct arena *arena)
{
	*type = (struct written_type){ .arena = arena, .schema = schema };
	map_init(&type->numbers, arena);
	type->lock = arena_alloc(arena, sizeof(pthread_mutex_t));
	pthread_mutex_init(type->lock, NULL);
	for (size_t i = 0; schema && i < schema->field_count; i++)
		add_field(type, schema->fields[i].name);
	for (size_t i = 0; schema && i < schema->field_count; i++)
		if (schema->fields[i].title && !map_get(&type->numbers, schema->fields[i].title))
			map_put(&type->numbers, schema->fields[i].title,
			        map_get(&type->numbers, schema->fields[i].name));
	if (schema) {
		type->comparer = arena_alloc(arena, sizeof *type->comparer);
		comparer_open(type->comparer, schema, offset);
	}
	type->id_field = schema ? (uint32_t)schema->id_field : add_field(type, "id");
}

void written_type_close(struct written_type *type)
{
	pthread_mutex_destroy(type->lock);
	if (type->comparer)
		comparer_close(type->comparer);
}

const char *written_text(const struct written_row *row, uint32_t field)
{
	for (uint32_t i = 0; i < row->cell_count; i++)
		if (row->cells[i].field == field)
			return row->cells[i].text;
	return NULL;
}

struct csv_reading {
	struct arena *arena;
	const struct written_reader *reader;
	const struct written_head **head;
	size_t base; /* byte of the whole text where the piece begins */
	struct written_piece *out;
};

static const struct written_head *read_head(const struct written_reader *reader, const struct csv_row *row)
{
	struct arena *arena = reader->heads;
	struct written_head *head = arena_alloc(arena, sizeof *head);
	head->fields = arena_alloc(arena, (row->count + 1) * sizeof *head->fields);
	head->order = arena_alloc(arena, (row->count + 1) * sizeof *head->order);
	head->end = row->to;
	head->id_column = SIZE_MAX;
	for (uint32_t i = 0; i < row->count; i++) {
		if (!row->cells[i].len)
			continue;
		head->fields[i] = field_number(reader, row->cells[i].text);
		if (head->fields[i] == reader->type->id_field) {
			head->id_column = head->id_column == SIZE_MAX ? i : head->id_column;
			continue;
		}
		size_t at = head->ordered;
		while (at && head->fields[head->order[at - 1]] > head->fields[i])
			at--;
		if (at && head->fields[head->order[at - 1]] == head->fields[i])
			continue;
		memmove(head->order + at + 1, head->order + at, (head->ordered - at) * sizeof *head->order);
		head->order[at] = i;
		head->ordered++;
	}
	return head;
}

static void take_row(struct csv_reading *reading, const struct csv_row *row)
{
	const struct written_head *head = *reading->head;
	if (head->id_column >= row->count || !row->cells[head->id_column].len)
		return;
	uint32_t count = 0;
	size_t bytes = 0;
	for (size_t i = 0; i < head->ordered; i++) {
		uint32_t column = head->order[i];
		if (column < row->count && row->cells[column].len) {
			count++;
			bytes += row->cells[column].len + 1;
		}
	}
	const struct csv_cell *id = &row->cells[head->id_column];
	struct written_cell *cells = arena_alloc(reading->arena, count * sizeof *cells + bytes + id->len + 1);
	char *text = (char *)(cells + count);
	struct written_row taken = { .id = text, .cells = cells, .offset = (uint32_t)(reading->base + row->from) };
	memcpy(text, id->text, id->len + 1);
	text += id->len + 1;
	for (size_t i = 0; i < head->ordered; i++) {
		uint32_t column = head->order[i];
		if (column >= row->count || !row->cells[column].len)
			continue;
		cells[taken.cell_count++] = (struct written_cell){ head->fields[column], text };
		memcpy(text, row->cells[column].text, row->cells[column].len + 1);
		text += row->cells[column].len + 1;
	}
	arena_push(reading->arena, reading->out->rows.items, reading->out->rows.count, reading->out->rows.capacity,
	           taken);
}

static void visit(const struct csv_row *row, void *context)
{
	struct csv_reading *reading = context;
	struct written_piece *out = reading->out;
	arena_push(reading->arena, out->starts, out->start_count, out->start_capacity,
	           (uint32_t)(reading->base + row->from));
	if (*reading->head && !out->starts_only)
		take_row(reading, row);
	else if (!*reading->head)
		*reading->head = read_head(reading->reader, row);
}

void written_csv(struct arena *arena, const struct written_reader *reader, struct chunk text, size_t from, size_t to,
                 const struct written_head **head, struct written_piece *out)
{
	struct diags *faults = diags_new();
	struct csv_reading reading = { arena, reader, head, from, out };
	csv_read("", (struct chunk){ text.data + from, to - from }, visit, &reading, faults);
	out->faulty |= diags_errors(faults) > 0;
	diags_free(faults);
}

/* A scalar's text as a CSV cell would have it; NULL when it is empty. */
static const char *json_text(struct arena *arena, const struct value *value)
{
	if (value->kind == VALUE_NULL)
		return NULL;
	if (value->kind != VALUE_STRING) {
		struct buf text = BUF_INIT;
		json_print(value, 0, &text);
		const char *copy = arena_strdup(arena, buf_str(&text));
		buf_free(&text);
		return copy;
	}
	struct chunk trimmed = chunk_trim(chunk_of(value->as.string));
	return trimmed.len ? arena_strndup(arena, trimmed.data, trimmed.len) : NULL;
}

static int by_field(const void *left, const void *right)
{
	const struct written_cell *a = left, *b = right;
	return a->field < b->field ? -1 : a->field > b->field;
}

void written_json(struct arena *arena, const struct written_reader *reader, struct chunk text, struct written_rows *out)
{
	struct diags *faults = diags_new();
	const struct value *object = json_read(arena, "", text, faults);
	diags_free(faults);
	if (!object || object->kind != VALUE_OBJECT)
		return;
	struct written_row row = { 0 };
	struct written_cell *cells = arena_alloc(arena, (object->as.object.count + 1) * sizeof *cells);
	for (size_t i = 0; i < object->as.object.count; i++) {
		const struct member *member = &object->as.object.members[i];
		const char *value = json_text(arena, member->value);
		if (!value || !*member->name)
			continue;
		uint32_t field = field_number(reader, member->name);
		row.cells = cells;
		if (field == reader->type->id_field)
			row.id = row.id ? row.id : value;
		else if (!written_text(&row, field)) /* else it is named twice: by name and by title */
			cells[row.cell_count++] = (struct written_cell){ field, value };
	}
	qsort(cells, row.cell_count, sizeof *cells, by_field);
	if (row.id)
		arena_push(arena, out->items, out->count, out->capacity, row);
}
