/* How a record and its fields read on a page. */
#ifndef OPSLEDGER_SITE_RECORD_WORDS_H
#define OPSLEDGER_SITE_RECORD_WORDS_H

#include "ledger/ledger.h"

/* The field's value as readers see it: dates and numbers worded, labels for enum
 * values, names of systems and of records referred to. NULL when it is empty, a list or an object. */
const char *record_words(struct arena *arena, const struct ledger *ledger, const struct record *record, size_t field);
/* As record_words, by the field's name; NULL also when the type has none such. */
const char *record_words_of(struct arena *arena, const struct ledger *ledger, const struct record *record,
                            const char *name);

/* What the record is about in a line: its title, name or question, else its longest
 * free text, cut at 48 characters; "" when it has none. */
const char *record_summary(struct arena *arena, const struct record *record);
/* "INC-2026-0312　数据库主从节点全部宕机" */
const char *record_heading(struct arena *arena, const struct record *record);

#endif
