/* opsledger audit: what an auditor should look at; seals, errata and lags. */
#include "proof/audit.h"
#include "command/session.h"
#include "report/past.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "contract", 0, "ID", N_("only this contract"), false },
	{ "verify-signatures", 0, NULL, N_("have git check the signatures of commits and tags"), false },
	{ "allowed-signers", 0, "FILE", N_("whose SSH keys sign, as ssh-keygen has it; else as git is configured"),
	  false },
	{ "json", 0, NULL, N_("for programs"), false },
	{ NULL, 0, NULL, NULL, false },
};

static struct audit *audit_of(const struct session *session, const struct ledger *ledger,
                              const struct provenance *provenance, const struct check_list *checks)
{
	struct arena *arena = session->arena;
	struct audit *audit = audit_run(arena, session->repository, provenance, ledger, checks, session->diags);
	struct report_source source = { .ledger = ledger,
		                        .schemas = &session->records->schemas,
		                        .provenance = provenance,
		                        .as_of = session->as_of,
		                        .commit = session->commit.id,
		                        .repository = session->repository };
	audit->figures =
	    past_figures(arena, past_comparisons(&source, arena, &audit->seals, &audit->errata), audit->seals.count);
	return audit;
}

static enum status print_audits(const struct session *session, const struct request *request,
                                const struct provenance *provenance, const struct check_list *checks)
{
	struct buf out = BUF_INIT;
	bool json = request_has(request, "json");
	const struct ledger *only = request_has(request, "contract") ? session_ledger(session, request) : NULL;
	if (request_has(request, "contract") && !only)
		return STATUS_CANNOT;
	struct value *answer = value_object(session->arena);
	value_set(session->arena, answer, "commit", value_string(session->arena, session->commit.id));
	struct value *contracts = value_set(session->arena, answer, "contracts", value_array(session->arena));
	for (size_t i = 0; i < session->ledger_count; i++) {
		if (only && session->ledgers[i] != only)
			continue;
		const struct audit *audit = audit_of(session, session->ledgers[i], provenance, checks);
		if (json)
			value_push(session->arena, contracts, audit_json(session->arena, audit, session->diags));
		else
			audit_text(audit, &out);
	}
	if (checks && json)
		value_set(session->arena, answer, "signatures", checks_json(session->arena, checks));
	else if (checks)
		checks_text(checks, &out);
	if (json) {
		json_print(answer, 2, &out);
		buf_putc(&out, '\n');
	}
	enum status status = print_out(&out);
	buf_free(&out);
	return status;
}

static enum status answer(struct session *session, const struct request *request, const struct provenance *provenance)
{
	if (!request_has(request, "verify-signatures"))
		return print_audits(session, request, provenance, NULL);
	struct signature_checker *checker =
	    signature_checker_open(session->repository, request_value(request, "allowed-signers"), session->diags);
	if (!checker) {
		session_report(session);
		return STATUS_CANNOT;
	}
	struct check_list checks = checks_make(session->arena, session->repository, provenance, checker);
	signature_checker_close(checker);
	return print_audits(session, request, provenance, &checks);
}

static enum status run(const struct request *request)
{
	struct session session;
	/* Broken records are no reason to keep what history says of the others to oneself. */
	enum status status = session_open(&session, request, READ_COMMIT);
	struct provenance *provenance = NULL;
	if (status == STATUS_FINE) {
		provenance = provenance_read(session.repository, session.commit.id, session.records, session.cache,
		                             session.diags);
		session_caution(&session);
		status = provenance ? answer(&session, request, provenance) : STATUS_CANNOT;
	}
	provenance_free(provenance);
	session_close(&session);
	return status;
}

const struct command command_audit = {
	"audit", NULL, 0, 0, N_("tell what an auditor should look at: flags, seals, errata"), options, run
};
