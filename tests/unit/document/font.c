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
	/* The same glyphs in another order, and with others cut from the font in
	 * between, are the same font. */
	const uint16_t more[] = { font_glyph(serif, U'台'), font_glyph(serif, U'账'), of_serif[0] };
	const uint16_t more_kai[] = { font_glyph(kai, U'台'), font_glyph(kai, U'账'), font_glyph(kai, U'i') };
	const uint16_t turned[] = { of_serif[1], of_serif[0] };
	font_subset(arena, serif, more, 3);
	font_subset(arena, kai, more_kai, 3);
	struct font_subset again = font_subset(arena, serif, turned, 2), again_kai = font_subset(arena, kai, of_kai, 2);
	assert_int_equal(again.size, compact.size);
	assert_memory_equal(again.program, compact.program, compact.size);
	assert_int_equal(again_kai.size, truetype.size);
	assert_memory_equal(again_kai.program, truetype.program, truetype.size);
	assert_memory_equal(again_kai.positions, truetype.positions, 2 * sizeof *truetype.positions);
	arena_free(arena);
	fonts_free(fonts);
}

static struct font_subset cut_range(struct arena *arena, const struct font *font, char32_t from, char32_t step,
                                    size_t count)
{
	uint16_t *glyphs = arena_alloc(arena, (count + 224) * sizeof *glyphs);
	size_t found = 0;

	for (char32_t c = 0x20; c < 0x100; c++)
		if ((glyphs[found] = font_glyph(font, c)) != 0)
			found++;
	for (char32_t c = from; found < count; c += step)
		if ((glyphs[found] = font_glyph(font, c)) != 0)
			found++;
	return font_subset(arena, font, glyphs, found);
}

/* What was cut before leaves no trace in what is cut next: not in one byte. */
static void test_subsets_are_apart(void **state)
{
	const char *const paths[] = { SERIF, KAI };
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (char32_t step = 1; step < 40; step += 13) {
			struct fonts *fresh = fonts_new(), *used = fonts_new();
			const struct font *one = fonts_open(fresh, paths[i], i == 0 ? 2 : 0);
			const struct font *other = fonts_open(used, paths[i], i == 0 ? 2 : 0);

			cut_range(arena, other, 0x2000, 3, 500);
			cut_range(arena, other, 0x4E00, 7, 500);
			struct font_subset a = cut_range(arena, one, 0x4E00, step, 400);
			struct font_subset b = cut_range(arena, other, 0x4E00, step, 400);
			assert_int_equal(a.size, b.size);
			assert_memory_equal(a.program, b.program, a.size);
			fonts_free(fresh);
			fonts_free(used);
		}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_glyphs),
		cmocka_unit_test(test_subset),
		cmocka_unit_test(test_subsets_are_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
