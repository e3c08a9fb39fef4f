/* The work that is due soonest. */
#ifndef OPSLEDGER_SITE_DUE_WORK_H
#define OPSLEDGER_SITE_DUE_WORK_H

#include "site/page.h"

/* Sets "due" of the page's view from the pending duties of count contracts: null
 * when there are none, else {count, items} of {due, contract_name, contract_url,
 * duty, clause, soon}, at most so many. */
void due_work_set(struct page *page, const struct contract_state *states, size_t count, size_t most);

#endif
