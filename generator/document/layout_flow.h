/* The flow: what all parts of the layout write to. Only layout*.c include this. */
#ifndef OPSLEDGER_DOCUMENT_LAYOUT_FLOW_H
#define OPSLEDGER_DOCUMENT_LAYOUT_FLOW_H

#include "document/layout.h"
#include "text/linebreak.h"

struct flow {
	struct arena *arena;
	const struct document *document;
	const struct page_setup *setup;
	const struct layout_facts *facts;
	struct diags *diags;
	struct layout *layout;
	struct line_breaker *breaker;
	struct text *text; /* for one paragraph after the other */
	struct slice **slices;
	size_t slice_count, slice_capacity;
	struct mark *marks; /* gathered for the next slice */
	size_t mark_count, mark_capacity;
	size_t heading_capacity;
	double left, right;        /* edges of what is filled, from the left edge of the type area */
	double gap;                /* space asked for since the last slice */
	bool new_page;             /* asked for since the last slice */
	struct element *element;   /* parent of the next */
	const struct style *style; /* of paragraphs: body, list, quote … */
	int list_depth;
	bool footnotes;            /* one has been set */
	struct contents *contents; /* entries that wait for their page numbers */
};

/* A new last child of the flow's element. */
struct element *flow_element(struct flow *flow, const char *type);

/* Space between the last slice and the next: of several the largest counts. */
void flow_gap(struct flow *flow, double points);

/* A mark in the next slice; filled in by the caller at once. */
struct mark *flow_mark(struct flow *flow, enum mark_kind kind, double x, double y, const struct element *element);

/* The same, with a width and a height. */
struct mark *flow_area(struct flow *flow, enum mark_kind kind, double x, double y, double width, double height,
                       const struct element *element);

/* Ends the next slice: the marks since the last one. */
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
