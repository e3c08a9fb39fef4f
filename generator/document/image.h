/* Pictures: PNG, decoded by libpng to plain pixels on white paper. */
#ifndef OPSLEDGER_DOCUMENT_IMAGE_H
#define OPSLEDGER_DOCUMENT_IMAGE_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"

struct image {
	unsigned width, height; /* pixels */
	const uint8_t *pixels;  /* rows from the top, three bytes a pixel: red, green, blue */
};

/* Decodes a PNG; what is transparent shows white, as PDF/A-1 forbids
 * transparency. NULL when the bytes are no sound PNG or hold more than 25
 * million pixels: *fault then tells why, in English. Both live in arena. */
const struct image *image_decode(struct arena *arena, struct chunk bytes, const char **fault);

#endif
