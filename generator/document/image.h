/* Pictures: PNG and JPEG, checked by decoding them wholly, and held as PDF holds
 * them (ISO 32000-1, 7.4 and 8.9). */
#ifndef OPSLEDGER_DOCUMENT_IMAGE_H
#define OPSLEDGER_DOCUMENT_IMAGE_H

#include "base/buffer.h"
#include "base/memory.h"

struct image {
	unsigned width, height; /* in pixels, as they are stored */
	unsigned components;    /* a byte each in a pixel: 1 grey, 3 red, green, blue */
	bool jpeg;              /* data is a JPEG file; else deflated rows with PNG's predictors */
	struct chunk data;
	/* How a camera held it: 1 upright … 8, as in Exif 2.3, 4.6.4, tag 0112. */
	unsigned orientation;
};

/* Reads a picture. What is transparent shows white, as PDF/A-1 forbids
 * transparency. NULL when the bytes are no sound PNG or JPEG, hold more than 25
 * million pixels, or are in printing colours: *fault then tells why, in English.
 * All is in arena, but a JPEG's data are bytes themselves. */
const struct image *image_read(struct arena *arena, struct chunk bytes, const char **fault);

/* Whether it stands on its side: what is shown as width is its height. */
bool image_is_turned(const struct image *image);

#endif
