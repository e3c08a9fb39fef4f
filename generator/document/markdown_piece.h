/* Markdown read piece by piece: what cmark makes of a text takes twenty times its
 * room, so of a long one only a piece at a time is in memory. Only markdown.c
 * includes this. */
#ifndef OPSLEDGER_DOCUMENT_MARKDOWN_PIECE_H
#define OPSLEDGER_DOCUMENT_MARKDOWN_PIECE_H

#include <cmark-gfm.h>

#include "base/buffer.h"

struct pieces {
	struct chunk rest; /* not read yet; begins with a line */
	bool whole;        /* it has definitions, which hold for all of it: one piece */
};

/* text is borrowed. */
struct pieces pieces_of(struct chunk text);

/* The blocks of the next piece, owned by the caller, and its text; NULL when all
 * is read. A piece ends before a heading that no other block holds: the pieces'
 * blocks are those of the text. */
cmark_node *pieces_next(struct pieces *pieces, struct chunk *text);

#endif
