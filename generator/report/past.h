/* Figures as signed commits gave them, held against those of today. */
#ifndef OPSLEDGER_REPORT_PAST_H
#define OPSLEDGER_REPORT_PAST_H

#include "proof/seal.h"
#include "report/comparison.h"
#include "report/report.h"

/* The contract as the commit of that id had it, under the name that its folder
 * had then; NULL when that cannot be read any more. behind: see history_behind. */
struct past {
	struct records *records;
	struct ledger *ledger;
	struct commit commit;
};

bool past_read(const struct report_source *now, struct arena *arena, const char *commit, const bool *behind,
               struct past *out);

/* By seal: how the figures of its period differ between the signed commit, as of
 * its time, and now, because of errata and not because time went on. Empty for those without errata, and where the
 * signed commit is not known or cannot be read any more. */
struct comparison *past_comparisons(const struct report_source *now, struct arena *arena, const struct seal_list *seals,
                                    const struct erratum_list *errata);

/* The same as lists of difference_json, for struct audit. */
struct value *past_figures(struct arena *arena, const struct comparison *by_seal, size_t seals);

#endif
