/* The search of the site: what can be found, and the files that
 * templates/site/search.js finds it with, from file:// too (docs/site.md):
 *
 *     search/meta.js   facts of all documents, first terms of the shards
 *     search/iN.js     shard N of the index (search_shards.h)
 *     search/base.js   the dictionary that the store's files are unpacked with
 *     search/tN.js     texts of SEARCH_GROUP documents: [[url, title, [[at, id] …], text] …];
 *                      a heading with an id begins at that UTF-16 unit of the text
 *
 * meta.js unpacks to a line of JSON and, in bytes, five columns with an entry for
 * each document: its kind and contract (indexes into lists; 0 is none), its month
 * (from "month" on; 0 is none), the size class of its terms, its title's terms. */
#ifndef OPSLEDGER_SITE_SEARCH_H
#define OPSLEDGER_SITE_SEARCH_H

#include "document/document.h"
#include "time/instant.h"

struct site; /* site/page.h */

enum { SEARCH_GROUP = 4 };

struct search_heading {
	size_t at, len; /* in bytes of the text */
	const char *id; /* on the page; NULL when it has none */
};

struct search_document {
	const char *url; /* from the site's root */
	const char *title, *kind;
	const char *contract; /* its name, or NULL */
	bool lesson;          /* written to teach, as articles and cases are: comes before mere records */
	bool has_date;
	struct date date;
	struct chunk text;
	const struct search_heading *headings; /* in order */
	size_t heading_count;
};

struct search;

struct search *search_new(void);
void search_free(struct search *search);

/* Copies the document. Threads may add at the same time. */
void search_add(struct search *search, const struct search_document *document);
/* As search_add, with the text and the headings of a tree. */
void search_add_tree(struct search *search, struct search_document document, const struct node *root);

/* Puts all files into the site's output. */
void search_put(struct search *search, struct site *site);

#endif
