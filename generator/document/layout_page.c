#include <string.h>

#include "document/layout_block.h"

static double notes_height(const struct slice *slice)
{
	double height = 0;

	for (size_t i = 0; i < slice->note_count; i++)
		height += slice->notes[i]->height;
	return height;
}

/* Of the rule above the notes on a page. */
static double rule_height(const struct flow *flow)
{
	return flow->setup->styles[STYLE_FOOTNOTE].leading;
}

/* Where the page that begins with slice first ends when its slices may take so
 * much room; 0 when there may be room for more than there is so far. */
static size_t page_end(const struct flow *flow, size_t first, double room)
{
	size_t best = first;
	double height = 0, notes = 0;

	for (size_t i = first; i < flow->slice_count; i++) {
		const struct slice *slice = flow->slices[i];

		if (i > first && slice->new_page)
			return i;
		height += slice->height + (i > first ? slice->before : 0);
		notes += notes_height(slice);
		if (notes > 0 && i > first && height + notes + rule_height(flow) > room + 0.01)
			return best > first ? best : i;
		if (i > first && height > room + 0.01)
			return best > first ? best : i;
		if (!slice->keep)
			best = i + 1;
	}
	return 0;
}

static void place(struct flow *flow, struct sheet *sheet, const struct slice *slice, double x, double y, bool ornament)
{
	if (flow->planning)
		return;
	arena_push(flow->scrap, sheet->placed, sheet->count, sheet->capacity,
	           ((struct placed){ slice, x, y, ornament }));
}

/* A rule as wide as the table, above or below what stands of it on a page. */
static void place_rule(struct flow *flow, struct sheet *sheet, const struct grid *grid, double x, double y,
                       double thickness)
{
	struct slice *slice = arena_alloc(flow->scrap, sizeof *slice);

	slice->marks = arena_alloc(flow->scrap, sizeof *slice->marks);
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
	const struct grid *before = first > 0 ? flow->slices[first - 1]->grid : flow->placed_grid;

	return grid && before == grid ? grid : NULL;
}

static double head_height(const struct grid *grid)
{
	double height = 0;

	for (size_t i = 0; grid && i < grid->head_count; i++)
		height += grid->head[i]->height;
	return height;
}

static void note_targets(struct flow *flow, const struct slice *slice, unsigned number, double y)
{
	struct layout *layout = flow->layout;

	for (size_t i = 0; i < slice->count; i++) {
		const struct mark *mark = &slice->marks[i];

		if (mark->kind != MARK_TARGET)
			continue;
		struct target *target = arena_alloc(layout->arena, sizeof *target);
		*target = (struct target){ flow->sheet_count, number, y + mark->y };
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

static double place_note(struct flow *flow, struct sheet *sheet, const struct note *note, double x, double y)
{
	for (size_t i = 0; i < note->count; i++) {
		const struct slice *slice = note->slices[i];

		y += slice->before;
		place(flow, sheet, slice, x, y, false);
		if (flow->planning)
			note_targets(flow, slice, sheet->number, y);
		y += slice->height;
	}
	return y;
}

/* What slices want at the foot of their page, below y. */
static void place_notes(struct flow *flow, struct sheet *sheet, size_t first, size_t end, double x, double y)
{
	double height = 0, bottom = flow->setup->height - flow->setup->bottom;

	for (size_t i = first; i < end; i++)
		height += notes_height(flow->slices[i]);
	if (height == 0)
		return;
	height += rule_height(flow);
	if (y < bottom - height)
		y = bottom - height;
	place(flow, sheet, flow->note_rule, x, y, true);
	y += rule_height(flow);
	for (size_t i = first; i < end; i++)
		for (size_t k = 0; k < flow->slices[i]->note_count; k++)
			y = place_note(flow, sheet, flow->slices[i]->notes[k], x, y);
}

static void fill_sheet(struct flow *flow, struct sheet *sheet, size_t first, size_t end, const struct grid *grid)
{
	double x = type_left(flow, flow->sheet_count), y = flow->setup->top;

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
		if (flow->planning)
			note_targets(flow, slice, sheet->number, y);
		if (slice->grid && slice->grid != (i > first ? flow->slices[i - 1]->grid : grid))
			place_rule(flow, sheet, slice->grid, x, y, slice->grid->rule);
		y += slice->height;
		if (slice->grid && (i + 1 == end || flow->slices[i + 1]->grid != slice->grid))
			place_rule(flow, sheet, slice->grid, x, y, slice->grid->rule);
	}
	place_notes(flow, sheet, first, end, x, y);
}

static double type_width(const struct flow *flow)
{
	return flow->setup->width - flow->setup->inner - flow->setup->outer;
}

/* A line of header or footer, made into a slice of its own. */
static const struct slice *running_line(struct flow *flow, const char *string, enum style_name name, enum align align)
{
	const struct style *style = &flow->setup->styles[name];
	double width = type_width(flow);

	text_clear(flow->running);
	text_add(flow, flow->running, string, text_look(style, NULL), (struct place){ 0 });
	text_close(flow, flow->running);
	text_fit(flow->running, width);
	if (flow->running->line_count > 0)
		text_paint(flow, flow->running, &flow->running->lines[0], 0, width, style->size * 0.88, align);
	return flow_loose_slice(flow, style->leading);
}

static const struct slice *header_line(struct flow *flow)
{
	const struct style *style = &flow->setup->styles[STYLE_HEADER];

	flow_line(flow, 0, style->size * 1.5, type_width(flow), 0, 0.6);
	flow->marks[flow->mark_count - 1].as.line.color = flow->setup->accent;
	return running_line(flow, flow->facts->header, STYLE_HEADER, ALIGN_CENTER);
}

/* Large letters up the diagonal. NULL when there is no watermark. */
static const struct slice *watermark(struct flow *flow)
{
	const struct page_setup *setup = flow->setup;
	const struct style *style = &setup->styles[STYLE_WATERMARK];
	const double half = 0.70710678; /* sine and cosine of 45 degrees */

	if (!flow->facts->watermark)
		return NULL;
	text_clear(flow->running);
	text_add(flow, flow->running, flow->facts->watermark, text_look(style, NULL), (struct place){ 0 });
	text_close(flow, flow->running);
	text_fill(flow->running, 10000, 0);
	if (flow->running->line_count > 0)
		text_paint(flow, flow->running, &flow->running->lines[0], 0, 10000, 0, ALIGN_LEFT);
	for (size_t i = 0; i < flow->mark_count; i++) {
		struct mark *mark = &flow->marks[i];
		double along = mark->x - flow->running->lines[0].width / 2;

		mark->kind = MARK_SLANTED;
		mark->x = setup->width / 2 + (along + style->size * 0.36) * half;
		mark->y = setup->height / 2 - (along - style->size * 0.36) * half;
	}
	return flow_loose_slice(flow, 0);
}

/* What is the same on every sheet. */
static void make_running_lines(struct flow *flow)
{
	flow->lasting = flow->arena;
	flow->below = watermark(flow);
	flow_line(flow, 0, rule_height(flow) / 2, type_width(flow) / 4, 0, 0.5);
	flow->note_rule = flow_loose_slice(flow, rule_height(flow));
	flow->header = flow->facts->header ? header_line(flow) : NULL;
	flow->lasting = NULL;
}

/* The page set-up's words for it, the numbers filled in; in the flow's scrap. */
static const char *page_number(struct flow *flow, unsigned page)
{
	struct buf out = BUF_INIT;

	for (const char *at = flow->setup->number; *at;) {
		bool own = strncmp(at, "{page}", 6) == 0, all = strncmp(at, "{pages}", 7) == 0;

		if (own || all)
			buf_printf(&out, "%zu", own ? (size_t)page : flow->layout->numbered);
		else
			buf_putc(&out, *at);
		at += own ? 6 : all ? 7 : 1;
	}
	const char *text = arena_strndup(flow->scrap, out.data, out.len);
	buf_free(&out);
	return text;
}

/* The number stands at the outer edge, the footer at the inner one. */
static void place_running_lines(struct flow *flow, struct sheet *sheet)
{
	const struct page_setup *setup = flow->setup;
	double header_y = setup->header - setup->styles[STYLE_HEADER].size / 2;
	double footer_y = setup->height - setup->footer - setup->styles[STYLE_FOOTER].size / 2;
	double x = type_left(flow, flow->sheet_count);
	const char *number = page_number(flow, sheet->number), *footer = flow->facts->footer;
	bool right = on_right_edge(flow, flow->sheet_count); /* is the binding edge */
	enum align outer = right ? ALIGN_LEFT : ALIGN_RIGHT, inner = right ? ALIGN_RIGHT : ALIGN_LEFT;

	if (flow->header)
		place(flow, sheet, flow->header, x, header_y, true);
	if (footer)
		place(flow, sheet, running_line(flow, footer, STYLE_FOOTER, inner), x, footer_y, true);
	place(flow, sheet, running_line(flow, number, STYLE_FOOTER, footer ? outer : ALIGN_CENTER), x, footer_y, true);
}

static void end_sheet(struct flow *flow, struct sheet sheet)
{
	if (!flow->planning)
		flow->layout->sheets[flow->sheet_count] = sheet;
	if (flow->taker)
		flow->taker->sheet(flow->sheet_count, flow->taker->context);
	flow->sheet_count++;
}

static void set_sheet(struct flow *flow, size_t first, size_t end, const struct grid *grid)
{
	bool bare = flow->slices[first]->bare;

	if (flow->sheet_count == 0 && !flow->planning)
		make_running_lines(flow);
	/* Page 1 is the front of a leaf: the back of a cover stays empty. */
	if (!bare && flow->numbered == 0 && on_right_edge(flow, flow->sheet_count))
		end_sheet(flow, (struct sheet){ 0 });
	struct sheet sheet = { .number = bare ? 0 : (unsigned)++flow->numbered };
	if (flow->below)
		place(flow, &sheet, flow->below, 0, 0, true);
	fill_sheet(flow, &sheet, first, end, grid);
	if (!bare && !flow->planning)
		place_running_lines(flow, &sheet);
	end_sheet(flow, sheet);
}

void layout_pages(struct flow *flow, bool all)
{
	size_t first = 0, end;

	for (; first < flow->slice_count; first = end) {
		const struct grid *grid = continued(flow, first);

		end = page_end(flow, first, flow_page_height(flow) - head_height(grid));
		if (end == 0 && !all)
			break;
		if (end == 0)
			end = flow->slice_count;
		set_sheet(flow, first, end, grid);
	}
	if (first == 0)
		return;
	flow->placed_grid = flow->slices[first - 1]->grid;
	flow->placed += first;
	flow->slice_count -= first;
	memmove(flow->slices, flow->slices + first, flow->slice_count * sizeof(struct slice *));
	flow_take_elements(flow);
	flow_free_retired(flow);
}
