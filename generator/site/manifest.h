/* manifest.json: the commit, and the SHA-256 of every file made from it. */
#ifndef OPSLEDGER_SITE_MANIFEST_H
#define OPSLEDGER_SITE_MANIFEST_H

#include "site/page.h"

/* Puts manifest.json, which lists all files that site_put has put. */
void manifest_put(struct site *site);

/* The paths that dir's manifest.json lists, and itself: what the last build
 * wrote there. Empty when there is none that can be read. */
const char *const *manifest_files(struct arena *arena, const char *dir, size_t *count);

#endif
