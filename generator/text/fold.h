/* Folding: one form for what readers and engineers take for the same text. */
#ifndef OPSLEDGER_TEXT_FOLD_H
#define OPSLEDGER_TEXT_FOLD_H

#include <uchar.h>

#include "base/buffer.h"

/* The ASCII counterpart of a full-width form (U+FF01–U+FF5E) or of the
 * ideographic space (U+3000); any other code point as it is. */
char32_t fold_width(char32_t code_point);

/* Appends text as search sees it: compatibility composition (NFKC, UAX #15), then
 * lower case without regard to a language, as JavaScript's
 * text.normalize("NFKC").toLowerCase() gives it. text is well-formed UTF-8. */
void fold_for_search(struct chunk text, struct buf *out);

#endif
