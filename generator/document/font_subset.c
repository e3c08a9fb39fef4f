#include <hb-subset.h>
#include <hb.h>
#include <stdlib.h>

#include "document/font_reserve.h"

/* What a viewer does not need: shaping is done, PDF has its own metrics, and
 * the character map is the PDF font's. */
static const hb_tag_t unused_tables[] = {
	HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E'),
	HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('V', 'O', 'R', 'G'), HB_TAG('n', 'a', 'm', 'e'),
	HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'), HB_TAG('D', 'S', 'I', 'G'), HB_TAG('c', 'm', 'a', 'p'),
};

/* All glyphs that were asked of the font so far, as a face of its own: what is
 * cut from it is cut several times faster than from a font of 65,535 glyphs, and
 * is the same to the byte. */
struct font_reserve {
	hb_set_t *glyphs;  /* by their numbers in the font */
	hb_map_t *numbers; /* from those to the numbers in face */
	hb_face_t *face;
};

struct font_reserve *font_reserve_new(void)
{
	struct font_reserve *reserve = xcalloc(1, sizeof *reserve);

	reserve->glyphs = hb_set_create();
	return reserve;
}

void font_reserve_free(struct font_reserve *reserve)
{
	hb_set_destroy(reserve->glyphs);
	hb_map_destroy(reserve->numbers);
	hb_face_destroy(reserve->face);
	free(reserve);
}

/* Cuts kept out of face; *numbers maps from numbers in face to those in the
 * result. */
static hb_face_t *cut(const struct font *font, hb_face_t *face, const hb_set_t *kept, hb_map_t **numbers)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	/* Few glyphs share so little that subroutines only hinder deflation. */
	unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE;

	if (!input)
		die("HarfBuzz: out of memory");
	hb_set_union(hb_subset_input_glyph_set(input), kept);
	hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof unused_tables / sizeof *unused_tables; i++)
		hb_set_add(dropped, unused_tables[i]);
	/* The glyphs of a name-keyed CFF font are found by number alone. */
	if (font->compact && !font->cid_keyed)
		flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
	hb_subset_input_set_flags(input, flags);
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(face, input);
	hb_face_t *result = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (!result)
		die("HarfBuzz: cannot reduce the font %s", font->name);
	*numbers = hb_map_copy(hb_subset_plan_old_to_new_glyph_mapping(plan));
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(input);
	return result;
}

/* Makes sure that the reserve holds wanted. */
static void fill_reserve(const struct font *font, const hb_set_t *wanted)
{
	struct font_reserve *reserve = font->reserve;

	if (reserve->face && hb_set_is_subset(wanted, reserve->glyphs))
		return;
	hb_map_destroy(reserve->numbers);
	hb_face_destroy(reserve->face);
	hb_set_union(reserve->glyphs, wanted);
	reserve->face = cut(font, font->face, reserve->glyphs, &reserve->numbers);
}

/* What is cut is always cut from the reserve, even if that was cut for it: the
 * first cut may keep glyphs that nothing refers to. */
struct font_subset font_subset(struct arena *arena, const struct font *font, const uint16_t *glyphs, size_t count)
{
	struct font_reserve *reserve = font->reserve;
	hb_set_t *wanted = hb_set_create(), *kept = hb_set_create();
	uint16_t *positions = arena_alloc(arena, (count + 1) * sizeof *positions);
	hb_map_t *numbers;
	unsigned size;

	for (size_t i = 0; i < count; i++)
		hb_set_add(wanted, glyphs[i]);
	fill_reserve(font, wanted);
	for (size_t i = 0; i < count; i++)
		hb_set_add(kept, hb_map_get(reserve->numbers, glyphs[i]));
	hb_face_t *reduced = cut(font, reserve->face, kept, &numbers);
	for (size_t i = 0; i < count; i++)
		positions[i] = (uint16_t)hb_map_get(numbers, hb_map_get(reserve->numbers, glyphs[i]));
	hb_blob_t *blob = font->compact ? hb_face_reference_table(reduced, HB_TAG('C', 'F', 'F', ' '))
	                                : hb_face_reference_blob(reduced);
	const char *data = hb_blob_get_data(blob, &size);
	struct font_subset subset = { arena_strndup(arena, data, size), size, positions };
	hb_blob_destroy(blob);
	hb_face_destroy(reduced);
	hb_map_destroy(numbers);
	hb_set_destroy(kept);
	hb_set_destroy(wanted);
	return subset;
}
