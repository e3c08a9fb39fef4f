#include "document/html.h"

#include <string.h>

#include "document/block.h"
#include "document/html_block.h"
#include "document/svg.h"
#include "document/url.h"
#include "report/escape.h"

struct painter {
	const struct document *document;
	const struct html_links *links;
	struct buf *out;
	unsigned image_depth; /* inside an image only text is painted: its alternative */
};

static void put_attribute(struct painter *painter, const char *name, const char *value)
{
	buf_printf(painter->out, " %s=\"", name);
	escape_html(value, painter->out);
	buf_putc(painter->out, '"');
}

static bool is_plain_address(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~:/?#@!$&'()*+,;=%", c));
}

/* Bytes that RFC 3986 has no place for are percent-encoded. */
static void put_address(struct painter *painter, const char *name, const char *url)
{
	struct buf encoded = BUF_INIT;
	for (; *url; url++) {
		if (is_plain_address(*url))
			buf_putc(&encoded, *url);
		else
			buf_printf(&encoded, "%%%02X", (unsigned char)*url);
	}
	put_attribute(painter, name, buf_str(&encoded));
	buf_free(&encoded);
}

/* The address to print, or NULL. */
static const char *resolve(struct painter *painter, const char *url)
{
	enum url_kind kind = url ? url_kind(url) : URL_REFUSED;
	if ((kind == URL_RELATIVE || kind == URL_RECORD) && painter->links)
		return painter->links->resolve(url, painter->links->context);
	return kind == URL_REFUSED || kind == URL_RECORD ? NULL : url;
}

static void paint_link(struct painter *painter, enum walk_event event, const struct node *link)
{
	const char *url = resolve(painter, link->as.link->url);
	if (!url)
		return;
	if (event == WALK_EXIT) {
		buf_puts(painter->out, "</a>");
		return;
	}
	buf_puts(painter->out, "<a");
	put_address(painter, "href", url);
	if (link->as.link->title && *link->as.link->title)
		put_attribute(painter, "title", link->as.link->title);
	buf_putc(painter->out, '>');
}

static void paint_image(struct painter *painter, const struct node *image)
{
	struct buf text = BUF_INIT;
	node_text(image, &text);
	const char *url = resolve(painter, image->as.link->url);
	if (url) {
		buf_puts(painter->out, "<img");
		put_address(painter, "src", url);
		put_attribute(painter, "alt", buf_str(&text));
		if (image->as.link->title && *image->as.link->title)
			put_attribute(painter, "title", image->as.link->title);
		buf_putc(painter->out, '>');
	} else {
		escape_html(buf_str(&text), painter->out);
	}
	buf_free(&text);
}

static void paint_list(struct painter *painter, enum walk_event event, const struct node_list *list)
{
	if (event == WALK_EXIT)
		buf_puts(painter->out, list->ordered ? "</ol>\n" : "</ul>\n");
	else if (list->ordered && list->start != 1)
		buf_printf(painter->out, "<ol start=\"%d\">\n", list->start);
	else
		buf_puts(painter->out, list->ordered ? "<ol>\n" : "<ul>\n");
}

static void paint_item(struct painter *painter, enum walk_event event, const struct node *item)
{
	if (event == WALK_EXIT)
		buf_puts(painter->out, "</li>\n");
	else if (item->as.task < 0)
		buf_puts(painter->out, "<li>");
	else
		buf_printf(painter->out, "<li class=\"task\"><input type=\"checkbox\" disabled%s aria-label=\"%s\"> ",
		           item->as.task ? " checked" : "", item->as.task ? "已完成" : "未完成");
}

static void paint_paragraph(struct painter *painter, enum walk_event event, const struct node *paragraph)
{
	const struct node *item = paragraph->parent;
	if (item && item->kind == NODE_ITEM && item->parent->as.list->tight) {
		if (event == WALK_EXIT && paragraph->next)
			buf_putc(painter->out, '\n');
		return;
	}
	buf_puts(painter->out, event == WALK_ENTER ? "<p>" : "</p>\n");
}

static void paint_code(struct painter *painter, const struct node_code *code)
{
	buf_puts(painter->out, "<pre><code");
	if (code->info && *code->info) {
		buf_puts(painter->out, " class=\"language-");
		escape_html(code->info, painter->out);
		buf_putc(painter->out, '"');
	}
	buf_putc(painter->out, '>');
	escape_html(code->text, painter->out);
	buf_puts(painter->out, "</code></pre>\n");
}

static void paint_table(struct painter *painter, enum walk_event event, const struct node *table)
{
	if (event == WALK_ENTER)
		buf_puts(painter->out, "<div class=\"wide\">\n<table>\n");
	else
		buf_printf(painter->out, "%s</table>\n</div>\n", table->first != table->last ? "</tbody>\n" : "");
}

static void paint_row(struct painter *painter, enum walk_event event, const struct node *row)
{
	bool head = row->parent->kind == NODE_TABLE && row->parent->first == row;
	if (event == WALK_ENTER) {
		buf_puts(painter->out, head ? "<thead>\n<tr>\n" : "<tr>\n");
		return;
	}
	buf_puts(painter->out, "</tr>\n");
	if (head)
		buf_puts(painter->out, row->next ? "</thead>\n<tbody>\n" : "</thead>\n");
}

static void paint_cell(struct painter *painter, enum walk_event event, const struct node *node)
{
	static const char *const classes[] = {
		[ALIGN_NONE] = NULL, [ALIGN_LEFT] = "left", [ALIGN_CENTER] = "center", [ALIGN_RIGHT] = "right"
	};
	const struct node_cell *cell = node->as.cell;
	struct buf *out = painter->out;
	if (event == WALK_EXIT) {
		buf_puts(out, cell->head ? "</th>\n" : "</td>\n");
		return;
	}
	buf_puts(out, cell->head ? "<th" : "<td");
	if (cell->head)
		buf_printf(out, " scope=\"%s\"", node_names_column(node) ? "col" : "row");
	if (classes[cell->align])
		buf_printf(out, " class=\"%s\"", classes[cell->align]);
	if (cell->span_columns > 1)
		buf_printf(out, " colspan=\"%d\"", cell->span_columns);
	if (cell->span_rows > 1)
		buf_printf(out, " rowspan=\"%d\"", cell->span_rows);
	if (cell->lines > 0)
		buf_printf(out, " style=\"height:%dem\"", cell->lines * 2);
	buf_putc(out, '>');
}

static void paint_footnote(struct painter *painter, enum walk_event event, const struct node *node)
{
	const struct node_note *footnote = node->as.note;
	struct buf *out = painter->out;
	if (event == WALK_ENTER) {
		if (footnote->number == 1)
			buf_puts(out, "<section class=\"footnotes\" aria-label=\"脚注\">\n<ol>\n");
		buf_puts(out, "<li");
		put_attribute(painter, "id", footnote->id);
		buf_puts(out, ">\n");
		return;
	}
	buf_puts(out, "<p>");
	for (int i = 1; i <= footnote->references; i++) {
		buf_printf(out, i == 1 ? "<a href=\"#fnref-%d" : " <a href=\"#fnref-%d-%d", footnote->number, i);
		buf_puts(out, "\" aria-label=\"回到正文\">↩</a>");
	}
	buf_puts(out, "</p>\n</li>\n");
	if (!node->next)
		buf_puts(out, "</ol>\n</section>\n");
}

static void paint_reference(struct painter *painter, const struct node_note *reference)
{
	buf_puts(painter->out, "<sup><a");
	put_attribute(painter, "id", reference->id);
	buf_printf(painter->out, " href=\"#fn-%d\">%d</a></sup>", reference->number, reference->number);
}

static void paint_heading(struct painter *painter, enum walk_event event, const struct node_heading *heading)
{
	if (event == WALK_ENTER) {
		buf_printf(painter->out, "<h%d", heading->level);
		put_attribute(painter, "id", heading->id);
		buf_putc(painter->out, '>');
	} else {
		buf_printf(painter->out, "</h%d>\n", heading->level);
	}
}

static void paint_form(struct painter *painter, enum walk_event event, const struct node *form)
{
	if (event == WALK_ENTER)
		html_open_form(form, painter->out);
	else
		buf_puts(painter->out, "</tbody>\n</table>\n</div>\n");
}

static void paint_chart(const struct node *chart, struct buf *out)
{
	struct arena *scratch = arena_new();
	buf_puts(out, "<figure class=\"chart\">\n");
	svg_paint(block_drawing(scratch, chart), out);
	buf_puts(out, "</figure>\n");
	arena_free(scratch);
}

static void paint_leaf(struct painter *painter, const struct node *node)
{
	struct buf *out = painter->out;
	switch (node->kind) {
	case NODE_TEXT:
		escape_html(node->as.text, out);
		break;
	case NODE_CODE_SPAN:
		buf_puts(out, "<code>");
		escape_html(node->as.text, out);
		buf_puts(out, "</code>");
		break;
	case NODE_SOFT_BREAK:
		buf_putc(out, '\n');
		break;
	case NODE_LINE_BREAK:
		buf_puts(out, "<br>\n");
		break;
	case NODE_ANCHOR:
		buf_puts(out, "<a");
		put_attribute(painter, "id", node->as.id);
		buf_puts(out, "></a>");
		break;
	case NODE_FOOTNOTE_REFERENCE:
		paint_reference(painter, node->as.note);
		break;
	case NODE_CODE:
		paint_code(painter, node->as.code);
		break;
	case NODE_RULE:
		buf_puts(out, "<hr>\n");
		break;
	case NODE_PAGE_BREAK:
		buf_puts(out, "<div class=\"pagebreak\"></div>\n");
		break;
	case NODE_CHART:
		paint_chart(node, out);
		break;
	case NODE_SIGNATURE:
		html_paint_signature(node, out);
		break;
	case NODE_COVER:
		html_paint_cover(node, out);
		break;
	case NODE_TOC:
		html_paint_contents(painter->document, out);
		break;
	default:
		break;
	}
}

static void paint(enum walk_event event, const struct node *node, void *context)
{
	static const struct {
		const char *enter, *exit;
	} tags[] = {
		[NODE_QUOTE] = { "<blockquote>\n", "</blockquote>\n" },
		[NODE_EMPHASIS] = { "<em>", "</em>" },
		[NODE_STRONG] = { "<strong>", "</strong>" },
		[NODE_STRIKE] = { "<del>", "</del>" },
		[NODE_FOOTNOTE_REFERENCE] = { NULL, NULL }, /* the last kind: sizes the table */
	};
	struct painter *painter = context;
	if (node->kind == NODE_IMAGE) {
		if (event == WALK_ENTER && painter->image_depth == 0)
			paint_image(painter, node);
		if (event == WALK_ENTER)
			painter->image_depth++;
		else
			painter->image_depth--;
		return;
	}
	if (painter->image_depth > 0)
		return;
	switch (node->kind) {
	case NODE_HEADING:
		paint_heading(painter, event, node->as.heading);
		break;
	case NODE_PARAGRAPH:
		paint_paragraph(painter, event, node);
		break;
	case NODE_LIST:
		paint_list(painter, event, node->as.list);
		break;
	case NODE_ITEM:
		paint_item(painter, event, node);
		break;
	case NODE_TABLE:
		paint_table(painter, event, node);
		break;
	case NODE_ROW:
		paint_row(painter, event, node);
		break;
	case NODE_CELL:
		paint_cell(painter, event, node);
		break;
	case NODE_FORM:
		paint_form(painter, event, node);
		break;
	case NODE_FOOTNOTE:
		paint_footnote(painter, event, node);
		break;
	case NODE_LINK:
		paint_link(painter, event, node);
		break;
	default:
		if (tags[node->kind].enter)
			buf_puts(painter->out, event == WALK_ENTER ? tags[node->kind].enter : tags[node->kind].exit);
		else if (event == WALK_ENTER)
			paint_leaf(painter, node);
	}
}

void html_paint(const struct document *document, const struct html_links *links, struct buf *out)
{
	struct painter painter = { .document = document, .links = links, .out = out };
	document_walk(document->root, paint, &painter);
}
