/* Where a line of Chinese and Latin text may end: UAX #14 as ICU has it for
 * Chinese, and the rules of GB/T 15834—2011 (标点符号用法, 5.1) that it lacks. */
#ifndef OPSLEDGER_TEXT_LINEBREAK_H
#define OPSLEDGER_TEXT_LINEBREAK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

struct line_break {
	size_t offset; /* bytes; the new line begins here */
	bool must;     /* after a line feed or another hard break, and at the end of the text */
};

struct line_breaker;

struct line_breaker *line_breaker_new(void);
void line_breaker_free(struct line_breaker *breaker);

/* All break opportunities of well-formed UTF-8, ascending. Blanks belong to the
 * line that they end. The last one is text.len; none for empty text. Beyond UAX #14
 * no line begins with a connecting mark (～ – or a single —), an interpunct (·) or
 * 々, none begins or ends with a / beside a hanzi, and the number of a standard
 * (GB/T 22239—2019) stays whole. Whatever is wider than a line and has no
 * opportunity the caller breaks between characters. Borrowed until the next call. */
const struct line_break *line_breaks(struct line_breaker *breaker, struct chunk text, size_t *count);

#endif
