#include <math.h>
#include <string.h>

#include "document/block.h"
#include "document/layout_block.h"

static struct element *figure(struct flow *flow, const char *alternative)
{
	struct element *element = flow_element(flow, "Figure");

	element->alternative = alternative;
	return element;
}

/* A label of a drawing: one line, which no edge cuts. */
static void mark_label(struct flow *flow, const struct shape *shape, double scale, double x, struct element *element)
{
	static const enum align aligns[] = { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
	struct look look = text_look(&flow->setup->styles[STYLE_FIGURE], element);
	const double room = 10000; /* the line is never broken */
	double left = x + shape->points[0].x * scale;

	look.size = shape->size * scale;
	look.bold = shape->bold;
	look.color = shape->fill;
	text_clear(flow->text);
	text_add(flow, flow->text, shape->text, look, (struct place){ 0 });
	text_close(flow, flow->text);
	text_fill(flow->text, room, 0);
	if (flow->text->line_count == 0)
		return;
	if (shape->anchor == ANCHOR_MIDDLE)
		left -= room / 2;
	else if (shape->anchor == ANCHOR_END)
		left -= room;
	text_paint(flow, flow->text, &flow->text->lines[0], left, room, shape->points[0].y * scale,
	           aligns[shape->anchor]);
}

static void mark_drawing(struct flow *flow, const struct drawing *drawing, double scale, double x,
                         struct element *element)
{
	for (size_t i = 0; i < drawing->shape_count; i++) {
		const struct shape *shape = &drawing->shapes[i];

		if (shape->kind == SHAPE_TEXT) {
			mark_label(flow, shape, scale, x, element);
			continue;
		}
		struct mark *mark = flow_mark(flow, MARK_SHAPE, x, 0, element);
		mark->as.shape.shape = shape;
		mark->as.shape.scale = scale;
	}
}

void layout_chart(struct flow *flow, const struct node *node)
{
	const struct node_chart *chart = node->as.chart;
	double width = flow->right - flow->left, highest = flow_page_height(flow);
	double scale = fmin(fmin(width / chart->width, highest / chart->height), 1);
	struct element *element = figure(flow, chart->description);

	flow_gap(flow, flow->style->leading / 2);
	if (!flow->planning)
		mark_drawing(flow, block_drawing(flow_scrap(flow), node), scale,
		             flow->left + (width - chart->width * scale) / 2, element);
	flow_slice(flow, chart->height * scale);
	flow_gap(flow, flow->style->leading / 2);
}

static struct picture *load(struct layout *layout, const char *url)
{
	struct picture *picture = arena_alloc(layout->arena, sizeof *picture);
	struct chunk bytes;

	picture->fault = translate("there is no such file");
	if (layout->facts->image && layout->facts->image(url, &bytes, layout->facts->context))
		picture->image = image_read(layout->arena, bytes, &picture->fault);
	map_put(&layout->pictures, url, picture);
	return picture;
}

static const struct image *find_image(struct flow *flow, const struct node *node)
{
	const struct picture *picture;

	const char *url = node->as.link->url;

	if (!url)
		return NULL; /* refused, which was told */
	picture = map_get(&flow->layout->pictures, url);
	if (!picture)
		picture = load(flow->layout, url);
	if (!picture->image)
		DIAG(flow->diags, node_place(node), MSG_IMAGE_BROKEN, url, picture->fault);
	return picture->image;
}

void layout_image(struct flow *flow, const struct node *node)
{
	const struct image *image = find_image(flow, node);
	struct buf alternative = BUF_INIT;

	if (!image)
		return;
	/* 150 pixels an inch, smaller where that does not fit. */
	bool turned = image_is_turned(image);
	double width = (turned ? image->height : image->width) * 72.0 / 150;
	double height = (turned ? image->width : image->height) * 72.0 / 150;
	double widest = flow->right - flow->left, highest = flow_page_height(flow) * 0.8, scale = 1;
	if (width > widest)
		scale = widest / width;
	if (height * scale > highest)
		scale = highest / height;
	node_text(node, &alternative);
	struct chunk words = chunk_trim(buf_chunk(&alternative));
	struct element *element = figure(flow, arena_strndup(flow->arena, words.data, words.len));
	buf_free(&alternative);
	const char *title = node->as.link->title;
	bool titled = title && *title;

	flow_gap(flow, flow->style->leading / 2);
	struct mark *mark = flow_area(flow, MARK_IMAGE, flow->left + (widest - width * scale) / 2, 0, width * scale,
	                              height * scale, element);
	mark->as.image = image;
	flow_slice(flow, height * scale)->keep = titled;
	if (titled)
		layout_string(flow, title, STYLE_CAPTION, "Caption", node_place(node), false);
	flow_gap(flow, flow->style->leading / 2);
}
