/* PDF objects on libharu's, which keeps catalogue and trailer; all other
 * objects are text of ours with higher numbers, which leave for the sink as soon
 * as they are set: of those of a long document only the places are held.
 *
 * What goes in is checked before, so an error of libharu is a bug or exhausted
 * memory, and dies. */
#ifndef OPSLEDGER_DOCUMENT_PDF_OBJECT_H
#define OPSLEDGER_DOCUMENT_PDF_OBJECT_H

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/sink.h"

struct pdf_file {
	HPDF_Doc haru;
	struct arena *arena; /* as long as the file */
	struct sink sink;
	struct buf out;     /* what the sink has not yet */
	size_t put;         /* bytes that it has */
	unsigned own;       /* the number of our first object; 0 while there is none, and libharu's are made */
	HPDF_UINT *offsets; /* of our objects, by number from own */
	size_t count, capacity;
};

/* Begins a file. */
void pdf_file_open(struct pdf_file *file, struct arena *arena, struct sink sink);
/* Ends it and frees what libharu holds. id names the file in its trailer
 * (ISO 32000-1, 14.4). */
void pdf_file_close(struct pdf_file *file, const uint8_t id[16]);

/* The number of an object that is set later, once. From the first on libharu makes none that has a number. */
unsigned pdf_reserve(struct pdf_file *file);
/* A dictionary. body: keys and values without << >>. */
void pdf_set(struct pdf_file *file, unsigned number, struct chunk body);
/* Reserves and sets. */
unsigned pdf_object(struct pdf_file *file, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A stream with the entries given beside Length and Filter; deflated when asked. */
unsigned pdf_stream(struct pdf_file *file, struct chunk bytes, bool deflate, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The number of an object of libharu's: "%u 0 R" refers to it. */
unsigned pdf_number(const void *object);
/* What stands for an object when libharu is to refer to it. */
void *pdf_handle(struct pdf_file *file, unsigned number);

/* Appends a text string (ISO 32000-1, 7.9.2.2): UTF-16 with byte order mark, in
 * hexadecimal. text is UTF-8. */
void pdf_put_text(struct buf *out, const char *text);
/* The same in arena, to fill in for %s. */
const char *pdf_text(struct arena *arena, const char *text);
/* Appends a number with at most three decimals; never an exponent, whatever the
 * locale. */
void pdf_put_real(struct buf *out, double number);

#endif
