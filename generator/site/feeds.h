/* What needs the site's address: atom.xml (RFC 4287), sitemap.xml, robots.txt. */
#ifndef OPSLEDGER_SITE_FEEDS_H
#define OPSLEDGER_SITE_FEEDS_H

#include "site/page.h"

/* Puts the three; nothing when the site has no address. To be called when all
 * pages were put. A report that is complete is as new as the end of its period, an
 * article as the commit that wrote it last. Search engines read 50,000 pages from
 * one file (sitemaps.org): sitemap-2.xml and so on hold the others. */
void feeds_put(struct site *site, const struct contract_state *states);

#endif
