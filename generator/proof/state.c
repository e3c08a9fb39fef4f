#include "proof/state.h"

#include <string.h>

#include "source/field.h"

static void undo(struct field_reader *reader, struct field *fields, const struct event *event)
{
	static const struct place nowhere;
	for (uint32_t i = 0; i < event->field_count; i++) {
		const struct field_change *change = &event->fields[i];
		size_t index = schema_field_index(reader->schema, change->name);
		if (index == SIZE_MAX)
			continue;
		fields[index] = (struct field){ 0 };
		if (change->before)
			fields[index] = field_of_text(reader, index, chunk_of(change->before), nowhere);
	}
}

const struct record *record_before(struct arena *arena, const struct record *record, const struct life *life,
                                   size_t event, int32_t offset)
{
	for (size_t i = event; i < life->event_count; i++)
		if (life->events[i].change != CHANGE_CHANGED)
			return NULL;
	size_t size = record->schema->field_count * sizeof *record->fields;
	struct record *earlier = arena_alloc(arena, sizeof *earlier);
	*earlier = *record;
	earlier->fields = arena_alloc(arena, size);
	memcpy(earlier->fields, record->fields, size);
	struct diags *faults = diags_new(); /* of what history holds: nobody is told */
	struct field_reader reader;
	field_reader_open(&reader, arena, record->schema, offset, faults);
	for (size_t i = life->event_count; i-- > event;)
		undo(&reader, earlier->fields, &life->events[i]);
	field_reader_close(&reader);
	diags_free(faults);
	return earlier;
}

bool text_instant(const char *text, enum field_type type, int32_t offset, struct instant *out)
{
	struct date date;
	bool guessed;
	if (type == FIELD_DATETIME)
		return instant_parse(chunk_of(text), offset, out, &guessed);
	if (type != FIELD_DATE || !date_parse(chunk_of(text), &date, &guessed))
		return false;
	*out = instant_at(date, 0, offset);
	return true;
}
