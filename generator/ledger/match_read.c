#include <string.h>

#include "ledger/reader.h"

static const struct schema *read_type(struct reader *reader, const struct value *object)
{
	const char *type;
	if (!read_required(reader, object, "condition", "type") || !read_text(reader, object, "type", &type))
		return NULL;
	const struct schema *schema = map_get(reader->schemas, type);
	if (!schema)
		FAULT(reader, value_get(object, "type")->place, MSG_CONTRACT_TYPE_UNKNOWN, type);
	return schema;
}

static const char *allowed_values(struct arena *arena, const struct schema_field *field)
{
	const char *joined = "";
	for (size_t i = 0; i < field->allowed_count; i++)
		joined = i ? arena_printf(arena, "%s, %s", joined, field->allowed[i]) : field->allowed[i];
	return joined;
}

/* What a record may hold where the contract says text: a system or a level
 * stands under its id and its name. */
struct spellings {
	const char *texts[2];
	size_t count;
};

static struct spellings spell(struct reader *reader, const struct schema_field *field, const char *text,
                              struct place place)
{
	const struct contract *contract = reader->contract;
	if (strcmp(field->name, "system") == 0 && contract->system_count) {
		const struct system *system = contract_system(contract, text);
		if (system)
			return (struct spellings){ { system->id, system->name }, 2 };
		FAULT(reader, place, MSG_SYSTEM_UNKNOWN, text);
		return (struct spellings){ .count = 0 };
	}
	if (strcmp(field->name, "level") == 0 && contract->level_count) {
		const struct level *level = contract_level(contract, text);
		if (level)
			return (struct spellings){ { level->id, level->name }, 2 };
		FAULT(reader, place, MSG_LEVEL_UNKNOWN, text);
		return (struct spellings){ .count = 0 };
	}
	for (size_t i = 0; i < field->allowed_count; i++)
		if (strcmp(field->allowed[i], text) == 0 || (field->labels && strcmp(field->labels[i], text) == 0))
			return (struct spellings){ { field->allowed[i] }, 1 };
	if (field->allowed_count) {
		FAULT(reader, place, MSG_CONTRACT_ENUM_UNKNOWN, text, field->name,
		      allowed_values(reader->arena, field));
		return (struct spellings){ .count = 0 };
	}
	return (struct spellings){ { text }, 1 };
}

static bool read_wanted(struct reader *reader, const struct schema_field *field, const struct value *value,
                        struct condition *out)
{
	size_t text_capacity = out->text_count, number_capacity = out->number_count;
	bool is_number = field->type == FIELD_INTEGER || field->type == FIELD_NUMBER;
	bool is_boolean = field->type == FIELD_BOOLEAN;
	if (value->kind == VALUE_NULL) {
		out->absent = true;
	} else if (value->kind == VALUE_BOOL && is_boolean) {
		out->has_boolean = true;
		out->boolean = value->as.boolean;
	} else if (value->kind == VALUE_NUMBER && is_number) {
		arena_push(reader->arena, out->numbers, out->number_count, number_capacity, value->as.number);
	} else if (value->kind == VALUE_STRING && !is_number && !is_boolean) {
		struct spellings spellings = spell(reader, field, value->as.string, value->place);
		for (size_t i = 0; i < spellings.count; i++)
			arena_push(reader->arena, out->texts, out->text_count, text_capacity, spellings.texts[i]);
		return spellings.count > 0;
	} else {
		FAULT(reader, value->place, MSG_CONTRACT_WRONG_KIND, field->name,
		      is_number    ? "0, [0, 1] …"
		      : is_boolean ? "true | false"
		                   : "\"…\", [\"…\", …] | null");
		return false;
	}
	return true;
}

static bool read_condition(struct reader *reader, const struct schema *schema, const struct member *member,
                           struct condition *out)
{
	size_t index = schema_field_index(schema, member->name);
	if (index == SIZE_MAX) {
		FAULT(reader, member->place, MSG_CONTRACT_FIELD_UNKNOWN, schema->type, member->name);
		return false;
	}
	const struct schema_field *field = &schema->fields[index];
	*out = (struct condition){ .field = field->name, .index = index };
	const struct value *value = member->value;
	if (value->kind != VALUE_ARRAY)
		return read_wanted(reader, field, value, out);
	for (size_t i = 0; i < value->as.array.count; i++)
		if (!read_wanted(reader, field, value->as.array.items[i], out))
			return false;
	return true;
}

/* {"service": "…"}: the record's system is one of the service's. */
static bool read_service_condition(struct reader *reader, const struct schema *schema, const struct member *member,
                                   struct condition *out)
{
	size_t index = schema_field_index(schema, "system"), capacity = 0;
	const struct value *value = member->value;
	const struct service *service =
	    value->kind == VALUE_STRING ? contract_service(reader->contract, value->as.string) : NULL;
	if (index == SIZE_MAX) {
		FAULT(reader, member->place, MSG_CONTRACT_FIELD_UNKNOWN, schema->type, "system");
		return false;
	}
	if (!service) {
		FAULT(reader, value->place, MSG_SERVICE_UNKNOWN, value->kind == VALUE_STRING ? value->as.string : "");
		return false;
	}
	*out = (struct condition){ .field = "system", .index = index };
	for (size_t i = 0; i < reader->contract->system_count; i++) {
		const struct system *system = &reader->contract->systems[i];
		if (system->service != service)
			continue;
		arena_push(reader->arena, out->texts, out->text_count, capacity, system->id);
		arena_push(reader->arena, out->texts, out->text_count, capacity, system->name);
	}
	return true;
}

bool read_conditions(struct reader *reader, const struct value *object, const struct schema *schema,
                     const char *const except[], struct match *out)
{
	size_t before = reader->faults, capacity = 0;
	*out = (struct match){ .schema = schema, .place = object->place };
	for (size_t i = 0; i < object->as.object.count; i++) {
		const struct member *member = &object->as.object.members[i];
		const char *const *key = except;
		while (*key && strcmp(*key, member->name) != 0)
			key++;
		struct condition condition = { 0 };
		if (*key)
			continue;
		bool is_service = strcmp(member->name, "service") == 0;
		if ((is_service ? read_service_condition : read_condition)(reader, schema, member, &condition))
			arena_push(reader->arena, out->conditions, out->count, capacity, condition);
	}
	return reader->faults == before;
}

bool read_match(struct reader *reader, const struct value *object, const char *key, struct match *out)
{
	static const char *const except[] = { "type", NULL };
	const struct value *value = value_get(object, key);
	if (!value)
		return false;
	if (value->kind != VALUE_OBJECT) {
		FAULT(reader, value->place, MSG_CONTRACT_WRONG_KIND, key, "{\"type\": \"…\", …}");
		return false;
	}
	const struct schema *schema = read_type(reader, value);
	return schema && read_conditions(reader, value, schema, except, out);
}
