/* The articles by shelf, as the knowledge base's list, its pages and the handbook go through them. */
#ifndef OPSLEDGER_SITE_SHELVES_H
#define OPSLEDGER_SITE_SHELVES_H

#include "site/articles.h"

struct shelf {
	const char *title;
	const struct article *const *items; /* in the order of their paths */
	size_t count;
};

struct shelves {
	const struct article **articles; /* all of them, shelf behind shelf */
	struct shelf *items;             /* those with articles, in their order; what is of no known kind comes last */
	size_t count;
};

/* Borrows the articles. */
struct shelves *shelves_of(struct arena *arena, const struct articles *articles);

/* What stands before and behind the article of that index on its shelf, or NULL. */
const struct article *shelves_before(const struct shelves *shelves, size_t index);
const struct article *shelves_behind(const struct shelves *shelves, size_t index);

#endif
