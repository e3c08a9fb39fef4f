/* Page set-up: paper, margins, fonts and styles for print, read from a JSON
 * file in templates/ (docs/print.md tells its keys).
 *
 * In the file lengths of the page are millimetres and lengths of type are
 * points, as a print shop has them; here all are points (1/72 inch). */
#ifndef OPSLEDGER_DOCUMENT_STYLE_H
#define OPSLEDGER_DOCUMENT_STYLE_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/value.h"
#include "document/document.h"
#include "document/drawing.h"
#include "document/font.h"

enum style_name {
	STYLE_BODY,
	STYLE_HEADING_1, /* the six levels follow each other */
	STYLE_HEADING_2,
	STYLE_HEADING_3,
	STYLE_HEADING_4,
	STYLE_HEADING_5,
	STYLE_HEADING_6,
	STYLE_LIST,
	STYLE_QUOTE,
	STYLE_CODE,
	STYLE_TABLE,
	STYLE_TABLE_HEAD,
	STYLE_CAPTION,
	STYLE_FIGURE, /* text inside a chart; its size is the chart's */
	STYLE_FOOTNOTE,
	STYLE_CONTENTS_TITLE,
	STYLE_CONTENTS_1, /* the three levels of the table of contents */
	STYLE_CONTENTS_2,
	STYLE_CONTENTS_3,
	STYLE_COVER_TITLE,
	STYLE_COVER_SUBTITLE,
	STYLE_COVER_FACT,
	STYLE_SIGNATURE,
	STYLE_HEADER,
	STYLE_FOOTER,
	STYLE_WATERMARK,
	STYLE_COUNT
};

struct family {
	const char *name;
	const struct font *regular, *bold; /* bold is regular where the file names none */
};

struct style {
	const struct family *family;
	bool bold;
	double size, leading; /* leading: from one baseline to the next */
	double before, after; /* space above and below; of two that meet the larger counts */
	double indent;        /* of the first line, in ems */
	enum align align;     /* ALIGN_NONE: both edges straight */
	color color;
};

struct page_setup {
	double width, height;
	double top, bottom, inner, outer; /* margins; inner is the binding edge */
	double header, footer;            /* from the paper's edge to the line's middle */
	bool two_sided;                   /* the binding edge is right on even pages */
	const char *number;               /* the line with the page's number, with {page} and {pages} */
	color accent;                     /* rules of cover, title and header */
	struct style styles[STYLE_COUNT];
	const struct family *emphasis; /* stands for italics, which Chinese has not */
	const struct family *code;
	const struct family *const *fallback; /* tried in turn for a character that a font lacks; ends in NULL */
	struct chunk profile;                 /* ICC profile, version 2, of the colours: sRGB */
};

/* Reads a page set-up. Fonts and profile are looked for in the folders that the
 * file lists, in turn. NULL after a diagnostic: a key unknown or missing, a
 * wrong type, a font not found. Lives in arena, its fonts in fonts. */
const struct page_setup *page_setup_read(struct arena *arena, struct fonts *fonts, const struct value *json,
                                         struct diags *diags);

#endif
