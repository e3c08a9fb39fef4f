/* The print handbook: all articles as one PDF with contents. */
#ifndef OPSLEDGER_SITE_HANDBOOK_H
#define OPSLEDGER_SITE_HANDBOOK_H

#include "site/page.h"

/* Where it stands in the site. */
#define HANDBOOK_URL "kb/handbook.pdf"

/* Whether the repository wants one: it has templates/handbook.md, which is the cover
 * and the contents, and articles to print. */
bool handbook_wanted(const struct site *site);

/* Puts it: shelves are parts and articles are chapters, their headings a level down.
 * Links between articles lead within the file; those to records and other files are text. */
void make_handbook(struct site *site);

#endif
