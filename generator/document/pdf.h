/* PDF: the painter of documents for print and archive.
 *
 * The file is PDF/A-1b (ISO 19005-1), tagged, and holds no time, name or number
 * that is not in what it is made from: the same in gives the same bytes. */
#ifndef OPSLEDGER_DOCUMENT_PDF_H
#define OPSLEDGER_DOCUMENT_PDF_H

#include "base/sink.h"
#include "document/document.h"
#include "document/style.h"
#include "time/instant.h"

struct pdf_facts {
	const char *title, *author, *subject; /* subject and author may be NULL */
	const char *language;                 /* RFC 3066: "zh-CN" */
	const char *keywords;   /* such as "commit 0123…", or NULL: how to find the file's source again */
	struct instant created; /* of what it is made from: the commit's time */
	const char *header;     /* running header: contract · report; or NULL */
	const char *footer;     /* beside the page's number, or NULL */
	const char *watermark;  /* such as 草稿, or NULL */
	const char *code;       /* what the QR code on the cover says, or NULL */
	/* The bytes of the picture at url, as long as pdf_write runs; false when
	 * there is none. */
	bool (*image)(const char *url, struct chunk *bytes, void *context);
	void *context;
};

/* Puts the document as a PDF file. Diagnostics are those of the layout (a
 * character without a font, a broken picture). Returns whether there were no
 * errors among them; the file is whole either way. */
bool pdf_write(const struct document *document, const struct page_setup *setup, const struct pdf_facts *facts,
               struct sink sink, struct diags *diags);

#endif
