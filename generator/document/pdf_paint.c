#include "document/pdf_paint.h"

#include <math.h>
#include <string.h>

#include "document/qr.h"

/* A page that is being painted; y grows upwards here. What the stream has set
 * already is not set again. */
struct canvas {
	struct painter *painter;
	struct buf *out;
	double height;
	size_t sheet;
	struct element *element; /* of the marked content that is open */
	bool open;
	const struct font *font;
	double size, spacing, width;
	color fill, stroke;
	enum dash dash;
};

static void put_numbers(struct canvas *canvas, const double *numbers, size_t count, const char *operator)
{
	for (size_t i = 0; i < count; i++) {
		pdf_put_real(canvas->out, numbers[i]);
		buf_putc(canvas->out, ' ');
	}
	buf_puts(canvas->out, operator);
	buf_putc(canvas->out, '\n');
}

#define PUT(canvas, operator, ...)                                                                                     \
	put_numbers((canvas), (const double[]){ __VA_ARGS__ },                                                         \
	            sizeof((const double[]){ __VA_ARGS__ }) / sizeof(double), (operator))

static void put_color(struct canvas *canvas, color paint, const char *operator)
{
	double red = (paint >> 16 & 0xFF) / 255.0, green = (paint >> 8 & 0xFF) / 255.0, blue = (paint & 0xFF) / 255.0;

	PUT(canvas, operator, red, green, blue);
}

static void set_fill(struct canvas *canvas, color paint)
{
	if (canvas->fill != paint)
		put_color(canvas, paint, "rg");
	canvas->fill = paint;
}

static void set_stroke(struct canvas *canvas, struct stroke stroke)
{
	double dash, gap;

	if (canvas->stroke != stroke.color)
		put_color(canvas, stroke.color, "RG");
	if (canvas->width != stroke.width)
		PUT(canvas, "w", stroke.width);
	if (stroke.dash != canvas->dash || (stroke.dash != DASH_NONE && canvas->width != stroke.width)) {
		buf_putc(canvas->out, '[');
		if (dash_lengths(stroke, &dash, &gap)) {
			pdf_put_real(canvas->out, dash);
			buf_putc(canvas->out, ' ');
			pdf_put_real(canvas->out, gap);
		}
		buf_puts(canvas->out, "] 0 d\n");
	}
	canvas->stroke = stroke.color;
	canvas->width = stroke.width;
	canvas->dash = stroke.dash;
}

static void end_content(struct canvas *canvas)
{
	if (canvas->open)
		buf_puts(canvas->out, "EMC\n");
	canvas->open = false;
}

/* What follows belongs to element; to nobody when it is NULL: an artifact. */
static void begin_content(struct canvas *canvas, struct element *element)
{
	if (canvas->open && canvas->element == element)
		return;
	end_content(canvas);
	if (element)
		buf_printf(canvas->out, "/%s <</MCID %u>> BDC\n", element->type,
		           pdf_tags_content(canvas->painter->tags, element, canvas->sheet));
	else
		buf_puts(canvas->out, "/Artifact BMC\n");
	canvas->element = element;
	canvas->open = true;
}

static void put_glyphs(struct canvas *canvas, const struct mark *mark, unsigned font)
{
	bool kerned = false;

	for (size_t i = 0; i + 1 < mark->as.text.count; i++)
		kerned = kerned || mark->as.text.glyphs[i].kern != 0;
	buf_puts(canvas->out, kerned ? "[<" : "<");
	for (size_t i = 0; i < mark->as.text.count; i++) {
		const struct glyph *glyph = &mark->as.text.glyphs[i];
		static const char digits[] = "0123456789ABCDEF";
		const char code[4] = { digits[glyph->number >> 12], digits[glyph->number >> 8 & 15],
			               digits[glyph->number >> 4 & 15], digits[glyph->number & 15] };

		pdf_fonts_note(canvas->painter->fonts, font, glyph->number, glyph->code_point);
		buf_put(canvas->out, code, sizeof code);
		if (glyph->kern != 0 && i + 1 < mark->as.text.count)
			buf_printf(canvas->out, ">%d<", -glyph->kern);
	}
	buf_puts(canvas->out, kerned ? ">]TJ " : ">Tj ");
}

static void paint_text(struct canvas *canvas, const struct mark *mark, double x, double y)
{
	unsigned font = pdf_fonts_number(canvas->painter->fonts, mark->as.text.font);
	const double half = 0.70710678; /* sine and cosine of 45 degrees */

	if (mark->as.text.count == 0)
		return;
	set_fill(canvas, mark->as.text.color);
	buf_puts(canvas->out, "BT ");
	if (canvas->font != mark->as.text.font || canvas->size != mark->as.text.size) {
		buf_printf(canvas->out, "/F%u ", font);
		PUT(canvas, "Tf", mark->as.text.size);
	}
	if (canvas->spacing != mark->as.text.spacing)
		PUT(canvas, "Tc", mark->as.text.spacing);
	canvas->font = mark->as.text.font;
	canvas->size = mark->as.text.size;
	canvas->spacing = mark->as.text.spacing;
	if (mark->kind == MARK_SLANTED)
		PUT(canvas, "Tm", half, half, -half, half, x, y);
	else
		PUT(canvas, "Td", x, y);
	put_glyphs(canvas, mark, font);
	buf_puts(canvas->out, "ET\n");
}

/* A ballot box is the glyph of □ with a tick or cross on it, and extracted as
 * what it is. */
static void paint_box(struct canvas *canvas, const struct mark *mark, double x, double y)
{
	const struct glyph *glyph = &mark->as.text.glyphs[0];
	struct glyph square = { glyph->number, 0, U'□' };
	struct mark plain = *mark;
	double em = mark->as.text.size;

	buf_printf(canvas->out, "/Span <</ActualText <FEFF%04X>>> BDC\n", (unsigned)glyph->code_point);
	plain.as.text.glyphs = &square;
	plain.as.text.count = 1;
	paint_text(canvas, &plain, x, y);
	set_stroke(canvas, (struct stroke){ mark->as.text.color, em * 0.08, DASH_NONE });
	if (glyph->code_point == U'☑') {
		PUT(canvas, "m", x + 0.25 * em, y + 0.38 * em);
		PUT(canvas, "l", x + 0.43 * em, y + 0.18 * em);
		PUT(canvas, "l", x + 0.77 * em, y + 0.62 * em);
		buf_puts(canvas->out, "S\n");
	} else if (glyph->code_point == U'☒') {
		PUT(canvas, "m", x + 0.28 * em, y + 0.16 * em);
		PUT(canvas, "l", x + 0.72 * em, y + 0.6 * em);
		PUT(canvas, "m", x + 0.28 * em, y + 0.6 * em);
		PUT(canvas, "l", x + 0.72 * em, y + 0.16 * em);
		buf_puts(canvas->out, "S\n");
	}
	buf_puts(canvas->out, "EMC\n");
}

static bool is_box(const struct mark *mark)
{
	return mark->as.text.count == 1 && mark->as.text.glyphs[0].code_point >= 0x2610 &&
	       mark->as.text.glyphs[0].code_point <= 0x2612;
}

static void paint_line(struct canvas *canvas, const struct mark *mark, double x, double y)
{
	set_stroke(canvas, mark->as.line);
	PUT(canvas, "m", x, y);
	PUT(canvas, "l", x + mark->width, y - mark->height);
	buf_puts(canvas->out, "S\n");
}

/* Four Bézier curves; the handles are as long as is usual for a circle. */
static void put_circle(struct canvas *canvas, double x, double y, double r)
{
	const double k = 0.5523 * r;

	PUT(canvas, "m", x + r, y);
	PUT(canvas, "c", x + r, y + k, x + k, y + r, x, y + r);
	PUT(canvas, "c", x - k, y + r, x - r, y + k, x - r, y);
	PUT(canvas, "c", x - r, y - k, x - k, y - r, x, y - r);
	PUT(canvas, "c", x + k, y - r, x + r, y - k, x + r, y);
	buf_puts(canvas->out, "h\n");
}

static void put_path(struct canvas *canvas, const struct shape *shape, double scale, double x, double y)
{
	const struct point *points = shape->points;

	if (shape->kind == SHAPE_CIRCLE) {
		put_circle(canvas, x + points[0].x * scale, y - points[0].y * scale, shape->radius * scale);
		return;
	}
	if (shape->kind == SHAPE_RECT) {
		PUT(canvas, "re", x + points[0].x * scale, y - points[1].y * scale, (points[1].x - points[0].x) * scale,
		    (points[1].y - points[0].y) * scale);
		return;
	}
	for (size_t i = 0; i < shape->point_count; i++) {
		bool move = i == 0 || (shape->kind == SHAPE_SEGMENTS && i % 2 == 0);

		PUT(canvas, move ? "m" : "l", x + points[i].x * scale, y - points[i].y * scale);
	}
	if (shape->kind == SHAPE_POLYGON)
		buf_puts(canvas->out, "h\n");
}

static void paint_shape(struct canvas *canvas, const struct mark *mark, double x, double y)
{
	const struct shape *shape = mark->as.shape.shape;
	bool filled = shape->fill != COLOR_NONE && shape->kind != SHAPE_POLYLINE && shape->kind != SHAPE_SEGMENTS;
	bool stroked = shape->stroke.color != COLOR_NONE && shape->stroke.width > 0;

	if (!filled && !stroked)
		return;
	if (filled)
		set_fill(canvas, shape->fill);
	if (stroked) {
		struct stroke stroke = shape->stroke;

		stroke.width *= mark->as.shape.scale;
		set_stroke(canvas, stroke);
	}
	put_path(canvas, shape, mark->as.shape.scale, x, y);
	buf_puts(canvas->out, filled && stroked ? "B\n" : filled ? "f\n" : "S\n");
}

static void paint_fill(struct canvas *canvas, const struct mark *mark, double x, double y)
{
	set_fill(canvas, mark->as.fill);
	PUT(canvas, "re", x, y - mark->height, mark->width, mark->height);
	buf_puts(canvas->out, "f\n");
}

static void paint_matrix(struct canvas *canvas, const struct mark *mark, double x, double y)
{
	const struct qr *matrix = mark->as.matrix;
	const double quiet = 4, module = mark->width / (matrix->size + 2 * quiet);

	set_fill(canvas, 0);
	for (unsigned row = 0; row < matrix->size; row++)
		for (unsigned column = 0, end; column < matrix->size; column = end) {
			const uint8_t *modules = matrix->modules + row * matrix->size;

			for (end = column + 1; end < matrix->size && modules[end] == modules[column];)
				end++;
			if (modules[column])
				PUT(canvas, "re", x + (quiet + column) * module, y - (quiet + row + 1) * module,
				    (end - column) * module, module);
		}
	buf_puts(canvas->out, "f\n");
}

/* Where the corners of the unit square go in a box of size 1 × 1, by orientation:
 * the six numbers of cm (ISO 32000-1, 8.3.3). */
static const int turns[][6] = {
	{ 1, 0, 0, 1, 0, 0 },   { -1, 0, 0, 1, 1, 0 }, { -1, 0, 0, -1, 1, 1 }, { 1, 0, 0, -1, 0, 1 },
	{ 0, -1, -1, 0, 1, 1 }, { 0, -1, 1, 0, 0, 1 }, { 0, 1, 1, 0, 0, 0 },   { 0, 1, -1, 0, 1, 0 },
};

static void paint_image(struct canvas *canvas, const struct mark *mark, double x, double y)
{
	struct painter *painter = canvas->painter;
	const int *turn = turns[mark->as.image->orientation - 1];
	double width = mark->width, height = mark->height;
	size_t number = 0;

	while (number < painter->image_count && painter->images[number] != mark->as.image)
		number++;
	if (number == painter->image_count)
		arena_push(painter->file->arena, painter->images, painter->image_count, painter->image_capacity,
		           mark->as.image);
	buf_puts(canvas->out, "q\n");
	PUT(canvas, "cm", turn[0] * width, turn[1] * height, turn[2] * width, turn[3] * height, turn[4] * width + x,
	    turn[5] * height + y - height);
	buf_printf(canvas->out, "/I%zu Do\nQ\n", number);
}

static void paint_mark(struct canvas *canvas, const struct mark *mark, const struct placed *placed)
{
	double x = placed->x + mark->x, y = canvas->height - placed->y - mark->y;

	if (mark->kind == MARK_LINK || mark->kind == MARK_FIELD || mark->kind == MARK_TARGET)
		return;
	begin_content(canvas, placed->ornament ? NULL : mark->element);
	switch (mark->kind) {
	case MARK_TEXT:
	case MARK_SLANTED:
		if (is_box(mark))
			paint_box(canvas, mark, x, y);
		else
			paint_text(canvas, mark, x, y);
		break;
	case MARK_FILL:
		paint_fill(canvas, mark, x, y);
		break;
	case MARK_LINE:
		paint_line(canvas, mark, x, y);
		break;
	case MARK_SHAPE:
		paint_shape(canvas, mark, x, y);
		break;
	case MARK_IMAGE:
		paint_image(canvas, mark, x, y);
		break;
	default:
		paint_matrix(canvas, mark, x, y);
		break;
	}
}

void pdf_paint_sheet(struct painter *painter, size_t number, struct buf *out)
{
	const struct sheet *sheet = &painter->layout->sheets[number];
	struct canvas canvas = {
		.painter = painter,
		.out = out,
		.height = painter->layout->setup->height,
		.sheet = number,
		.width = 1, /* black, solid, one point wide: as a page begins */
	};

	for (size_t i = 0; i < sheet->count; i++)
		for (size_t k = 0; k < sheet->placed[i].slice->count; k++)
			paint_mark(&canvas, &sheet->placed[i].slice->marks[k], &sheet->placed[i]);
	end_content(&canvas);
}

static unsigned write_image(struct pdf_file *file, const struct image *image)
{
	static const char predictors[] = "/FlateDecode /DecodeParms << /Predictor 15 /Colors %u /Columns %u >>";
	const char *filter =
	    image->jpeg ? "/DCTDecode" : arena_printf(file->arena, predictors, image->components, image->width);

	return pdf_stream(file, image->data, false,
	                  "/Type /XObject /Subtype /Image /Width %u /Height %u\n"
	                  "/ColorSpace /%s /BitsPerComponent 8 /Filter %s\n",
	                  image->width, image->height, image->components == 1 ? "DeviceGray" : "DeviceRGB", filter);
}

void pdf_paint_images(struct painter *painter, struct buf *resources)
{
	for (size_t i = 0; i < painter->image_count; i++)
		buf_printf(resources, "/I%zu %u 0 R\n", i, write_image(painter->file, painter->images[i]));
}
