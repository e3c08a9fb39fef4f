/* The values that PDF files are written in (ISO 32000-1, 7.3): a reader for
 * bytes that nobody vouches for.
 *
 * What two programs could read differently (a key that stands twice, a name
 * that is cut off) is no value here. */
#ifndef OPSLEDGER_PROOF_PDF_VALUE_H
#define OPSLEDGER_PROOF_PDF_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"

enum pdf_kind {
	PDF_NULL,
	PDF_BOOLEAN,
	PDF_INTEGER,
	PDF_REAL,
	PDF_NAME,
	PDF_STRING,
	PDF_ARRAY,
	PDF_DICTIONARY,
	PDF_REFERENCE,
};

struct pdf_value {
	enum pdf_kind kind;
	size_t from, to;         /* where it stands: bytes of the file, half-open */
	int64_t integer;         /* of an integer; a boolean's 0 or 1; the object that a reference names */
	double real;             /* of a real or an integer */
	uint32_t generation;     /* of a reference */
	struct chunk bytes;      /* of a name without its solidus, of a string: what it stands for */
	struct pdf_value *items; /* of an array; of a dictionary: key and value in turn */
	size_t count;            /* of items */
};

/* The blanks and comments at *at are passed over, not beyond end. */
void pdf_skip_blanks(struct chunk file, size_t *at, size_t end);
/* Passes over the word when it stands at *at and ends there. */
bool pdf_take_word(struct chunk file, size_t *at, size_t end, const char *word);

/* Reads the value at *at, blanks before it passed over, and moves *at behind it.
 * False, with *at where reading stopped, when there is no whole value before end,
 * or one of more than 4 MB or 64 levels. Memory from arena. */
bool pdf_value_read(struct arena *arena, struct chunk file, size_t *at, size_t end, struct pdf_value *out);

/* The value of a key; NULL when there is none or it is no dictionary. */
const struct pdf_value *pdf_get(const struct pdf_value *dictionary, const char *key);
const struct pdf_value *pdf_get_chunk(const struct pdf_value *dictionary, struct chunk key);
bool pdf_is_name(const struct pdf_value *value, const char *name); /* false for NULL */
/* Whether both stand for the same, references compared by object and generation,
 * numbers by value; of dictionaries, in whatever order. */
bool pdf_value_same(const struct pdf_value *a, const struct pdf_value *b);

/* A text string (7.9.2.2) or a name as UTF-8 in arena: UTF-16BE with its mark; UTF-8, which
 * poppler writes without one; else Latin-1, which PDFDocEncoding mostly is. ""
 * for any other value. Control characters become blanks. */
const char *pdf_text_of(struct arena *arena, const struct pdf_value *value);

#endif
