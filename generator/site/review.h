/* Whether knowledge is looked after: how an article is used, and whether it is
 * still to be trusted. */
#ifndef OPSLEDGER_SITE_REVIEW_H
#define OPSLEDGER_SITE_REVIEW_H

#include "site/page.h"

struct article;

enum review_state {
	REVIEW_UNPLANNED, /* front matter says no review_by */
	REVIEW_IN_TIME,
	REVIEW_OVERDUE
};

struct review {
	enum review_state state;
	struct record_list citing; /* records that name the article */
	size_t changes;            /* finished on its systems since it was last reviewed */
	bool has_reviewed, has_review_by;
	struct date reviewed, review_by;
};

struct review review_of(const struct site *site, const struct article *article);

/* kb/review.html: all articles with their reviews, and incidents like an earlier
 * one for neither of which there is an article. */
void make_review_page(struct site *site);

#endif
