#include <hb-subset.h>
#include <hb.h>
#include <string.h>

#include "document/font.h"

/* What a viewer does not need: shaping is done, PDF has its own metrics, and
 * the character map is the PDF font's. */
static const hb_tag_t unused_tables[] = {
	HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E'),
	HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('V', 'O', 'R', 'G'), HB_TAG('n', 'a', 'm', 'e'),
	HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'), HB_TAG('D', 'S', 'I', 'G'), HB_TAG('c', 'm', 'a', 'p'),
};

static hb_subset_input_t *subset_input(const struct font *font, const uint16_t *glyphs, size_t count)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();

	if (!input)
		die("HarfBuzz: out of memory");
	hb_set_t *kept = hb_subset_input_glyph_set(input);
	for (size_t i = 0; i < count; i++)
		hb_set_add(kept, glyphs[i]);
	hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof unused_tables / sizeof *unused_tables; i++)
		hb_set_add(dropped, unused_tables[i]);
	/* Few glyphs share so little that subroutines only hinder deflation. */
	unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE;
	/* The glyphs of a name-keyed CFF font are found by number alone. */
	if (font->compact && !font->cid_keyed)
		flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
	hb_subset_input_set_flags(input, flags);
	return input;
}

struct font_subset font_subset(struct arena *arena, const struct font *font, const uint16_t *glyphs, size_t count)
{
	hb_subset_input_t *input = subset_input(font, glyphs, count);
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(font->face, input);
	hb_face_t *reduced = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;

	if (!reduced)
		die("HarfBuzz: cannot reduce the font %s", font->name);
	hb_blob_t *blob = font->compact ? hb_face_reference_table(reduced, HB_TAG('C', 'F', 'F', ' '))
	                                : hb_face_reference_blob(reduced);
	unsigned size;
	const char *data = hb_blob_get_data(blob, &size);
	const hb_map_t *numbers = hb_subset_plan_old_to_new_glyph_mapping(plan);
	uint16_t *positions = arena_alloc(arena, (count + 1) * sizeof *positions);

	for (size_t i = 0; i < count; i++)
		positions[i] = (uint16_t)hb_map_get(numbers, glyphs[i]);
	struct font_subset subset = { arena_strndup(arena, data, size), size, positions };
	hb_blob_destroy(blob);
	hb_face_destroy(reduced);
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(input);
	return subset;
}
