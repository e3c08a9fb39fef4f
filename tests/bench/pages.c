/* Stands in for search_put in build/bench/pages, the program without its search. */
#include "site/search.h"

void __wrap_search_put(struct search *search, struct site *site);

void __wrap_search_put(struct search *search, struct site *site)
{
	(void)search;
	(void)site;
}
