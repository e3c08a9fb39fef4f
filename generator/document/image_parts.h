/* The two kinds of pictures. Only image*.c include this. */
#ifndef OPSLEDGER_DOCUMENT_IMAGE_PARTS_H
#define OPSLEDGER_DOCUMENT_IMAGE_PARTS_H

#include "document/image.h"

/* Whether there are not too many pixels; else *fault is set. */
bool image_fits(unsigned width, unsigned height, const char **fault);

bool image_read_png(struct arena *arena, struct chunk bytes, struct image *image, const char **fault);
bool image_read_jpeg(struct arena *arena, struct chunk bytes, struct image *image, const char **fault);

#endif
