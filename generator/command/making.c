#include "command/making.h"

#include "site/articles.h"

bool making_open(struct making *making, struct session *session, const struct ledger *ledger)
{
	*making = (struct making){ .session = session, .ledger = ledger };
	making->provenance =
	    provenance_read(session->repository, session->commit.id, session->records, session->cache, session->diags);
	if (!making->provenance)
		return false;
	template_files_init(&making->templates, session->snapshot, session->diags);
	const struct knowledge *knowledge = knowledge_read(session->arena, session->snapshot);
	struct report_source source = {
		ledger,         &session->records->schemas, making->provenance,  &making->templates.loader,
		session->as_of, session->commit.id,         session->repository, knowledge
	};
	making->reporter = reporter_new(session->arena, &source, session->diags);
	return making->reporter != NULL;
}

void making_close(struct making *making)
{
	provenance_free(making->provenance);
}

bool making_report(struct making *making, struct report_subject subject)
{
	struct session *session = making->session;
	making->report = report_make(making->reporter, session->arena, subject, session->diags);
	making->document = making->report ? report_document(session->arena, making->report, session->diags) : NULL;
	return making->document != NULL;
}

bool making_pdf(const struct making *making, const char *program, struct sink sink)
{
	const struct session *session = making->session;
	struct printer printer;
	if (!printer_open(&printer, session->arena, session->snapshot, &session->commit, session->as_of, program,
	                  session->diags))
		return false;
	bool fine =
	    report_pdf(&printer, making->ledger->contract, making->report, making->document, sink, session->diags);
	printer_close(&printer);
	return fine;
}
