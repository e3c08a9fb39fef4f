/* Fonts: OpenType faces, opened once and shared by all documents of a run.
 *
 * HarfBuzz reads them. A font is named by file and number of the face in it,
 * not by what the host's font service would pick. Lengths are thousandths of an
 * em, as PDF has them. A font remembers what was cut from it, so that the next
 * subset comes faster: it is for one thread. */
#ifndef OPSLEDGER_DOCUMENT_FONT_H
#define OPSLEDGER_DOCUMENT_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "base/memory.h"

struct font {
	const char *name; /* PostScript name */
	unsigned number;  /* from 0, in the order of opening */
	unsigned glyph_count;
	const uint16_t *advances; /* by glyph */
	int ascent, descent, cap_height;
	int box[4]; /* left, bottom, right, top of all glyphs */
	int italic_angle, weight;
	bool compact;   /* outlines are CFF ("OTTO"); else TrueType */
	bool cid_keyed; /* CFF glyphs are named by CID, which is the glyph's number */
	struct hb_face_t *face;
	struct hb_font_t *shaper;
	struct font_reserve *reserve; /* font_subset.c */
};

struct fonts;

struct fonts *fonts_new(void);
void fonts_free(struct fonts *fonts);

/* The font in the file at path, face counting from 0 (collections hold many).
 * Opened at most once. NULL when there is no such file or face, or when it
 * holds no outlines. Owned by fonts. */
const struct font *fonts_open(struct fonts *fonts, const char *path, unsigned face);

/* The glyph of a code point; 0 when the font has none. */
uint16_t font_glyph(const struct font *font, char32_t code_point);

/* A font program with no more than the glyphs given (in any order) and what
 * they are made of. */
struct font_subset {
	const void *program; /* a bare CFF table when font.compact, else a TrueType file */
	size_t size;
	const uint16_t *positions; /* by item of glyphs: its number inside a TrueType program */
};

/* In arena. Never fails for a font that opened: HarfBuzz running out of memory
 * dies. */
struct font_subset font_subset(struct arena *arena, const struct font *font, const uint16_t *glyphs, size_t count);

#endif
