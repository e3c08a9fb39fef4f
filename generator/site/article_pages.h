/* A page for every knowledge article, their list, and copies of their images. */
#ifndef OPSLEDGER_SITE_ARTICLE_PAGES_H
#define OPSLEDGER_SITE_ARTICLE_PAGES_H

#include "site/articles.h"
#include "site/page.h"

void make_article_pages(struct site *site);

#endif
