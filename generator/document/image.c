#include "document/image.h"

#include <png.h>
#include <string.h>

static const uint64_t most_pixels = 25 * 1000 * 1000;

const struct image *image_decode(struct arena *arena, struct chunk bytes, const char **fault)
{
	png_image png = { .version = PNG_IMAGE_VERSION };
	const png_color white = { 255, 255, 255 };

	if (!png_image_begin_read_from_memory(&png, bytes.data, bytes.len)) {
		*fault = arena_strdup(arena, png.message);
		return NULL;
	}
	if ((uint64_t)png.width * png.height > most_pixels) {
		png_image_free(&png);
		*fault = "more than 25 million pixels";
		return NULL;
	}
	png.format = PNG_FORMAT_RGB;
	struct image *image = arena_alloc(arena, sizeof *image);
	uint8_t *pixels = arena_alloc(arena, PNG_IMAGE_SIZE(png));
	if (!png_image_finish_read(&png, &white, pixels, 0, NULL)) {
		*fault = arena_strdup(arena, png.message);
		return NULL;
	}
	*image = (struct image){ png.width, png.height, pixels };
	return image;
}
