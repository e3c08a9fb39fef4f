#include <string.h>

#include "ledger/reader.h"

const struct system *contract_system(const struct contract *contract, const char *text)
{
	for (size_t i = 0; text && i < contract->system_count; i++) {
		const struct system *system = &contract->systems[i];
		if (strcmp(system->id, text) == 0 || strcmp(system->name, text) == 0)
			return system;
	}
	return NULL;
}

const struct level *contract_level(const struct contract *contract, const char *text)
{
	for (size_t i = 0; text && i < contract->level_count; i++) {
		const struct level *level = &contract->levels[i];
		if (strcmp(level->id, text) == 0 || strcmp(level->name, text) == 0)
			return level;
	}
	return NULL;
}

const struct service *contract_service(const struct contract *contract, const char *id)
{
	for (size_t i = 0; id && i < contract->service_count; i++)
		if (strcmp(contract->services[i].id, id) == 0)
			return &contract->services[i];
	return NULL;
}

const char *contract_clause(const struct contract *contract, const char *id)
{
	for (size_t i = 0; id && i < contract->clause_count; i++)
		if (strcmp(contract->clauses[i].id, id) == 0)
			return contract->clauses[i].text;
	return NULL;
}

static bool holds(struct span span, struct date date)
{
	return span.from.day <= date.day && date.day < span.to.day;
}

const struct target *contract_target(const struct contract *contract, const char *id, struct date date)
{
	for (size_t i = 0; i < contract->target_count; i++) {
		const struct item *item = &contract->targets[i].item;
		if (strcmp(item->id, id) == 0 && holds(item->valid, date))
			return &contract->targets[i];
	}
	return NULL;
}

bool item_valid_in(const struct item *item, struct span span)
{
	return item->valid.from.day < span.to.day && item->valid.to.day > span.from.day;
}

static size_t list_length(const struct value *list)
{
	return list ? list->as.array.count : 0;
}

static void read_clauses(struct reader *reader, const struct value *object)
{
	struct contract *contract = reader->contract;
	const struct value *clauses = read_object(reader, object, "clauses");
	for (size_t i = 0; clauses && i < clauses->as.object.count; i++) {
		const struct member *member = &clauses->as.object.members[i];
		struct clause clause = { .id = member->name, .place = member->place };
		if (read_text(reader, clauses, member->name, &clause.text))
			arena_push(contract->arena, contract->clauses, contract->clause_count,
			           contract->clause_capacity, clause);
	}
}

static void read_services(struct reader *reader, const struct value *object)
{
	static const char *const keys[] = { "id", "name", "term", "systems", NULL };
	struct contract *contract = reader->contract;
	const struct value *list = read_list(reader, object, "services");
	for (size_t i = 0; i < list_length(list); i++) {
		const struct value *value = list->as.array.items[i];
		struct service service = { .term = contract->term, .place = value->place };
		if (!read_keys(reader, value, "service", keys) || !read_required(reader, value, "service", "id") ||
		    !read_text(reader, value, "id", &service.id))
			continue;
		service.name = service.id;
		read_text(reader, value, "name", &service.name);
		read_term(reader, value, "term", &service.term);
		if (service.term.from.day < contract->term.from.day || service.term.to.day > contract->term.to.day)
			FAULT(reader, value_get(value, "term")->place, MSG_SERVICE_OUTSIDE_TERM, service.id);
		if (contract_service(contract, service.id))
			FAULT(reader, value->place, MSG_CONTRACT_ID_TWICE, service.id);
		else
			arena_push(contract->arena, contract->services, contract->service_count,
			           contract->service_capacity, service);
	}
}

static void read_systems(struct reader *reader, const struct value *object)
{
	static const char *const keys[] = { "id", "name", "service", "provider", "service_time", NULL };
	struct contract *contract = reader->contract;
	const struct value *list = read_list(reader, object, "systems");
	for (size_t i = 0; i < list_length(list); i++) {
		const struct value *value = list->as.array.items[i];
		struct system system = { .place = value->place };
		const char *service;
		if (!read_keys(reader, value, "system", keys) || !read_required(reader, value, "system", "id") ||
		    !read_text(reader, value, "id", &system.id))
			continue;
		system.name = system.id;
		read_text(reader, value, "name", &system.name);
		read_text(reader, value, "provider", &system.provider);
		system.has_service_time = read_shifts(reader, value, "service_time", &system.service_time);
		if (read_text(reader, value, "service", &service)) {
			system.service = contract_service(contract, service);
			if (!system.service)
				FAULT(reader, value_get(value, "service")->place, MSG_SERVICE_UNKNOWN, service);
		}
		if (contract_system(contract, system.id) || contract_system(contract, system.name))
			FAULT(reader, value->place, MSG_CONTRACT_ID_TWICE, system.id);
		else
			arena_push(contract->arena, contract->systems, contract->system_count,
			           contract->system_capacity, system);
	}
}

/* A service may list its systems as well as a system may name its service. */
static void link_services(struct reader *reader, const struct value *object)
{
	struct contract *contract = reader->contract;
	const struct value *list = value_get(object, "services");
	for (size_t i = 0; list && list->kind == VALUE_ARRAY && i < list->as.array.count; i++) {
		const struct value *value = list->as.array.items[i];
		const struct service *service = contract_service(contract, value_get_string(value, "id"));
		const char **names = NULL;
		size_t count = 0;
		if (!service || !read_texts(reader, value, "systems", &names, &count))
			continue;
		for (size_t n = 0; n < count; n++) {
			const struct system *found = contract_system(contract, names[n]);
			if (found)
				contract->systems[found - contract->systems].service = service;
			else
				FAULT(reader, value_get(value, "systems")->place, MSG_SYSTEM_UNKNOWN, names[n]);
		}
	}
}

static void read_levels(struct reader *reader, const struct value *object)
{
	static const char *const keys[] = { "id", "name", "description", NULL };
	struct contract *contract = reader->contract;
	const struct value *list = read_list(reader, object, "levels");
	for (size_t i = 0; i < list_length(list); i++) {
		const struct value *value = list->as.array.items[i];
		struct level level = { .place = value->place };
		if (!read_keys(reader, value, "level", keys) || !read_required(reader, value, "level", "id") ||
		    !read_text(reader, value, "id", &level.id))
			continue;
		level.name = level.id;
		read_text(reader, value, "name", &level.name);
		read_text(reader, value, "description", &level.description);
		if (contract_level(contract, level.id) || contract_level(contract, level.name))
			FAULT(reader, value->place, MSG_CONTRACT_ID_TWICE, level.id);
		else
			arena_push(contract->arena, contract->levels, contract->level_count, contract->level_capacity,
			           level);
	}
}

static void read_imports(struct reader *reader, const struct value *object)
{
	static const char *const keys[] = { "until", "commit", "reason", NULL };
	struct contract *contract = reader->contract;
	const struct value *list = read_list(reader, object, "imports");
	for (size_t i = 0; i < list_length(list); i++) {
		const struct value *value = list->as.array.items[i];
		struct import import = { .place = value->place };
		if (!read_keys(reader, value, "import", keys) || !read_required(reader, value, "import", "until") ||
		    !read_required(reader, value, "import", "reason") ||
		    !read_date(reader, value, "until", &import.until) ||
		    !read_text(reader, value, "reason", &import.reason))
			continue;
		read_text(reader, value, "commit", &import.commit);
		arena_push(contract->arena, contract->imports, contract->import_count, contract->import_capacity,
		           import);
	}
}

/* {member: duration}; whether it is there and right. */
static bool read_inner_duration(struct reader *reader, const struct value *object, const char *key, const char *member,
                                struct duration *out)
{
	const char *const keys[] = { member, NULL };
	const struct value *value = value_get(object, key);
	return value && read_keys(reader, value, key, keys) && read_required(reader, value, key, member) &&
	       read_duration(reader, value, member, out);
}

static void read_law(struct reader *reader, const struct value *object)
{
	static const char *const hours_keys[] = { "shifts", NULL };
	static const char *const rules[] = { "civil-code", "same-clock", "count-first-day", NULL };
	static const enum day_rule rule_values[] = { RULE_CIVIL_CODE, RULE_SAME_CLOCK, RULE_COUNT_FIRST_DAY };
	static const char *const ends[] = { "midnight", "close", NULL };
	static const struct shift office = { 9 * 3600, 17 * 3600 };
	struct contract *contract = reader->contract;
	const struct value *hours = value_get(object, "hours");
	size_t word;
	contract->shifts = (struct shifts){ &office, 1 };
	if (hours && read_keys(reader, hours, "hours", hours_keys) && read_required(reader, hours, "hours", "shifts"))
		read_shifts(reader, hours, "shifts", &contract->shifts);
	if (read_word(reader, object, "rule", rules, &word))
		contract->rule = rule_values[word];
	if (read_word(reader, object, "day_ends", ends, &word))
		contract->ends_at_close = word == 1;
	contract->has_recording = read_inner_duration(reader, object, "recording", "within", &contract->recording);
	contract->has_reopen = read_inner_duration(reader, object, "reopen", "within", &contract->reopen);
	contract->has_announced = read_inner_duration(reader, object, "maintenance", "announced", &contract->announced);
}

static void read_head(struct reader *reader, const struct value *object)
{
	struct contract *contract = reader->contract;
	const char *id;
	contract->name = contract->id;
	contract->purchaser = contract->provider = "";
	if (read_text(reader, object, "id", &id) && strcmp(id, contract->id) != 0)
		FAULT(reader, value_get(object, "id")->place, MSG_CONTRACT_ID_FOLDER, id, contract->id);
	read_text(reader, object, "name", &contract->name);
	read_text(reader, object, "seed", &contract->seed);
	if (read_required(reader, object, "contract", "purchaser"))
		read_text(reader, object, "purchaser", &contract->purchaser);
	if (read_required(reader, object, "contract", "provider"))
		read_text(reader, object, "provider", &contract->provider);
	contract->signed_on = contract->term.from;
	read_date(reader, object, "signed_on", &contract->signed_on);
	contract->has_amount = read_number(reader, object, "amount", &contract->amount);
	read_texts(reader, object, "editions", &contract->editions, &contract->edition_count);
	read_texts(reader, object, "units", &contract->units, &contract->unit_count);
}

struct contract *contract_read(struct arena *arena, const struct contract_records *records, const struct map *schemas,
                               struct diags *diags)
{
	static const char *const keys[] = {
		"id",      "name",        "seed",     "purchaser", "provider",  "offset",  "signed_on",   "term",
		"amount",  "hours",       "day_ends", "rule",      "recording", "reopen",  "maintenance", "imports",
		"clauses", "services",    "systems",  "editions",  "units",     "levels",  "targets",     "duties",
		"limits",  "staff_rules", "payment",  "appraisal", "demands",   "reports", "amendments",  NULL,
	};
	const struct value *json = records->contract;
	struct contract *contract = arena_alloc(arena, sizeof *contract);
	struct reader reader = { arena, contract, schemas, diags, 0 };
	if (!json || !read_keys(&reader, json, "contract", keys) || !read_required(&reader, json, "contract", "term") ||
	    !read_term(&reader, json, "term", &contract->term))
		return NULL;
	contract->arena = arena;
	contract->id = records->id;
	contract->offset = records->offset;
	contract->place = json->place;
	read_head(&reader, json);
	read_law(&reader, json);
	read_clauses(&reader, json);
	read_services(&reader, json);
	read_systems(&reader, json);
	link_services(&reader, json);
	read_levels(&reader, json);
	read_imports(&reader, json);
	read_items(&reader, json);
	read_appraisal(&reader, json);
	check_targets(&reader);
	return contract;
}
