/* The course of a record as it was written down, step by step. */
#ifndef OPSLEDGER_SITE_TIMELINE_H
#define OPSLEDGER_SITE_TIMELINE_H

#include "site/page.h"

/* Sets "timeline" of the page's view: null when the record has none, else {count,
 * items} of {at, by, text}; and appends the steps to text. */
void timeline_set(struct page *page, const struct ledger *ledger, const struct record *record, struct buf *text);

#endif
