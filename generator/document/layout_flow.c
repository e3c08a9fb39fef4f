#include <string.h>

#include "document/layout_block.h"

void flow_gap(struct flow *flow, double points)
{
	if (points > flow->gap)
		flow->gap = points;
}

struct mark *flow_mark(struct flow *flow, enum mark_kind kind, double x, double y, struct element *element)
{
	if (flow->mark_count == flow->mark_capacity) {
		flow->mark_capacity = flow->mark_capacity ? flow->mark_capacity * 2 : 64;
		flow->marks = xreallocarray(flow->marks, flow->mark_capacity, sizeof *flow->marks);
	}
	struct mark *mark = &flow->marks[flow->mark_count++];
	*mark = (struct mark){ .kind = kind, .x = x, .y = y, .element = element };
	return mark;
}

struct mark *flow_area(struct flow *flow, enum mark_kind kind, double x, double y, double width, double height,
                       struct element *element)
{
	struct mark *mark = flow_mark(flow, kind, x, y, element);

	mark->width = (float)width;
	mark->height = (float)height;
	return mark;
}

struct arena *flow_scrap(struct flow *flow)
{
	return flow->lasting ? flow->lasting : flow->scrap;
}

struct slice *flow_loose_slice(struct flow *flow, double height)
{
	struct arena *arena = flow_scrap(flow);
	struct slice *slice = arena_alloc(arena, sizeof *slice);

	slice->height = height;
	slice->count = flow->mark_count;
	slice->marks = arena_alloc(arena, flow->mark_count * sizeof *slice->marks);
	if (flow->mark_count)
		memcpy(slice->marks, flow->marks, flow->mark_count * sizeof *slice->marks);
	flow->mark_count = 0;
	return slice;
}

/* Frees what is older when all of it is on sheets that were taken. */
static void turn_scrap(struct flow *flow)
{
	const size_t generation = 500; /* slices: some pages */
	size_t pushed = flow->placed + flow->slice_count;

	if ((!flow->taker && !flow->planning) || flow->placed < flow->scrap_from ||
	    pushed < flow->scrap_from + generation)
		return;
	arena_free(flow->older);
	flow->older = flow->scrap;
	flow->scrap = arena_new();
	flow->scrap_from = pushed;
}

void flow_retire(struct flow *flow, struct arena *arena)
{
	struct retired retired = { arena, flow->placed + flow->slice_count };

	if (flow->collecting || (!flow->taker && !flow->planning)) {
		arena_join(flow->arena, arena);
		return;
	}
	if (flow->retired_count == flow->retired_capacity) {
		flow->retired_capacity = flow->retired_capacity ? flow->retired_capacity * 2 : 8;
		flow->retired = xreallocarray(flow->retired, flow->retired_capacity, sizeof *flow->retired);
	}
	flow->retired[flow->retired_count++] = retired;
}

void flow_free_retired(struct flow *flow)
{
	size_t count = 0;

	if (flow->retired_count == 0)
		return;
	for (; count < flow->retired_count && flow->retired[count].slices <= flow->placed; count++) {
		if (flow->retired[count].slices == flow->placed)
			flow->placed_grid = NULL; /* it ended with its table */
		arena_free(flow->retired[count].arena);
	}
	flow->retired_count -= count;
	memmove(flow->retired, flow->retired + count, flow->retired_count * sizeof *flow->retired);
}

/* The slice, and what it wants at the foot of its page. */
static struct slice *next_slice(struct flow *flow, double height)
{
	struct slice *slice = flow_loose_slice(flow, height);
	const struct note **notes = arena_alloc(flow_scrap(flow), flow->wanted_count * sizeof(struct note *));

	slice->before = flow->gap;
	slice->new_page = flow->new_page;
	if (flow->wanted_count)
		memcpy(notes, flow->wanted, flow->wanted_count * sizeof(struct note *));
	slice->notes = notes;
	slice->note_count = flow->wanted_count;
	flow->gap = 0;
	flow->new_page = false;
	flow->wanted_count = 0;
	return slice;
}

struct slice *flow_slice(struct flow *flow, double height)
{
	struct slice *slice = next_slice(flow, height);
	struct note *note = flow->collecting;

	if (note) {
		arena_push(flow->arena, note->slices, note->count, note->capacity, slice);
		note->height += slice->before + slice->height;
		return slice;
	}
	if (flow->slice_count == flow->slice_capacity) {
		flow->slice_capacity = flow->slice_capacity ? flow->slice_capacity * 2 : 64;
		flow->slices = xreallocarray(flow->slices, flow->slice_capacity, sizeof *flow->slices);
	}
	flow->slices[flow->slice_count++] = slice;
	layout_pages(flow, false);
	turn_scrap(flow);
	return slice;
}

void flow_fill(struct flow *flow, double x, double y, double width, double height, color fill)
{
	flow_area(flow, MARK_FILL, x, y, width, height, NULL)->as.fill = fill;
}

void flow_line(struct flow *flow, double x, double y, double width, double height, double thickness)
{
	flow_area(flow, MARK_LINE, x, y, width, height, NULL)->as.line = (struct stroke){ 0, thickness, DASH_NONE };
}

double flow_indent(const struct flow *flow, double indent)
{
	const double least = 10 * flow->setup->styles[STYLE_BODY].size;

	return flow->right - flow->left - indent < least ? 0 : indent;
}

double flow_page_height(const struct flow *flow)
{
	return flow->setup->height - flow->setup->top - flow->setup->bottom;
}
