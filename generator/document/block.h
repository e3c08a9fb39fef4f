/* The fenced blocks that Markdown lacks: from their JSON to nodes of the tree.
 * docs/templates.md describes them for authors. */
#ifndef OPSLEDGER_DOCUMENT_BLOCK_H
#define OPSLEDGER_DOCUMENT_BLOCK_H

#include "document/document.h"

struct block;

/* The block that a fence's info string names; NULL when it names none: then it is
 * code. */
const struct block *block_find(const char *info);

/* Makes the node of a block from its body: JSON, or nothing for toc and pagebreak.
 * place is the fence's; text is the body, padded in front so that its lines and
 * columns are those of the file. NULL after a diagnostic. */
struct node *block_read(struct arena *arena, const struct block *block, struct place place, struct chunk text,
                        struct diags *diags);

/* Draws the chart of a node, in arena. */
struct drawing *block_drawing(struct arena *arena, const struct node *chart);

#endif
