#include <string.h>

#include "ledger/reader.h"

/* "02-14" or "lunar 07-07" */
static bool parse_yearly_date(const char *text, struct yearly_date *out)
{
	static const char lunar[] = "lunar ";
	out->lunar = strncmp(text, lunar, sizeof lunar - 1) == 0;
	if (out->lunar)
		text += sizeof lunar - 1;
	if (strlen(text) != 5 || strspn(text, "0123456789") != 2 || text[2] != '-' ||
	    strspn(text + 3, "0123456789") != 2)
		return false;
	out->month = (text[0] - '0') * 10 + text[1] - '0';
	out->day = (text[3] - '0') * 10 + text[4] - '0';
	if (out->lunar)
		return out->month >= 1 && out->month <= 12 && out->day >= 1 && out->day <= 30;
	return date_is_valid(2024, out->month, out->day); /* a leap year: 02-29 is a date of some years */
}

static void read_dates(struct reader *reader, const struct value *object, struct duty *out)
{
	const char **texts = NULL;
	size_t count = 0, capacity = 0;
	out->kind = DUTY_ON;
	read_texts(reader, object, "on", &texts, &count);
	for (size_t i = 0; i < count; i++) {
		struct yearly_date date;
		if (parse_yearly_date(texts[i], &date))
			arena_push(reader->arena, out->dates, out->date_count, capacity, date);
		else
			FAULT(reader, value_get(object, "on")->place, MSG_YEARLY_DATE, texts[i]);
	}
}

/* "-1d", "+3wd" */
static void read_offset(struct reader *reader, const struct value *object, struct duty *out)
{
	const char *text;
	struct duration duration;
	if (!read_text(reader, object, "offset", &text))
		return;
	bool back = *text == '-';
	if ((!back && *text != '+') || !duration_parse(text + 1, &duration) ||
	    (duration.unit != UNIT_DAY && duration.unit != UNIT_WORKING_DAY)) {
		FAULT(reader, value_get(object, "offset")->place, MSG_DUTY_OFFSET, text);
		return;
	}
	out->offset_days = back ? -duration.amount : duration.amount;
	out->offset_workdays = duration.unit == UNIT_WORKING_DAY;
}

/* {"system": ["a", "b"]}, or {"assets": {"kind": "数据库"}} */
static void read_each(struct reader *reader, const struct value *object, struct duty *out)
{
	static const char *const except[] = { NULL };
	const struct value *each = read_object(reader, object, "each");
	if (!each)
		return;
	if (each->as.object.count != 1) {
		FAULT(reader, each->place, MSG_DUTY_EACH);
		return;
	}
	const struct member *member = &each->as.object.members[0];
	bool of_assets = strcmp(member->name, "assets") == 0;
	const struct schema *schema = of_assets ? map_get(reader->schemas, "assets") : out->evidence.schema;
	out->each_field = of_assets ? "asset" : member->name;
	if (!schema) {
		FAULT(reader, member->place, MSG_CONTRACT_TYPE_UNKNOWN, "assets");
	} else if (schema_field_index(out->evidence.schema, out->each_field) == SIZE_MAX) {
		FAULT(reader, member->place, MSG_CONTRACT_FIELD_UNKNOWN, out->evidence.schema->type, out->each_field);
	} else if (of_assets) {
		const struct value *assets = read_object(reader, each, "assets");
		if (assets)
			read_conditions(reader, assets, schema, except, &out->each_assets);
	} else {
		/* Read as a condition too, so that every value is one the field can hold. */
		struct match checked;
		read_conditions(reader, each, schema, except, &checked);
		read_texts(reader, each, member->name, &out->each_values, &out->each_value_count);
	}
}

bool read_duty(struct reader *reader, const struct value *value, void *item)
{
	static const char *const keys[] = { "id",       "clause", "name", "service",  "every", "on",   "offset",
		                            "rest_day", "times",  "due",  "evidence", "at",    "each", NULL };
	static const char *const shifts[] = { "keep", "before", "after", NULL };
	struct duty *out = item;
	size_t before = reader->faults, word;
	if (!read_keys(reader, value, "duty", keys))
		return false;
	read_item(reader, value, "duty", &out->item);
	const char *every = value_get_string(value, "every");
	bool has_every = value_get(value, "every"), has_on = value_get(value, "on");
	if (has_every == has_on)
		FAULT(reader, value->place, MSG_DUTY_RHYTHM, out->item.id ? out->item.id : "");
	if (every && strcmp(every, "workday") == 0)
		out->kind = DUTY_EVERY_WORKDAY;
	else if (has_every)
		read_period_kind(reader, value, "every", &out->every);
	if (has_on)
		read_dates(reader, value, out);
	read_offset(reader, value, out);
	if (out->offset_days && !has_on)
		FAULT(reader, value_get(value, "offset")->place, MSG_DUTY_OFFSET_WITHOUT_DATE);
	if (read_word(reader, value, "rest_day", shifts, &word))
		out->rest_day = (enum rest_day_shift)word;
	out->times = 1;
	read_count(reader, value, "times", 1, &out->times);
	read_due(reader, value, &out->due_from, &out->due);
	if (!read_required(reader, value, "duty", "evidence") || !read_match(reader, value, "evidence", &out->evidence))
		return false;
	const struct schema *schema = out->evidence.schema;
	if (schema->date_field != SIZE_MAX)
		out->evidence_at = schema->fields[schema->date_field].name;
	read_time_field(reader, value, "at", schema, &out->evidence_at);
	if (!out->evidence_at)
		FAULT(reader, out->evidence.place, MSG_DUTY_UNDATED, schema->type);
	read_each(reader, value, out);
	return reader->faults == before;
}
