/* A page for every record: fields, verdicts, lag, flags, history; and for those that are gone. */
#ifndef OPSLEDGER_SITE_RECORD_PAGES_H
#define OPSLEDGER_SITE_RECORD_PAGES_H

#include "proof/audit.h"
#include "site/page.h"

void make_record_pages(struct site *site, const struct ledger *ledger, const struct audit *audit);

/* Whether the life is of a record of the contract that the commit no longer has. */
bool life_is_gone(const struct ledger *ledger, const struct life *life);

#endif
