#include "document/font.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "document/font_reserve.h"

struct fonts {
	struct arena *arena;
	struct map blobs; /* path → hb_blob_t */
	struct map faces; /* path#face → struct font */
	unsigned count;
};

struct fonts *fonts_new(void)
{
	struct fonts *fonts = xcalloc(1, sizeof *fonts);

	fonts->arena = arena_new();
	map_init(&fonts->blobs, fonts->arena);
	map_init(&fonts->faces, fonts->arena);
	return fonts;
}

void fonts_free(struct fonts *fonts)
{
	if (!fonts)
		return;
	for (size_t i = 0; i < fonts->faces.count; i++) {
		struct font *font = fonts->faces.entries[i].value;

		font_reserve_free(font->reserve);
		hb_font_destroy(font->shaper);
		hb_face_destroy(font->face);
	}
	for (size_t i = 0; i < fonts->blobs.count; i++)
		hb_blob_destroy(fonts->blobs.entries[i].value);
	arena_free(fonts->arena);
	free(fonts);
}

/* Number of bytes that an INDEX of the Compact Font Format takes (Adobe
 * Technical Note 5176, section 5); *first is its first item. 0 when it is cut. */
static size_t cff_index(const uint8_t *data, size_t size, const uint8_t **first)
{
	if (size < 2)
		return 0;
	size_t count = (size_t)data[0] << 8 | data[1];
	if (count == 0)
		return 2;
	if (size < 3)
		return 0;
	size_t width = data[2];
	size_t offsets = 3 + (count + 1) * width;
	if (width == 0 || width > 4 || offsets > size)
		return 0;
	size_t end = 0;
	for (size_t i = 0; i < width; i++)
		end = end << 8 | data[offsets - width + i];
	if (end == 0 || end > size - offsets + 1)
		return 0;
	*first = data + offsets;
	return offsets + end - 1;
}

/* Whether the CFF table's top dictionary begins with ROS (12 30), as that of a
 * CID-keyed font must (Technical Note 5176, section 18): three numbers, then
 * the operator. */
static bool cff_is_cid_keyed(hb_face_t *face)
{
	hb_blob_t *table = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
	unsigned length;
	const uint8_t *data = (const uint8_t *)hb_blob_get_data(table, &length);
	const uint8_t *first = NULL, *top = NULL;
	bool keyed = false;

	if (length > 4 && data[2] < length) {
		size_t names = cff_index(data + data[2], length - data[2], &first);
		size_t at = data[2] + names;

		if (names > 0 && cff_index(data + at, length - at, &top) > 0 && top) {
			const uint8_t *end = data + length;

			for (int i = 0; i < 3 && top < end; i++)
				top += *top == 28 ? 3 : *top == 29 ? 5 : *top >= 247 ? 2 : 1;
			keyed = end - top >= 2 && top[0] == 12 && top[1] == 30;
		}
	}
	hb_blob_destroy(table);
	return keyed;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *table = hb_face_reference_table(face, tag);
	bool there = hb_blob_get_length(table) > 0;

	hb_blob_destroy(table);
	return there;
}

static int metric(const struct font *font, hb_ot_metrics_tag_t tag, int otherwise)
{
	hb_position_t position;

	return hb_ot_metrics_get_position(font->shaper, tag, &position) ? position : otherwise;
}

/* The box of the head table (OpenType specification, "head": xMin at byte 36). */
static void read_box(struct font *font, unsigned units)
{
	hb_blob_t *head = hb_face_reference_table(font->face, HB_TAG('h', 'e', 'a', 'd'));
	unsigned length;
	const uint8_t *data = (const uint8_t *)hb_blob_get_data(head, &length);

	for (unsigned i = 0; i < 4 && length >= 44; i++)
		font->box[i] = (int16_t)(data[36 + 2 * i] << 8 | data[37 + 2 * i]) * 1000 / (int)units;
	hb_blob_destroy(head);
}

static void read_metrics(struct arena *arena, struct font *font)
{
	char name[128];
	unsigned length = sizeof name;

	hb_ot_name_get_utf8(font->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length, name);
	font->name = arena_strdup(arena, length > 0 ? name : "Unnamed");
	hb_font_set_scale(font->shaper, 1000, 1000);
	font->ascent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, 880);
	font->descent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -120);
	font->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, 733);
	font->italic_angle = (int)hb_style_get_value(font->shaper, HB_STYLE_TAG_SLANT_ANGLE);
	font->weight = (int)hb_style_get_value(font->shaper, HB_STYLE_TAG_WEIGHT);
	read_box(font, hb_face_get_upem(font->face));

	font->glyph_count = hb_face_get_glyph_count(font->face);
	if (font->glyph_count > UINT16_MAX)
		font->glyph_count = UINT16_MAX;
	uint16_t *advances = arena_alloc(arena, font->glyph_count * sizeof *advances);
	for (unsigned i = 0; i < font->glyph_count; i++)
		advances[i] = (uint16_t)hb_font_get_glyph_h_advance(font->shaper, i);
	font->advances = advances;
}

const struct font *fonts_open(struct fonts *fonts, const char *path, unsigned face)
{
	const char *key = arena_printf(fonts->arena, "%s#%u", path, face);
	struct font *font = map_get(&fonts->faces, key);

	if (font)
		return font;
	hb_blob_t *blob = map_get(&fonts->blobs, path);
	if (!blob) {
		blob = hb_blob_create_from_file_or_fail(path);
		if (!blob)
			return NULL;
		map_put(&fonts->blobs, path, blob);
	}
	if (face >= hb_face_count(blob))
		return NULL;
	hb_face_t *opened = hb_face_create(blob, face);
	bool compact = has_table(opened, HB_TAG('C', 'F', 'F', ' '));
	if (!compact && !has_table(opened, HB_TAG('g', 'l', 'y', 'f'))) {
		hb_face_destroy(opened);
		return NULL;
	}
	font = arena_alloc(fonts->arena, sizeof *font);
	font->number = fonts->count++;
	font->face = opened;
	font->shaper = hb_font_create(opened);
	font->reserve = font_reserve_new();
	font->compact = compact;
	font->cid_keyed = compact && cff_is_cid_keyed(opened);
	read_metrics(fonts->arena, font);
	map_put(&fonts->faces, key, font);
	return font;
}

uint16_t font_glyph(const struct font *font, char32_t code_point)
{
	hb_codepoint_t glyph;

	if (!hb_font_get_nominal_glyph(font->shaper, code_point, &glyph) || glyph >= font->glyph_count)
		return 0;
	return (uint16_t)glyph;
}
