#include "command/signoff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/output.h"
#include "command/session.h"
#include "proof/digest.h"
#include "source/csv_append.h"
#include "source/rows.h"
#include "text/encoding.h"

static const char TYPE[] = "signoffs";

/* "SGN-2026-07": behind the greatest number of the year. */
static const char *next_id(struct arena *arena, const struct ledger *ledger, struct instant at)
{
	const struct record_list *rows = ledger_records(ledger, TYPE);
	const char *prefix = arena_printf(arena, "SGN-%04d-", date_year(date_of_instant(at)));
	unsigned long greatest = 0;
	for (size_t i = 0; i < rows->count; i++) {
		const char *id = rows->items[i]->id;
		unsigned long number =
		    strncmp(id, prefix, strlen(prefix)) == 0 ? strtoul(id + strlen(prefix), NULL, 10) : 0;
		if (number > greatest)
			greatest = number;
	}
	return arena_printf(arena, "%s%02lu", prefix, greatest + 1);
}

static const char **texts_of(struct arena *arena, const struct schema *schema, const struct signoff *signoff,
                             const char *id)
{
	char digest[SHA256_TEXT], at[INSTANT_TEXT];
	const struct {
		const char *name, *text;
	} values[] = {
		{ "id", id },
		{ "report", signoff->kind },
		{ "period", signoff->which },
		{ "commit", signoff->commit },
		{ "sha256", arena_strdup(arena, sha256_hex(signoff->file, digest)) },
		{ "signer", signoff->signer },
		{ "role", signoff->role },
		{ "signed_at", arena_strdup(arena, instant_format(signoff->at, at)) },
		{ "verdict", signoff->verdict },
	};
	const char **texts = arena_alloc(arena, schema->field_count * sizeof *texts);
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		size_t field = schema_field_index(schema, values[i].name);
		if (field != SIZE_MAX)
			texts[field] = values[i].text;
	}
	return texts;
}

static void ignore_row(const struct row *row, void *context)
{
	(void)row;
	(void)context;
}

/* Reads what the file would be, as check will when it is committed. */
static bool is_sound(struct session *session, const struct schema *schema, int32_t offset,
                     const struct signoff_file *file)
{
	struct decoded decoded = encoding_decode(session->arena, buf_chunk(&file->bytes));
	struct diags *diags = diags_new();
	struct field_reader reader;
	struct buf said = BUF_INIT;
	field_reader_open(&reader, session->arena, schema, offset, diags);
	rows_read_csv(&reader, file->name, decoded.text, ignore_row, NULL);
	field_reader_close(&reader);
	bool fine = diags_errors(diags) == 0 && decoded.fault_count == 0;
	if (!fine) {
		diags_print(diags, &said);
		fprintf(stderr, "%s%s\n", buf_str(&said),
		        translate("nothing is signed: signoffs.csv would have errors"));
	}
	buf_free(&said);
	diags_free(diags);
	return fine;
}

static bool prepare(struct session *session, const struct request *request, struct arena *arena,
                    const struct signoff *signoff, struct signoff_file *out)
{
	const struct ledger *ledger = session_find_ledger(session, signoff->contract);
	const struct schema *schema = map_get(&session->records->schemas, TYPE);
	struct buf before = BUF_INIT;
	out->name = arena_printf(arena, "records/%s/%s.csv", signoff->contract, TYPE);
	out->path = arena_printf(arena, "%s%s", repository_worktree(session->repository), out->name);
	if (!ledger || !schema) {
		complain(request->command, translate("the work tree has no contract \"%s\", or no record type \"%s\""),
		         signoff->contract, TYPE);
		return false;
	}
	if (access(out->path, F_OK) == 0 && !read_file(out->path, &before)) {
		complain(request->command, translate("cannot read %s"), out->path);
		return false;
	}
	struct signoff row = *signoff;
	row.at.offset = ledger->contract->offset;
	out->id = next_id(arena, ledger, row.at);
	csv_append(arena, buf_chunk(&before), schema, texts_of(arena, schema, &row, out->id), &out->bytes);
	buf_free(&before);
	return is_sound(session, schema, ledger->contract->offset, out);
}

bool signoff_prepare(const struct request *request, struct arena *arena, const struct signoff *signoff,
                     struct signoff_file *out)
{
	struct session session;
	*out = (struct signoff_file){ .bytes = BUF_INIT };
	bool fine = session_open(&session, request, READ_WORKTREE) == STATUS_FINE &&
	            prepare(&session, request, arena, signoff, out);
	session_close(&session);
	return fine;
}
