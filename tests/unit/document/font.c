/* Fonts: opening, coverage, subsetting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "document/font.h"

#define SERIF "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
#define KAI "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"

static void test_open(void **state)
{
	struct fonts *fonts = fonts_new();
	const struct font *serif = fonts_open(fonts, SERIF, 2), *kai = fonts_open(fonts, KAI, 0);

	(void)state;
	assert_string_equal(serif->name, "NotoSerifCJKsc-Regular");
	assert_true(serif->compact && serif->cid_keyed);
	assert_false(kai->compact);
	assert_ptr_equal(serif, fonts_open(fonts, SERIF, 2));
	assert_ptr_not_equal(serif, fonts_open(fonts, SERIF, 0));
	assert_null(fonts_open(fonts, SERIF, 99));
	assert_null(fonts_open(fonts, "/nowhere/font.ttf", 0));
	assert_null(fonts_open(fonts, "templates/print.json", 0));
	fonts_free(fonts);
}

static void test_glyphs(void **state)
{
	struct fonts *fonts = fonts_new();
	const struct font *serif = fonts_open(fonts, SERIF, 2);

	(void)state;
	assert_int_equal(serif->advances[font_glyph(serif, U'运')], 1000);
	assert_in_range(serif->advances[font_glyph(serif, U'i')], 200, 500);
	assert_int_not_equal(font_glyph(serif, U'𠮷'), 0); /* outside the BMP */
	assert_int_equal(font_glyph(serif, U'☐'), 0);
	assert_int_equal(font_glyph(serif, 0x10FFFD), 0);
	assert_in_range(serif->ascent, 800, 1300);
	assert_in_range(-serif->descent, 100, 500);
	assert_in_range(serif->cap_height, 600, 800);
	assert_true(serif->box[0] < 0 && serif->box[2] > 1000);
	fonts_free(fonts);
}

static void test_subset(void **state)
{
	struct fonts *fonts = fonts_new();
	struct arena *arena = arena_new();
	const struct font *serif = fonts_open(fonts, SERIF, 2), *kai = fonts_open(fonts, KAI, 0);
	const uint16_t of_serif[] = { font_glyph(serif, U'运'), font_glyph(serif, U'维') };
	const uint16_t of_kai[] = { font_glyph(kai, U'维'), font_glyph(kai, U'运') };
	struct font_subset compact = font_subset(arena, serif, of_serif, 2);
	struct font_subset truetype = font_subset(arena, kai, of_kai, 2);

	(void)state;
	/* A bare CFF table: version 1.0, a header of four bytes. */
	assert_memory_equal(compact.program, "\x01\x00\x04", 3);
	assert_in_range(compact.size, 300, 8000);
	/* A TrueType file, and .notdef first of three glyphs. */
	assert_memory_equal(truetype.program, "\x00\x01\x00\x00", 4);
	assert_in_range(truetype.size, 300, 8000);
	assert_in_range(truetype.positions[0], 1, 2);
	assert_in_range(truetype.positions[1], 1, 2);
	assert_int_not_equal(truetype.positions[0], truetype.positions[1]);
	/* The same glyphs in another order are the same font. */
	const uint16_t turned[] = { of_serif[1], of_serif[0] };
	struct font_subset again = font_subset(arena, serif, turned, 2);
	assert_int_equal(again.size, compact.size);
	assert_memory_equal(again.program, compact.program, compact.size);
	arena_free(arena);
	fonts_free(fonts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_glyphs),
		cmocka_unit_test(test_subset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
