#include "source/record.h"

#include <string.h>

const struct field *record_field(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->schema->field_count; i++)
		if (strcmp(record->schema->fields[i].name, name) == 0)
			return record->fields[i].present ? &record->fields[i] : NULL;
	return NULL;
}

/* The field of that name if it is there and of that type. */
static const struct field *typed_field(const struct record *record, const char *name, enum field_type type)
{
	const struct field *field = record_field(record, name);
	return field && record->schema->fields[field - record->fields].type == type ? field : NULL;
}

const char *record_text(const struct record *record, const char *name)
{
	const struct field *field = record_field(record, name);
	return field ? field->text : NULL;
}

bool record_instant(const struct record *record, const char *name, struct instant *out)
{
	const struct field *field = typed_field(record, name, FIELD_DATETIME);
	if (field)
		*out = field->as.instant;
	return field;
}

bool record_date(const struct record *record, const char *name, struct date *out)
{
	const struct field *field = typed_field(record, name, FIELD_DATE);
	if (field)
		*out = field->as.date;
	return field;
}

bool record_number(const struct record *record, const char *name, double *out)
{
	const struct field *field = typed_field(record, name, FIELD_NUMBER);
	if (!field)
		field = typed_field(record, name, FIELD_INTEGER);
	if (field)
		*out = field->as.number;
	return field;
}

bool record_boolean(const struct record *record, const char *name)
{
	const struct field *field = typed_field(record, name, FIELD_BOOLEAN);
	return field && field->as.boolean;
}
