/* Which records name which articles: incidents and requests say what helped. */
#ifndef OPSLEDGER_SITE_CITATIONS_H
#define OPSLEDGER_SITE_CITATIONS_H

#include "ledger/ledger.h"
#include "site/articles.h"

struct citations {
	struct map by_path; /* "kb/manuals/x.md" → struct record_list */
};

/* Reads the field "articles" or "article" of incidents and requests: paths parted
 * by commas. A path that is no article is reported. */
struct citations *citations_gather(struct arena *arena, struct ledger *const *ledgers, size_t count,
                                   const struct articles *articles, struct diags *diags);

/* The records that name the article, as records are ordered; empty when none does. */
struct record_list citations_of(const struct citations *citations, const char *path);

struct cited {
	const struct article **items;
	size_t count, capacity;
};

/* The articles that record names; paths of none are reported unless diags is NULL. */
struct cited cited_by(struct arena *arena, const struct articles *articles, const struct record *record,
                      struct diags *diags);

#endif
