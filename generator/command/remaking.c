#include "command/remaking.h"

#include "command/making.h"

static bool make_again(struct session *session, const struct pdf_origin *origin, struct report_subject *subject,
                       struct buf *out)
{
	const struct ledger *ledger = session_find_ledger(session, origin->contract);
	struct making making;
	bool fine = false;
	if (!ledger)
		return false;
	if (making_open(&making, session, ledger))
		fine = report_subject_of_stem(making.reporter, session->arena, origin->stem, subject) &&
		       making_report(&making, *subject) && making_pdf(&making, origin->program, sink_to(out));
	making_close(&making);
	session_report(session);
	return fine;
}

struct remaking remake(const struct request *request, const struct pdf_reader *reader, const struct pdf_origin *origin)
{
	struct remaking remaking = { .answer = REMADE_NOT };
	struct request source = *request;
	struct session session;
	struct report_subject subject;
	struct buf again = BUF_INIT;
	struct chunk first = pdf_first_revision(reader);
	source.revision = origin->commit;
	source.as_of = origin->as_of;
	if (session_open_sound(&session, &source) == STATUS_FINE && make_again(&session, origin, &subject, &again)) {
		size_t at = 0;
		while (at < again.len && at < first.len && again.data[at] == first.data[at])
			at++;
		remaking.answer = at == again.len && at == first.len ? REMADE_SAME : REMADE_DIFFERENT;
		remaking.different_at = at;
		remaking.kind = arena_strdup(reader->arena, subject.rule->kind);
		remaking.which = arena_strdup(reader->arena, subject.record ? subject.record->id : subject.period.name);
	}
	session_close(&session);
	buf_free(&again);
	return remaking;
}
