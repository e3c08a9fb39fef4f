/* opsledger view: the names that a template can print, each with its kind and a
 * sample. `report … --format json` prints the values themselves. */
#include <string.h>

#include "command/making.h"
#include "command/table.h"
#include "report/view.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "contract", 0, "ID", N_("the contract"), true },
	{ "period", 0, "PERIOD", N_("the period, or the id of the record that the report is about"), true },
	{ "json", 0, NULL, N_("for programs"), false },
	{ NULL, 0, NULL, NULL, false },
};

/* All values that stand at one name: of a name inside a list, those of every item. */
struct sight {
	struct value **items;
	size_t count, capacity;
};

/* What is written down, and for which names. */
struct catalogue {
	struct arena *arena;
	const struct map *schemas;
	const char *below; /* NULL: all names; else this one and those that begin with it and '.' or '[' */
	struct value *entries;
};

static void see(struct arena *arena, struct sight *sight, struct value *value)
{
	arena_push(arena, sight->items, sight->count, sight->capacity, value);
}

static bool is_list(const struct value *value)
{
	const struct value *items = value_get(value, "items");
	return items && items->kind == VALUE_ARRAY && value_get(value, "count");
}

/* The first value that is not null; else null. */
static struct value *sample_of(const struct sight *sight)
{
	for (size_t i = 0; i < sight->count; i++)
		if (sight->items[i]->kind != VALUE_NULL)
			return sight->items[i];
	return sight->items[0];
}

/* The schema of the record that value is a row of; NULL where it is no row. */
static const struct schema *schema_of(const struct catalogue *catalogue, const struct value *value)
{
	const char *record = value_get_string(value, "record"); /* CONTRACT/TYPE/ID */
	const char *type = record ? strchr(record, '/') : NULL;
	if (!type)
		return NULL;
	return map_get(catalogue->schemas, arena_strndup(catalogue->arena, type + 1, strcspn(type + 1, "/")));
}

/* The schema of the first item of a list of rows; NULL where value is none. */
static const struct schema *schema_of_items(const struct catalogue *catalogue, const struct value *value)
{
	return is_list(value) ? schema_of(catalogue, value_get(value, "items")->as.array.items[0]) : NULL;
}

static const char *kind_of(const struct catalogue *catalogue, const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		break;
	case VALUE_BOOL:
		return N_("flag");
	case VALUE_NUMBER:
		return N_("number");
	case VALUE_STRING:
		return N_("text");
	case VALUE_ARRAY:
		return N_("values");
	case VALUE_OBJECT:
		if (is_list(value))
			return schema_of_items(catalogue, value) ? N_("rows") : N_("list");
		return schema_of(catalogue, value) ? N_("row") : N_("group");
	}
	return N_("empty");
}

static void write_down(struct catalogue *catalogue, const char *name, struct value *sample)
{
	size_t length = catalogue->below ? strlen(catalogue->below) : 0;
	if (length && (strncmp(name, catalogue->below, length) != 0 || !strchr(".[", name[length])))
		return;
	struct arena *arena = catalogue->arena;
	struct value *entry = value_push(arena, catalogue->entries, value_object(arena));
	value_set(arena, entry, "name", value_string(arena, name));
	value_set(arena, entry, "kind", value_string(arena, kind_of(catalogue, sample)));
	if (sample->kind != VALUE_OBJECT)
		value_set(arena, entry, "sample", sample);
	else if (is_list(sample))
		value_set(arena, entry, "sample", value_get(sample, "count"));
	const struct schema *schema =
	    is_list(sample) ? schema_of_items(catalogue, sample) : schema_of(catalogue, sample);
	if (schema)
		value_set(arena, entry, "type", value_string(arena, schema->type));
}

static void walk(struct catalogue *catalogue, const char *name, const struct sight *sight);

/* Whether name goes without saying: what every item has, and the fields of a row, which stand with its type. */
static bool is_implied(const struct catalogue *catalogue, const char *path, const struct value *object,
                       const char *name)
{
	const struct schema *schema = schema_of(catalogue, object);
	if (strcmp(name, "number") == 0 || strcmp(name, "more") == 0 || (schema && strcmp(name, "level_id") == 0))
		return true;
	if (!schema || strcmp(path, "subject") == 0 ||
	    strcmp(path, arena_printf(catalogue->arena, "records.%s.list[]", schema->type)) == 0)
		return false;
	return strcmp(name, "record") == 0 || schema_field_index(schema, name) != SIZE_MAX;
}

/* The members of all objects in sight, each name once, in the order in which they come. */
static void walk_members(struct catalogue *catalogue, const char *name, const struct sight *sight)
{
	struct arena *arena = catalogue->arena;
	struct value *members = value_object(arena); /* name → index of its sight, to find it again */
	struct sight *sights = NULL;
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < sight->count; i++) {
		const struct value *object = sight->items[i];
		for (size_t j = 0; object->kind == VALUE_OBJECT && j < object->as.object.count; j++) {
			const struct member *member = &object->as.object.members[j];
			if (is_implied(catalogue, name, object, member->name))
				continue;
			const struct value *known = value_get(members, member->name);
			size_t index = known ? (size_t)known->as.number : count;
			if (!known) {
				value_set(arena, members, member->name, value_number(arena, (double)count));
				arena_push(arena, sights, count, capacity, (struct sight){ 0 });
			}
			see(arena, &sights[index], member->value);
		}
	}
	for (size_t i = 0; i < count; i++) {
		const char *member = members->as.object.members[i].name;
		walk(catalogue, arena_printf(arena, "%s.%s", name, member), &sights[i]);
	}
}

static void walk(struct catalogue *catalogue, const char *name, const struct sight *sight)
{
	struct value *sample = sample_of(sight);
	write_down(catalogue, name, sample);
	if (sample->kind != VALUE_ARRAY && !is_list(sample)) {
		walk_members(catalogue, name, sight);
		return;
	}
	struct sight inside = { 0 };
	for (size_t i = 0; i < sight->count; i++) {
		const struct value *value = sight->items[i];
		const struct value *items = value->kind == VALUE_ARRAY ? value : value_get(value, "items");
		for (size_t j = 0; items && j < items->as.array.count; j++)
			see(catalogue->arena, &inside, items->as.array.items[j]);
	}
	walk_members(catalogue, arena_printf(catalogue->arena, "%s[]", name), &inside);
}

/* One line, not too long: of a long text its beginning. */
static const char *short_sample(struct arena *arena, const struct value *sample)
{
	enum { LONGEST = 60 }; /* bytes */
	struct buf text = BUF_INIT;
	if (sample && sample->kind == VALUE_STRING)
		buf_puts(&text, sample->as.string);
	else if (sample && sample->kind != VALUE_NULL)
		json_print(sample, 0, &text);
	char *line = arena_strdup(arena, buf_str(&text));
	buf_free(&text);
	line[strcspn(line, "\n")] = '\0';
	size_t length = strlen(line);
	if (length <= LONGEST)
		return line;
	for (length = LONGEST; ((unsigned char)line[length] & 0xc0) == 0x80; length--)
		;
	line[length] = '\0';
	return arena_printf(arena, "%s…", line);
}

static void print_text(struct arena *arena, const struct value *entries, struct buf *out)
{
	const char *heads[] = { translate("name"), translate("kind"), translate("sample") };
	struct table *table = table_new(heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < entries->as.array.count; i++) {
		const struct value *entry = entries->as.array.items[i];
		table_cell(table, value_get_string(entry, "name"));
		table_cell(table, translate(value_get_string(entry, "kind")));
		const char *type = value_get_string(entry, "type");
		table_cell(table, type ? type : short_sample(arena, value_get(entry, "sample")));
	}
	table_print(table, out);
	table_free(table);
}

static enum status print_names(const struct session *session, const struct request *request, const struct value *view)
{
	struct catalogue catalogue = { session->arena, &session->records->schemas,
		                       request->argument_count > 1 ? request->arguments[1] : NULL,
		                       value_array(session->arena) };
	for (size_t i = 0; i < view->as.object.count; i++) {
		struct sight sight = { 0 };
		see(session->arena, &sight, view->as.object.members[i].value);
		walk(&catalogue, view->as.object.members[i].name, &sight);
	}
	if (catalogue.entries->as.array.count == 0)
		return complain(request->command, translate("no value of this report is called \"%s\""),
		                catalogue.below);
	struct buf out = BUF_INIT;
	if (request_has(request, "json")) {
		json_print(catalogue.entries, 2, &out);
		buf_putc(&out, '\n');
	} else {
		print_text(session->arena, catalogue.entries, &out);
	}
	enum status status = print_out(&out);
	buf_free(&out);
	return status;
}

static enum status answer(struct session *session, const struct request *request)
{
	const struct ledger *ledger = session_ledger(session, request);
	if (!ledger)
		return STATUS_CANNOT;
	struct making making;
	struct report_subject subject;
	enum status status = STATUS_CANNOT;
	/* The template may have faults, or not be there yet: its author is who asks. */
	if (making_open(&making, session, ledger) &&
	    report_subject_find(making.reporter, session->arena, request->arguments[0],
	                        request_value(request, "period"), &subject, session->diags))
		status =
		    print_names(session, request, view_make(making.reporter, session->arena, subject, session->diags));
	making_close(&making);
	enum status faults = session_report(session);
	return status == STATUS_FINE ? faults : status;
}

static enum status run(const struct request *request)
{
	return session_run(request, answer);
}

const struct command command_view = {
	"view", "KIND [NAME]", 1, 2, N_("list the values that a report's template can print"), options, run
};
