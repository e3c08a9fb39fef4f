/* HTML of the blocks that Markdown lacks; for html.c only. */
#ifndef OPSLEDGER_DOCUMENT_HTML_BLOCK_H
#define OPSLEDGER_DOCUMENT_HTML_BLOCK_H

#include "base/buffer.h"
#include "document/document.h"

/* Up to the first row; closed by </tbody></table></div>. */
void html_open_form(const struct node *form, struct buf *out);
void html_paint_signature(const struct node *signature, struct buf *out);
void html_paint_cover(const struct node *cover, struct buf *out);

#endif
