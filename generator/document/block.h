/* The fenced blocks that Markdown lacks: from their JSON to nodes of the tree.
 * docs/blocks.md describes them for authors. */
#ifndef OPSLEDGER_DOCUMENT_BLOCK_H
#define OPSLEDGER_DOCUMENT_BLOCK_H

#include "document/document.h"

/* The kind of block that a fence's info string names; false when it names none:
 * then it is code. */
bool block_kind(const char *info, enum node_kind *kind);

/* Makes the node of a block from its body: JSON for chart, form, signature and
 * cover; nothing for toc and pagebreak. place is the fence's; text is the body,
 * padded in front so that its lines and columns are those of the file. NULL
 * after a diagnostic. */
struct node *block_read(struct arena *arena, enum node_kind kind, struct place place, struct chunk text,
                        struct diags *diags);

/* Draws the chart of a node, in arena. */
struct drawing *block_drawing(struct arena *arena, const struct node *chart);

#endif
