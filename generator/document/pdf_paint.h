/* Painting: the marks of a sheet as the content stream of a page. */
#ifndef OPSLEDGER_DOCUMENT_PDF_PAINT_H
#define OPSLEDGER_DOCUMENT_PDF_PAINT_H

#include "document/layout.h"
#include "document/pdf_font.h"
#include "document/pdf_tags.h"

struct painter {
	struct pdf_file *file;
	const struct layout *layout;
	struct pdf_fonts *fonts;
	struct pdf_tags *tags;
	const struct image **images; /* used so far: their resource name is I and their number */
	size_t image_count, image_capacity;
};

/* Appends the operators that paint a sheet. Links, fields and targets leave no
 * ink: see pdf_annotation.h. */
void pdf_paint_sheet(struct painter *painter, size_t sheet, struct buf *out);

/* Writes the pictures used, and appends their resource entries. */
void pdf_paint_images(struct painter *painter, struct buf *resources);

#endif
