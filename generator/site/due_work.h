/* The work that is due soonest. */
#ifndef OPSLEDGER_SITE_DUE_WORK_H
#define OPSLEDGER_SITE_DUE_WORK_H

#include "site/page.h"

#define DUE_WORK_URL "data/duties.ics"

/* Sets "due" of the page's view from the pending duties of count contracts: null
 * when there are none, else {count, items} of {due, contract_name, contract_url,
 * duty, clause, soon}, at most so many. */
void due_work_set(struct page *page, const struct contract_state *states, size_t count, size_t most);
/* Puts the open work of all contracts as a calendar: what is a month overdue at most, and due within a quarter. */
void due_work_put(struct site *site, const struct contract_state *states);

#endif
