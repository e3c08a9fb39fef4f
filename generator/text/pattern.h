/* Regular expressions (ICU, Unicode Technical Standard 18). */
#ifndef OPSLEDGER_TEXT_PATTERN_H
#define OPSLEDGER_TEXT_PATTERN_H

#include <stdbool.h>

#include "base/buffer.h"

struct pattern;

/* NULL when expression, UTF-8, is no regular expression. */
struct pattern *pattern_new(const char *expression);
void pattern_free(struct pattern *pattern);

/* Whether the whole of text, UTF-8, matches. A match that takes unreasonably
 * long (an expression such as (a+)+b) counts as none. */
bool pattern_matches(struct pattern *pattern, struct chunk text);

#endif
