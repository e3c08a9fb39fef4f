#include "document/pdf_font.h"

#include <string.h>

#include "base/memory.h"

struct face {
	const struct font *font;
	char32_t *shown;  /* by glyph: its code point, 0 while it is not shown */
	uint16_t *glyphs; /* shown, ascending; made when all is noted */
	size_t glyph_count;
};

struct pdf_fonts {
	struct pdf_file *file;
	struct face *faces;
	size_t count, capacity;
};

struct pdf_fonts *pdf_fonts_new(struct pdf_file *file)
{
	struct pdf_fonts *fonts = arena_alloc(file->arena, sizeof *fonts);

	fonts->file = file;
	return fonts;
}

unsigned pdf_fonts_number(struct pdf_fonts *fonts, const struct font *font)
{
	for (size_t i = 0; i < fonts->count; i++)
		if (fonts->faces[i].font == font)
			return (unsigned)i;
	struct face face = { font, arena_alloc(fonts->file->arena, font->glyph_count * sizeof *face.shown), NULL, 0 };
	arena_push(fonts->file->arena, fonts->faces, fonts->count, fonts->capacity, face);
	return (unsigned)(fonts->count - 1);
}

void pdf_fonts_note(struct pdf_fonts *fonts, unsigned number, uint16_t glyph, char32_t code_point)
{
	char32_t *shown = fonts->faces[number].shown;

	if (!shown[glyph])
		shown[glyph] = code_point;
}

static void list_glyphs(struct arena *arena, struct face *face)
{
	for (unsigned glyph = 0; glyph < face->font->glyph_count; glyph++)
		face->glyph_count += face->shown[glyph] != 0;
	face->glyphs = arena_alloc(arena, (face->glyph_count + 1) * sizeof *face->glyphs);
	size_t count = 0;
	for (unsigned glyph = 0; glyph < face->font->glyph_count; glyph++)
		if (face->shown[glyph])
			face->glyphs[count++] = (uint16_t)glyph;
}

/* Six letters from the glyphs that are there (ISO 32000-1, 9.6.4), by FNV-1a. */
static void subset_tag(const struct face *face, char tag[7])
{
	uint64_t hash = 0xCBF29CE484222325;

	for (size_t i = 0; i < face->glyph_count; i++) {
		hash = (hash ^ (face->glyphs[i] & 0xFF)) * 0x100000001B3;
		hash = (hash ^ (face->glyphs[i] >> 8)) * 0x100000001B3;
	}
	for (int i = 0; i < 6; i++, hash /= 26)
		tag[i] = (char)('A' + hash % 26);
	tag[6] = '\0';
}

/* The W array: runs of glyphs that follow each other and are not an em wide. */
static void put_widths(const struct face *face, struct buf *out)
{
	int previous = -2;

	for (size_t i = 0; i < face->glyph_count; i++) {
		uint16_t glyph = face->glyphs[i];
		unsigned advance = face->font->advances[glyph];

		if (advance == 1000)
			continue;
		if (glyph == previous + 1)
			buf_printf(out, " %u", advance);
		else
			buf_printf(out, "%s%u [%u", previous < 0 ? "" : "]\n", glyph, advance);
		previous = glyph;
	}
	if (previous >= 0)
		buf_putc(out, ']');
}

static unsigned write_to_unicode(struct pdf_file *file, const struct face *face)
{
	struct buf map = BUF_INIT;

	buf_puts(&map, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	               "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
	               "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
	               "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	for (size_t i = 0; i < face->glyph_count; i++) {
		size_t left = face->glyph_count - i;
		char32_t c = face->shown[face->glyphs[i]];

		if (i % 100 == 0) /* the most a block may hold */
			buf_printf(&map, "%zu beginbfchar\n", left < 100 ? left : (size_t)100);
		if (c >= 0x10000)
			buf_printf(&map, "<%04X> <%04X%04X>\n", face->glyphs[i], (unsigned)(0xD7C0 + (c >> 10)),
			           (unsigned)(0xDC00 | (c & 0x3FF)));
		else
			buf_printf(&map, "<%04X> <%04X>\n", face->glyphs[i], (unsigned)c);
		if (i % 100 == 99 || left == 1)
			buf_puts(&map, "endbfchar\n");
	}
	buf_puts(&map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	unsigned stream = pdf_stream(file, buf_chunk(&map), true, "/Type /CMap /CMapName /Adobe-Identity-UCS");
	buf_free(&map);
	return stream;
}

/* One bit a CID that is there, the highest bit of the first byte being CID 0,
 * which always is (PDF/A-1, 6.3.5). */
static unsigned write_cid_set(struct pdf_file *file, const struct face *face)
{
	size_t size = (face->glyph_count ? face->glyphs[face->glyph_count - 1] : 0) / 8u + 1;
	uint8_t *bits = arena_alloc(file->arena, size);

	bits[0] = 0x80;
	for (size_t i = 0; i < face->glyph_count; i++)
		bits[face->glyphs[i] / 8] |= (uint8_t)(0x80 >> face->glyphs[i] % 8);
	return pdf_stream(file, (struct chunk){ (const char *)bits, size }, true, "%s", "");
}

/* Two bytes a CID: the glyph's number inside the subset. */
static unsigned write_glyph_map(struct pdf_file *file, const struct face *face, const uint16_t *positions)
{
	size_t size = face->glyph_count ? (face->glyphs[face->glyph_count - 1] + 1) * 2u : 2;
	uint8_t *map = arena_alloc(file->arena, size);

	for (size_t i = 0; i < face->glyph_count; i++) {
		map[2 * face->glyphs[i]] = (uint8_t)(positions[i] >> 8);
		map[2 * face->glyphs[i] + 1] = (uint8_t)(positions[i] & 0xFF);
	}
	return pdf_stream(file, (struct chunk){ (const char *)map, size }, true, "%s", "");
}

static unsigned write_descriptor(struct pdf_file *file, const struct face *face, const char *name,
                                 const struct font_subset *subset)
{
	const struct font *font = face->font;
	struct chunk program = { subset->program, subset->size };
	unsigned embedded = font->compact ? pdf_stream(file, program, true, "/Subtype /CIDFontType0C")
	                                  : pdf_stream(file, program, true, "/Length1 %zu", subset->size);

	/* Flags: symbolic. StemV is what is usual for the weight. */
	return pdf_object(file,
	                  "/Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle %d\n"
	                  "/Ascent %d /Descent %d /CapHeight %d /StemV %d /CIDSet %u 0 R /%s %u 0 R",
	                  name, font->box[0], font->box[1], font->box[2], font->box[3], font->italic_angle,
	                  font->ascent, font->descent, font->cap_height, font->weight >= 600 ? 140 : 80,
	                  write_cid_set(file, face), font->compact ? "FontFile3" : "FontFile2", embedded);
}

static unsigned write_face(struct pdf_file *file, struct face *face)
{
	char tag[7];
	struct buf widths = BUF_INIT;

	list_glyphs(file->arena, face);
	subset_tag(face, tag);
	put_widths(face, &widths);
	struct font_subset subset = font_subset(file->arena, face->font, face->glyphs, face->glyph_count);
	const char *name = arena_printf(file->arena, "%s+%s", tag, face->font->name);
	const char *map = face->font->compact ? ""
	                                      : arena_printf(file->arena, "/CIDToGIDMap %u 0 R",
	                                                     write_glyph_map(file, face, subset.positions));
	unsigned descendant = pdf_object(file,
	                                 "/Type /Font /Subtype /%s /BaseFont /%s /FontDescriptor %u 0 R %s\n"
	                                 "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>\n"
	                                 "/DW 1000 /W [%s]",
	                                 face->font->compact ? "CIDFontType0" : "CIDFontType2", name,
	                                 write_descriptor(file, face, name, &subset), map, buf_str(&widths));
	buf_free(&widths);
	return pdf_object(file,
	                  "/Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H\n"
	                  "/DescendantFonts [%u 0 R] /ToUnicode %u 0 R",
	                  name, descendant, write_to_unicode(file, face));
}

void pdf_fonts_write(struct pdf_fonts *fonts, struct buf *resources)
{
	for (size_t i = 0; i < fonts->count; i++)
		buf_printf(resources, "/F%zu %u 0 R\n", i, write_face(fonts->file, &fonts->faces[i]));
}
