#include "document/document.h"

struct node *node_new(struct arena *arena, enum node_kind kind, struct place place)
{
	struct node *node = arena_alloc(arena, sizeof *node);
	node->kind = kind;
	node->path = place.path;
	node->line = place.line;
	node->column = place.column & 0xFFFFFF;
	return node;
}

struct place node_place(const struct node *node)
{
	return (struct place){ node->path, node->line, node->column };
}

const char *node_id(const struct node *node)
{
	switch (node->kind) {
	case NODE_HEADING:
		return node->as.heading->id;
	case NODE_FOOTNOTE:
	case NODE_FOOTNOTE_REFERENCE:
		return node->as.note->id;
	case NODE_ANCHOR:
		return node->as.id;
	default:
		return NULL;
	}
}

void node_append(struct node *parent, struct node *child)
{
	child->parent = parent;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

/* Goes by the links, not by calls: a hostile article may nest without bound. */
bool node_names_column(const struct node *cell)
{
	for (const struct node *other = cell->parent->first; other; other = other->next)
		if (!other->as.cell->head)
			return false;
	return true;
}

void document_walk(const struct node *root,
                   void (*visit)(enum walk_event event, const struct node *node, void *context), void *context)
{
	const struct node *node = root;
	for (;;) {
		visit(WALK_ENTER, node, context);
		if (node->first) {
			node = node->first;
			continue;
		}
		visit(WALK_EXIT, node, context);
		while (node != root && !node->next) {
			node = node->parent;
			visit(WALK_EXIT, node, context);
		}
		if (node == root)
			return;
		node = node->next;
	}
}

static void hear_begin(const struct node *node, struct buf *out)
{
	const char *title;

	switch (node->kind) {
	case NODE_FORM:
		title = value_get_string(node->as.data, "title");
		if (title)
			buf_printf(out, "%s\n", title);
		break;
	case NODE_CHART:
		buf_printf(out, "%s\n%s", node->as.chart->title, node->as.chart->description);
		break;
	case NODE_SOFT_BREAK:
		buf_putc(out, ' ');
		break;
	case NODE_TEXT:
	case NODE_CODE_SPAN:
		buf_puts(out, node->as.text);
		break;
	case NODE_CODE:
		buf_puts(out, node->as.code->text);
		break;
	default:
		break;
	}
}

static void hear(enum walk_event event, const struct node *node, void *context)
{
	struct buf *out = context;
	if (event == WALK_ENTER) {
		hear_begin(node, out);
		return;
	}
	switch (node->kind) {
	case NODE_CELL:
		buf_putc(out, '\t');
		break;
	case NODE_HEADING:
	case NODE_PARAGRAPH:
	case NODE_ROW:
	case NODE_CHART:
	case NODE_LINE_BREAK:
		buf_putc(out, '\n');
		break;
	default:
		break;
	}
}

void node_text(const struct node *node, struct buf *out)
{
	document_walk(node, hear, out);
}
