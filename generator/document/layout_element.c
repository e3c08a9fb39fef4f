#include "document/layout_flow.h"

void flow_adopt(struct element *parent, struct element *element)
{
	element->parent = parent;
	if (parent->last)
		parent->last->next = element;
	else
		parent->first = element;
	parent->last = element;
}

struct element *flow_element(struct flow *flow, const char *type)
{
	struct element *element = flow->spare;

	if (element)
		flow->spare = element->next;
	else
		element = arena_alloc(flow->arena, sizeof *element);
	*element = (struct element){ .type = type, .number = flow->element_count++, .span_columns = 1, .span_rows = 1 };
	if (flow->element)
		flow_adopt(flow->element, element);
	return element;
}

void flow_drop_elements(struct flow *flow, struct element *parent)
{
	for (struct element *child = parent->first, *next; child; child = next) {
		next = child->next;
		flow_drop_elements(flow, child);
		child->next = flow->spare;
		flow->spare = child;
	}
	parent->first = parent->last = NULL;
}

void flow_settle(struct flow *flow)
{
	if (flow->settled || flow->in_note || flow->mark_count > 0)
		return;
	flow->settled = flow->element_count;
	flow->settled_slices = flow->placed + flow->slice_count;
}

/* Whether an element and all below it were there when the flow was settled: a table that was open then
 * has got more rows since. */
static bool is_settled(const struct flow *flow, const struct element *element)
{
	for (; element; element = element->last)
		if (element->number >= flow->settled)
			return false;
	return true;
}

/* Has the first child of parent taken. */
static void take_first(struct flow *flow, struct element *parent)
{
	struct element *child = parent->first;

	if (flow->taker)
		flow->taker->element(child, flow->taker->context);
	parent->first = child->next;
	if (!parent->first)
		parent->last = NULL;
	flow_drop_elements(flow, child);
	child->next = flow->spare;
	flow->spare = child;
}

void flow_take_elements(struct flow *flow)
{
	const struct element *inner = NULL;

	if ((!flow->taker && !flow->planning) || !flow->settled || flow->placed < flow->settled_slices)
		return;
	for (struct element *open = flow->element; open; inner = open, open = open->parent)
		while (open->first && open->first != inner && is_settled(flow, open->first))
			take_first(flow, open);
	flow->settled = 0;
}
