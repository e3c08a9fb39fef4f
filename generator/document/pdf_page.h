/* The pages of a PDF: each is written as soon as its sheet is painted (ISO
 * 32000-1, 7.7.3). */
#ifndef OPSLEDGER_DOCUMENT_PDF_PAGE_H
#define OPSLEDGER_DOCUMENT_PDF_PAGE_H

#include "document/layout.h"
#include "document/pdf_object.h"

struct pdf_pages {
	struct pdf_file *file;
	const struct page_setup *setup;
	size_t count;
	unsigned first, branches, resources; /* numbers of the first page and branch, and of what all pages share */
};

/* Gives numbers to all pages of a layout. */
struct pdf_pages pdf_pages_open(struct pdf_file *file, const struct layout *layout);

/* The number of a sheet's page. */
unsigned pdf_page(const struct pdf_pages *pages, size_t sheet);

/* Writes the page of a sheet. annotations: references to them. */
void pdf_page_write(const struct pdf_pages *pages, size_t sheet, struct chunk contents, struct chunk annotations);

/* Writes the tree of pages and the resources, a dictionary's entries. Once, after all pages. */
void pdf_pages_close(const struct pdf_pages *pages, struct chunk resources);

#endif
