/* Charts: the JSON body of a ```chart block, drawn to the shapes of drawing.h.
 *
 * The shape of the JSON is docs/charts.md. Every chart is readable in black and
 * white (patterns, dashes, marks, labels) and has alternative text made from its
 * data. */
#ifndef OPSLEDGER_DOCUMENT_CHART_H
#define OPSLEDGER_DOCUMENT_CHART_H

#include "base/diag.h"
#include "base/value.h"
#include "document/drawing.h"

/* Draws the chart; width in points, the height follows from the data. NULL after
 * a diagnostic (unknown type or key, missing or wrong data), which names the
 * place in data. */
struct drawing *chart_draw(struct arena *arena, const struct value *data, double width, struct diags *diags);

#endif
