#include <png.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "document/image_parts.h"

static uint32_t read_length(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The data of a PNG file's IDAT chunks are what PDF wants (PNG Specification,
 * 11.2.4): the file is one that libpng wrote. */
static struct chunk join_data(struct arena *arena, const uint8_t *file, size_t size)
{
	const size_t head = 8, around = 12; /* signature; length, type and checksum of a chunk */
	uint8_t *data = arena_alloc(arena, size);
	size_t count = 0;

	for (size_t at = head, length; at + around <= size; at += around + length) {
		length = read_length(file + at);
		if (memcmp(file + at + 4, "IDAT", 4) != 0)
			continue;
		memcpy(data + count, file + at + 8, length);
		count += length;
	}
	return (struct chunk){ (const char *)data, count };
}

/* Plain pixels, packed anew. */
static struct chunk pack(struct arena *arena, png_image *png, const uint8_t *pixels)
{
	png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(*png);
	uint8_t *file = xmalloc(size);

	if (!png_image_write_to_memory(png, file, &size, 0, pixels, 0, NULL))
		die("libpng: %s", png->message);
	struct chunk data = join_data(arena, file, size);
	free(file);
	return data;
}

bool image_read_png(struct arena *arena, struct chunk bytes, struct image *image, const char **fault)
{
	png_image png = { .version = PNG_IMAGE_VERSION };
	const png_color white = { 255, 255, 255 };

	if (!png_image_begin_read_from_memory(&png, bytes.data, bytes.len)) {
		*fault = arena_strdup(arena, png.message);
		return false;
	}
	if (!image_fits(png.width, png.height, fault)) {
		png_image_free(&png);
		return false;
	}
	bool grey = !(png.format & PNG_FORMAT_FLAG_COLOR);
	png.format = grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
	uint8_t *pixels = xmalloc(PNG_IMAGE_SIZE(png));
	bool fine = png_image_finish_read(&png, &white, pixels, 0, NULL);
	if (fine) {
		image->width = png.width;
		image->height = png.height;
		image->components = grey ? 1 : 3;
		image->data = pack(arena, &png, pixels);
	} else {
		*fault = arena_strdup(arena, png.message);
	}
	free(pixels);
	return fine;
}
