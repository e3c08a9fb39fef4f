#include "document/html_block.h"

#include <math.h>

#include "document/html.h"
#include "report/escape.h"

static void put_element(const char *open, const char *text, const char *close, struct buf *out)
{
	if (!text)
		return;
	buf_puts(out, open);
	escape_html(text, out);
	buf_puts(out, close);
}

void html_open_form(const struct node *form, struct buf *out)
{
	const struct value *widths = value_get(form->as.data, "widths");
	double sum = 0;
	for (size_t i = 0; i < widths->as.array.count; i++)
		sum += widths->as.array.items[i]->as.number;
	buf_puts(out, "<div class=\"wide\">\n<table class=\"form\">\n");
	put_element("<caption>", value_get_string(form->as.data, "title"), "</caption>\n", out);
	buf_puts(out, "<colgroup>");
	for (size_t i = 0; i < widths->as.array.count; i++)
		buf_printf(out, "<col style=\"width:%ld%%\">",
		           lround(widths->as.array.items[i]->as.number / sum * 100));
	buf_puts(out, "</colgroup>\n<tbody>\n");
}

static void paint_signer(const struct value *signer, struct buf *out)
{
	const struct value *seal = value_get(signer, "seal");
	buf_puts(out, "<li>\n");
	put_element("<p class=\"role\">", value_get_string(signer, "role"), "</p>\n", out);
	put_element("<p>", value_get_string(signer, "organisation"), "</p>\n", out);
	buf_puts(out, "<p>签名：<span class=\"blank\"></span></p>\n<p>姓名：<span class=\"blank\"></span></p>\n");
	buf_puts(out, "<p>日期：<span class=\"blank\"></span>年<span class=\"blank\"></span>月"
	              "<span class=\"blank\"></span>日</p>\n");
	if (seal && seal->as.boolean)
		buf_puts(out, "<p>（盖章）</p>\n");
	buf_puts(out, "</li>\n");
}

void html_paint_signature(const struct node *signature, struct buf *out)
{
	buf_puts(out, "<section class=\"signature\" aria-label=\"签字\">\n");
	put_element("<p>", value_get_string(signature->as.data, "statement"), "</p>\n", out);
	buf_puts(out, "<ul>\n");
	const struct value *signers = value_get(signature->as.data, "signers");
	for (size_t i = 0; i < signers->as.array.count; i++)
		paint_signer(signers->as.array.items[i], out);
	buf_puts(out, "</ul>\n</section>\n");
}

void html_paint_cover(const struct node *cover, struct buf *out)
{
	const struct value *facts = value_get(cover->as.data, "facts");
	buf_puts(out, "<header class=\"cover\">\n");
	put_element("<h1>", value_get_string(cover->as.data, "title"), "</h1>\n", out);
	put_element("<p class=\"subtitle\">", value_get_string(cover->as.data, "subtitle"), "</p>\n", out);
	if (facts && facts->kind == VALUE_ARRAY && facts->as.array.count > 0) {
		buf_puts(out, "<dl>\n");
		for (size_t i = 0; i < facts->as.array.count; i++) {
			struct value *const *fact = facts->as.array.items[i]->as.array.items;
			put_element("<dt>", fact[0]->as.string, "</dt>\n", out);
			put_element("<dd>", fact[1]->as.string, "</dd>\n", out);
		}
		buf_puts(out, "</dl>\n");
	}
	buf_puts(out, "</header>\n");
}

struct contents {
	struct buf *out;
	int level;       /* of the entry that is open; 0 before the first */
	bool has_parent; /* a heading of level 2 was there */
};

static void paint_entry(struct contents *contents, const struct node_heading *heading)
{
	struct buf *out = contents->out;
	contents->has_parent = contents->has_parent || heading->level == 2;
	int level = contents->has_parent ? heading->level : 2;
	if (contents->level == 0)
		buf_puts(out, "<nav class=\"toc\" aria-label=\"目录\">\n<ol>\n");
	else if (level > contents->level)
		buf_puts(out, "\n<ol>\n");
	else
		buf_puts(out, level < contents->level ? "</li>\n</ol>\n</li>\n" : "</li>\n");
	contents->level = level;
	buf_puts(out, "<li><a href=\"#");
	escape_html(heading->id, out);
	buf_puts(out, "\">");
	escape_html(heading->text, out);
	buf_puts(out, "</a>");
}

static void visit(enum walk_event event, const struct node *node, void *context)
{
	struct contents *contents = context;
	if (event != WALK_ENTER || node->kind != NODE_HEADING)
		return;
	if (node->as.heading->level == 2 || node->as.heading->level == 3)
		paint_entry(contents, node->as.heading);
}

void html_paint_contents(const struct document *document, struct buf *out)
{
	struct contents contents = { .out = out };
	document_walk(document->root, visit, &contents);
	if (contents.level == 0)
		return;
	buf_puts(out, contents.level == 3 ? "</li>\n</ol>\n</li>\n</ol>\n</nav>\n" : "</li>\n</ol>\n</nav>\n");
}
