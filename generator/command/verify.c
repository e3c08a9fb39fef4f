/* opsledger verify: whether a PDF file is the report it says it is, whose
 * signatures it bears, and what else was done to it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/output.h"
#include "base/version.h"
#include "command/remaking.h"
#include "command/signed.h"
#include "proof/digest.h"
#include "source/json.h"
#include "source/repository.h"

static const struct command_option options[] = {
	{ "trust", 0, "CA", N_("certificates that the signers' have to lead to, PEM"), false },
	{ "json", 0, NULL, N_("for programs"), false },
	{ NULL, 0, NULL, NULL, false },
};

struct answer {
	const char *file;
	const struct pdf_reader *reader;
	struct pdf_proof proof;
	struct remaking remaking;
	struct value *signoffs; /* see signed_rows */
	bool valid;
};

static void print_origin(const struct answer *answer, struct buf *out)
{
	const struct pdf_origin *origin = &answer->proof.origin;
	size_t bytes = pdf_first_revision(answer->reader).len;
	if (!answer->proof.originates) {
		buf_printf(out, "✗ %s\n", translate("The file does not say which report of which commit it is."));
		return;
	}
	buf_printf(out, translate("Report %s/%s, commit %.*s, as of %s"), origin->contract, origin->stem, COMMIT_SHORT,
	           origin->commit, origin->as_of);
	buf_putc(out, '\n');
	bool own = strcmp(origin->program, program_name()) == 0;
	switch (answer->remaking.answer) {
	case REMADE_SAME:
		buf_puts(out, "✓ ");
		buf_printf(out, translate("The first revision (%zu bytes) is what this commit gives, byte for byte."),
		           bytes);
		break;
	case REMADE_DIFFERENT:
		buf_puts(out, "✗ ");
		buf_printf(out,
		           translate("The first revision is not what this commit gives: from byte %zu on it differs."),
		           answer->remaking.different_at);
		if (own)
			buf_printf(out, " %s", translate("It was altered, or made with other fonts or libraries."));
		break;
	case REMADE_NOT:
		buf_puts(out, "✗ ");
		buf_puts(out, translate("The report cannot be made again from this repository, so the first revision "
		                        "is not proved."));
		break;
	}
	if (answer->remaking.answer != REMADE_SAME && !own) {
		buf_putc(out, ' ');
		buf_printf(out,
		           translate("It says that opsledger %s made it, and this is %s: that one would tell more."),
		           origin->program, program_name());
	}
	buf_putc(out, '\n');
}

static void print_changes(const struct answer *answer, struct buf *out)
{
	const struct pdf_changes *changes = &answer->proof.changes;
	if (changes->count == 0 && answer->reader->count > 1)
		buf_printf(out, "✓ %s\n", translate("Later revisions add nothing but what signatures need."));
	for (size_t i = 0; i < changes->count; i++) {
		const struct pdf_change *change = &changes->items[i];
		buf_puts(out, "✗ ");
		if (change->page)
			buf_printf(out, translate("Revision %zu, page %u, object %u: %s"), change->revision + 1,
			           change->page, change->object, change->what);
		else if (change->object)
			buf_printf(out, translate("Revision %zu, object %u: %s"), change->revision + 1, change->object,
			           change->what);
		else
			buf_printf(out, translate("Revision %zu, trailer: %s"), change->revision + 1, change->what);
		buf_putc(out, '\n');
	}
}

static void print_chain(const struct pdf_signature *signature, struct buf *out)
{
	const struct cms_verdict *verdict = &signature->verdict;
	switch (verdict->chain) {
	case CHAIN_TRUSTED:
		buf_puts(out, translate("the certificate leads to one that is trusted; revocation was not looked up"));
		break;
	case CHAIN_NOT_TRUSTED:
		buf_printf(out, translate("the certificate is not trusted: %s"), verdict->chain_fault);
		break;
	case CHAIN_NOT_CHECKED:
		buf_puts(out, translate("not trusted, chain not checked: give --trust"));
		break;
	}
}

static void print_stamp(const struct stamp *stamp, struct buf *out)
{
	char at[INSTANT_TEXT];
	if (!stamp->present) {
		buf_puts(out, translate("no time stamp"));
		return;
	}
	if (stamp->fault) {
		buf_printf(out, translate("its time stamp does not hold: %s"), stamp->fault);
		return;
	}
	instant_format(stamp->at, at);
	if (stamp->chain == CHAIN_TRUSTED)
		buf_printf(out, translate("time stamp: %s, by %s, whose certificate leads to one that is trusted"), at,
		           stamp->authority);
	else if (stamp->chain == CHAIN_NOT_TRUSTED)
		buf_printf(out, translate("time stamp: %s, by %s, whose certificate is not trusted: %s"), at,
		           stamp->authority, stamp->chain_fault);
	else
		buf_printf(out, translate("time stamp: %s, by %s, whose chain was not checked"), at, stamp->authority);
}

static void print_signature(const struct pdf_signature *signature, struct buf *out)
{
	const struct cms_verdict *verdict = &signature->verdict;
	char at[INSTANT_TEXT];
	buf_puts(out, pdf_signature_holds(signature) ? "✓ " : "✗ ");
	buf_printf(out, translate("Field \"%s\", revision %zu"), signature->field, signature->revision + 1);
	if (verdict->signer)
		buf_printf(out, translate(": signed by %s (certificate of %s)"), verdict->signer, verdict->issuer);
	if (signature->timed)
		buf_printf(out, translate(", at %s by the signer's own word"), instant_format(signature->at, at));
	if (*signature->reason)
		buf_printf(out, translate(", reason: %s"), signature->reason);
	if (*signature->location)
		buf_printf(out, translate(", place: %s"), signature->location);
	buf_puts(out, "\n  ");
	if (verdict->fault)
		buf_printf(out, translate("the signature does not hold: %s"), verdict->fault);
	else
		buf_printf(out, translate("the signature holds (%s) and covers its whole revision"), verdict->digest);
	buf_putc(out, '\n');
	if (!verdict->signer)
		return;
	buf_puts(out, "  ");
	print_chain(signature, out);
	buf_puts(out, "\n  ");
	print_stamp(&verdict->stamp, out);
	buf_putc(out, '\n');
}

static void print_text(const struct answer *answer, struct buf *out)
{
	const struct pdf_proof *proof = &answer->proof;
	print_origin(answer, out);
	print_changes(answer, out);
	for (size_t i = 0; i < proof->signatures.count; i++)
		print_signature(&proof->signatures.items[i], out);
	signed_rows_text(answer->signoffs, out);
	buf_printf(out, translate("Fields not signed: %zu"), proof->unsigned_fields);
	buf_printf(out, "\n%s\n",
	           answer->valid ? translate("The file is proved.")
	                         : translate("The file is NOT proved: see the lines that begin with ✗."));
}

static struct value *text_or_null(struct arena *arena, const char *text)
{
	return text && *text ? value_string(arena, text) : value_null(arena);
}

static const char *const chains[] = { "not checked", "trusted", "not trusted" };

static struct value *stamp_json(struct arena *arena, const struct stamp *stamp)
{
	char at[INSTANT_TEXT];
	if (!stamp->present)
		return value_null(arena);
	struct value *object = value_object(arena);
	value_set(arena, object, "authority", text_or_null(arena, stamp->authority));
	value_set(arena, object, "at", text_or_null(arena, stamp->fault ? NULL : instant_format(stamp->at, at)));
	value_set(arena, object, "holds", value_bool(arena, !stamp->fault));
	value_set(arena, object, "fault", text_or_null(arena, stamp->fault));
	value_set(arena, object, "chain", value_string(arena, chains[stamp->chain]));
	value_set(arena, object, "chain_fault", text_or_null(arena, stamp->chain_fault));
	return object;
}

static struct value *signature_json(struct arena *arena, const struct pdf_reader *reader,
                                    const struct pdf_signature *signature)
{
	const struct cms_verdict *verdict = &signature->verdict;
	struct value *object = value_object(arena);
	char at[INSTANT_TEXT];
	value_set(arena, object, "field", value_string(arena, signature->field));
	value_set(arena, object, "revision", value_number(arena, (double)(signature->revision + 1)));
	struct chunk signed_file = { reader->file.data, reader->revisions[signature->revision].to };
	char digest[SHA256_TEXT];
	value_set(arena, object, "sha256", value_string(arena, sha256_hex(signed_file, digest)));
	value_set(arena, object, "signer", text_or_null(arena, verdict->signer));
	value_set(arena, object, "issuer", text_or_null(arena, verdict->issuer));
	value_set(arena, object, "signed_at",
	          text_or_null(arena, signature->timed ? instant_format(signature->at, at) : NULL));
	value_set(arena, object, "reason", text_or_null(arena, signature->reason));
	value_set(arena, object, "location", text_or_null(arena, signature->location));
	value_set(arena, object, "digest", text_or_null(arena, verdict->digest));
	value_set(arena, object, "covers_revision", value_bool(arena, signature->covers));
	value_set(arena, object, "holds", value_bool(arena, !verdict->fault));
	value_set(arena, object, "fault", text_or_null(arena, verdict->fault));
	value_set(arena, object, "chain", value_string(arena, chains[verdict->chain]));
	value_set(arena, object, "chain_fault", text_or_null(arena, verdict->chain_fault));
	value_set(arena, object, "time_stamp", stamp_json(arena, &verdict->stamp));
	return object;
}

static void print_json(struct arena *arena, const struct answer *answer, struct buf *out)
{
	static const char *const words[] = { "same", "different", "not possible" };
	const struct pdf_proof *proof = &answer->proof;
	const struct pdf_origin *origin = &proof->origin;
	struct value *object = value_object(arena);
	value_set(arena, object, "file", value_string(arena, answer->file));
	value_set(arena, object, "report",
	          proof->originates ? value_format(arena, "%s/%s", origin->contract, origin->stem) : value_null(arena));
	value_set(arena, object, "commit", text_or_null(arena, origin->commit));
	value_set(arena, object, "figures", text_or_null(arena, origin->figures));
	value_set(arena, object, "as_of", text_or_null(arena, origin->as_of));
	value_set(arena, object, "program", text_or_null(arena, origin->program));
	value_set(arena, object, "verified_by", value_string(arena, program_name()));
	value_set(arena, object, "rebuilt", value_string(arena, words[answer->remaking.answer]));
	value_set(arena, object, "different_at",
	          answer->remaking.answer == REMADE_DIFFERENT
	              ? value_number(arena, (double)answer->remaking.different_at)
	              : value_null(arena));
	value_set(arena, object, "revisions", value_number(arena, (double)answer->reader->count));
	struct value *changes = value_set(arena, object, "changes", value_array(arena));
	for (size_t i = 0; i < proof->changes.count; i++) {
		const struct pdf_change *change = &proof->changes.items[i];
		struct value *item = value_push(arena, changes, value_object(arena));
		value_set(arena, item, "revision", value_number(arena, (double)(change->revision + 1)));
		value_set(arena, item, "object", value_number(arena, change->object));
		value_set(arena, item, "page", change->page ? value_number(arena, change->page) : value_null(arena));
		value_set(arena, item, "what", value_string(arena, change->what));
	}
	struct value *signatures = value_set(arena, object, "signatures", value_array(arena));
	for (size_t i = 0; i < proof->signatures.count; i++)
		value_push(arena, signatures, signature_json(arena, answer->reader, &proof->signatures.items[i]));
	value_set(arena, object, "signoffs", answer->signoffs);
	value_set(arena, object, "unsigned_fields", value_number(arena, (double)proof->unsigned_fields));
	value_set(arena, object, "valid", value_bool(arena, answer->valid));
	json_print(object, 2, out);
	buf_putc(out, '\n');
}

static enum status verify(const struct request *request, struct arena *arena, struct chunk file,
                          const struct trust *trust, struct diags *diags)
{
	struct answer answer = { .file = request->arguments[0], .remaking = { .answer = REMADE_NOT } };
	struct pdf_reader *reader = pdf_reader_open(arena, answer.file, file, diags);
	if (!reader)
		return STATUS_FAULTS;
	answer.reader = reader;
	answer.proof = pdf_verify(reader, trust);
	if (answer.proof.originates)
		answer.remaking = remake(request, reader, &answer.proof.origin);
	answer.signoffs = signed_rows(request, arena, reader, &answer.proof.origin, &answer.remaking);
	answer.valid = answer.remaking.answer == REMADE_SAME && pdf_proof_holds(&answer.proof);
	struct buf out = BUF_INIT;
	if (request_has(request, "json"))
		print_json(arena, &answer, &out);
	else
		print_text(&answer, &out);
	enum status status = print_out(&out);
	buf_free(&out);
	return status != STATUS_FINE ? status : answer.valid ? STATUS_FINE : STATUS_FAULTS;
}

static enum status run(const struct request *request)
{
	const char *path = request->arguments[0], *ca = request_value(request, "trust");
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf file = BUF_INIT, pem = BUF_INIT, text = BUF_INIT;
	struct trust *trust = NULL;
	enum status status = STATUS_CANNOT;
	if (!read_file(path, &file))
		complain(request->command, translate("cannot read %s"), path);
	else if (ca && !read_file(ca, &pem))
		complain(request->command, translate("cannot read %s"), ca);
	else if (!ca || (trust = trust_open(ca, buf_chunk(&pem), diags)))
		status = verify(request, arena, buf_chunk(&file), trust, diags);
	diags_print(diags, &text);
	fputs(buf_str(&text), stderr);
	trust_free(trust);
	buf_free(&text);
	buf_free(&pem);
	buf_free(&file);
	diags_free(diags);
	arena_free(arena);
	return status;
}

const struct command command_verify = {
	"verify", "FILE", 1, 1, N_("prove a report's PDF file: its source, its signatures, later changes"), options, run
};
