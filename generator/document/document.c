#include "document/document.h"

#include "document/drawing.h"

struct node *node_new(struct arena *arena, enum node_kind kind, struct place place)
{
	struct node *node = arena_alloc(arena, sizeof *node);
	node->kind = kind;
	node->place = place;
	node->task = -1;
	node->span_columns = node->span_rows = 1;
	return node;
}

void node_append(struct node *parent, struct node *child)
{
	child->parent = parent;
	child->previous = parent->last;
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
		if (!other->head)
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

static void hear(enum walk_event event, const struct node *node, void *context)
{
	struct buf *out = context;
	if (event == WALK_ENTER) {
		if (node->kind == NODE_FORM && node->title) {
			buf_puts(out, node->title);
			buf_putc(out, '\n');
		} else if (node->kind == NODE_CHART) {
			buf_printf(out, "%s\n%s", node->drawing->title, node->drawing->description);
		} else if (node->kind == NODE_SOFT_BREAK) {
			buf_putc(out, ' ');
		} else if (node->text && node->kind != NODE_HEADING) {
			buf_puts(out, node->text);
		}
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
