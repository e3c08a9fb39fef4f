/* The home page, and the first page of every contract. */
#ifndef OPSLEDGER_SITE_CONTRACT_PAGES_H
#define OPSLEDGER_SITE_CONTRACT_PAGES_H

#include "site/page.h"

void make_home_page(struct site *site, const struct contract_state *states);
void make_contract_page(struct site *site, const struct contract_state *state);

#endif
