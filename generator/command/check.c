/* opsledger check: every error and warning in one run. */
#include <stdio.h>
#include <string.h>

#include "command/session.h"
#include "report/template_files.h"
#include "site/articles.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "staged", 0, NULL, N_("read the index: what the next commit would hold"), false },
	{ "worktree", 0, NULL, N_("read the files as they lie on disk"), false },
	{ "format", 0, "FORMAT", N_("text (the default), json, sarif or github"), false },
	{ NULL, 0, NULL, NULL, false },
};

static const char *severity_word(const struct diag *diag)
{
	return message_severity(diag->message) == SEVERITY_ERROR ? "error" : "warning";
}

static void set(struct arena *arena, struct value *object, const char *name, const char *text)
{
	value_set(arena, object, name, value_string(arena, text));
}

static struct value *as_json(struct arena *arena, const struct diag *items, size_t count)
{
	struct value *list = value_array(arena);
	for (size_t i = 0; i < count; i++) {
		struct value *object = value_push(arena, list, value_object(arena));
		if (items[i].place.path)
			set(arena, object, "path", items[i].place.path);
		value_set(arena, object, "line", value_number(arena, items[i].place.line));
		value_set(arena, object, "column", value_number(arena, items[i].place.column));
		set(arena, object, "severity", severity_word(&items[i]));
		set(arena, object, "message", message_name(items[i].message));
		set(arena, object, "text", items[i].text);
	}
	return list;
}

/* SARIF 2.1.0, for code-scanning views. */
static struct value *as_sarif(struct arena *arena, const struct diag *items, size_t count)
{
	struct value *log = value_object(arena);
	set(arena, log, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	set(arena, log, "version", "2.1.0");
	struct value *run = value_push(arena, value_set(arena, log, "runs", value_array(arena)), value_object(arena));
	struct value *driver =
	    value_set(arena, value_set(arena, run, "tool", value_object(arena)), "driver", value_object(arena));
	set(arena, driver, "name", "opsledger");
	struct value *results = value_set(arena, run, "results", value_array(arena));
	for (size_t i = 0; i < count; i++) {
		struct value *result = value_push(arena, results, value_object(arena));
		set(arena, result, "ruleId", message_name(items[i].message));
		set(arena, result, "level", severity_word(&items[i]));
		set(arena, value_set(arena, result, "message", value_object(arena)), "text", items[i].text);
		if (!items[i].place.path)
			continue;
		struct value *location =
		    value_push(arena, value_set(arena, result, "locations", value_array(arena)), value_object(arena));
		struct value *physical = value_set(arena, location, "physicalLocation", value_object(arena));
		set(arena, value_set(arena, physical, "artifactLocation", value_object(arena)), "uri",
		    items[i].place.path);
		if (!items[i].place.line)
			continue;
		struct value *region = value_set(arena, physical, "region", value_object(arena));
		value_set(arena, region, "startLine", value_number(arena, items[i].place.line));
		if (items[i].place.column)
			value_set(arena, region, "startColumn", value_number(arena, items[i].place.column));
	}
	return log;
}

/* Escapes as the workflow commands of GitHub want it. */
static void put_github(struct buf *out, const char *text, bool property)
{
	for (; *text; text++) {
		if (*text == '%' || *text == '\n' || *text == '\r' || (property && (*text == ':' || *text == ',')))
			buf_printf(out, "%%%02X", (unsigned)*text);
		else
			buf_putc(out, *text);
	}
}

static void as_github(const struct diag *items, size_t count, struct buf *out)
{
	for (size_t i = 0; i < count; i++) {
		buf_printf(out, "::%s ", severity_word(&items[i]));
		if (items[i].place.path) {
			buf_puts(out, "file=");
			put_github(out, items[i].place.path, true);
			buf_printf(out, ",line=%u,col=%u", items[i].place.line, items[i].place.column);
		}
		buf_puts(out, "::");
		put_github(out, items[i].text, false);
		buf_putc(out, '\n');
	}
}

static enum status run(const struct request *request)
{
	const char *format = request_value(request, "format");
	if (!format)
		format = "text";
	bool text = strcmp(format, "text") == 0, json = strcmp(format, "json") == 0,
	     sarif = strcmp(format, "sarif") == 0, github = strcmp(format, "github") == 0;
	if (!text && !json && !sarif && !github)
		return complain(request->command,
		                translate("there is no format \"%s\"; there are text, json, sarif, github"), format);
	if (request_has(request, "staged") && request_has(request, "worktree"))
		return complain(request->command, "%s", translate("--staged and --worktree exclude each other"));

	struct session session;
	enum status status = session_open(&session, request,
	                                  request_has(request, "staged")     ? READ_INDEX
	                                  : request_has(request, "worktree") ? READ_WORKTREE
	                                                                     : READ_COMMIT);
	if (status == STATUS_FINE) {
		articles_gather(session.arena, session.snapshot, session.records, session.diags);
		templates_check(session.arena, session.snapshot, session.diags);
		size_t count;
		const struct diag *items = diags_sorted(session.diags, &count);
		struct buf out = BUF_INIT;
		if (json || sarif) {
			json_print((json ? as_json : as_sarif)(session.arena, items, count), 2, &out);
			buf_putc(&out, '\n');
		} else if (github) {
			as_github(items, count, &out);
		} else {
			diags_print(session.diags, &out);
			buf_printf(&out, translate("%zu errors, %zu warnings\n"), diags_errors(session.diags),
			           diags_warnings(session.diags));
		}
		status = print_out(&out);
		buf_free(&out);
		if (status == STATUS_FINE && diags_errors(session.diags))
			status = STATUS_FAULTS;
	}
	session_close(&session);
	return status;
}

const struct command command_check = {
	"check", NULL, 0, 0, N_("tell every error and warning in records, contracts, templates and articles"),
	options, run
};
