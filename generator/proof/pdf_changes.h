/* What later revisions of a PDF file changed, beside what a signature needs.
 *
 * An incremental update can repaint every page, and a signature over it says
 * nothing about the revision before. So nothing is accepted but this: an empty
 * signature field of the first revision gets its value (V), an appearance (AP,
 * AS), a time (M) and a lock; the new objects that these lead to; SigFlags; the
 * document security store (DSS) of the catalog, which no page shows. A field's
 * rectangle stays, and a form is clipped to it, so that an appearance covers no
 * figure. */
#ifndef OPSLEDGER_PROOF_PDF_CHANGES_H
#define OPSLEDGER_PROOF_PDF_CHANGES_H

#include "proof/pdf_reader.h"

struct pdf_change {
	size_t revision; /* from 0; the first is never blamed */
	uint32_t object; /* 0: the trailer */
	unsigned page;   /* that the object is, or is shown on as its content, from 1; 0: none */
	const char *what;
};

struct pdf_changes {
	struct pdf_change *items; /* by revision, then object */
	size_t count, capacity;
};

/* Changes that no signature needs, in words of the reader's language; in the
 * reader's arena. */
struct pdf_changes pdf_changes_find(const struct pdf_reader *reader);

#endif
