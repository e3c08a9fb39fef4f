/* Characters of a text, as layout_text.c makes them and layout_line.c sets them.
 * Only those two include this. */
#ifndef OPSLEDGER_DOCUMENT_LAYOUT_CLUSTER_H
#define OPSLEDGER_DOCUMENT_LAYOUT_CLUSTER_H

#include "document/layout_text.h"

enum breaking { BREAK_NONE, BREAK_MAY, BREAK_MUST };

/* How a character behaves in a line. */
enum shape_class {
	CLASS_LETTER, /* of an alphabet: its neighbours of the class stay close */
	CLASS_WIDE,
	CLASS_OPENING, /* wide, its left half empty */
	CLASS_CLOSING, /* wide, its right half empty */
	CLASS_DASH,    /* wide, joined with its like */
	CLASS_BLANK,
	CLASS_HIDDEN /* takes no room: joiners, hard breaks */
};

struct cluster {
	const struct font *font; /* NULL: HIDDEN */
	char32_t code_point;
	uint16_t glyph, advance; /* advance: thousandths of an em */
	uint16_t look;
	uint8_t class, breaking; /* breaking: behind it */
};

/* U+2610–U+2612. */
static inline bool is_ballot_box(char32_t c)
{
	return c >= 0x2610 && c <= 0x2612;
}

#endif
