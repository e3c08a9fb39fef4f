#include "source/field.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source/json.h"
#include "text/fold.h"
#include "text/pattern.h"
#include "text/utf8.h"

enum { SHOWN = 40 }; /* characters of a text that a message quotes */

void field_reader_open(struct field_reader *reader, struct arena *arena, const struct schema *schema, int32_t offset,
                       struct diags *diags)
{
	*reader = (struct field_reader){ .arena = arena, .schema = schema, .offset = offset, .diags = diags };
	reader->patterns = xcalloc(schema->field_count, sizeof(struct pattern *));
	for (size_t i = 0; i < schema->field_count; i++)
		if (schema->fields[i].pattern)
			reader->patterns[i] = pattern_new(schema->fields[i].pattern);
}

void field_reader_close(struct field_reader *reader)
{
	for (size_t i = 0; i < reader->schema->field_count; i++)
		pattern_free(reader->patterns[i]);
	free(reader->patterns);
}

void field_reader_next_file(struct field_reader *reader)
{
	reader->guessed_time = reader->guessed_width = false;
}

/* text as a message quotes it. */
static const char *shown(struct field_reader *reader, const char *text)
{
	struct chunk whole = chunk_of(text);
	size_t end = 0;
	for (size_t count = 0; count < SHOWN && end < whole.len; count++)
		utf8_next(whole, &end);
	return end == whole.len ? text : arena_printf(reader->arena, "%.*s…", (int)end, text);
}

/* Without ASCII and ideographic blanks at both ends. */
static struct chunk trimmed(struct chunk text)
{
	static const char ideographic[] = "\u3000";
	const size_t width = sizeof ideographic - 1;
	for (;;) {
		text = chunk_trim(text);
		if (text.len >= width && memcmp(text.data, ideographic, width) == 0)
			text = (struct chunk){ text.data + width, text.len - width };
		else if (text.len >= width && memcmp(text.data + text.len - width, ideographic, width) == 0)
			text.len -= width;
		else
			return text;
	}
}

static void read_instant(struct field_reader *reader, struct field *field)
{
	bool guessed;
	char canonical[INSTANT_TEXT];
	const char *written = field->text;
	field->present = instant_parse(chunk_of(written), reader->offset, &field->as.instant, &guessed);
	if (!field->present) {
		DIAG(reader->diags, field->place, MSG_FIELD_TIME, shown(reader, written));
		return;
	}
	field->text = arena_strdup(reader->arena, instant_format(field->as.instant, canonical));
	if (guessed && !reader->guessed_time)
		DIAG(reader->diags, field->place, MSG_GUESSED_TIME, written, field->text);
	reader->guessed_time |= guessed;
}

static void read_date(struct field_reader *reader, struct field *field)
{
	bool guessed;
	char canonical[DATE_TEXT];
	const char *written = field->text;
	field->present = date_parse(chunk_of(written), &field->as.date, &guessed);
	if (!field->present) {
		DIAG(reader->diags, field->place, MSG_FIELD_DATE, shown(reader, written));
		return;
	}
	field->text = arena_strdup(reader->arena, date_format(field->as.date, canonical));
	if (guessed && !reader->guessed_time)
		DIAG(reader->diags, field->place, MSG_GUESSED_TIME, written, field->text);
	reader->guessed_time |= guessed;
}

static const char *skip_digits(const char *text)
{
	return text + strspn(text, "0123456789");
}

/* Whether text is [+-]digits[.digits][e[+-]digits]: strtod alone would also take hexadecimal
 * numbers and "inf". */
static bool is_number(const char *text)
{
	text += *text == '+' || *text == '-';
	const char *digits = text;
	text = skip_digits(text);
	if (text == digits)
		return false;
	if (*text == '.') {
		digits = ++text;
		text = skip_digits(text);
		if (text == digits)
			return false;
	}
	if (*text == 'e' || *text == 'E') {
		text++;
		text += *text == '+' || *text == '-';
		digits = text;
		text = skip_digits(text);
		if (text == digits)
			return false;
	}
	return *text == '\0';
}

/* text with full-width forms made half-width; in arena when that changed it. */
static const char *half_width(struct field_reader *reader, const char *text)
{
	struct buf folded = BUF_INIT;
	struct chunk whole = chunk_of(text);
	for (size_t at = 0; at < whole.len;)
		utf8_put(&folded, fold_width(utf8_next(whole, &at)));
	if (!chunk_equal(whole, buf_chunk(&folded)))
		text = arena_strdup(reader->arena, buf_str(&folded));
	buf_free(&folded);
	return text;
}

/* Reads field->as.number, which has to lie within the schema's bounds. */
static void check_bounds(struct field_reader *reader, const struct schema_field *schema, struct field *field)
{
	double number = field->as.number;
	char bound[32];
	if (schema->has_minimum && number < schema->minimum) {
		snprintf(bound, sizeof bound, "%.15g", schema->minimum);
		DIAG(reader->diags, field->place, MSG_FIELD_MINIMUM, field->text, bound);
	} else if (schema->has_maximum && number > schema->maximum) {
		snprintf(bound, sizeof bound, "%.15g", schema->maximum);
		DIAG(reader->diags, field->place, MSG_FIELD_MAXIMUM, field->text, bound);
	} else {
		field->present = true;
	}
}

/* Takes number for the field, whose text is set. */
static void take_number(struct field_reader *reader, const struct schema_field *schema, struct field *field,
                        double number)
{
	field->as.number = number;
	if (!isfinite(number))
		DIAG(reader->diags, field->place, MSG_FIELD_NUMBER, shown(reader, field->text));
	else if (schema->type == FIELD_INTEGER && trunc(number) != number)
		DIAG(reader->diags, field->place, MSG_FIELD_INTEGER, shown(reader, field->text));
	else
		check_bounds(reader, schema, field);
}

static void read_number(struct field_reader *reader, const struct schema_field *schema, struct field *field)
{
	const char *written = field->text;
	field->text = is_number(written) ? written : half_width(reader, written);
	if (!is_number(field->text)) {
		enum message message = schema->type == FIELD_INTEGER ? MSG_FIELD_INTEGER : MSG_FIELD_NUMBER;
		DIAG(reader->diags, field->place, message, shown(reader, written));
		return;
	}
	if (field->text != written && !reader->guessed_width) {
		DIAG(reader->diags, field->place, MSG_GUESSED_WIDTH, written, field->text);
		reader->guessed_width = true;
	}
	take_number(reader, schema, field, strtod(field->text, NULL));
}

static void read_boolean(struct field_reader *reader, struct field *field)
{
	static const struct {
		const char *written;
		bool boolean;
	} words
	    [] = { { "true", true }, { "false", false }, { "是", true },
		   { "否", false },  { "TRUE", true },   { "FALSE", false } /* as spreadsheet programs write them */ };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(field->text, words[i].written) != 0)
			continue;
		field->present = true;
		field->as.boolean = words[i].boolean;
		field->text = words[i].boolean ? "true" : "false";
		return;
	}
	DIAG(reader->diags, field->place, MSG_FIELD_BOOLEAN, shown(reader, field->text));
}

static void read_allowed(struct field_reader *reader, const struct schema_field *schema, struct field *field)
{
	struct buf list = BUF_INIT;
	for (size_t i = 0; i < schema->allowed_count && !field->present; i++) {
		buf_printf(&list, i ? "、%s" : "%s", schema->labels[i]);
		field->present =
		    strcmp(field->text, schema->allowed[i]) == 0 || strcmp(field->text, schema->labels[i]) == 0;
		if (field->present)
			field->text = schema->allowed[i];
	}
	if (!field->present)
		DIAG(reader->diags, field->place, MSG_FIELD_ENUM, shown(reader, field->text), buf_str(&list));
	buf_free(&list);
}

static void read_string(struct field_reader *reader, size_t index, struct field *field)
{
	const struct schema_field *schema = &reader->schema->fields[index];
	size_t length = schema->max_length ? utf8_length(chunk_of(field->text)) : 0;
	if (schema->allowed_count) {
		read_allowed(reader, schema, field);
	} else if (reader->patterns[index] && !pattern_matches(reader->patterns[index], chunk_of(field->text))) {
		DIAG(reader->diags, field->place, MSG_FIELD_PATTERN, shown(reader, field->text), schema->pattern);
	} else if (length > schema->max_length) {
		char has[32], most[32];
		snprintf(has, sizeof has, "%zu", length);
		snprintf(most, sizeof most, "%zu", schema->max_length);
		DIAG(reader->diags, field->place, MSG_FIELD_LENGTH, has, most);
	} else {
		field->present = true;
	}
}

struct field field_of_text(struct field_reader *reader, size_t index, struct chunk text, struct place place)
{
	const struct schema_field *schema = &reader->schema->fields[index];
	struct field field = { .place = place };
	text = trimmed(text);
	if (!text.len)
		return field;
	field.text = arena_strndup(reader->arena, text.data, text.len);
	switch (schema->type) {
	case FIELD_STRING:
		read_string(reader, index, &field);
		break;
	case FIELD_INTEGER:
	case FIELD_NUMBER:
		read_number(reader, schema, &field);
		break;
	case FIELD_BOOLEAN:
		read_boolean(reader, &field);
		break;
	case FIELD_DATE:
		read_date(reader, &field);
		break;
	case FIELD_DATETIME:
		read_instant(reader, &field);
		break;
	case FIELD_ARRAY:
	case FIELD_OBJECT:
		DIAG(reader->diags, place, MSG_FIELD_JSON_ONLY, schema->title);
		break;
	}
	return field;
}

/* The kind of JSON value that a field of that type is written as. */
static enum value_kind kind_of(enum field_type type)
{
	switch (type) {
	case FIELD_STRING:
	case FIELD_DATE:
	case FIELD_DATETIME:
		return VALUE_STRING;
	case FIELD_INTEGER:
	case FIELD_NUMBER:
		return VALUE_NUMBER;
	case FIELD_BOOLEAN:
		return VALUE_BOOL;
	case FIELD_ARRAY:
		return VALUE_ARRAY;
	case FIELD_OBJECT:
		return VALUE_OBJECT;
	}
	return VALUE_NULL;
}

struct field field_of_json(struct field_reader *reader, size_t index, const struct value *value)
{
	const struct schema_field *schema = &reader->schema->fields[index];
	struct field field = { .place = value->place };
	enum value_kind kind = kind_of(schema->type);
	if (value->kind == VALUE_NULL)
		return field;
	if (value->kind != kind) {
		DIAG(reader->diags, value->place, MSG_JSON_KIND, schema->title, json_kind_name(kind));
		return field;
	}
	struct buf text = BUF_INIT;
	switch (kind) {
	case VALUE_STRING:
		return field_of_text(reader, index, chunk_of(value->as.string), value->place);
	case VALUE_NUMBER:
		json_print(value, 0, &text);
		field.text = arena_strdup(reader->arena, buf_str(&text));
		buf_free(&text);
		take_number(reader, schema, &field, value->as.number);
		break;
	case VALUE_BOOL:
		field.present = true;
		field.as.boolean = value->as.boolean;
		field.text = value->as.boolean ? "true" : "false";
		break;
	default:
		field.present = true;
		field.as.tree = value;
	}
	return field;
}
