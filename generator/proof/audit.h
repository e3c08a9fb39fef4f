/* The audit of one contract: flags, seals, errata and lags. */
#ifndef OPSLEDGER_PROOF_AUDIT_H
#define OPSLEDGER_PROOF_AUDIT_H

#include "proof/flag.h"
#include "proof/lag.h"

struct audit {
	const struct ledger *ledger;
	const struct provenance *provenance;
	struct grades grades;
	struct seal_list seals;
	struct erratum_list errata;
	struct flag_list flags; /* by record, kind, commit; those of commits last */
	struct lag_figures_list lags;
	/* By seal, what its report's figures were and are since its errata: lists of {"clause", "name", "figure",
	 * "old", "new"}, worked out by an upper floor (report/past.h); NULL: not worked out. */
	const struct value *figures;
};

/* arena owns it; the other arguments are borrowed. The flags' reasons are those
 * of note_reason. repository, checks: see grades_read. */
struct audit *audit_run(struct arena *arena, const struct repository *repository, const struct provenance *provenance,
                        const struct ledger *ledger, const struct check_list *checks, struct diags *diags);

/* The flags of a record ("CONTRACT/TYPE/ID"), *first and those behind it; how many. */
size_t audit_flags_of(const struct audit *audit, const char *record, const struct flag **first);

/* {"contract", "flags": [{"flag", "title", "record", "commit", "other_commit", "author", "commit_time", "grade",
 * "anchor", "fact", "reason"}], "seals": [{"record", "report", "period", "signed_at", "signer", "commit", "known",
 * "verdict", "figures", "errata": [as trace_event]}], "lags": [{"type",
 * "author", "count", "on_time", "imported", "share", "median_minutes", "p90_minutes"}]}. What there is not is null. */
struct value *audit_json(struct arena *arena, const struct audit *audit, struct diags *diags);

/* The same as lines of text, translated. */
void audit_text(const struct audit *audit, struct buf *out);

#endif
