/* The knowledge articles below kb/: gathered and checked first, then made into
 * pages, so that links between them are known to lead somewhere. */
#ifndef OPSLEDGER_SITE_ARTICLES_H
#define OPSLEDGER_SITE_ARTICLES_H

#include "base/map.h"
#include "document/document.h"
#include "rules/knowledge.h"
#include "source/records.h"
#include "source/snapshot.h"

struct article {
	const char *path; /* "kb/mysql/replication.md" */
	const char *url;  /* "kb/mysql/replication.html" */
	struct document *document;
	const char *title, *kind; /* kind: the shelf it stands on */
};

struct articles {
	struct article *items; /* by path */
	size_t count, capacity;
	struct map by_path; /* path → struct article; pointers stay good once gathered */
};

/* Reads kb/ of the snapshot and reports what is wrong: front matter, titles used
 * twice, links to records, articles, places in articles and files that are not there. */
struct articles *articles_gather(struct arena *arena, const struct snapshot *snapshot, const struct records *records,
                                 struct diags *diags);

/* What rules and reports need of the articles; borrows from them. */
struct knowledge *articles_knowledge(struct arena *arena, const struct articles *articles);
/* The same from the snapshot, of which no more is read than that; borrows its paths. What is wrong is
 * not told: check and build do. */
struct knowledge *knowledge_read(struct arena *arena, const struct snapshot *snapshot);

/* Where a link of an article leads, relative to the site's root: "record:C/T/ID"
 * to the record's page, "other.md" to that article's page, another file of kb/ to
 * its copy. NULL when there is no such thing; url itself for other addresses and
 * for "#…". */
const char *article_link(struct arena *arena, const struct articles *articles, const struct snapshot *snapshot,
                         const struct records *records, const char *from_path, const char *url);

#endif
