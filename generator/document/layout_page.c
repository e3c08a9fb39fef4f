#include "document/layout_block.h"

/* Where the page that begins with slice first ends, and how much room its
 * slices may take. */
static size_t page_end(const struct flow *flow, size_t first, double room)
{
	size_t best = first;
	double height = 0;

	for (size_t i = first; i < flow->slice_count; i++) {
		const struct slice *slice = flow->slices[i];

		if (i > first && slice->new_page)
			return i;
		height += slice->height + (i > first ? slice->before : 0);
		if (i > first && height > room + 0.01)
			return best > first ? best : i;
		if (!slice->keep)
			best = i + 1;
	}
	return flow->slice_count;
}

static void place(struct flow *flow, struct sheet *sheet, const struct slice *slice, double x, double y, bool ornament)
{
	arena_push(flow->arena, sheet->placed, sheet->count, sheet->capacity,
	           ((struct placed){ slice, x, y, ornament }));
}

/* A rule as wide as the table, above or below what stands of it on a page. */
static void place_rule(struct flow *flow, struct sheet *sheet, const struct grid *grid, double x, double y,
                       double thickness)
{
	struct slice *slice = arena_alloc(flow->arena, sizeof *slice);

	slice->marks = arena_alloc(flow->arena, sizeof *slice->marks);
	slice->count = 1;
	/* As long as to close the corners. */
	slice->marks[0] = (struct mark){ .kind = MARK_LINE,
		                         .x = grid->left - grid->rule / 2,
		                         .width = (float)(grid->width + grid->rule) };
	slice->marks[0].as.line = (struct stroke){ 0, thickness, DASH_NONE };
	place(flow, sheet, slice, x, y, true);
}

/* Whether the slice goes on with a table that the page before it began. */
static const struct grid *continued(const struct flow *flow, size_t first)
{
	const struct grid *grid = flow->slices[first]->grid;

	return grid && first > 0 && flow->slices[first - 1]->grid == grid ? grid : NULL;
}

static double head_height(const struct grid *grid)
{
	double height = 0;

	for (size_t i = 0; grid && i < grid->head_count; i++)
		height += grid->head[i]->height;
	return height;
}

static void note_targets(struct flow *flow, const struct slice *slice, double y)
{
	struct layout *layout = flow->layout;

	for (size_t i = 0; i < slice->count; i++) {
		const struct mark *mark = &slice->marks[i];

		if (mark->kind != MARK_TARGET)
			continue;
		struct target *target = arena_alloc(flow->arena, sizeof *target);
		*target = (struct target){ layout->sheet_count - 1, y + mark->y };
		if (mark->as.target.id)
			map_put(&layout->targets, mark->as.target.id, target);
		if (mark->as.target.heading)
			mark->as.target.heading->target = target;
	}
}

static bool on_right_edge(const struct flow *flow, size_t sheet)
{
	return flow->setup->two_sided && sheet % 2 == 1;
}

/* The left edge of the type area: the binding edge comes first, but on the back
 * of a leaf (B-P1). */
static double type_left(const struct flow *flow, size_t sheet)
{
	return on_right_edge(flow, sheet) ? flow->setup->outer : flow->setup->inner;
}

static void fill_sheet(struct flow *flow, size_t first, size_t end, const struct grid *grid)
{
	struct layout *layout = flow->layout;
	struct sheet *sheet = &layout->sheets[layout->sheet_count - 1];
	double x = type_left(flow, layout->sheet_count - 1), y = flow->setup->top;

	if (grid)
		place_rule(flow, sheet, grid, x, y, grid->rule);
	for (size_t i = 0; grid && i < grid->head_count; i++) {
		place(flow, sheet, grid->head[i], x, y, true);
		y += grid->head[i]->height;
		place_rule(flow, sheet, grid, x, y, grid->inner_rule);
	}
	for (size_t i = first; i < end; i++) {
		const struct slice *slice = flow->slices[i];

		if (i > first)
			y += slice->before;
		place(flow, sheet, slice, x, y, false);
		note_targets(flow, slice, y);
		if (slice->grid && slice->grid != (i > first ? flow->slices[i - 1]->grid : grid))
			place_rule(flow, sheet, slice->grid, x, y, slice->grid->rule);
		y += slice->height;
		if (slice->grid && (i + 1 == end || flow->slices[i + 1]->grid != slice->grid))
			place_rule(flow, sheet, slice->grid, x, y, slice->grid->rule);
	}
}

/* A line of header or footer, made into a slice of its own. */
static const struct slice *running_line(struct flow *flow, const char *string, enum style_name name, enum align align)
{
	const struct style *style = &flow->setup->styles[name];

	text_clear(flow->text);
	text_add(flow, flow->text, string, text_look(style, NULL), (struct place){ 0 });
	text_close(flow, flow->text);
	text_fit(flow->text, flow->right);
	if (flow->text->line_count > 0)
		text_paint(flow, flow->text, &flow->text->lines[0], 0, flow->right, style->size * 0.88, align);
	return flow_loose_slice(flow, style->leading);
}

static const struct slice *header_line(struct flow *flow)
{
	const struct style *style = &flow->setup->styles[STYLE_HEADER];

	flow_line(flow, 0, style->size * 1.5, flow->right, 0, 0.6);
	flow->marks[flow->mark_count - 1].as.line.color = flow->setup->accent;
	return running_line(flow, flow->facts->header, STYLE_HEADER, ALIGN_CENTER);
}

static void place_running_lines(struct flow *flow)
{
	struct layout *layout = flow->layout;
	const struct page_setup *setup = flow->setup;
	const struct slice *header = flow->facts->header ? header_line(flow) : NULL;
	const struct slice *footer =
	    flow->facts->footer ? running_line(flow, flow->facts->footer, STYLE_FOOTER, ALIGN_LEFT) : NULL;
	double header_y = setup->header - setup->styles[STYLE_HEADER].size / 2;
	double footer_y = setup->height - setup->footer - setup->styles[STYLE_FOOTER].size / 2;

	for (size_t i = 0; i < layout->sheet_count; i++) {
		struct sheet *sheet = &layout->sheets[i];
		double x = type_left(flow, i);

		if (sheet->number == 0)
			continue;
		const char *pages = arena_printf(flow->arena, "第 %u 页 共 %zu 页", sheet->number, layout->numbered);
		enum align outer = on_right_edge(flow, i) ? ALIGN_LEFT : ALIGN_RIGHT;
		if (header)
			place(flow, sheet, header, x, header_y, true);
		if (footer && outer == ALIGN_RIGHT)
			place(flow, sheet, footer, x, footer_y, true);
		place(flow, sheet, running_line(flow, pages, STYLE_FOOTER, footer ? outer : ALIGN_CENTER), x, footer_y,
		      true);
	}
}

/* Large letters up the diagonal. NULL when there is no watermark. */
static const struct slice *watermark(struct flow *flow)
{
	const struct page_setup *setup = flow->setup;
	const struct style *style = &setup->styles[STYLE_WATERMARK];
	const double half = 0.70710678; /* sine and cosine of 45 degrees */

	if (!flow->facts->watermark)
		return NULL;
	text_clear(flow->text);
	text_add(flow, flow->text, flow->facts->watermark, text_look(style, NULL), (struct place){ 0 });
	text_close(flow, flow->text);
	text_fill(flow->text, 10000, 0);
	if (flow->text->line_count > 0)
		text_paint(flow, flow->text, &flow->text->lines[0], 0, 10000, 0, ALIGN_LEFT);
	for (size_t i = 0; i < flow->mark_count; i++) {
		struct mark *mark = &flow->marks[i];
		double along = mark->x - flow->text->lines[0].width / 2;

		mark->kind = MARK_SLANTED;
		mark->x = setup->width / 2 + (along + style->size * 0.36) * half;
		mark->y = setup->height / 2 - (along - style->size * 0.36) * half;
	}
	return flow_loose_slice(flow, 0);
}

void layout_pages(struct flow *flow)
{
	struct layout *layout = flow->layout;
	const struct slice *below = watermark(flow);
	size_t capacity = 0;

	for (size_t i = 0, end; i < flow->slice_count; i = end) {
		const struct grid *grid = continued(flow, i);
		struct sheet sheet = { .number = flow->slices[i]->bare ? 0 : (unsigned)++layout->numbered };

		if (below)
			place(flow, &sheet, below, 0, 0, true);
		arena_push(flow->arena, layout->sheets, layout->sheet_count, capacity, sheet);
		end = page_end(flow, i, flow_page_height(flow) - head_height(grid));
		fill_sheet(flow, i, end, grid);
	}
	place_running_lines(flow);
}
