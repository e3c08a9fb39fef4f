/* Tagged PDF (ISO 32000-1, 14.7 and 14.8): the structure tree, and which marked
 * content of which page belongs to which element. Each element is written as
 * soon as it is complete: of a long document only what is open is kept. */
#ifndef OPSLEDGER_DOCUMENT_PDF_TAGS_H
#define OPSLEDGER_DOCUMENT_PDF_TAGS_H

#include "document/layout.h"
#include "document/pdf_page.h"

struct pdf_tags;

/* pages is borrowed. */
struct pdf_tags *pdf_tags_new(struct pdf_file *file, const struct pdf_pages *pages);

/* A new piece of content of element on a sheet: its marked-content id there.
 * Pieces are numbered in the order of painting, which is that of reading. */
unsigned pdf_tags_content(struct pdf_tags *tags, struct element *element, size_t sheet);

/* An annotation of element on a sheet: its StructParent. */
unsigned pdf_tags_annotation(struct pdf_tags *tags, struct element *element, size_t sheet, unsigned annotation);

/* Nothing more comes onto the sheet. Sheet after sheet. */
void pdf_tags_end_sheet(struct pdf_tags *tags);

/* Writes an element and those below it that are not written yet, as the layout
 * hands them over (struct taker). */
void pdf_tags_write(struct pdf_tags *tags, struct element *element);

/* Ends the tree, all of whose elements are written; the number of its
 * StructTreeRoot. Frees tags. */
unsigned pdf_tags_close(struct pdf_tags *tags);

#endif
