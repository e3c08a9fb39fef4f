/* The order in which Chinese readers look things up, ICU's collation for zh:
 * digits by their number (节点2 before 节点10), hanzi by pinyin, then Latin letters. */
#ifndef OPSLEDGER_TEXT_COLLATION_H
#define OPSLEDGER_TEXT_COLLATION_H

struct collator;

struct collator *collator_new(void);
void collator_free(struct collator *collator);

/* <0, 0, >0. 0 only for the same bytes: what the collation takes for equal is
 * ordered by bytes, so that a sort has one result. */
int collator_compare(const struct collator *collator, const char *a, const char *b);

#endif
