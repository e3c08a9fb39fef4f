/* Whether knowledge is looked after: how an article is used, and whether it is
 * still to be trusted. */
#ifndef OPSLEDGER_SITE_REVIEW_H
#define OPSLEDGER_SITE_REVIEW_H

#include "rules/knowledge.h"
#include "site/page.h"

struct article;

struct review {
	const struct knowledge_article *article;
	enum review_state state;   /* as of the site's instant */
	struct record_list citing; /* records that name the article */
	size_t changes;            /* finished on its systems since it was last reviewed */
};

struct review review_of(const struct site *site, const struct article *article);

/* kb/review.html: all articles with their reviews, and incidents like an earlier
 * one for neither of which there is an article. */
void make_review_page(struct site *site);

#endif
