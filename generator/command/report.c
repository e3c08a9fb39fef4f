/* opsledger report: one report, in the formats asked for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/output.h"
#include "base/version.h"
#include "command/making.h"
#include "document/html.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "contract", 0, "ID", N_("the contract"), true },
	{ "period", 0, "PERIOD", N_("the period, or the id of the record that the report is about"), true },
	{ "format", 0, "FORMATS", N_("pdf, html, md, json, or several with commas; by the ending of FILE, else md"),
	  false },
	{ "output", 'o', "FILE", N_("where to write; with several formats each takes its own ending"), false },
	{ NULL, 0, NULL, NULL, false },
};

static const char *const formats[] = { "pdf", "html", "md", "json" };

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

static bool make(const struct making *making, const char *format, struct sink sink)
{
	if (strcmp(format, "pdf") == 0)
		return making_pdf(making, program_name(), sink);
	struct buf out = BUF_INIT;
	if (strcmp(format, "html") == 0) {
		buf_puts(&out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n");
		html_paint(making->document, NULL, &out);
	} else if (strcmp(format, "md") == 0) {
		buf_put_chunk(&out, making->report->markdown);
	} else {
		json_print(making->report->view, 2, &out);
		buf_putc(&out, '\n');
	}
	sink.put(buf_chunk(&out), sink.context);
	buf_free(&out);
	return diags_errors(making->session->diags) == 0;
}

static enum status make_printed(const struct making *making, const char *format)
{
	struct buf bytes = BUF_INIT;
	enum status status = make(making, format, sink_to(&bytes)) ? print_out(&bytes) : STATUS_FAULTS;
	buf_free(&bytes);
	return status;
}

static enum status make_file(const struct making *making, const char *format, const char *path)
{
	struct file_writer *writer = file_begin(path);
	bool made = make(making, format, file_sink(writer));
	if (!file_end(writer, made, making->session->diags))
		return STATUS_CANNOT;
	return made ? STATUS_FINE : STATUS_FAULTS;
}

/* The formats asked for, as a set of bits; 0 after a complaint. */
static unsigned chosen_formats(const struct request *request)
{
	const char *list = request_value(request, "format"), *file = request_value(request, "output");
	const char *ending = file ? strrchr(file, '.') : NULL;
	char *copy = xstrdup(list ? list : ending ? ending + 1 : "md");
	unsigned chosen = 0;
	char *rest = copy;
	for (char *name; (name = strsep(&rest, ","));) {
		size_t i = 0;
		while (i < FORMAT_COUNT && strcmp(formats[i], name) != 0)
			i++;
		if (i == FORMAT_COUNT) {
			complain(request->command,
			         translate("there is no format \"%s\"; there are pdf, html, md, json"), name);
			chosen = 0;
			break;
		}
		chosen |= 1u << i;
	}
	free(copy);
	return chosen;
}

static enum status write_report(const struct session *session, const struct request *request,
                                const struct making *making, unsigned chosen)
{
	const char *file = request_value(request, "output");
	bool several = (chosen & (chosen - 1)) != 0;
	if (several && !file)
		return complain(request->command, "%s", translate("several formats need -o FILE"));
	const char *ending = file ? strrchr(file, '.') : NULL;
	size_t stem = ending && !strchr(ending, '/') ? (size_t)(ending - file) : file ? strlen(file) : 0;
	enum status status = STATUS_FINE;
	for (size_t i = 0; i < FORMAT_COUNT && status == STATUS_FINE; i++) {
		if (!(chosen & 1u << i))
			continue;
		if (file)
			status = make_file(
			    making, formats[i],
			    several ? arena_printf(session->arena, "%.*s.%s", (int)stem, file, formats[i]) : file);
		else
			status = make_printed(making, formats[i]);
	}
	return status;
}

static enum status answer(struct session *session, const struct request *request)
{
	const struct ledger *ledger = session_ledger(session, request);
	unsigned chosen = ledger ? chosen_formats(request) : 0;
	if (!chosen)
		return STATUS_CANNOT;
	struct making making;
	struct report_subject subject;
	enum status status = STATUS_CANNOT;
	if (making_open(&making, session, ledger) &&
	    report_subject_find(making.reporter, session->arena, request->arguments[0],
	                        request_value(request, "period"), &subject, session->diags))
		status =
		    making_report(&making, subject) ? write_report(session, request, &making, chosen) : STATUS_FAULTS;
	making_close(&making);
	session_report(session);
	return status;
}

static enum status run(const struct request *request)
{
	return session_run(request, answer);
}

const struct command command_report = {
	"report", "KIND", 1, 1, N_("make one report: weekly, monthly …"), options, run
};
