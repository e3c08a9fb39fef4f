/* The first page: the state of all contracts, the work due next, the newest reports. */
#ifndef OPSLEDGER_SITE_HOME_PAGE_H
#define OPSLEDGER_SITE_HOME_PAGE_H

#include "site/page.h"

void make_home_page(struct site *site, const struct contract_state *states);

#endif
