#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "document/image_parts.h"

/* libjpeg leaves by longjmp when something is wrong. */
struct errors {
	struct jpeg_error_mgr manager; /* first: libjpeg knows this part */
	jmp_buf leave;
	char message[JMSG_LENGTH_MAX];
};

static void leave(j_common_ptr jpeg)
{
	struct errors *errors = (struct errors *)jpeg->err;

	jpeg->err->format_message(jpeg, errors->message);
	longjmp(errors->leave, 1);
}

/* A warning (level -1) says that data are missing or damaged. */
static void hear(j_common_ptr jpeg, int level)
{
	if (level < 0)
		leave(jpeg);
}

static unsigned read_number(const uint8_t *at, size_t size, bool swapped)
{
	unsigned number = 0;

	for (size_t i = 0; i < size; i++)
		number = number << 8 | at[swapped ? size - 1 - i : i];
	return number;
}

/* Tag 0112 of the first directory (Exif 2.3, 4.5 and 4.6: the bytes are a TIFF
 * file behind six that say Exif); 1 when there is none. */
static unsigned read_orientation(const uint8_t *exif, size_t size)
{
	const size_t entry = 12;

	if (size < 14 || memcmp(exif, "Exif\0\0", 6) != 0)
		return 1;
	exif += 6;
	size -= 6;
	bool swapped = exif[0] == 'I';
	size_t at = read_number(exif + 4, 4, swapped);
	if (at > size - 2)
		return 1;
	unsigned count = read_number(exif + at, 2, swapped);
	at += 2;
	for (unsigned i = 0; i < count && size - at >= entry; i++, at += entry) {
		unsigned value = read_number(exif + at + 8, 2, swapped);

		if (read_number(exif + at, 2, swapped) == 0x0112)
			return value >= 1 && value <= 8 ? value : 1;
	}
	return 1;
}

static bool is_printable(const struct jpeg_decompress_struct *jpeg, const char **fault)
{
	*fault = "it is in printing colours (CMYK)";
	return jpeg->num_components == 1 || jpeg->num_components == 3;
}

/* Whether all of it can be decoded; the pixels are not kept. */
static void decode(struct jpeg_decompress_struct *jpeg)
{
	jpeg_start_decompress(jpeg);
	JSAMPARRAY row = (*jpeg->mem->alloc_sarray)((j_common_ptr)jpeg, JPOOL_IMAGE,
	                                            jpeg->output_width * (JDIMENSION)jpeg->output_components, 1);
	while (jpeg->output_scanline < jpeg->output_height)
		jpeg_read_scanlines(jpeg, row, 1);
	jpeg_finish_decompress(jpeg);
}

bool image_read_jpeg(struct arena *arena, struct chunk bytes, struct image *image, const char **fault)
{
	struct jpeg_decompress_struct jpeg;
	struct errors errors;
	bool fine;

	jpeg.err = jpeg_std_error(&errors.manager);
	errors.manager.error_exit = leave;
	errors.manager.emit_message = hear;
	jpeg_create_decompress(&jpeg);
	if (setjmp(errors.leave)) {
		*fault = arena_strdup(arena, errors.message);
		jpeg_destroy_decompress(&jpeg);
		return false;
	}
	jpeg_mem_src(&jpeg, (const unsigned char *)bytes.data, (unsigned long)bytes.len);
	jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xFFFF);
	jpeg_read_header(&jpeg, TRUE);
	fine = image_fits(jpeg.image_width, jpeg.image_height, fault) && is_printable(&jpeg, fault);
	if (fine) {
		image->width = jpeg.image_width;
		image->height = jpeg.image_height;
		image->components = (unsigned)jpeg.num_components;
		image->data = bytes;
		if (jpeg.marker_list)
			image->orientation = read_orientation(jpeg.marker_list->data, jpeg.marker_list->data_length);
		decode(&jpeg);
	}
	jpeg_destroy_decompress(&jpeg);
	return fine;
}
