/* Every report of a contract as HTML, PDF, Markdown and JSON. */
#ifndef OPSLEDGER_SITE_REPORT_PAGES_H
#define OPSLEDGER_SITE_REPORT_PAGES_H

#include "site/page.h"

/* Makes all reports that the contract calls for, and answers with a list of them
 * for other pages: {kind_title, title, full_title, url (without its ending),
 * draft, to (the period's last day, ISO 8601)}; kinds in the contract's order,
 * the newest first in each. Lives in the site's arena. */
struct value *make_report_pages(struct site *site, const struct reporter *reporter);

#endif
