/* The tags of articles, and the page that lists them. */
#ifndef OPSLEDGER_SITE_TAGS_H
#define OPSLEDGER_SITE_TAGS_H

#include "site/articles.h"

struct site; /* site/page.h */

struct tag {
	const char *name, *id; /* id: of its heading on the page */
	const struct article **articles;
	size_t count, capacity;
};

struct tags {
	struct tag **items; /* as Chinese readers sort */
	size_t count;
	struct map by_name; /* name → struct tag */
};

struct tags *tags_gather(struct arena *arena, const struct articles *articles);
/* "kb/tags.html#mysql"; NULL when no article has that tag. */
const char *tag_url(struct arena *arena, const struct tags *tags, const char *name);
/* kb/tags.html */
void make_tags_page(struct site *site);

#endif
