/* Pictures: what is taken, what is refused, and how a camera held them. */
#include "fixture.h"

#include <stdio.h>

#include <jpeglib.h>
#include <png.h>
#include <zlib.h>

#include "document/image.h"

static struct chunk make_png(unsigned format, const void *pixels, unsigned width, unsigned height)
{
	png_image png = { .version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = format };
	png_alloc_size_t size = 4096;
	char *bytes = arena_alloc(arena, size);

	assert_true(png_image_write_to_memory(&png, bytes, &size, 0, pixels, 0, NULL));
	return (struct chunk){ bytes, size };
}

/* A picture of 8 × 4 pixels; exif: what an APP1 marker holds, or NULL. */
static struct chunk make_jpeg(int components, const char *exif, unsigned exif_size)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *bytes = NULL, row[8 * 4] = { 0 };
	unsigned long size = 0;
	JSAMPROW rows[] = { row };

	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &bytes, &size);
	jpeg.image_width = 8;
	jpeg.image_height = 4;
	jpeg.input_components = components;
	jpeg.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
	jpeg_set_defaults(&jpeg);
	jpeg_start_compress(&jpeg, TRUE);
	if (exif)
		jpeg_write_marker(&jpeg, JPEG_APP0 + 1, (const JOCTET *)exif, exif_size);
	while (jpeg.next_scanline < jpeg.image_height)
		jpeg_write_scanlines(&jpeg, rows, 1);
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	struct chunk copy = { arena_strndup(arena, (const char *)bytes, size), size };
	free(bytes);
	return copy;
}

static const struct image *image_of(struct chunk bytes)
{
	const char *fault = NULL;
	const struct image *image = image_read(arena, bytes, &fault);

	assert_true(image || fault);
	return image;
}

static void expect_fault(struct chunk bytes, const char *words)
{
	const char *fault = "";

	assert_null(image_read(arena, bytes, &fault));
	if (!strstr(fault, words))
		fail_msg("\"%s\" does not say \"%s\"", fault, words);
}

static void test_png(void **state)
{
	const unsigned char clear[] = { 200, 0, 0, 0 }, grey[] = { 7, 9 };
	unsigned char row[4];
	uLongf size = sizeof row;
	const struct image *image = image_of(make_png(PNG_FORMAT_RGBA, clear, 1, 1));

	(void)state;
	assert_int_equal(image->components, 3);
	assert_false(image->jpeg);
	assert_int_equal(uncompress(row, &size, (const Bytef *)image->data.data, image->data.len), Z_OK);
	/* White paper, behind the number of the row's predictor. */
	assert_memory_equal(row + 1, "\xFF\xFF\xFF", 3);
	image = image_of(make_png(PNG_FORMAT_GRAY, grey, 2, 1));
	assert_int_equal(image->components, 1);
	assert_int_equal(image->width, 2);
	assert_int_equal(image->height, 1);
}

static void test_broken_png(void **state)
{
	unsigned char pixels[64 * 64] = { 0 };
	struct chunk whole = make_png(PNG_FORMAT_GRAY, pixels, 64, 64);

	(void)state;
	expect_fault((struct chunk){ whole.data, whole.len - 30 }, "");
	expect_fault(chunk_of("GIF89a and what is behind it"), "PNG");
	expect_fault((struct chunk){ "", 0 }, "");
}

/* A header that promises 10,000 × 10,000 pixels, and no more. */
static void test_large(void **state)
{
	static const char head[] = "IHDR\0\0\x27\x10\0\0\x27\x10\x08\2\0\0\0";
	struct buf bytes = BUF_INIT;
	uLong sum = crc32(0, (const Bytef *)head, 17);

	(void)state;
	buf_put(&bytes, "\x89PNG\r\n\x1a\n\0\0\0\x0D", 12);
	buf_put(&bytes, head, 17);
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_putc(&bytes, (char)(sum >> shift & 0xFF));
	buf_put(&bytes, "\0\0\0\1IDATx", 9);
	expect_fault(buf_chunk(&bytes), "million");
	buf_free(&bytes);
}

static void test_jpeg(void **state)
{
	static const char intel[] = "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0",
	                  motorola[] = "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\3\0\0\0\0\0\0",
	                  nowhere[] = "Exif\0\0II*\0\xFF\xFF\xFF\xFF\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0";
	const struct image *image = image_of(make_jpeg(3, NULL, 0));

	(void)state;
	assert_true(image->jpeg);
	assert_int_equal(image->components, 3);
	assert_int_equal(image->width, 8);
	assert_int_equal(image->height, 4);
	assert_int_equal(image->orientation, 1);
	assert_false(image_is_turned(image));
	assert_int_equal(image_of(make_jpeg(1, NULL, 0))->components, 1);
	image = image_of(make_jpeg(3, intel, sizeof intel - 1));
	assert_int_equal(image->orientation, 6);
	assert_true(image_is_turned(image));
	assert_int_equal(image_of(make_jpeg(3, motorola, sizeof motorola - 1))->orientation, 3);
	assert_int_equal(image_of(make_jpeg(3, nowhere, sizeof nowhere - 1))->orientation, 1);
	assert_int_equal(image_of(make_jpeg(3, "Exif", 4))->orientation, 1);
}

static void test_broken_jpeg(void **state)
{
	struct chunk whole = make_jpeg(3, NULL, 0);

	(void)state;
	expect_fault((struct chunk){ whole.data, whole.len - 4 }, "");
	expect_fault((struct chunk){ whole.data, 3 }, "");
	expect_fault(make_jpeg(4, NULL, 0), "CMYK");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_png), TEST(test_broken_png), TEST(test_large), TEST(test_jpeg), TEST(test_broken_jpeg),
	};

	messages_init(NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
