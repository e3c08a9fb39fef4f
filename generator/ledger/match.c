#include "ledger/match.h"

#include <string.h>

bool condition_holds_text(const struct condition *condition, const char *text)
{
	if (!text)
		return condition->absent;
	for (size_t i = 0; i < condition->text_count; i++)
		if (strcmp(condition->texts[i], text) == 0)
			return true;
	return false;
}

static bool condition_holds_number(const struct condition *condition, double number)
{
	for (size_t i = 0; i < condition->number_count; i++)
		if (condition->numbers[i] == number)
			return true;
	return false;
}

static bool condition_holds(const struct condition *condition, const struct record *record)
{
	const struct field *field = &record->fields[condition->index];
	switch (record->schema->fields[condition->index].type) {
	case FIELD_BOOLEAN:
		if (condition->has_boolean && condition->boolean == (field->present && field->as.boolean))
			return true;
		return condition->absent && !field->present;
	case FIELD_INTEGER:
	case FIELD_NUMBER:
		return field->present ? condition_holds_number(condition, field->as.number) : condition->absent;
	default:
		return condition_holds_text(condition, field->present ? field->text : NULL);
	}
}

bool match_holds_but(const struct match *match, const struct record *record, const char *field)
{
	if (match->schema != record->schema)
		return false;
	for (size_t i = 0; i < match->count; i++) {
		const struct condition *condition = &match->conditions[i];
		bool asked = !field || strcmp(condition->field, field) != 0;
		if (asked && !condition_holds(condition, record))
			return false;
	}
	return true;
}

bool match_holds(const struct match *match, const struct record *record)
{
	return match_holds_but(match, record, NULL);
}

bool match_denied(const struct match *match, const struct record *record)
{
	for (size_t i = 0; i < match->count; i++) {
		const struct condition *condition = &match->conditions[i];
		bool filled = record->fields[condition->index].present ||
		              record->schema->fields[condition->index].type == FIELD_BOOLEAN;
		if (filled && !condition_holds(condition, record))
			return true;
	}
	return false;
}

const struct condition *match_condition(const struct match *match, const char *field)
{
	for (size_t i = 0; i < match->count; i++)
		if (strcmp(match->conditions[i].field, field) == 0)
			return &match->conditions[i];
	return NULL;
}
