/* What makes the file an archive's (PDF/A-1b, ISO 19005-1): document
 * information and the same as XMP, and the colour space that colours are meant
 * in. */
#ifndef OPSLEDGER_DOCUMENT_PDF_ARCHIVE_H
#define OPSLEDGER_DOCUMENT_PDF_ARCHIVE_H

#include "document/pdf.h"
#include "document/pdf_object.h"

/* Sets the information dictionary, Metadata, OutputIntents and Lang. */
void pdf_archive_write(struct pdf_file *file, const struct pdf_facts *facts, const struct page_setup *setup);

#endif
