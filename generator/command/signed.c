#include "command/signed.h"

#include <string.h>

#include "command/session.h"
#include "proof/digest.h"

static bool is_of(const struct pdf_reader *reader, const char *sha256)
{
	char digest[SHA256_TEXT];
	for (size_t i = 0; i < reader->count; i++) {
		struct chunk revision = { reader->file.data, reader->revisions[i].to };
		if (strcmp(sha256_hex(revision, digest), sha256) == 0)
			return true;
	}
	return strcmp(sha256_hex(reader->file, digest), sha256) == 0;
}

static void set_text(struct arena *arena, struct value *object, const char *name, const char *text)
{
	value_set(arena, object, name, text ? value_string(arena, text) : value_null(arena));
}

static bool is_text(const struct record *row, const char *field, const char *text)
{
	const char *written = record_text(row, field);
	return written && text && strcmp(written, text) == 0;
}

struct value *signed_rows(const struct request *request, struct arena *arena, const struct pdf_reader *reader,
                          const struct pdf_origin *origin, const struct remaking *remaking)
{
	static const char *const texts[] = { "signed_at", "signer", "role", "verdict", "commit" };
	struct value *rows = value_array(arena);
	struct session session;
	const struct ledger *ledger = NULL;
	if (remaking->kind && session_open(&session, request, READ_COMMIT) == STATUS_FINE)
		ledger = session_find_ledger(&session, origin->contract);
	const struct record_list none = { 0 }, *list = ledger ? ledger_records(ledger, "signoffs") : &none;
	for (size_t i = 0; i < list->count; i++) {
		const struct record *row = list->items[i];
		const char *sha256 = record_text(row, "sha256");
		if (!is_text(row, "report", remaking->kind) || !is_text(row, "period", remaking->which))
			continue;
		struct value *item = value_push(arena, rows, value_object(arena));
		set_text(arena, item, "record", row->name);
		for (size_t j = 0; j < sizeof texts / sizeof *texts; j++)
			set_text(arena, item, texts[j], record_text(row, texts[j]));
		value_set(arena, item, "names_file",
		          sha256 ? value_bool(arena, is_of(reader, sha256)) : value_null(arena));
	}
	if (remaking->kind)
		session_close(&session);
	return rows;
}

void signed_rows_text(const struct value *rows, struct buf *out)
{
	for (size_t i = 0; i < rows->as.array.count; i++) {
		const struct value *row = rows->as.array.items[i], *names = value_get(row, "names_file");
		bool this_one = names->kind == VALUE_BOOL && names->as.boolean;
		buf_printf(out, "%s %s, %s, %s, %s: %s\n", this_one ? "✓" : "·", value_get_string(row, "record"),
		           value_get_string(row, "signed_at"), value_get_string(row, "signer"),
		           value_get_string(row, "verdict"),
		           this_one                    ? translate("the sign-off names this file")
		           : names->kind == VALUE_BOOL ? translate("the sign-off names another file")
		                                       : translate("the sign-off names no file"));
	}
}
