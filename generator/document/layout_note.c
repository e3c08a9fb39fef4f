#include "document/layout_block.h"

static void set_note(struct flow *flow, const struct node *note)
{
	const struct style *outer = flow->style, *style = &flow->setup->styles[STYLE_FOOTNOTE];
	struct element *parent = flow->element;

	flow->style = style;
	flow->left += 2 * style->size;
	flow->in_note = true;
	flow->element = flow_element(flow, "Note");
	if (flow->collecting)
		flow->collecting->element = flow->element;
	layout_target(flow, arena_printf(flow->arena, "footnote %d", note->as.note->number), NULL);
	layout_label(flow, arena_printf(flow->arena, "[%d]", note->as.note->number), style, node_place(note));
	layout_blocks(flow, note);
	flow->in_note = false;
	flow->left -= 2 * style->size;
	flow->style = outer;
	flow->element = parent;
}

/* Whether the foot of a page is no place for it. */
static bool is_long(const struct flow *flow, const struct note *note)
{
	for (size_t i = 0; i < note->count; i++)
		if (note->slices[i]->grid)
			return true;
	return note->height > flow_page_height(flow) / 3;
}

/* Until it is known what refers to it a note's element has no parent. */
void layout_notes(struct flow *flow)
{
	const struct node *root = flow->layout->document->root;
	struct element *element = flow->element;
	size_t count = 0;

	for (const struct node *node = root->first; node; node = node->next)
		count += node->kind == NODE_FOOTNOTE;
	flow->notes = arena_alloc(flow->arena, (count + 1) * sizeof *flow->notes);
	flow->lasting = flow->arena;
	flow->element = NULL;
	for (const struct node *node = root->first; node; node = node->next) {
		if (node->kind != NODE_FOOTNOTE)
			continue;
		flow->collecting = &flow->notes[node->as.note->number];
		set_note(flow, node);
		flow->collecting->at_end = is_long(flow, flow->collecting);
		flow->gap = 0;
	}
	flow->note_count = count;
	flow->collecting = NULL;
	flow->lasting = NULL;
	flow->element = element;
}

void layout_end_note(struct flow *flow, const struct node *node)
{
	if (!flow->notes[node->as.note->number].at_end)
		return;
	if (!flow->end_notes) {
		flow_gap(flow, flow->style->leading);
		flow_line(flow, flow->left, 0, (flow->right - flow->left) / 4, 0, 0.5);
		flow_slice(flow, flow->setup->styles[STYLE_FOOTNOTE].leading / 2)->keep = true;
		flow->end_notes = true;
	}
	set_note(flow, node);
}

void note_want(struct flow *flow, const struct look *look)
{
	struct note *note = &flow->notes[look->note];

	if (flow->in_note || note->at_end || note->referred)
		return;
	/* Behind all that is in the paragraph or cell with the reference. */
	flow_adopt(look->element->parent, note->element);
	note->referred = true;
	if (flow->wanted_count == flow->wanted_capacity) {
		flow->wanted_capacity = flow->wanted_capacity ? flow->wanted_capacity * 2 : 8;
		flow->wanted = xreallocarray(flow->wanted, flow->wanted_capacity, sizeof(struct note *));
	}
	flow->wanted[flow->wanted_count++] = note;
}
