/* A page for every knowledge article, their list, and copies of their images. */
#ifndef OPSLEDGER_SITE_ARTICLE_PAGES_H
#define OPSLEDGER_SITE_ARTICLE_PAGES_H

#include "site/page.h"
#include "site/shelves.h"

/* The page of one article, by its index in the site's shelves, and its words for the search. */
void make_article_page(struct site *site, size_t index);
/* kb/index.html: all articles, shelf by shelf. */
void make_article_list(struct site *site);
/* What lies beside articles: images and attachments. */
void copy_attachments(struct site *site);

#endif
