/* Text made safe for the output it goes into: whoever reads that gets the text
 * back as it was. */
#ifndef OPSLEDGER_REPORT_ESCAPE_H
#define OPSLEDGER_REPORT_ESCAPE_H

#include "base/buffer.h"

/* For an element's content or a quoted attribute: & < > " '. */
void escape_html(const char *text, struct buf *out);

/* For a paragraph, table cell or heading of Markdown (CommonMark 0.29 with GFM):
 * marks that would have a meaning get a backslash (6.1); a newline becomes &#10;,
 * since character references (6.2) stand for text, never for structure. */
void escape_markdown(const char *text, struct buf *out);

#endif
