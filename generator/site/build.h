/* The whole site: home, contracts, records, reports, articles, manifest. */
#ifndef OPSLEDGER_SITE_BUILD_H
#define OPSLEDGER_SITE_BUILD_H

#include "base/output.h"
#include "ledger/ledger.h"
#include "proof/provenance.h"
#include "source/snapshot.h"

struct site_source {
	const struct snapshot *snapshot; /* of the commit */
	const struct commit *commit;
	const struct records *records;
	struct ledger *const *ledgers; /* those to build */
	size_t ledger_count;
	const struct provenance *provenance;
	struct instant as_of;
	const char *base_url; /* where the site will stand, without '/' at its end; NULL: unknown */
	const char *edit_url; /* where files are edited, as address_is_pattern says; NULL: unknown */
};

/* Puts every file into output, manifest.json last. What is wrong is reported;
 * commit the output only when there are no errors. */
void site_build(const struct site_source *source, struct output *output, struct diags *diags);

#endif
