/* Blocks: from the children of a node to slices. Only layout*.c include this. */
#ifndef OPSLEDGER_DOCUMENT_LAYOUT_BLOCK_H
#define OPSLEDGER_DOCUMENT_LAYOUT_BLOCK_H

#include "document/layout_text.h"

/* All children of node. */
void layout_blocks(struct flow *flow, const struct node *node);

/* One string as a paragraph of its own: an element of that type. The lines stay
 * together, and with what follows when keep says so. */
void layout_string(struct flow *flow, const char *string, enum style_name style, const char *type, struct place place,
                   bool keep);

/* A label left of the next slice, ending half an em before it. */
void layout_label(struct flow *flow, const char *label, const struct style *style, struct place place);
/* What links lead to: the top of the next slice. heading: that stands there, or NULL. */
void layout_target(struct flow *flow, const char *id, struct heading *heading);

/* Footnotes: layout_note.c. All of them, before the text that refers to them; and
 * one that is too long for the foot of a page, behind the text. */
void layout_notes(struct flow *flow);
void layout_end_note(struct flow *flow, const struct node *note);

/* Tables and forms: layout_table.c. */
void layout_table(struct flow *flow, const struct node *table);

/* Pictures and charts: layout_figure.c. */
void layout_chart(struct flow *flow, const struct node *chart);
void layout_image(struct flow *flow, const struct node *image);

/* What stands before and after the text: layout_front.c, layout_signature.c. */
void layout_cover(struct flow *flow, const struct node *cover);
void layout_contents(struct flow *flow, const struct node *node);
void layout_signature(struct flow *flow, const struct node *signature);

/* Places slices on sheets, and hands those over that are full; with all, the
 * last one too: layout_page.c. */
void layout_pages(struct flow *flow, bool all);

#endif
