/* opsledger trace: the life of a record through git, field by field. */
#include "proof/trace.h"
#include "command/session.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "json", 0, NULL, N_("for programs"), false },
	{ NULL, 0, NULL, NULL, false },
};

static enum status answer(struct session *session, const struct request *request)
{
	struct provenance *provenance =
	    provenance_read(session->repository, session->commit.id, session->records, session->cache, session->diags);
	session_caution(session);
	if (!provenance)
		return STATUS_CANNOT;
	const struct life *life = provenance_of(provenance, request->arguments[0]);
	enum status status;
	if (!life) {
		status = complain(request->command,
		                  translate("there never was a record \"%s\"; a record is named CONTRACT/TYPE/ID"),
		                  request->arguments[0]);
	} else {
		struct buf out = BUF_INIT;
		if (request_has(request, "json")) {
			json_print(trace_json(session->arena, provenance, life, session->diags), 2, &out);
			buf_putc(&out, '\n');
		} else {
			trace_text(provenance, life, &out, session->diags);
		}
		status = print_out(&out);
		buf_free(&out);
	}
	provenance_free(provenance);
	return status;
}

static enum status run(const struct request *request)
{
	struct session session;
	enum status status = session_open(&session, request, READ_FRAME);
	if (status == STATUS_FINE)
		status = answer(&session, request);
	session_close(&session);
	return status;
}

const struct command command_trace = {
	"trace", "CONTRACT/TYPE/ID", 1, 1, N_("tell the life of a record through git, field by field"), options, run
};
