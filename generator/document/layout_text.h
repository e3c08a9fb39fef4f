/* Text: from inlines to characters with fonts, to lines, to marks. */
#ifndef OPSLEDGER_DOCUMENT_LAYOUT_TEXT_H
#define OPSLEDGER_DOCUMENT_LAYOUT_TEXT_H

#include "document/layout_flow.h"

/* How characters look, and which element they belong to. */
struct look {
	const struct family *family;
	bool bold, strike;
	double size, rise;
	color color;
	const char *url;    /* of the link that they are in, or NULL */
	int note;           /* number of the footnote that they refer to, or 0 */
	const char *target; /* they are a place of that name, and not seen */
	struct element *element;
};

struct line {
	size_t first, end; /* of the clusters, without blanks at both ends */
	double indent;     /* of its first cluster */
	double width;      /* natural */
	bool ends;         /* nothing follows, or a hard break: not justified */
};

/* One paragraph, or a cell of a table. Zeroed is empty. */
struct text {
	struct cluster *clusters;
	size_t count, capacity;
	struct look *looks;
	size_t look_count, look_capacity;
	struct line *lines;
	size_t line_count, line_capacity;
};

void text_free(struct text *text);
/* Empties, keeps the memory. */
void text_clear(struct text *text);

struct look text_look(const struct style *style, struct element *element);

/* Appends characters; a line feed is a hard break. place is told with a
 * character that no font has. */
void text_add(struct flow *flow, struct text *text, const char *string, struct look look, struct place place);
/* Appends an inline with what is below it; the inlines below node. */
void text_add_inline(struct flow *flow, struct text *text, const struct node *node, struct look look);
void text_add_inlines(struct flow *flow, struct text *text, const struct node *node, struct look look);

/* Finds where lines may break; after the last character and before what
 * follows. */
void text_close(struct flow *flow, struct text *text);

/* Has the footnote that characters of the look refer to stand at the foot of the
 * next slice's page, unless another slice has it: layout_note.c. */
void note_want(struct flow *flow, const struct look *look);

/* From here on: layout_line.c. */

/* Width of the longest line if none is broken, and of the longest piece that
 * should not be broken. */
double text_widest(const struct text *text);
double text_narrowest(const struct text *text);
/* Makes all characters smaller or larger. */
void text_scale(struct text *text, double factor);

/* One line of that width, in smaller type where it would not hold the text. No
 * lines for an empty text. */
void text_fit(struct text *text, double width);

/* Fills lines of that width; the first is indented. Never a line wider than
 * width, unless width is below one character. */
void text_fill(struct text *text, double width, double indent);

/* Marks of one line whose frame begins at x and is width wide. */
void text_paint(struct flow *flow, const struct text *text, const struct line *line, double x, double width,
                double baseline, enum align align);

/* Whether the text ends in a colon: it announces what follows. */
bool text_announces(const struct text *text);

/* From the top of a line to its baseline: the em square stands in the middle of
 * the leading, and 88 % of it above the baseline, as East Asian fonts have it. */
double baseline_of(const struct style *style, double size);

#endif
