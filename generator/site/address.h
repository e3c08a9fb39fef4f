/* Addresses on the web: of the site's own pages, and where articles are edited. */
#ifndef OPSLEDGER_SITE_ADDRESS_H
#define OPSLEDGER_SITE_ADDRESS_H

#include "site/page.h"

/* Of a page: its path below the site's base address; NULL when that is not known. */
const char *address_of_page(struct arena *arena, const struct site *site, const char *path);

/* Whether text can be a pattern of addresses: https or http, a host, and behind it {path}
 * once at least and {commit} if need be; no other braces. */
bool address_is_pattern(const char *text);
/* Where the file at path, from the repository's root, is edited: the site's pattern with {path} and
 * {commit} (full id) filled in; NULL when the site has none. */
const char *address_to_edit(struct arena *arena, const struct site *site, const char *path);

/* Whether text is the address of a folder: https or http and a host, no query, no fragment. */
bool address_is_folder(const char *text);

#endif
