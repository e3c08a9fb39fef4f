/* Units: what searchable text is cut into. templates/site/search.js cuts queries
 * by the same rules; tests/unit/site/search_units.json holds cases for both.
 *
 * A unit is one CJK character or one word, a run of other letters and digits.
 * Neighbouring units are joined, and then found as a pair:
 *   CJK beside CJK or a word, blanks between them or not   主|从  mysql|主  10|月
 *   word and word with one of - . _ : / @ \ between        ora|-|01555  10|.|20
 * Nothing is cut by a dictionary, so that a query is cut as the text was. */
#ifndef OPSLEDGER_TEXT_SEARCH_UNITS_H
#define OPSLEDGER_TEXT_SEARCH_UNITS_H

#include <uchar.h>

#include "base/buffer.h"

enum joint {
	JOINT_NONE,  /* begins anew */
	JOINT_BESIDE /* CJK beside something; any other value is the character between two words */
};

struct search_unit {
	char32_t cjk; /* the character; 0 for a word */
	struct chunk text;
	char joint; /* to the unit before: enum joint, or one of -._:/@\ */
};

struct search_scan {
	struct chunk text; /* folded: fold_for_search */
	size_t at;
	bool begun, after_cjk; /* a unit came before, and of which kind */
};

#define SEARCH_SCAN(folded)                                                                                            \
	{                                                                                                              \
		(folded), 0, false, false                                                                              \
	}

/* Sets *unit to the next unit; false at the end of the text. */
bool search_unit_next(struct search_scan *scan, struct search_unit *unit);

#endif
