#include "document/image_parts.h"

#include <stdint.h>

bool image_fits(unsigned width, unsigned height, const char **fault)
{
	const uint64_t most = 25 * 1000 * 1000;

	*fault = "more than 25 million pixels";
	return (uint64_t)width * height <= most;
}

const struct image *image_read(struct arena *arena, struct chunk bytes, const char **fault)
{
	struct image *image = arena_alloc(arena, sizeof *image);
	bool jpeg = bytes.len > 2 && (unsigned char)bytes.data[0] == 0xFF && (unsigned char)bytes.data[1] == 0xD8;

	image->orientation = 1;
	image->jpeg = jpeg;
	return (jpeg ? image_read_jpeg : image_read_png)(arena, bytes, image, fault) ? image : NULL;
}

bool image_is_turned(const struct image *image)
{
	return image->orientation >= 5;
}
