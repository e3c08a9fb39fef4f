/* Typed fields: the text of a CSV cell or a JSON value, as its schema wants it. */
#ifndef OPSLEDGER_SOURCE_FIELD_H
#define OPSLEDGER_SOURCE_FIELD_H

#include "source/record.h"

struct pattern;

/* Reads the fields of one record type. */
struct field_reader {
	struct arena *arena; /* owns what is read */
	const struct schema *schema;
	int32_t offset; /* of times that have none */
	struct diags *diags;
	struct pattern **patterns;        /* compiled, by field; NULL where there is none */
	bool guessed_time, guessed_width; /* whether that was said of the file being read */
};

void field_reader_open(struct field_reader *reader, struct arena *arena, const struct schema *schema, int32_t offset,
                       struct diags *diags);
void field_reader_close(struct field_reader *reader);
/* From here on guesses are said again. */
void field_reader_next_file(struct field_reader *reader);

/* Read the field of that index. What is empty gives a field that is not present,
 * and so does what is faulty, after a diagnostic; whether it is required is not
 * asked here. text is UTF-8. */
struct field field_of_text(struct field_reader *reader, size_t index, struct chunk text, struct place place);
struct field field_of_json(struct field_reader *reader, size_t index, const struct value *value);

#endif
