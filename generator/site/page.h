/* One page of the site: a view, filled into a template of templates/site/ and
 * put into the output. Pages link to each other by relative addresses, so that
 * the site works from any folder, also without a server. */
#ifndef OPSLEDGER_SITE_PAGE_H
#define OPSLEDGER_SITE_PAGE_H

#include <pthread.h>

#include "base/map.h"
#include "base/output.h"
#include "proof/provenance.h"
#include "report/report.h"
#include "rules/duty.h"
#include "rules/figures.h"

struct articles;   /* site/articles.h */
struct lesson;     /* rules/lesson.h */
struct lessons;    /* rules/lesson.h */
struct shelves;    /* site/shelves.h */
struct citations;  /* site/citations.h */
struct tags;       /* site/tags.h */
struct kb_history; /* site/kb_history.h */
struct search;     /* site/search.h */

#define SITE_TITLE "运维台账"

/* What all pages share. Threads may make pages at the same time, as long as none of them takes
 * memory from the arena. */
struct site {
	pthread_mutex_t lock; /* of compiled, pictures and files */
	struct arena *arena;  /* lives as long as the site is being built */
	struct diags *diags;
	struct output *output;
	const struct snapshot *snapshot;
	const struct template_loader *loader; /* finds templates/site/NAME.html as "site/NAME" */
	struct map compiled;                  /* template name → struct template */
	const struct provenance *provenance;
	const struct records *records;
	const struct articles *articles;
	const struct shelves *shelves;
	const struct knowledge *knowledge; /* of the articles */
	const struct lessons *lessons;
	const struct citations *citations;
	const struct tags *tags;
	const struct kb_history *kb_history;
	struct ledger *const *ledgers;
	size_t ledger_count;
	struct instant as_of;
	const char *base_url; /* where the site will stand, without '/' at its end; NULL: unknown */
	const char *edit_url; /* where files are edited, with {path} in it; NULL: unknown */
	const struct commit *commit;
	struct search *search;
	struct map pictures; /* of reports, put already: by path */
	struct value *frame; /* values of every page: site_title, as_of, commit, menu */
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
/* Makes it a page of the contract: the way back leads over the contract's first
 * page, and its tabs are shown. */
enum tab { TAB_OVERVIEW, TAB_REPORTS, TAB_RECORDS, TAB_SYSTEMS, TAB_KNOWLEDGE, TAB_AUDIT, TAB_COUNT };
void page_of_contract(struct page *page, const struct contract *contract, enum tab tab);
/* "2026年1月1日—2026年12月31日" */
const char *term_text(struct arena *arena, const struct contract *contract);
void page_set(struct page *page, const char *name, const char *text); /* a text of the view; NULL is null */
/* The pages before and after this one in reading order; url NULL where there is none. */
void page_turn(struct page *page, const char *previous_title, const char *previous_url, const char *next_title,
               const char *next_url);
/* Fills templates/site/NAME.html, puts the page and frees it. */
void page_end(struct page *page, const char *name);

/* "hengqin-admin/reports.html": the first page below a tab */
const char *tab_url(struct arena *arena, const struct contract *contract, enum tab tab);
/* "hengqin-admin/records/incidents/INC-1.html": what is not a letter, digit, '.',
 * '-' or '_' in an id is written as its bytes in hexadecimal behind '~'. */
const char *record_url(struct arena *arena, const char *contract, const char *type, const char *id);
/* The page of "record:CONTRACT/TYPE/ID", or of the table "record:CONTRACT/TYPE",
 * from the site's root; NULL when there is none such; any other url itself. */
const char *record_link(struct arena *arena, const struct records *records, const char *url);
const char *table_url(struct arena *arena, const char *contract, const char *type);
const char *system_url(struct arena *arena, const struct contract *contract, const struct system *system);
const char *lesson_url(struct arena *arena, const struct lesson *lesson);
/* "../../" for a page two folders deep. */
const char *root_of(struct arena *arena, const char *path);

#endif
