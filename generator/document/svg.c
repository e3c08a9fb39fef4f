#include "document/svg.h"

#include <math.h>
#include <stdlib.h>

#include "report/escape.h"

/* CSS pixels in a point. */
#define PIXELS_PER_POINT (96.0 / 72.0)

/* Hundredths of a point, without trailing zeros. */
static void put_number(double number, struct buf *out)
{
	long long hundredths = llround(number * 100);
	if (hundredths < 0)
		buf_putc(out, '-');
	hundredths = llabs(hundredths);
	long long fraction = hundredths % 100;
	buf_printf(out, "%lld", hundredths / 100);
	if (fraction % 10)
		buf_printf(out, ".%02lld", fraction);
	else if (fraction)
		buf_printf(out, ".%lld", fraction / 10);
}

static void put_attribute(const char *name, double number, struct buf *out)
{
	buf_printf(out, " %s=\"", name);
	put_number(number, out);
	buf_putc(out, '"');
}

static void put_fill(color fill, struct buf *out)
{
	if (fill == COLOR_NONE)
		buf_puts(out, " fill=\"none\"");
	else
		buf_printf(out, " fill=\"#%06x\"", (unsigned)fill);
}

static void put_stroke(struct stroke stroke, struct buf *out)
{
	if (stroke.color == COLOR_NONE)
		return;
	buf_printf(out, " stroke=\"#%06x\"", (unsigned)stroke.color);
	put_attribute("stroke-width", stroke.width, out);
	double dash, gap;
	if (dash_lengths(stroke, &dash, &gap)) {
		buf_puts(out, " stroke-dasharray=\"");
		put_number(dash, out);
		buf_putc(out, ' ');
		put_number(gap, out);
		buf_putc(out, '"');
	}
}

static void put_point(struct point point, struct buf *out)
{
	put_number(point.x, out);
	buf_putc(out, ' ');
	put_number(point.y, out);
}

/* A path that begins anew with every points_per_line points. */
static void put_path(const struct shape *shape, size_t points_per_line, struct buf *out)
{
	buf_puts(out, "<path d=\"");
	for (size_t i = 0; i < shape->point_count; i++) {
		buf_putc(out, i % points_per_line == 0 ? 'M' : 'L');
		put_point(shape->points[i], out);
	}
	if (shape->kind == SHAPE_POLYGON)
		buf_putc(out, 'Z');
	buf_putc(out, '"');
}

static void put_rect(const struct shape *shape, struct buf *out)
{
	buf_puts(out, "<rect");
	put_attribute("x", shape->points[0].x, out);
	put_attribute("y", shape->points[0].y, out);
	put_attribute("width", shape->points[1].x - shape->points[0].x, out);
	put_attribute("height", shape->points[1].y - shape->points[0].y, out);
}

static void put_circle(const struct shape *shape, struct buf *out)
{
	buf_puts(out, "<circle");
	put_attribute("cx", shape->points[0].x, out);
	put_attribute("cy", shape->points[0].y, out);
	put_attribute("r", shape->radius, out);
}

static void put_text(const struct shape *shape, struct buf *out)
{
	static const char *const anchors[] = {
		[ANCHOR_START] = NULL, [ANCHOR_MIDDLE] = "middle", [ANCHOR_END] = "end"
	};
	buf_puts(out, "<text");
	put_attribute("x", shape->points[0].x, out);
	put_attribute("y", shape->points[0].y, out);
	put_attribute("font-size", shape->size, out);
	if (shape->bold)
		buf_puts(out, " font-weight=\"bold\"");
	if (anchors[shape->anchor])
		buf_printf(out, " text-anchor=\"%s\"", anchors[shape->anchor]);
	put_fill(shape->fill, out);
	buf_putc(out, '>');
	escape_html(shape->text, out);
	buf_puts(out, "</text>\n");
}

static void put_shape(const struct shape *shape, struct buf *out)
{
	switch (shape->kind) {
	case SHAPE_TEXT:
		put_text(shape, out);
		return;
	case SHAPE_RECT:
		put_rect(shape, out);
		break;
	case SHAPE_CIRCLE:
		put_circle(shape, out);
		break;
	case SHAPE_POLYLINE:
	case SHAPE_POLYGON:
		put_path(shape, shape->point_count, out);
		break;
	case SHAPE_SEGMENTS:
		put_path(shape, 2, out);
		break;
	}
	put_fill(shape->fill, out);
	put_stroke(shape->stroke, out);
	buf_puts(out, "/>\n");
}

void svg_paint(const struct drawing *drawing, struct buf *out)
{
	buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"");
	escape_html(drawing->title, out);
	buf_puts(out, "\" viewBox=\"0 0 ");
	put_point((struct point){ drawing->width, drawing->height }, out);
	buf_putc(out, '"');
	put_attribute("width", drawing->width * PIXELS_PER_POINT, out);
	put_attribute("height", drawing->height * PIXELS_PER_POINT, out);
	buf_puts(out, ">\n<title>");
	escape_html(drawing->title, out);
	buf_puts(out, "</title>\n<desc>");
	escape_html(drawing->description, out);
	buf_puts(out, "</desc>\n");
	for (size_t i = 0; i < drawing->shape_count; i++)
		put_shape(&drawing->shapes[i], out);
	buf_puts(out, "</svg>\n");
}
