/* HTML painter: a document as a fragment of semantic HTML, to be set into a page.
 *
 * All text is escaped here. For the page's style sheet the fragment has the
 * classes chart, form, signature (with role and blank), cover (with subtitle), toc,
 * footnotes, task, pagebreak, left, center, right, and wide around tables, which may
 * be wider than the page. Labels are Chinese whatever the language of messages. */
#ifndef OPSLEDGER_DOCUMENT_HTML_H
#define OPSLEDGER_DOCUMENT_HTML_H

#include "base/buffer.h"
#include "document/document.h"

struct html_links {
	/* The address to print for a relative or record: url of a link or image,
	 * valid until the next call; NULL when nothing is there: then what the
	 * link holds is painted without it. */
	const char *(*resolve)(const char *url, void *context);
	void *context;
};

/* Appends the fragment. Without links relative addresses are painted as they
 * are and records without a link. */
void html_paint(const struct document *document, const struct html_links *links, struct buf *out);

/* Appends the table of contents (<nav class="toc">) that a toc block paints: the
 * headings of levels 2 and 3. Nothing when there are none. */
void html_paint_contents(const struct document *document, struct buf *out);

#endif
