/* The charts of a contract's first page, month by month. */
#ifndef OPSLEDGER_SITE_DASHBOARD_CHARTS_H
#define OPSLEDGER_SITE_DASHBOARD_CHARTS_H

#include "site/page.h"

/* Sets "charts" of the page's view: SVG elements, each with its alternative text:
 * duties by month, incidents by level, attainment of the clocks. At most the
 * twelve months up to the as-of instant. */
void dashboard_charts_set(struct page *page, const struct contract_state *state);

#endif
