/* Stands in for search in build/bench/pages, the program without it. */
#include "site/search.h"

void __wrap_search_add(struct search *search, const struct search_document *document);
void __wrap_search_add_tree(struct search *search, struct search_document document, const struct node *root);
void __wrap_search_put(struct search *search, struct site *site);

void __wrap_search_add(struct search *search, const struct search_document *document)
{
	(void)search;
	(void)document;
}

void __wrap_search_add_tree(struct search *search, struct search_document document, const struct node *root)
{
	(void)search;
	(void)document;
	(void)root;
}

void __wrap_search_put(struct search *search, struct site *site)
{
	(void)search;
	(void)site;
}
