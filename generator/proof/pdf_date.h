/* Points of time in PDF (ISO 32000-1, 7.9.4): "D:20260309080500+08'00'". */
#ifndef OPSLEDGER_PROOF_PDF_DATE_H
#define OPSLEDGER_PROOF_PDF_DATE_H

#include "time/instant.h"

enum { PDF_DATE_TEXT = 48 };

/* Returns out. */
const char *pdf_date_format(struct instant instant, char out[PDF_DATE_TEXT]);
/* Parts that are left out are the least there are; without an offset it is UTC.
 * False when it is no date. */
bool pdf_date_parse(struct chunk text, struct instant *out);

#endif
