/* A page for every record (fields, verdicts, history) and one for every table. */
#ifndef OPSLEDGER_SITE_RECORD_PAGES_H
#define OPSLEDGER_SITE_RECORD_PAGES_H

#include "site/page.h"

void make_record_pages(struct site *site, const struct ledger *ledger);

#endif
