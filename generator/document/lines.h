/* The lines of a text, for whoever is told places in bytes and has to name them
 * in characters. Lines end in LF, CRLF or CR. */
#ifndef OPSLEDGER_DOCUMENT_LINES_H
#define OPSLEDGER_DOCUMENT_LINES_H

#include "base/buffer.h"
#include "base/memory.h"

struct lines {
	struct chunk text;
	size_t *starts; /* byte offset of each line, and of the text's end */
	size_t count;
	/* Where the last column was counted to, so that a long line is counted once. */
	size_t counted_line, counted_byte, counted_column;
};

/* text is borrowed. */
struct lines lines_of(struct arena *arena, struct chunk text);

/* Line number, from 1, without its end; empty behind the last one. */
struct chunk lines_get(const struct lines *lines, size_t number);

/* The column in characters of a byte of a line; all count from 1. Cheap when asked
 * for in reading order. */
unsigned lines_column(struct lines *lines, size_t number, size_t byte);

#endif
