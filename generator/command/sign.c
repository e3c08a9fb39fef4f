/* opsledger sign: a signature in a field of a PDF file.
 *
 * The one place where the clock of the host is right: when somebody signs is no
 * fact of the records. Passwords come from a file, the environment or the
 * terminal, never from an argument, which others on the host could read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/output.h"
#include "command/responder.h"
#include "command/signoff.h"
#include "proof/pdf_sign.h"

static const struct command_option options[] = {
	{ "field", 0, "NAME", N_("the signature field: the id of the signer in the contract"), true },
	{ "p12", 0, "FILE", N_("the signer's key and certificate, PKCS #12"), true },
	{ "password-file", 0, "FILE", N_("its password; else OPSLEDGER_PASSWORD, else the terminal is asked"), false },
	{ "reason", 0, "TEXT", N_("what the signature is for"), false },
	{ "location", 0, "TEXT", N_("where it is made"), false },
	{ "at-time", 0, "INSTANT", N_("the time to say; the clock's when not given"), false },
	{ "tsa-command", 0, "COMMAND",
	  N_("a program that gives a time stamp: request on its standard input, response on its standard output"),
	  false },
	{ "record", 0, NULL, N_("add the signature's row to records/CONTRACT/signoffs.csv of the work tree"), false },
	{ "verdict", 0, "VERDICT", N_("what the signer says of the report, for --record: a verdict of signoffs"),
	  false },
	{ "output", 'o', "OUT", N_("where to write; over FILE when not given"), false },
	{ NULL, 0, NULL, NULL, false },
};

/* Without echo, from the terminal that the process belongs to. */
static bool ask_password(struct buf *out)
{
	FILE *terminal = fopen("/dev/tty", "r+");
	struct termios before, silent;
	if (!terminal || tcgetattr(fileno(terminal), &before) != 0) {
		if (terminal)
			fclose(terminal);
		return false;
	}
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	buf_reserve(out, 1024); /* so that no copy is left behind by growing */
	/* Before it asks, as what is typed early would be shown, or lost. */
	tcsetattr(fileno(terminal), TCSAFLUSH, &silent);
	fputs(translate("Password: "), terminal);
	fflush(terminal);
	for (int byte; (byte = fgetc(terminal)) != EOF && byte != '\n';)
		buf_putc(out, (char)byte);
	tcsetattr(fileno(terminal), TCSAFLUSH, &before);
	fputc('\n', terminal);
	fclose(terminal);
	return true;
}

static bool read_password(const struct request *request, struct buf *out)
{
	const char *file = request_value(request, "password-file"), *environment = getenv("OPSLEDGER_PASSWORD");
	if (file) {
		if (!read_file(file, out)) {
			complain(request->command, translate("cannot read %s"), file);
			return false;
		}
		/* The first line, as openssl reads it. */
		size_t len = strcspn(buf_str(out), "\r\n");
		if (out->len > len) {
			memset(out->data + len, 0, out->len - len);
			out->len = len;
		}
		return true;
	}
	if (environment) {
		buf_puts(out, environment);
		unsetenv("OPSLEDGER_PASSWORD"); /* no program that is run later gets it */
		return true;
	}
	if (ask_password(out))
		return true;
	complain(request->command, "%s",
	         translate("there is no password and no terminal to ask on; give --password-file or "
	                   "OPSLEDGER_PASSWORD"));
	return false;
}

static struct cms_signer *open_signer(const struct request *request, struct diags *diags)
{
	const char *path = request_value(request, "p12");
	struct buf bytes = BUF_INIT, password = BUF_INIT;
	struct cms_signer *signer = NULL;
	if (!read_file(path, &bytes))
		complain(request->command, translate("cannot read %s"), path);
	else if (read_password(request, &password))
		signer = cms_signer_open(path, buf_chunk(&bytes), buf_str(&password), diags);
	if (password.data)
		explicit_bzero(password.data, password.capacity);
	buf_free(&password);
	buf_free(&bytes);
	return signer;
}

static bool read_time(const struct request *request, struct instant *out)
{
	const char *text = request_value(request, "at-time");
	bool guessed;
	*out = (struct instant){ (int64_t)time(NULL), OFFSET_CHINA };
	if (!text || instant_parse(chunk_of(text), OFFSET_CHINA, out, &guessed))
		return true;
	complain(request->command, translate("--at-time \"%s\" is no instant; write 2026-03-09T08:05+08:00"), text);
	return false;
}

/* What is to be recorded, as far as the file tells it: a signature counts for the
 * report that the commit gives, and for no other file. */
static bool begin_record(const struct request *request, const struct pdf_reader *reader, struct signoff *out)
{
	struct pdf_origin origin = { 0 };
	const char *fault = NULL;
	struct remaking remaking = { .answer = REMADE_NOT };
	out->verdict = request_value(request, "verdict");
	if (!out->verdict)
		fault = translate("--record wants --verdict");
	else if (!pdf_origin_read(reader, &origin))
		fault = translate("the file does not say which report of which commit it is");
	else
		remaking = remake(request, reader, &origin);
	if (!fault && remaking.answer != REMADE_SAME)
		fault = translate("the file is not what its commit gives in this repository: see opsledger verify");
	if (fault) {
		complain(request->command, translate("nothing is signed: %s"), fault);
		return false;
	}
	out->contract = origin.contract;
	out->commit = origin.commit;
	out->kind = remaking.kind;
	out->which = remaking.which;
	return true;
}

/* The role stands in the field of the first revision, which is proved. */
static const char *role_of(const struct pdf_reader *reader, const char *name)
{
	struct pdf_fields fields = pdf_reader_fields(reader, 0);
	for (size_t i = 0; i < fields.count; i++)
		if (strcmp(fields.items[i].name, name) == 0)
			return pdf_text_of(reader->arena, pdf_get(&fields.items[i].value, "TU"));
	return "";
}

/* Writes the signed file, and then the row that says so. */
static enum status keep(const struct request *request, const struct pdf_reader *reader, struct signoff *signoff,
                        struct diags *diags)
{
	const char *output = request_value(request, "output");
	struct signoff_file row = { .bytes = BUF_INIT };
	struct buf said = BUF_INIT;
	enum status status = STATUS_CANNOT;
	output = output ? output : request->arguments[0];
	if (!request_has(request, "record")) {
		status = write_file(output, signoff->file, diags) ? STATUS_FINE : STATUS_CANNOT;
	} else if (signoff_prepare(request, reader->arena, signoff, &row) && write_file(output, signoff->file, diags) &&
	           write_file(row.path, buf_chunk(&row.bytes), diags)) {
		buf_printf(&said, translate("%s: %s added; commit it"), row.name, row.id);
		buf_putc(&said, '\n');
		status = print_out(&said);
	}
	buf_free(&said);
	buf_free(&row.bytes);
	return status;
}

static enum status sign(const struct request *request, struct arena *arena, struct chunk file, struct diags *diags)
{
	const char *path = request->arguments[0], *command = request_value(request, "tsa-command");
	struct buf out = BUF_INIT;
	struct stamper stamper = { responder_ask, command };
	struct pdf_signing signing = { .field = request_value(request, "field"),
		                       .reason = request_value(request, "reason"),
		                       .location = request_value(request, "location"),
		                       .stamper = command ? &stamper : NULL };
	struct signoff signoff = { 0 };
	enum status status = STATUS_CANNOT;
	struct pdf_reader *reader = pdf_reader_open(arena, path, file, diags);
	if (!reader || !read_time(request, &signing.at) ||
	    (request_has(request, "record") && !begin_record(request, reader, &signoff)))
		return STATUS_CANNOT;
	struct cms_signer *signer = open_signer(request, diags);
	if (!signer)
		return STATUS_CANNOT;
	if (pdf_sign(reader, path, signer, &signing, &out, diags)) {
		signoff.signer = cms_signer_name(signer, arena);
		signoff.role = role_of(reader, signing.field);
		signoff.at = signing.at;
		signoff.file = buf_chunk(&out);
		status = keep(request, reader, &signoff, diags);
	}
	buf_free(&out);
	cms_signer_free(signer);
	return status;
}

static enum status run(const struct request *request)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf file = BUF_INIT, text = BUF_INIT;
	enum status status = read_file(request->arguments[0], &file)
	                         ? sign(request, arena, buf_chunk(&file), diags)
	                         : complain(request->command, translate("cannot read %s"), request->arguments[0]);
	diags_print(diags, &text);
	fputs(buf_str(&text), stderr);
	buf_free(&text);
	buf_free(&file);
	diags_free(diags);
	arena_free(arena);
	return status;
}

const struct command command_sign = { "sign", "FILE", 1, 1, N_("sign a field of a report's PDF file"), options, run };
