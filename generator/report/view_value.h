/* Small tools to put a view together. */
#ifndef OPSLEDGER_REPORT_VIEW_VALUE_H
#define OPSLEDGER_REPORT_VIEW_VALUE_H

#include "base/value.h"

/* Sets a member; text NULL sets null. */
void view_text(struct arena *arena, struct value *object, const char *name, const char *text);
void view_count(struct arena *arena, struct value *object, const char *name, size_t count);
void view_flag(struct arena *arena, struct value *object, const char *name, bool flag);

/* A list as templates take it: null when items (an array) is empty, so that
 * {{^list}} says so, else {count, items}. Items that are objects get their
 * "number" (from 1) and "more" (false on the last one). */
struct value *view_list(struct arena *arena, struct value *items);

#endif
