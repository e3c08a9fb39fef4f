#include "source/rows.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source/csv.h"

struct csv_reader {
	struct field_reader *fields;
	row_visit *visit;
	void *context;
	bool has_head, parted_otherwise;
	size_t *columns; /* the field of each column, or SIZE_MAX */
	size_t column_count;
};

static void report_unknown(struct field_reader *reader, const char *name, struct place place)
{
	DIAG(reader->diags, place, MSG_COLUMN_UNKNOWN, name, reader->schema->title);
}

/* Whether a head of one cell is one of several that something else than a comma parts; says so. */
static bool is_parted_otherwise(struct csv_reader *reader, const struct csv_row *row)
{
	static const char *const marks[] = { "\t", ";", "，", "；", "|" };
	if (row->count > 1)
		return false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strstr(row->cells[0].text, marks[i])) {
			DIAG(reader->fields->diags, row->cells[0].place, MSG_CSV_SEPARATOR);
			return true;
		}
	return false;
}

static void read_head(struct csv_reader *reader, const struct csv_row *row)
{
	struct field_reader *fields = reader->fields;
	size_t count = row->count;
	while (count && !row->cells[count - 1].len) /* as spreadsheet programs leave them behind */
		count--;
	bool *seen = xcalloc(fields->schema->field_count, sizeof *seen);
	reader->columns = xcalloc(count, sizeof *reader->columns);
	reader->column_count = count;
	for (size_t i = 0; i < count; i++) {
		size_t field = schema_field_index(fields->schema, row->cells[i].text);
		if (field == SIZE_MAX)
			report_unknown(fields, row->cells[i].text, row->cells[i].place);
		else if (seen[field])
			DIAG(fields->diags, row->cells[i].place, MSG_COLUMN_DUPLICATE,
			     fields->schema->fields[field].title);
		reader->columns[i] = field != SIZE_MAX && !seen[field] ? field : SIZE_MAX;
		if (field != SIZE_MAX)
			seen[field] = true;
	}
	for (size_t i = 0; i < fields->schema->field_count; i++)
		if (fields->schema->fields[i].required && !seen[i])
			DIAG(fields->diags, row->cells[0].place, MSG_COLUMN_MISSING, fields->schema->fields[i].title);
	free(seen);
}

/* Warns of a cell that a spreadsheet program would run: =…, @…, and +… or -… that is no number. */
static void check_formula(struct field_reader *reader, const struct csv_cell *cell)
{
	if (cell->len < 2 || !strchr("=+-@", cell->text[0]))
		return;
	bool sign = cell->text[0] == '+' || cell->text[0] == '-';
	if (!sign || cell->text[1 + strspn(cell->text + 1, "0123456789.,:%- ")])
		DIAG(reader->diags, cell->place, MSG_FORMULA, cell->text);
}

static void check_length(struct csv_reader *reader, const struct csv_row *row, size_t count)
{
	if (count == reader->column_count || (count < reader->column_count && row->count >= reader->column_count))
		return;
	bool longer = count > reader->column_count;
	char has[32], head[32];
	snprintf(has, sizeof has, "%zu", longer ? count : row->count);
	snprintf(head, sizeof head, "%zu", reader->column_count);
	if (longer)
		DIAG(reader->fields->diags, row->cells[reader->column_count].place, MSG_ROW_TOO_LONG, has, head);
	else
		DIAG(reader->fields->diags, row->cells[0].place, MSG_ROW_TOO_SHORT, has, head);
}

static void read_csv_row(const struct csv_row *row, void *context)
{
	struct csv_reader *reader = context;
	struct field_reader *fields = reader->fields;
	const struct schema *schema = fields->schema;
	if (!reader->has_head) {
		reader->has_head = true;
		reader->parted_otherwise = is_parted_otherwise(reader, row);
		if (!reader->parted_otherwise)
			read_head(reader, row);
		return;
	}
	if (reader->parted_otherwise)
		return;
	size_t count = row->count;
	while (count && !row->cells[count - 1].len)
		count--;
	if (!count) /* nothing but commas */
		return;
	check_length(reader, row, count);
	struct row out = { .place = row->cells[0].place };
	out.fields = arena_alloc(fields->arena, schema->field_count * sizeof *out.fields);
	for (size_t i = 0; i < row->count && i < reader->column_count; i++) {
		size_t index = reader->columns[i];
		const struct csv_cell *cell = &row->cells[i];
		if (index == SIZE_MAX)
			continue;
		check_formula(fields, cell);
		out.fields[index] = field_of_text(fields, index, (struct chunk){ cell->text, cell->len }, cell->place);
		if (schema->fields[index].required && !out.fields[index].text)
			DIAG(fields->diags, cell->place, MSG_FIELD_REQUIRED, schema->fields[index].title);
	}
	reader->visit(&out, reader->context);
}

void rows_read_csv(struct field_reader *reader, const char *path, struct chunk text, row_visit *visit, void *context)
{
	struct csv_reader csv = { .fields = reader, .visit = visit, .context = context };
	csv_read(path, text, read_csv_row, &csv, reader->diags);
	if (!csv.has_head)
		DIAG(reader->diags, ((struct place){ .path = path }), MSG_CSV_NO_HEAD);
	free(csv.columns);
}

void rows_read_json(struct field_reader *reader, const struct value *object, row_visit *visit, void *context)
{
	const struct schema *schema = reader->schema;
	if (object->kind != VALUE_OBJECT) {
		DIAG(reader->diags, object->place, MSG_RECORD_NO_OBJECT);
		return;
	}
	struct row row = { .place = object->place };
	row.fields = arena_alloc(reader->arena, schema->field_count * sizeof *row.fields);
	for (size_t i = 0; i < object->as.object.count; i++) {
		const struct member *member = &object->as.object.members[i];
		size_t index = schema_field_index(schema, member->name);
		if (index == SIZE_MAX)
			report_unknown(reader, member->name, member->place);
		else if (row.fields[index].place.path)
			DIAG(reader->diags, member->place, MSG_JSON_DUPLICATE_KEY, schema->fields[index].title);
		else
			row.fields[index] = field_of_json(reader, index, member->value);
	}
	for (size_t i = 0; i < schema->field_count; i++)
		if (schema->fields[i].required && !row.fields[i].text && !row.fields[i].present) {
			struct place place = row.fields[i].place.path ? row.fields[i].place : row.place;
			DIAG(reader->diags, place, MSG_FIELD_REQUIRED, schema->fields[i].title);
		}
	visit(&row, context);
}
