/* The flow: what all parts of the layout write to. Only layout*.c include this. */
#ifndef OPSLEDGER_DOCUMENT_LAYOUT_FLOW_H
#define OPSLEDGER_DOCUMENT_LAYOUT_FLOW_H

#include "document/layout.h"
#include "text/linebreak.h"

/* An arena that so many slices need. */
struct retired {
	struct arena *arena;
	size_t slices;
};

struct flow {
	struct layout *layout;
	const struct page_setup *setup;
	const struct layout_facts *facts;
	struct diags *diags;
	bool planning;             /* nothing is painted: see layout_plan */
	const struct taker *taker; /* or NULL */
	struct arena *arena;       /* as long as this going through the document */
	/* What is needed until its sheet is taken: slices with an index from
	 * scrap_from are in scrap, those before it in older. */
	struct arena *scrap, *older;
	size_t scrap_from;
	struct arena *lasting;   /* slices go there instead, or NULL */
	struct retired *retired; /* in their order */
	size_t retired_count, retired_capacity;
	struct line_breaker *breaker;
	struct text *text;    /* for one paragraph after the other */
	struct text *running; /* for headers and footers */
	/* Slices that have no sheet yet. The last one of all is always among them:
	 * whoever made it may still say what it wants of page breaks. */
	struct slice **slices;
	size_t slice_count, slice_capacity;
	size_t placed;                  /* slices that are on sheets */
	const struct grid *placed_grid; /* of the last of them */
	size_t sheet_count, numbered, table_count;
	const struct slice *header, *below, *note_rule; /* on every sheet; below: the watermark */
	struct mark *marks;                             /* gathered for the next slice */
	size_t mark_count, mark_capacity;
	double left, right;                       /* edges of what is filled, from the left edge of the type area */
	double gap;                               /* space asked for since the last slice */
	bool new_page;                            /* asked for since the last slice */
	struct element *root, *section, *element; /* element: parent of the next */
	unsigned element_count;
	struct element *spare; /* taken, to be used again */
	/* The elements with a number below settled, but those that are open, are all on sheets when so many slices are;
	 * 0 when no such point is waited for. */
	unsigned settled;
	size_t settled_slices;
	const struct style *style; /* of paragraphs: body, list, quote … */
	int list_depth;
	struct note *notes; /* by number, from 1 */
	size_t note_count;
	struct note *collecting;    /* takes the slices instead of the sheets, or NULL */
	const struct note **wanted; /* at the foot of the next slice's page */
	size_t wanted_count, wanted_capacity;
	bool in_note;   /* what is being set is in a footnote */
	bool end_notes; /* one stands behind the text */
};

/* A new last child of the flow's element, where there is one. */
struct element *flow_element(struct flow *flow, const char *type);

/* Makes an element that has no parent the last child of one. */
void flow_adopt(struct element *parent, struct element *element);
/* All below parent are of no use any more. */
void flow_drop_elements(struct flow *flow, struct element *parent);

/* Between two blocks or rows: no text that is being set has an element that is
 * not open, which are flow->element and those above it. */
void flow_settle(struct flow *flow);
/* Has the elements taken that are complete on sheets which were taken. */
void flow_take_elements(struct flow *flow);

/* Space between the last slice and the next: of several the largest counts. */
void flow_gap(struct flow *flow, double points);

/* A mark in the next slice; filled in by the caller at once. */
struct mark *flow_mark(struct flow *flow, enum mark_kind kind, double x, double y, struct element *element);

/* The same, with a width and a height. */
struct mark *flow_area(struct flow *flow, enum mark_kind kind, double x, double y, double width, double height,
                       struct element *element);

/* Where to allocate what is needed until the sheet that it stands on is taken. */
struct arena *flow_scrap(struct flow *flow);

/* Gives an arena to the flow, which frees it when all slices so far are on sheets that were taken. */
void flow_retire(struct flow *flow, struct arena *arena);
void flow_free_retired(struct flow *flow);

/* Ends the next slice: the marks since the last one. Sheets that are full then
 * are taken. */
struct slice *flow_slice(struct flow *flow, double height);
/* The same, but the slice is not part of the flow: it is placed by hand. */
struct slice *flow_loose_slice(struct flow *flow, double height);

/* A filled rectangle and a line, ornaments both. */
void flow_fill(struct flow *flow, double x, double y, double width, double height, color fill);
void flow_line(struct flow *flow, double x, double y, double width, double height, double thickness);

/* indent, or 0 where it would leave too little of the line: nesting has no end. */
double flow_indent(const struct flow *flow, double indent);

/* The height of the type area. */
double flow_page_height(const struct flow *flow);

#endif
