/* What a page answers to: links, signature fields, and the outline that leads
 * to headings (ISO 32000-1, 12.3, 12.5 and 12.7). */
#ifndef OPSLEDGER_DOCUMENT_PDF_ANNOTATION_H
#define OPSLEDGER_DOCUMENT_PDF_ANNOTATION_H

#include "document/layout.h"
#include "document/pdf_tags.h"

struct annotator {
	struct pdf_file *file;
	const struct layout *layout;
	struct pdf_tags *tags;
	const struct pdf_pages *pages;
	struct buf fields; /* references to the signature fields */
	struct map names;  /* of the fields */
};

void annotator_init(struct annotator *annotator, struct pdf_file *file, const struct layout *layout,
                    struct pdf_tags *tags, const struct pdf_pages *pages);
/* Writes links and fields of one sheet, and appends references to them. */
void annotate_sheet(struct annotator *annotator, size_t sheet, struct buf *references);
/* The form dictionary, outline and page labels. Once, at the end. */
void annotate_document(struct annotator *annotator);

#endif
