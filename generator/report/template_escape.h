/* Text made safe for the kind of output that a template makes. */
#ifndef OPSLEDGER_REPORT_TEMPLATE_ESCAPE_H
#define OPSLEDGER_REPORT_TEMPLATE_ESCAPE_H

#include "base/buffer.h"
#include "report/template.h"

/* Appends text so that a reader of the output gets it back as it is. */
void escape_text(enum template_escape escape, const char *text, struct buf *out);

#endif
