/* How wide text stands in a terminal. */
#ifndef OPSLEDGER_TEXT_WIDTH_H
#define OPSLEDGER_TEXT_WIDTH_H

#include <stddef.h>

/* Places that UTF-8 text takes: two for a wide or full-width character (UAX #11),
 * none for a combining mark, else one. */
size_t text_width(const char *text);

#endif
