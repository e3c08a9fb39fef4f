#include "ledger/reader.h"

#include <math.h>
#include <string.h>

static bool in_list(const char *const list[], const char *text)
{
	for (; list && *list; list++)
		if (strcmp(*list, text) == 0)
			return true;
	return false;
}

static const char *join(struct arena *arena, const char *const list[])
{
	const char *joined = "";
	for (size_t i = 0; list[i]; i++)
		joined = i ? arena_printf(arena, "%s, %s", joined, list[i]) : list[i];
	return joined;
}

bool read_keys(struct reader *reader, const struct value *value, const char *what, const char *const keys[])
{
	if (value->kind != VALUE_OBJECT) {
		FAULT(reader, value->place, MSG_CONTRACT_WRONG_KIND, what, "{ … }");
		return false;
	}
	for (size_t i = 0; i < value->as.object.count; i++) {
		const struct member *member = &value->as.object.members[i];
		if (!in_list(keys, member->name))
			FAULT(reader, member->place, MSG_CONTRACT_KEY_UNKNOWN, member->name, what,
			      join(reader->arena, keys));
	}
	return true;
}

bool read_required(struct reader *reader, const struct value *object, const char *what, const char *key)
{
	if (value_get(object, key))
		return true;
	FAULT(reader, object->place, MSG_CONTRACT_KEY_MISSING, what, key);
	return false;
}

/* The member when it is there and of that kind. */
static const struct value *member_of_kind(struct reader *reader, const struct value *object, const char *key,
                                          enum value_kind kind, const char *expected)
{
	const struct value *member = value_get(object, key);
	if (!member)
		return NULL;
	if (member->kind == kind)
		return member;
	FAULT(reader, member->place, MSG_CONTRACT_WRONG_KIND, key, expected);
	return NULL;
}

bool read_text(struct reader *reader, const struct value *object, const char *key, const char **out)
{
	const struct value *member = member_of_kind(reader, object, key, VALUE_STRING, "\"…\"");
	if (!member)
		return false;
	if (!*member->as.string) {
		FAULT(reader, member->place, MSG_CONTRACT_TEXT_EMPTY, key);
		return false;
	}
	*out = member->as.string;
	return true;
}

const struct value *read_object(struct reader *reader, const struct value *object, const char *key)
{
	return member_of_kind(reader, object, key, VALUE_OBJECT, "{ … }");
}

const struct value *read_list(struct reader *reader, const struct value *object, const char *key)
{
	return member_of_kind(reader, object, key, VALUE_ARRAY, "[ … ]");
}

bool read_boolean(struct reader *reader, const struct value *object, const char *key, bool *out)
{
	const struct value *member = member_of_kind(reader, object, key, VALUE_BOOL, "true | false");
	if (member)
		*out = member->as.boolean;
	return member != NULL;
}

bool read_number(struct reader *reader, const struct value *object, const char *key, double *out)
{
	const struct value *member = member_of_kind(reader, object, key, VALUE_NUMBER, "0, 1.5 …");
	if (member)
		*out = member->as.number;
	return member != NULL;
}

bool read_count(struct reader *reader, const struct value *object, const char *key, unsigned least, unsigned *out)
{
	enum { MOST = 1000000 };
	double number;
	if (!read_number(reader, object, key, &number))
		return false;
	if (number != floor(number) || number < least || number > MOST) {
		FAULT(reader, value_get(object, key)->place, MSG_CONTRACT_COUNT, key,
		      arena_printf(reader->arena, "%u", least));
		return false;
	}
	*out = (unsigned)number;
	return true;
}

bool read_date(struct reader *reader, const struct value *object, const char *key, struct date *out)
{
	const char *text;
	bool guessed;
	if (!read_text(reader, object, key, &text))
		return false;
	if (date_parse(chunk_of(text), out, &guessed))
		return true;
	FAULT(reader, value_get(object, key)->place, MSG_CONTRACT_DATE, text);
	return false;
}

bool read_duration(struct reader *reader, const struct value *object, const char *key, struct duration *out)
{
	const char *text;
	if (!read_text(reader, object, key, &text))
		return false;
	if (duration_parse(text, out))
		return true;
	FAULT(reader, value_get(object, key)->place, MSG_CONTRACT_DURATION, text);
	return false;
}

bool read_word(struct reader *reader, const struct value *object, const char *key, const char *const words[],
               size_t *out)
{
	const char *text;
	if (!read_text(reader, object, key, &text))
		return false;
	for (size_t i = 0; words[i]; i++) {
		if (strcmp(words[i], text) == 0) {
			*out = i;
			return true;
		}
	}
	FAULT(reader, value_get(object, key)->place, MSG_CONTRACT_WORD, text, key, join(reader->arena, words));
	return false;
}

bool read_term(struct reader *reader, const struct value *object, const char *key, struct span *out)
{
	static const char *const keys[] = { "from", "to", NULL };
	const struct value *member = value_get(object, key);
	struct date from, last;
	if (!member || !read_keys(reader, member, key, keys) || !read_required(reader, member, key, "from") ||
	    !read_required(reader, member, key, "to") || !read_date(reader, member, "from", &from) ||
	    !read_date(reader, member, "to", &last))
		return false;
	if (last.day < from.day) {
		FAULT(reader, value_get(member, "to")->place, MSG_CONTRACT_TERM_BACKWARDS, key);
		return false;
	}
	*out = (struct span){ from, { last.day + 1 } };
	return true;
}

/* "09:00" … "24:00" in seconds of the day; -1 when it is no time of day. */
static int32_t time_of_day(const struct value *value)
{
	if (!value || value->kind != VALUE_STRING)
		return -1;
	const char *text = value->as.string;
	if (strlen(text) != 5 || strspn(text, "0123456789") != 2 || text[2] != ':' ||
	    strspn(text + 3, "0123456789") != 2)
		return -1;
	int32_t hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
	if (minute > 59 || hour > 24 || (hour == 24 && minute))
		return -1;
	return hour * 3600 + minute * 60;
}

bool read_shifts(struct reader *reader, const struct value *object, const char *key, struct shifts *out)
{
	const struct value *list = read_list(reader, object, key);
	if (!list)
		return false;
	struct shift *shifts = NULL;
	size_t count = 0, capacity = 0;
	int32_t after = 0;
	for (size_t i = 0; i < list->as.array.count; i++) {
		const struct value *pair = list->as.array.items[i];
		bool is_pair = pair->kind == VALUE_ARRAY && pair->as.array.count == 2;
		struct shift shift = { is_pair ? time_of_day(pair->as.array.items[0]) : -1,
			               is_pair ? time_of_day(pair->as.array.items[1]) : -1 };
		if (shift.from < after || shift.to <= shift.from) {
			FAULT(reader, pair->place, MSG_CONTRACT_SHIFT, key);
			return false;
		}
		after = shift.to;
		arena_push(reader->arena, shifts, count, capacity, shift);
	}
	if (!count) {
		FAULT(reader, list->place, MSG_CONTRACT_SHIFT, key);
		return false;
	}
	*out = (struct shifts){ shifts, count };
	return true;
}

bool read_texts(struct reader *reader, const struct value *object, const char *key, const char ***out, size_t *count)
{
	const struct value *member = value_get(object, key);
	if (!member)
		return false;
	if (member->kind == VALUE_STRING) {
		*out = arena_alloc(reader->arena, sizeof **out);
		*count = 1;
		return read_text(reader, object, key, &(*out)[0]);
	}
	if (member->kind != VALUE_ARRAY) {
		FAULT(reader, member->place, MSG_CONTRACT_WRONG_KIND, key, "[\"…\", …]");
		return false;
	}
	*count = 0;
	size_t capacity = 0;
	for (size_t i = 0; i < member->as.array.count; i++) {
		const struct value *text = member->as.array.items[i];
		if (text->kind != VALUE_STRING || !*text->as.string) {
			FAULT(reader, text->place, MSG_CONTRACT_WRONG_KIND, key, "[\"…\", …]");
			return false;
		}
		arena_push(reader->arena, *out, *count, capacity, text->as.string);
	}
	return *count > 0;
}

bool read_time_field(struct reader *reader, const struct value *object, const char *key, const struct schema *schema,
                     const char **out)
{
	const char *text;
	if (!read_text(reader, object, key, &text))
		return false;
	struct place place = value_get(object, key)->place;
	size_t index = schema_field_index(schema, text);
	if (index == SIZE_MAX) {
		FAULT(reader, place, MSG_CONTRACT_FIELD_UNKNOWN, schema->type, text);
		return false;
	}
	const struct schema_field *field = &schema->fields[index];
	if (field->type != FIELD_DATE && field->type != FIELD_DATETIME) {
		FAULT(reader, place, MSG_CONTRACT_FIELD_NO_TIME, schema->type, text);
		return false;
	}
	*out = field->name;
	return true;
}

bool read_due(struct reader *reader, const struct value *object, enum due_from *from, struct duration *out)
{
	static const char *const keys[] = { "after", "within", NULL };
	static const char *const moments[] = { "end", "start", "signing", NULL };
	static const enum due_from moment_values[] = { DUE_AFTER_END, DUE_AFTER_START, DUE_AFTER_SIGNING };
	const struct value *due = value_get(object, "due");
	if (!due)
		return false;
	if (due->kind == VALUE_STRING) {
		if (strcmp(due->as.string, "last-workday") == 0) {
			*from = DUE_LAST_WORKDAY;
			return true;
		}
		*from = DUE_AFTER_END;
		return read_duration(reader, object, "due", out);
	}
	size_t moment;
	if (!read_keys(reader, due, "due", keys) || !read_required(reader, due, "due", "after") ||
	    !read_required(reader, due, "due", "within") || !read_word(reader, due, "after", moments, &moment))
		return false;
	*from = moment_values[moment];
	return read_duration(reader, due, "within", out);
}

bool read_period_kind(struct reader *reader, const struct value *object, const char *key, enum period_kind *out)
{
	static const char *const words[] = { "day",
		                             "week",
		                             "month",
		                             "quarter",
		                             "half-year",
		                             "year",
		                             "contract-month",
		                             "contract-quarter",
		                             "contract-half-year",
		                             "contract-year",
		                             "term",
		                             NULL };
	static const enum period_kind kinds[] = {
		PERIOD_DAY,
		PERIOD_WEEK,
		PERIOD_MONTH,
		PERIOD_QUARTER,
		PERIOD_HALF_YEAR,
		PERIOD_YEAR,
		PERIOD_CONTRACT_MONTH,
		PERIOD_CONTRACT_QUARTER,
		PERIOD_CONTRACT_HALF_YEAR,
		PERIOD_CONTRACT_YEAR,
		PERIOD_TERM,
	};
	size_t index;
	if (!read_word(reader, object, key, words, &index))
		return false;
	*out = kinds[index];
	return true;
}

bool read_clause(struct reader *reader, const struct value *object, const char *key, const char **out)
{
	const struct contract *contract = reader->contract;
	if (!read_text(reader, object, key, out))
		return false;
	if (!contract->clause_count || contract_clause(contract, *out))
		return true;
	FAULT(reader, value_get(object, key)->place, MSG_CLAUSE_UNKNOWN, *out);
	return false;
}

bool read_item(struct reader *reader, const struct value *object, const char *what, struct item *out)
{
	const struct contract *contract = reader->contract;
	size_t before = reader->faults;
	out->place = object->place;
	out->valid = (struct span){ { INT32_MIN }, { INT32_MAX } };
	if (read_required(reader, object, what, "id"))
		read_text(reader, object, "id", &out->id);
	if (read_required(reader, object, what, "clause"))
		read_clause(reader, object, "clause", &out->clause);
	if (!read_text(reader, object, "name", &out->name)) {
		const char *text = out->clause ? contract_clause(contract, out->clause) : NULL;
		out->name = text ? text : out->id;
	}
	const char *service;
	if (read_text(reader, object, "service", &service)) {
		out->service = contract_service(contract, service);
		if (!out->service)
			FAULT(reader, value_get(object, "service")->place, MSG_SERVICE_UNKNOWN, service);
	}
	return reader->faults == before;
}
