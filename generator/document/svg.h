/* SVG painter: a drawing as an inline <svg> element for HTML. */
#ifndef OPSLEDGER_DOCUMENT_SVG_H
#define OPSLEDGER_DOCUMENT_SVG_H

#include "base/buffer.h"
#include "document/drawing.h"

/* Appends the element: role="img", named by the drawing's title and described by
 * its description; as wide as the drawing, shrinking with its container by the
 * page's style sheet. Fonts are the page's. */
void svg_paint(const struct drawing *drawing, struct buf *out);

#endif
