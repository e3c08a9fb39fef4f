#include "site/record_words.h"

#include <stdint.h>
#include <string.h>

#include "report/wording.h"
#include "text/utf8.h"

const char *record_words(struct arena *arena, const struct ledger *ledger, const struct record *record, size_t index)
{
	const struct schema_field *rule = &record->schema->fields[index];
	const struct field *field = &record->fields[index];
	if (!field->present)
		return NULL;
	switch (rule->type) {
	case FIELD_DATETIME:
		return wording_instant(arena, field->as.instant, ledger->contract->offset);
	case FIELD_DATE:
		return wording_date(arena, field->as.date);
	case FIELD_BOOLEAN:
		return field->as.boolean ? "是" : "否";
	case FIELD_NUMBER:
		return wording_number(arena, field->as.number);
	case FIELD_ARRAY:
	case FIELD_OBJECT:
		return NULL;
	case FIELD_STRING:
		for (size_t i = 0; i < rule->allowed_count && rule->labels; i++)
			if (strcmp(rule->allowed[i], field->text) == 0 && rule->labels[i])
				return rule->labels[i];
		break;
	case FIELD_INTEGER:
		break;
	}
	const struct record *other = rule->references ? ledger_find(ledger, rule->references, field->text) : NULL;
	const char *name = other ? record_text(other, "name") : NULL;
	if (name)
		return arena_printf(arena, "%s（%s）", name, field->text);
	if (strcmp(rule->name, "system") == 0) {
		const struct system *system = contract_system(ledger->contract, field->text);
		return system ? system->name : field->text;
	}
	return field->text;
}

const char *record_words_of(struct arena *arena, const struct ledger *ledger, const struct record *record,
                            const char *name)
{
	size_t index = schema_field_index(record->schema, name);
	return index == SIZE_MAX ? NULL : record_words(arena, ledger, record, index);
}

/* Text that people wrote, and not one of a list of words, an id or a name. */
static bool is_free(const struct schema *schema, size_t index)
{
	const struct schema_field *rule = &schema->fields[index];
	return rule->type == FIELD_STRING && index != schema->id_field && !rule->allowed_count && !rule->references &&
	       !rule->pattern && strcmp(rule->name, "system") != 0;
}

const char *record_summary(struct arena *arena, const struct record *record)
{
	enum { SUMMARY_CHARACTERS = 48 };
	static const char *const telling[] = { "title", "name", "question" };
	const char *text = NULL, *longest = NULL;
	for (size_t i = 0; !text && i < sizeof telling / sizeof *telling; i++)
		text = record_text(record, telling[i]);
	for (size_t i = 0; !text && i < record->schema->field_count; i++)
		if (record->fields[i].present && is_free(record->schema, i) &&
		    (!longest || strlen(record->fields[i].text) > strlen(longest)))
			longest = record->fields[i].text;
	if (!text)
		text = longest;
	if (!text)
		return "";
	struct chunk chunk = chunk_of(text);
	size_t at = 0;
	for (size_t i = 0; at < chunk.len && text[at] != '\n' && i < SUMMARY_CHARACTERS; i++)
		utf8_next(chunk, &at);
	return at == chunk.len ? text : arena_printf(arena, "%.*s…", (int)at, text);
}

const char *record_heading(struct arena *arena, const struct record *record)
{
	const char *summary = record_summary(arena, record);
	return *summary ? arena_printf(arena, "%s　%s", record->id, summary) : record->id;
}
