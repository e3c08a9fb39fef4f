/* The life of a thing: the records that name it. */
#ifndef OPSLEDGER_SITE_LIFE_H
#define OPSLEDGER_SITE_LIFE_H

#include "site/page.h"

/* The records that refer to record (incidents, changes, backups of an asset;
 * pauses of an incident …), the newest first; without those that the search
 * leaves out, such as measurements. */
struct record_list life_of_record(const struct ledger *ledger, struct arena *arena, const struct record *record);
/* The records of that system, or of its assets; as above. */
struct record_list life_of_system(const struct ledger *ledger, struct arena *arena, const struct system *system);

/* Sets "life" of the page's view: null when list is empty, else {count, items} of
 * {at, type, id, url, summary}, for the partial site/life. */
void life_set(struct page *page, const struct ledger *ledger, const struct record_list *list);

#endif
