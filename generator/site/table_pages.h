/* The records of a contract as tables: a page of each type, and the list of types. */
#ifndef OPSLEDGER_SITE_TABLE_PAGES_H
#define OPSLEDGER_SITE_TABLE_PAGES_H

#include "site/page.h"

void make_table_pages(struct site *site, const struct ledger *ledger);

#endif
