/* Which records name which articles: incidents and requests say what helped. */
#ifndef OPSLEDGER_SITE_CITATIONS_H
#define OPSLEDGER_SITE_CITATIONS_H

#include "ledger/ledger.h"
#include "rules/knowledge.h"

struct citations {
	struct map by_path; /* "kb/manuals/x.md" → struct record_list */
};

/* Of incidents and requests; a path that is no article is reported. */
struct citations *citations_gather(struct arena *arena, struct ledger *const *ledgers, size_t count,
                                   const struct knowledge *knowledge, struct diags *diags);

/* The records that name the article, as records are ordered; empty when none does. */
struct record_list citations_of(const struct citations *citations, const char *path);

#endif
