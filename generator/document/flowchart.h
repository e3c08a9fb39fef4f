/* Flow charts: the JSON body of a ```flow block, drawn to the shapes of drawing.h.
 *
 * The shape of the JSON is docs/charts.md. A chart can be read in black and white:
 * kinds of steps differ by shape. Its alternative text is its steps in words. */
#ifndef OPSLEDGER_DOCUMENT_FLOWCHART_H
#define OPSLEDGER_DOCUMENT_FLOWCHART_H

#include "base/diag.h"
#include "base/value.h"
#include "document/drawing.h"

/* Draws the flow chart; width in points is the most that it takes. NULL after
 * diagnostics, which name the places in data. */
struct drawing *flowchart_draw(struct arena *arena, const struct value *data, double width, struct diags *diags);

#endif
