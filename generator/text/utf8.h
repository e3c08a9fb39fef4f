/* UTF-8: the only encoding inside the program. Files are brought to it by
 * text/encoding.h; offsets count bytes, lengths count code points. */
#ifndef OPSLEDGER_TEXT_UTF8_H
#define OPSLEDGER_TEXT_UTF8_H

#include <stddef.h>
#include <uchar.h>

#include "base/buffer.h"

/* The byte offset of the first ill-formed sequence (The Unicode Standard, table
 * 3-7: no overlong forms, surrogates or code points above U+10FFFF) or NUL;
 * text.len when there is none. */
size_t utf8_first_fault(struct chunk text);

/* The code points of text; an ill-formed sequence counts one. */
size_t utf8_length(struct chunk text);

/* The code point at *offset, which is below text.len, and moves *offset behind
 * it; U+FFFD for an ill-formed sequence. */
char32_t utf8_next(struct chunk text, size_t *offset);

/* Appends one code point. */
void utf8_put(struct buf *out, char32_t code_point);

#endif
