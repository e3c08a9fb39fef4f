/* A byte of a text and the line and column it stands at. */
#ifndef OPSLEDGER_SOURCE_POSITION_H
#define OPSLEDGER_SOURCE_POSITION_H

#include "base/buffer.h"
#include "base/value.h"

struct position {
	size_t at;             /* byte offset */
	unsigned line, column; /* from 1; columns count characters */
};

#define POSITION_START ((struct position){ 0, 1, 1 })

/* Moves on to the byte offset to, which is not before it. Lines end in LF, CRLF or CR. */
void position_advance(struct position *position, struct chunk text, size_t to);
struct place position_place(struct position position, const char *path);

/* Whether a byte of UTF-8 begins a character. */
static inline bool begins_character(char byte)
{
	return ((unsigned char)byte & 0xC0) != 0x80;
}

#endif
