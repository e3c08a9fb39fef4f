/* Where a view has its figures: what tables, appendix and comparison of figures
 * have in common. */
#ifndef OPSLEDGER_REPORT_SECTION_H
#define OPSLEDGER_REPORT_SECTION_H

#include "base/map.h"
#include "base/value.h"

enum { COLUMNS_MOST = 9, KEYS_MOST = 2 };

struct section {
	const char *path;            /* of a list, or of one object */
	const char *keys[KEYS_MOST]; /* members that tell the items of a list apart; none: one object */
	const char *title;           /* of one object; else an item's own name, or its keys */
	const char *behind;          /* the list of the rows it rests on; NULL: those that the item itself names */
	const char *shared;          /* member that those rows share with the item's name; NULL: all */
	size_t told;                 /* so many columns the appendix tells, from the first */
	struct {
		const char *name, *title;
	} columns[COLUMNS_MOST];
};

/* In the order of reports. */
const struct section *section_all(size_t *count);

/* The member that a path of names with dots leads to, or NULL. */
struct value *section_follow(const struct value *view, const char *path);
/* What a figure is called that item has. */
const char *section_name(struct arena *arena, const struct section *section, const struct value *item);
/* A member as reports print it, "—" when there is none; object may be NULL. */
const char *section_text(struct arena *arena, const struct value *object, const char *member);
/* Adds the records ("CONTRACT/TYPE/ID") that a figure rests on. */
void section_records(const struct section *section, const struct value *view, const struct value *item,
                     const char *name, struct map *records);

#endif
