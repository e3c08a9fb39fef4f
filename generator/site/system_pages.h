/* The systems and assets of a contract, and a page of each system with its life;
 * the page of an asset is that of its record. */
#ifndef OPSLEDGER_SITE_SYSTEM_PAGES_H
#define OPSLEDGER_SITE_SYSTEM_PAGES_H

#include "site/page.h"

void make_system_pages(struct site *site, const struct ledger *ledger);

#endif
