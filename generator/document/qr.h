/* QR codes, by libqrencode (ISO/IEC 18004). */
#ifndef OPSLEDGER_DOCUMENT_QR_H
#define OPSLEDGER_DOCUMENT_QR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"

struct qr {
	unsigned size;          /* modules along an edge, without the quiet zone of four */
	const uint8_t *modules; /* rows from the top; 1 is dark */
};

/* Encodes UTF-8 text at error correction level M, in the smallest code that
 * holds it. NULL when it is too long for any (over 2,331 bytes). In arena. */
const struct qr *qr_encode(struct arena *arena, const char *text);

#endif
