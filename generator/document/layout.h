/* Layout: where everything stands on paper, before anything is painted.
 *
 * The flow of a document is cut into slices: a line of text, a row of a table, a
 * chart, each with what is painted in it (marks) and what it wants of page
 * breaks. Slices are placed on sheets; a painter walks sheets, slices and marks
 * and only draws. Lengths are points; x grows to the right and y downwards, from
 * the top left corner of the slice, whose own place is on the sheet.
 *
 * Beside the sheets stands the logical structure (elements, in reading order),
 * to which marks refer: tagged PDF (ISO 32000-1, 14.8). */
#ifndef OPSLEDGER_DOCUMENT_LAYOUT_H
#define OPSLEDGER_DOCUMENT_LAYOUT_H

#include <stdint.h>
#include <uchar.h>

#include "base/diag.h"
#include "base/map.h"
#include "document/document.h"
#include "document/image.h"
#include "document/style.h"

struct element {
	const char *type; /* standard structure type: "P", "H1", "TH" … */
	struct element *parent, *first, *last, *next;
	const char *alternative; /* what stands for a picture, or NULL */
	const char *scope;       /* of TH: "Column", "Row" */
	int span_columns, span_rows;
	unsigned number; /* from 0, in reading order */
	struct tag *tag; /* what the painter has of it */
};

/* A ballot box (U+2610–U+2612), which hardly a font has, has the glyph of □; the
 * painter ticks it. Such a glyph is a run of its own. */
struct glyph {
	uint16_t number;
	int16_t kern; /* to be added behind it, in thousandths of an em */
	char32_t code_point;
};

enum mark_kind {
	MARK_TEXT,    /* a run of glyphs of one font; x, y: start of the baseline */
	MARK_SLANTED, /* the same, rising by 45 degrees */
	MARK_FILL,    /* a filled rectangle; x, y: its top left corner, as below */
	MARK_LINE,    /* from x, y to x + width, y + height */
	MARK_SHAPE,   /* a shape of a drawing, which stands at x, y */
	MARK_IMAGE,
	MARK_MATRIX, /* a QR code */
	MARK_LINK,   /* a rectangle to click on */
	MARK_FIELD,  /* an empty signature field */
	MARK_TARGET  /* what links lead to */
};

/* A large document has millions: no wider than needed. */
struct mark {
	enum mark_kind kind;
	float width, height;
	double x, y;
	struct element *element; /* NULL: ornament, no content */
	union {
		struct {
			const struct font *font;
			const struct glyph *glyphs;
			unsigned count;
			color color;
			float size, spacing; /* spacing: added behind each glyph */
		} text;
		color fill;
		struct stroke line;
		struct {
			const struct shape *shape;
			double scale;
		} shape;
		const struct image *image;
		const struct qr *matrix;
		const char *url; /* LINK: "#id", or absolute */
		struct {
			const char *name, *title;
		} field;
		struct {
			const char *id;
			struct heading *heading; /* that stands there, or NULL */
		} target;
	} as;
};

/* What may be cut from what: pages end between slices. */
struct slice {
	double height;
	double before; /* space above, which the top of a page swallows */
	bool keep;     /* with the next slice, on one page */
	bool new_page; /* begins a page */
	bool bare;     /* its page has neither header nor footer nor number */
	struct mark *marks;
	size_t count;
	const struct grid *grid;         /* the table that the slice is a part of, or NULL */
	const struct note *const *notes; /* that stand at the foot of the slice's page */
	size_t note_count;
};

/* A footnote, as it stands at the foot of a page. */
struct note {
	struct slice **slices;
	size_t count, capacity;
	double height; /* of all of them, with the space between */
	struct element *element;
	bool referred; /* a slice has it */
	bool at_end;   /* too long for the foot of a page: it stands behind the text */
};

/* A table as the page break sees it: its frame is closed at the bottom of a page
 * and its head stands again at the top of the next. */
struct grid {
	double left, width;
	struct slice *const *head; /* slices to be repeated */
	size_t head_count;
	double rule, inner_rule; /* thickness of the frame, and inside it */
};

struct placed {
	const struct slice *slice;
	double x, y;
	bool ornament; /* no content: header, footer, a table's head repeated */
};

struct sheet {
	struct placed *placed;
	size_t count, capacity;
	unsigned number; /* printed; 0 for a bare one */
};

struct heading {
	const char *text;
	int level;
	const struct target *target; /* where it came to stand */
};

/* A place that links lead to. */
struct target {
	size_t sheet;
	unsigned number; /* of the sheet */
	double y;
};

/* A picture that the document names, read once. */
struct picture {
	const struct image *image; /* NULL: it cannot be shown */
	const char *fault;         /* why not, in English */
};

/* How wide the columns of a table are, found once. */
struct columns {
	double scale; /* of the type */
	double *edges;
};

struct layout {
	struct arena *arena;
	const struct document *document;
	const struct page_setup *setup;
	const struct layout_facts *facts;
	struct element *root; /* when nothing was taken */
	struct sheet *sheets;
	size_t sheet_count;
	struct heading **headings; /* in reading order */
	size_t heading_count, heading_capacity;
	struct map targets;     /* id → struct target */
	struct map pictures;    /* url → struct picture */
	struct columns *tables; /* in reading order */
	size_t table_count, table_capacity;
	size_t numbered; /* sheets that bear a number: the Y of 第 X 页 共 Y 页 */
};

struct layout_facts {
	const char *header;    /* running header, or NULL */
	const char *footer;    /* stands in the footer beside the page's number, or NULL */
	const char *watermark; /* such as 草稿, or NULL */
	const char *code;      /* what the QR code on the cover says, or NULL */
	/* The bytes of the picture that a document names, as long as the layout
	 * lives; false when there is none. */
	bool (*image)(const char *url, struct chunk *bytes, void *context);
	void *context;
};

/* A document is gone through twice. First the plan: how many sheets there are
 * and where on them headings and targets stand. document, setup and facts are
 * borrowed by the layout. Everything lives in arena. */
struct layout *layout_plan(struct arena *arena, const struct document *document, const struct page_setup *setup,
                           const struct layout_facts *facts);

/* Takes what is finished, so that a long document takes little memory: it is
 * gone afterwards. */
struct taker {
	/* A sheet with what stands on it: placed, slices, marks. */
	void (*sheet)(size_t sheet, void *context);
	/* An element and those below it, all of whose content is on sheets that were
	 * taken. Its parent is taken later, its elder siblings were before. */
	void (*element)(struct element *element, void *context);
	void *context;
};

/* Then the sheets, one after the other, and the elements. Without taker all of
 * them stay. A character that no font has and a picture that cannot be shown are
 * diagnostics at their place; the layout goes on without them. */
void layout_set(struct layout *layout, const struct taker *taker, struct diags *diags);

#endif
