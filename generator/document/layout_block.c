#include "document/layout_block.h"

#include <string.h>

/* Lines of text already closed, from left to right edge of the flow. */
static void set_lines(struct flow *flow, struct text *text, const struct style *style, bool whole, bool keep)
{
	double width = flow->right - flow->left;

	text_fill(text, width, style->indent * style->size);
	for (size_t i = 0; i < text->line_count; i++) {
		size_t left = text->line_count - i; /* this one counted */

		text_paint(flow, text, &text->lines[i], flow->left, width, baseline_of(style, style->size),
		           style->align);
		struct slice *slice = flow_slice(flow, style->leading);
		/* No line of a paragraph stands alone on a page. */
		slice->keep = left == 1 ? keep : whole || i == 0 || left == 2;
	}
}

void layout_string(struct flow *flow, const char *string, enum style_name name, const char *type, struct place place,
                   bool keep)
{
	const struct style *style = &flow->setup->styles[name];

	flow_gap(flow, style->before);
	text_clear(flow->text);
	text_add(flow, flow->text, string, text_look(style, flow_element(flow, type)), place);
	text_close(flow, flow->text);
	set_lines(flow, flow->text, style, true, keep);
	flow_gap(flow, style->after);
}

/* The inlines from first up to end as one paragraph. */
static void set_inlines(struct flow *flow, const struct node *first, const struct node *end)
{
	struct element *parent = flow->element;
	const struct style *style = flow->style;
	struct look look;

	flow->element = flow_element(flow, "P");
	look = text_look(style, flow->element);
	text_clear(flow->text);
	for (const struct node *node = first; node != end; node = node->next)
		text_add_inline(flow, flow->text, node, look);
	text_close(flow, flow->text);
	set_lines(flow, flow->text, style, false, text_announces(flow->text));
	flow->element = parent;
}

/* A paragraph; pictures in it stand between lines. */
static void set_paragraph(struct flow *flow, const struct node *paragraph)
{
	const struct node *first = paragraph->first;

	flow_gap(flow, flow->style->before);
	while (first) {
		const struct node *end = first;

		while (end && end->kind != NODE_IMAGE)
			end = end->next;
		if (end != first)
			set_inlines(flow, first, end);
		first = end;
		if (first) {
			layout_image(flow, first);
			/* The line end beside a picture is no text. */
			for (first = first->next; first && first->kind == NODE_SOFT_BREAK;)
				first = first->next;
		}
	}
	flow_gap(flow, flow->style->after);
}

void layout_target(struct flow *flow, const char *id, struct heading *heading)
{
	struct mark *mark = flow_mark(flow, MARK_TARGET, flow->left, 0, NULL);

	mark->as.target.id = id;
	mark->as.target.heading = heading;
}

/* Important headings that are not inside another block begin a section, so that
 * no element has thousands of children. */
static void begin_section(struct flow *flow, int level)
{
	if (level > 2 || (flow->element != flow->root && flow->element != flow->section))
		return;
	flow->element = flow->root;
	flow->element = flow->section = flow_element(flow, "Sect");
}

static struct heading *note_heading(struct layout *layout, const struct node *node)
{
	struct heading *heading = arena_alloc(layout->arena, sizeof *heading);
	struct buf words = BUF_INIT;

	node_text(node, &words);
	struct chunk trimmed = chunk_trim(buf_chunk(&words));
	heading->text = arena_strndup(layout->arena, trimmed.data, trimmed.len);
	heading->level = node->as.heading->level;
	buf_free(&words);
	arena_push(layout->arena, layout->headings, layout->heading_count, layout->heading_capacity, heading);
	return heading;
}

static void set_heading(struct flow *flow, const struct node *node)
{
	static const char *const types[] = { "H1", "H2", "H3", "H4", "H5", "H6" };
	const struct style *style = &flow->setup->styles[STYLE_HEADING_1 + node->as.heading->level - 1];

	begin_section(flow, node->as.heading->level);
	struct element *parent = flow->element;
	flow_gap(flow, style->before);
	layout_target(flow, node->as.heading->id,
	              flow->planning && !flow->in_note ? note_heading(flow->layout, node) : NULL);
	flow->element = flow_element(flow, types[node->as.heading->level - 1]);
	text_clear(flow->text);
	text_add_inlines(flow, flow->text, node, text_look(style, flow->element));
	text_close(flow, flow->text);
	set_lines(flow, flow->text, style, true, true);
	flow_gap(flow, style->after);
	flow->element = parent;
}

void layout_label(struct flow *flow, const char *label, const struct style *style, struct place place)
{
	double room = 2 * style->size;

	text_clear(flow->text);
	text_add(flow, flow->text, label, text_look(style, flow_element(flow, "Lbl")), place);
	text_close(flow, flow->text);
	text_fill(flow->text, 10 * room, 0);
	text_paint(flow, flow->text, &flow->text->lines[0], flow->left - room, room - style->size / 2,
	           baseline_of(style, style->size), ALIGN_RIGHT);
}

/* A disc, a dash or a square, by depth: drawn, as the list says what it is. */
static void set_bullet(struct flow *flow, const struct style *style)
{
	double x = flow->left - style->size, y = baseline_of(style, style->size) - 0.36 * style->size;
	double radius = 0.14 * style->size;

	if (flow->list_depth == 0) {
		struct shape *disc = arena_alloc(flow_scrap(flow), sizeof *disc);
		struct mark *mark = flow_mark(flow, MARK_SHAPE, x, y, NULL);

		*disc = (struct shape){ .kind = SHAPE_CIRCLE,
			                .points = arena_alloc(flow_scrap(flow), sizeof(struct point)),
			                .point_count = 1,
			                .fill = style->color,
			                .stroke.color = COLOR_NONE,
			                .radius = radius };
		mark->as.shape.shape = disc;
		mark->as.shape.scale = 1;
	} else if (flow->list_depth == 1) {
		flow_line(flow, x - 2 * radius, y, 4 * radius, 0, radius / 2);
	} else {
		flow_fill(flow, x - radius, y - radius, 2 * radius, 2 * radius, style->color);
	}
}

static void set_marker(struct flow *flow, const struct node *list, const struct node *item, int number)
{
	struct place place = node_place(item);

	if (item->as.task >= 0)
		layout_label(flow, item->as.task ? "☑" : "☐", flow->style, place);
	else if (list->as.list->ordered)
		layout_label(flow, arena_printf(flow_scrap(flow), "%d.", number), flow->style, place);
	else
		set_bullet(flow, flow->style);
}

static void set_list(struct flow *flow, const struct node *list)
{
	const struct style *outer = flow->style, *style = &flow->setup->styles[STYLE_LIST];
	struct element *parent = flow->element, *element = flow_element(flow, "L");
	double indent = flow_indent(flow, 2 * style->size);
	int number = list->as.list->start;

	flow->style = style;
	flow->left += indent;
	for (const struct node *item = list->first; item; item = item->next) {
		flow->element = element;
		flow->element = flow_element(flow, "LI");
		set_marker(flow, list, item, number++);
		flow->element = flow_element(flow, "LBody");
		flow->list_depth++;
		layout_blocks(flow, item);
		flow->list_depth--;
		if (!item->first)
			flow_slice(flow, style->leading);
		if (!list->as.list->tight)
			flow_gap(flow, style->leading / 3);
	}
	flow->left -= indent;
	flow->style = outer;
	flow->element = parent;
	flow_gap(flow, style->after);
}

static void set_quote(struct flow *flow, const struct node *quote)
{
	const struct style *outer = flow->style, *style = &flow->setup->styles[STYLE_QUOTE];
	struct element *parent = flow->element;
	double indent = flow_indent(flow, 4 * style->size) / 2; /* on either side */

	flow->element = flow_element(flow, "BlockQuote");
	flow->style = style;
	flow->left += indent;
	flow->right -= indent;
	layout_blocks(flow, quote);
	flow->right += indent;
	flow->left -= indent;
	flow->style = outer;
	flow->element = parent;
}

/* One line of code, which may take several on paper. */
static void set_code_line(struct flow *flow, const struct node *code, struct chunk source, struct look look)
{
	const struct style *style = &flow->setup->styles[STYLE_CODE];
	const double padding = 6;
	struct buf spaced = BUF_INIT;

	for (size_t i = 0; i < source.len; i++)
		if (source.data[i] == '\t')
			buf_puts(&spaced, "    ");
		else
			buf_putc(&spaced, source.data[i]);
	text_clear(flow->text);
	text_add(flow, flow->text, spaced.len ? spaced.data : " ", look, node_place(code));
	buf_free(&spaced);
	text_close(flow, flow->text);
	text_fill(flow->text, flow->right - flow->left - 2 * padding, 0);
	for (size_t i = 0; i < flow->text->line_count; i++) {
		flow_fill(flow, flow->left, 0, flow->right - flow->left, style->leading, 0xF4F4F4);
		text_paint(flow, flow->text, &flow->text->lines[i], flow->left + padding,
		           flow->right - flow->left - 2 * padding, baseline_of(style, style->size), ALIGN_LEFT);
		flow_slice(flow, style->leading);
	}
}

static void set_code(struct flow *flow, const struct node *code)
{
	const struct style *style = &flow->setup->styles[STYLE_CODE];
	struct look look = text_look(style, flow_element(flow, "P"));
	const char *line = code->as.code->text;

	flow_gap(flow, style->before);
	while (*line) {
		size_t length = strcspn(line, "\n");

		set_code_line(flow, code, (struct chunk){ line, length }, look);
		line += length + (line[length] == '\n');
	}
	flow_gap(flow, style->after);
}

static void set_rule(struct flow *flow)
{
	double space = flow->style->leading / 2;

	flow_line(flow, flow->left, space, flow->right - flow->left, 0, 0.5);
	flow_slice(flow, 2 * space);
}

static void set_block(struct flow *flow, const struct node *block)
{
	flow_settle(flow);
	switch (block->kind) {
	case NODE_HEADING:
		set_heading(flow, block);
		break;
	case NODE_PARAGRAPH:
		set_paragraph(flow, block);
		break;
	case NODE_LIST:
		set_list(flow, block);
		break;
	case NODE_QUOTE:
		set_quote(flow, block);
		break;
	case NODE_CODE:
		set_code(flow, block);
		break;
	case NODE_RULE:
		set_rule(flow);
		break;
	case NODE_TABLE:
	case NODE_FORM:
		layout_table(flow, block);
		break;
	case NODE_CHART:
		layout_chart(flow, block);
		break;
	case NODE_COVER:
		layout_cover(flow, block);
		break;
	case NODE_TOC:
		layout_contents(flow, block);
		break;
	case NODE_SIGNATURE:
		layout_signature(flow, block);
		break;
	case NODE_FOOTNOTE:
		layout_end_note(flow, block);
		break;
	case NODE_PAGE_BREAK:
		flow->new_page = true;
		break;
	default: /* inlines are set with their paragraph */
		break;
	}
}

void layout_blocks(struct flow *flow, const struct node *node)
{
	for (const struct node *block = node->first; block; block = block->next)
		set_block(flow, block);
}
