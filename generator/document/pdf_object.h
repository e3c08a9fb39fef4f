/* PDF objects on libharu's: libharu numbers them and writes the file; dictionary
 * bodies are text of ours.
 *
 * What goes in is checked before, so an error of libharu is a bug or exhausted
 * memory, and dies. */
#ifndef OPSLEDGER_DOCUMENT_PDF_OBJECT_H
#define OPSLEDGER_DOCUMENT_PDF_OBJECT_H

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"

struct pdf_file {
	HPDF_Doc haru;
	struct arena *arena; /* as long as the file */
};

void pdf_file_open(struct pdf_file *file, struct arena *arena);
/* Appends the finished file to out and frees what libharu holds. id names the
 * file in its trailer (ISO 32000-1, 14.4). */
void pdf_file_close(struct pdf_file *file, const uint8_t id[16], struct buf *out);

/* An indirect dictionary whose body is set later, once. */
HPDF_Dict pdf_reserve(struct pdf_file *file);
/* body: keys and values without << >>; copied. */
void pdf_set(struct pdf_file *file, HPDF_Dict dict, struct chunk body);
/* Reserves and sets. */
HPDF_Dict pdf_object(struct pdf_file *file, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A stream with the entries given beside Length and Filter; bytes are copied,
 * and deflated when asked. */
HPDF_Dict pdf_stream(struct pdf_file *file, struct chunk bytes, bool deflate, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The content stream of a page, once. */
void pdf_contents(struct pdf_file *file, HPDF_Page page, struct chunk bytes);
/* The object's number: "%u 0 R" refers to it. */
unsigned pdf_number(const void *object);

/* Appends a text string (ISO 32000-1, 7.9.2.2): UTF-16 with byte order mark, in
 * hexadecimal. text is UTF-8. */
void pdf_put_text(struct buf *out, const char *text);
/* The same in arena, to fill in for %s. */
const char *pdf_text(struct arena *arena, const char *text);
/* Appends a number with at most three decimals; never an exponent, whatever the
 * locale. */
void pdf_put_real(struct buf *out, double number);

#endif
