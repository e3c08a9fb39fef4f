/* A page of each lesson, and the list of a contract's lessons. */
#ifndef OPSLEDGER_SITE_LESSON_PAGES_H
#define OPSLEDGER_SITE_LESSON_PAGES_H

#include "rules/lesson.h"
#include "site/page.h"

void make_lesson_pages(struct site *site, const struct ledger *ledger);

#endif
