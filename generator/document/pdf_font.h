/* Fonts inside a PDF: each a Type 0 font of the glyphs that the file shows.
 *
 * A code in a content stream is two bytes, the glyph's number in the font that
 * was opened (Identity-H), which is known before it is known what else will be
 * shown. */
#ifndef OPSLEDGER_DOCUMENT_PDF_FONT_H
#define OPSLEDGER_DOCUMENT_PDF_FONT_H

#include "document/font.h"
#include "document/pdf_object.h"

struct pdf_fonts;

struct pdf_fonts *pdf_fonts_new(struct pdf_file *file);

/* The font's number in this file, in the order of first use: its resource name
 * is F and that number. */
unsigned pdf_fonts_number(struct pdf_fonts *fonts, const struct font *font);

/* Notes that the glyph is shown for the code point; the first code point noted
 * for a glyph is the one that is extracted. */
void pdf_fonts_note(struct pdf_fonts *fonts, unsigned number, uint16_t glyph, char32_t code_point);

/* Writes all fonts, and appends their resource entries ("/F0 12 0 R …"). Once,
 * after the last note. */
void pdf_fonts_write(struct pdf_fonts *fonts, struct buf *resources);

#endif
