#include "document/fields.h"

#include <stdio.h>
#include <string.h>

static bool listed(const char *const names[], const char *name)
{
	for (; *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

static void unknown_member(struct fields *fields, const struct member *member, const char *const names[])
{
	struct buf known = BUF_INIT;
	for (size_t i = 0; names[i]; i++)
		buf_printf(&known, "%s%s", i ? ", " : "", names[i]);
	DIAG(fields->diags, member->place, MSG_BLOCK_UNKNOWN_MEMBER, fields->what, member->name, buf_str(&known));
	buf_free(&known);
	fields->ok = false;
}

struct fields fields_of(const struct value *value, const char *what, const char *const names[], struct diags *diags)
{
	struct fields fields = { .object = value, .what = what, .diags = diags, .ok = true };
	if (value->kind != VALUE_OBJECT) {
		fields_wrong(&fields, value, what, translate("an object"));
		fields.object = NULL;
		return fields;
	}
	for (size_t i = 0; i < value->as.object.count; i++)
		if (!listed(names, value->as.object.members[i].name))
			unknown_member(&fields, &value->as.object.members[i], names);
	return fields;
}

void fields_wrong(struct fields *fields, const struct value *value, const char *name, const char *expected)
{
	DIAG(fields->diags, value->place, MSG_BLOCK_WRONG_KIND, fields->what, name, expected);
	fields->ok = false;
}

/* The member when it is there and of that kind. */
static const struct value *member_of(struct fields *fields, const char *name, bool needed, enum value_kind kind,
                                     const char *expected)
{
	if (!fields->object)
		return NULL;
	const struct value *value = value_get(fields->object, name);
	if (!value || value->kind == VALUE_NULL) {
		if (needed) {
			DIAG(fields->diags, fields->object->place, MSG_BLOCK_MISSING_MEMBER, fields->what, name);
			fields->ok = false;
		}
		return NULL;
	}
	if (value->kind != kind) {
		fields_wrong(fields, value, name, expected);
		return NULL;
	}
	return value;
}

const char *fields_string(struct fields *fields, const char *name, bool needed)
{
	const struct value *value = member_of(fields, name, needed, VALUE_STRING, translate("a string"));
	return value ? value->as.string : NULL;
}

const struct value *fields_list(struct fields *fields, const char *name, bool needed)
{
	return member_of(fields, name, needed, VALUE_ARRAY, translate("a list"));
}

const struct value *fields_object(struct fields *fields, const char *name, bool needed)
{
	return member_of(fields, name, needed, VALUE_OBJECT, translate("an object"));
}

bool fields_bool(struct fields *fields, const char *name, bool fallback)
{
	const struct value *value = member_of(fields, name, false, VALUE_BOOL, translate("true or false"));
	return value ? value->as.boolean : fallback;
}

double fields_number(struct fields *fields, const char *name, double fallback)
{
	const struct value *value = member_of(fields, name, false, VALUE_NUMBER, translate("a number"));
	return value ? value->as.number : fallback;
}

int fields_count(struct fields *fields, const char *name, int fallback, int least, int most)
{
	const struct value *value = member_of(fields, name, false, VALUE_NUMBER, translate("a number"));
	if (!value)
		return fallback;
	double number = value->as.number;
	if (number >= least && number <= most && number == (int)number)
		return (int)number;
	char expected[64];
	snprintf(expected, sizeof expected, translate("an integer from %d to %d"), least, most);
	fields_wrong(fields, value, name, expected);
	return fallback;
}

const char *fields_text(struct fields *fields, const struct value *value, const char *name)
{
	if (value->kind == VALUE_STRING)
		return value->as.string;
	fields_wrong(fields, value, name, translate("a string"));
	return "";
}
