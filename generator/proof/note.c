#include "proof/note.h"

#include <string.h>

enum { SHORTEST_ID = 4 }; /* of a commit in a note */

/* record without its contract, when it is of that one; else NULL. */
static const char *own_name(const struct ledger *ledger, const char *record)
{
	size_t len = strlen(ledger->contract->id);
	return record && strncmp(record, ledger->contract->id, len) == 0 && record[len] == '/' ? record + len + 1
	                                                                                       : NULL;
}

static bool names_record(const struct ledger *ledger, const char *named, const char *record)
{
	const char *own = own_name(ledger, record);
	return record && (strcmp(named, record) == 0 || (own && strcmp(named, own) == 0));
}

static bool names_commit(const char *named, const char *commit)
{
	size_t len = strlen(named);
	return commit && len >= SHORTEST_ID && strncmp(commit, named, len) == 0;
}

static const char *own_reason(const struct ledger *ledger, const char *record)
{
	const char *type = own_name(ledger, record), *id = type ? strchr(type, '/') : NULL;
	if (!id)
		return NULL;
	struct arena *arena = arena_new();
	const struct record *found = ledger_find(ledger, arena_strndup(arena, type, (size_t)(id - type)), id + 1);
	const char *reason = NULL;
	for (size_t i = 0; found && i < found->schema->field_count && !reason; i++)
		if (found->schema->fields[i].explains && found->fields[i].present)
			reason = found->fields[i].text;
	arena_free(arena);
	return reason;
}

const char *note_reason(const struct ledger *ledger, const char *record, const char *commit, const char *flag)
{
	const struct record_list *notes = ledger_records(ledger, "audit_notes");
	const char *of_commit = NULL;
	for (size_t i = 0; i < notes->count; i++) {
		const char *named = record_text(notes->items[i], "record"),
		           *kind = record_text(notes->items[i], "flag");
		if (!named || (kind && strcmp(kind, flag) != 0))
			continue;
		if (names_record(ledger, named, record))
			return record_text(notes->items[i], "reason");
		if (!of_commit && names_commit(named, commit))
			of_commit = record_text(notes->items[i], "reason");
	}
	return of_commit ? of_commit : own_reason(ledger, record);
}
