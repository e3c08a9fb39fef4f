/* One page of the site: a view, filled into a template of templates/site/ and
 * put into the output. Pages link to each other by relative addresses, so that
 * the site works from any folder, also without a server. */
#ifndef OPSLEDGER_SITE_PAGE_H
#define OPSLEDGER_SITE_PAGE_H

#include "base/map.h"
#include "base/output.h"
#include "proof/provenance.h"
#include "report/report.h"
#include "rules/duty.h"
#include "rules/figures.h"

struct articles; /* site/articles.h */
struct search;   /* site/search.h */

/* What all pages share. */
struct site {
	struct arena *arena; /* lives as long as the site is being built */
	struct diags *diags;
	struct output *output;
	const struct snapshot *snapshot;
	const struct template_loader *loader; /* finds templates/site/NAME.html as "site/NAME" */
	struct map compiled;                  /* template name → struct template */
	const struct provenance *provenance;
	const struct records *records;
	const struct articles *articles;
	struct ledger *const *ledgers;
	size_t ledger_count;
	struct instant as_of;
	const struct commit *commit;
	struct search *search;
	struct value *menu;  /* the contracts */
	struct value *files; /* of the manifest: path, bytes, sha256 of all that was put */
};

/* What the pages of a contract show, judged once. */
struct contract_state {
	const struct ledger *ledger;
	struct clock_list clocks; /* of the whole term */
	struct duty_list duties;
	struct value *reports; /* {kind_title, title, url, draft, to}, newest first in each kind */
};

/* Puts a file into the output and into the manifest. */
void site_put(struct site *site, const char *path, struct chunk bytes);

/* A page being made; everything in its arena is freed with it. */
struct page {
	struct site *site;
	struct arena *arena;
	const char *path;   /* "hengqin-admin/index.html", ASCII */
	struct value *view; /* the template's values; filled by the caller */
	struct value *crumbs;
};

/* Begins a page: title, the way back to the root and the facts of the commit are
 * set in its view. */
struct page page_begin(struct site *site, const char *path, const char *title);
/* A step of the breadcrumb; url is relative to the site's root, NULL for the
 * page itself. */
void page_crumb(struct page *page, const char *title, const char *url);
void page_set(struct page *page, const char *name, const char *text); /* a text of the view; NULL is null */
/* Fills templates/site/NAME.html, puts the page and frees it. */
void page_end(struct page *page, const char *name);

/* "hengqin-admin/records/incidents/INC-1.html": what is not a letter, digit, '.',
 * '-' or '_' in an id is written as its bytes in hexadecimal behind '~'. */
const char *record_url(struct arena *arena, const char *contract, const char *type, const char *id);
/* The page of "record:CONTRACT/TYPE/ID", from the site's root; NULL when there is
 * no such record; any other url itself. */
const char *record_link(struct arena *arena, const struct records *records, const char *url);
const char *table_url(struct arena *arena, const char *contract, const char *type);
/* "../../" for a page two folders deep. */
const char *root_of(struct arena *arena, const char *path);

#endif
