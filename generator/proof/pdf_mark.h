/* What a signed field shows: drawn with lines alone, as PDF/A would have a font
 * embedded for every letter. */
#ifndef OPSLEDGER_PROOF_PDF_MARK_H
#define OPSLEDGER_PROOF_PDF_MARK_H

#include "time/instant.h"

/* Appends the operators for a field of that size, in points, from its lower left
 * corner: a frame, a tick, and below each other the date and the time where they
 * have room. */
void pdf_mark_draw(double width, double height, struct instant at, struct buf *out);

/* A number with two decimals, whatever the locale. */
void pdf_mark_real(struct buf *out, double number);

#endif
