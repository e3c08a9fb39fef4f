#include "document/front_matter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* Values inside values; more is no front matter that somebody wrote. */
#define DEPTH_LIMIT 16

struct reader {
	struct arena *arena;
	const char *path;
	yaml_parser_t parser;
	struct diags *diags;
};

/* YAML's marks count from 0 and begin behind the line ---, which is line 1. */
static struct place place_of(const struct reader *reader, yaml_mark_t mark)
{
	return (struct place){ reader->path, (unsigned)mark.line + 2, (unsigned)mark.column + 1 };
}

static bool next_event(struct reader *reader, yaml_event_t *event)
{
	if (!yaml_parser_parse(&reader->parser, event)) {
		const char *problem = reader->parser.problem ? reader->parser.problem : "";
		DIAG(reader->diags, place_of(reader, reader->parser.problem_mark), MSG_FRONT_MATTER_YAML, problem);
		return false;
	}
	return true;
}

/* RFC 8259: no leading zeros or plus sign, a digit on both sides of the point. */
static bool is_json_number(const char *text)
{
	const char *digits = "0123456789";
	text += *text == '-';
	size_t whole = strspn(text, digits);
	if (whole == 0 || (whole > 1 && *text == '0'))
		return false;
	text += whole;
	if (*text == '.') {
		size_t fraction = strspn(++text, digits);
		if (fraction == 0)
			return false;
		text += fraction;
	}
	if (*text == 'e' || *text == 'E') {
		text++;
		text += *text == '-' || *text == '+';
		size_t exponent = strspn(text, digits);
		if (exponent == 0)
			return false;
		text += exponent;
	}
	return !*text;
}

static struct value *scalar_value(struct arena *arena, const char *text, bool plain)
{
	if (plain && (!*text || strcmp(text, "~") == 0 || strcmp(text, "null") == 0))
		return value_null(arena);
	if (plain && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0))
		return value_bool(arena, *text == 't');
	if (plain && is_json_number(text)) {
		double number = strtod(text, NULL);
		if (isfinite(number))
			return value_number(arena, number);
	}
	return value_string(arena, text);
}

static struct value *read_value(struct reader *reader, const yaml_event_t *event, unsigned depth);

static struct value *read_sequence(struct reader *reader, unsigned depth)
{
	struct value *array = value_array(reader->arena);
	for (;;) {
		yaml_event_t event;
		if (!next_event(reader, &event))
			return NULL;
		bool end = event.type == YAML_SEQUENCE_END_EVENT;
		struct value *item = end ? NULL : read_value(reader, &event, depth);
		yaml_event_delete(&event);
		if (end)
			return array;
		if (!item)
			return NULL;
		value_push(reader->arena, array, item);
	}
}

/* Sets the member that name names, unless it stands there already. */
static bool read_member(struct reader *reader, struct value *object, const yaml_event_t *name, unsigned depth)
{
	struct place place = place_of(reader, name->start_mark);
	if (name->type != YAML_SCALAR_EVENT || name->data.scalar.tag) {
		DIAG(reader->diags, place, MSG_FRONT_MATTER_NAME);
		return false;
	}
	yaml_event_t event;
	if (!next_event(reader, &event))
		return false;
	struct value *item = read_value(reader, &event, depth);
	yaml_event_delete(&event);
	if (!item)
		return false;
	const char *text = arena_strdup(reader->arena, (const char *)name->data.scalar.value);
	if (value_get(object, text)) {
		DIAG(reader->diags, place, MSG_FRONT_MATTER_TWICE, text);
		return true;
	}
	value_set(reader->arena, object, text, item);
	object->as.object.members[object->as.object.count - 1].place = place;
	return true;
}

static struct value *read_mapping(struct reader *reader, unsigned depth)
{
	struct value *object = value_object(reader->arena);
	for (;;) {
		yaml_event_t name;
		if (!next_event(reader, &name))
			return NULL;
		bool end = name.type == YAML_MAPPING_END_EVENT;
		bool fine = end || read_member(reader, object, &name, depth);
		yaml_event_delete(&name);
		if (end)
			return object;
		if (!fine)
			return NULL;
	}
}

static bool is_tagged(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return event->data.scalar.tag || event->data.scalar.anchor;
	case YAML_SEQUENCE_START_EVENT:
		return event->data.sequence_start.tag || event->data.sequence_start.anchor;
	case YAML_MAPPING_START_EVENT:
		return event->data.mapping_start.tag || event->data.mapping_start.anchor;
	default:
		return true;
	}
}

static struct value *read_value(struct reader *reader, const yaml_event_t *event, unsigned depth)
{
	struct place place = place_of(reader, event->start_mark);
	if (is_tagged(event)) {
		DIAG(reader->diags, place, MSG_FRONT_MATTER_ALIAS);
		return NULL;
	}
	if (depth > DEPTH_LIMIT) {
		DIAG(reader->diags, place, MSG_FRONT_MATTER_DEEP);
		return NULL;
	}
	struct value *value;
	if (event->type == YAML_SEQUENCE_START_EVENT)
		value = read_sequence(reader, depth + 1);
	else if (event->type == YAML_MAPPING_START_EVENT)
		value = read_mapping(reader, depth + 1);
	else
		value = scalar_value(reader->arena, (const char *)event->data.scalar.value,
		                     event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE);
	if (value)
		value->place = place;
	return value;
}

/* The one document, which must be a mapping. */
static const struct value *read_document(struct reader *reader)
{
	for (;;) {
		yaml_event_t event;
		if (!next_event(reader, &event))
			return NULL;
		const struct value *object = NULL;
		bool skip = event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT;
		if (event.type == YAML_MAPPING_START_EVENT)
			object = read_value(reader, &event, 0);
		else if (!skip && event.type != YAML_STREAM_END_EVENT)
			DIAG(reader->diags, place_of(reader, event.start_mark), MSG_FRONT_MATTER_KIND);
		yaml_event_delete(&event);
		if (!skip)
			return object;
	}
}

/* The line that begins at *offset, without its end; moves *offset to the next. */
static struct chunk next_line(struct chunk text, size_t *offset)
{
	struct chunk rest = { text.data + *offset, text.len - *offset };
	const char *end = memchr(rest.data, '\n', rest.len);
	size_t len = end ? (size_t)(end - rest.data) : rest.len;
	*offset += len + (end != NULL);
	if (len > 0 && rest.data[len - 1] == '\r')
		len--;
	return (struct chunk){ rest.data, len };
}

const struct value *front_matter_read(struct arena *arena, const char *path, struct chunk *text, unsigned *first_line,
                                      struct diags *diags)
{
	*first_line = 1;
	size_t body = 0;
	if (text->len == 0 || !chunk_is(next_line(*text, &body), "---"))
		return NULL;
	unsigned line = 1;
	for (size_t offset = body; offset < text->len;) {
		size_t end = offset;
		struct chunk current = next_line(*text, &offset);
		line++;
		if (!chunk_is(current, "---") && !chunk_is(current, "..."))
			continue;
		struct reader reader = { .arena = arena, .path = path, .diags = diags };
		if (!yaml_parser_initialize(&reader.parser))
			die("out of memory");
		yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
		yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text->data + body, end - body);
		const struct value *object = read_document(&reader);
		yaml_parser_delete(&reader.parser);
		*text = (struct chunk){ text->data + offset, text->len - offset };
		*first_line = line + 1;
		return object;
	}
	DIAG(diags, ((struct place){ path, 1, 1 }), MSG_FRONT_MATTER_OPEN);
	return NULL;
}
