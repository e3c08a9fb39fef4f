/* The making of one report: what `report` writes and `verify` compares with. */
#ifndef OPSLEDGER_COMMAND_MAKING_H
#define OPSLEDGER_COMMAND_MAKING_H

#include "command/session.h"
#include "report/template_files.h"
#include "site/report_files.h"

struct making {
	struct session *session;
	const struct ledger *ledger;
	struct provenance *provenance;
	struct template_files templates;
	struct reporter *reporter;
	const struct report *report;     /* set by making_report */
	const struct document *document; /* the same */
};

/* Ready to make reports of the ledger. False after a diagnostic of the
 * session's. Close it whatever the answer. */
bool making_open(struct making *making, struct session *session, const struct ledger *ledger);
void making_close(struct making *making);

/* False after a diagnostic. */
bool making_report(struct making *making, struct report_subject subject);
/* Appends the report as PDF, which names the program. False after a diagnostic. */
bool making_pdf(const struct making *making, const char *program, struct sink sink);

#endif
