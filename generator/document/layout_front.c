#include <math.h>

#include "document/layout_block.h"
#include "document/qr.h"

/* Sets one line or more at y of the next slice; returns the y below them. */
static double set_at(struct flow *flow, const char *string, enum style_name name, const char *type, double x,
                     double width, double y, struct place place)
{
	const struct style *style = &flow->setup->styles[name];

	text_clear(flow->text);
	text_add(flow, flow->text, string, text_look(style, flow_element(flow, type)), place);
	text_close(flow, flow->text);
	text_fill(flow->text, width, 0);
	for (size_t i = 0; i < flow->text->line_count; i++, y += style->leading)
		text_paint(flow, flow->text, &flow->text->lines[i], x, width, y + baseline_of(style, style->size),
		           style->align);
	return y;
}

static void accent_line(struct flow *flow, double x, double y, double width, double thickness)
{
	flow_line(flow, x, y, width, 0, thickness);
	flow->marks[flow->mark_count - 1].as.line.color = flow->setup->accent;
}

static double text_width(struct flow *flow, const char *string, const struct style *style)
{
	text_clear(flow->text);
	text_add(flow, flow->text, string, text_look(style, NULL), (struct place){ 0 });
	text_close(flow, flow->text);
	return text_widest(flow->text);
}

static double widest_fact(struct flow *flow, const struct value *facts, size_t part)
{
	double widest = 0;

	for (size_t i = 0; i < facts->as.array.count; i++) {
		const char *text = facts->as.array.items[i]->as.array.items[part]->as.string;

		widest = fmax(widest, text_width(flow, text, &flow->setup->styles[STYLE_COVER_FACT]));
	}
	return widest;
}

/* Facts in two columns, the values on rules as in a form, as wide as they need.
 * They end at bottom. */
static void set_facts(struct flow *flow, const struct value *facts, double bottom)
{
	const struct style *style = &flow->setup->styles[STYLE_COVER_FACT];
	double page = flow->right - flow->left, height = 0, label = widest_fact(flow, facts, 0) + style->size;
	double wanted = label + widest_fact(flow, facts, 1) + style->size;
	double width = fmin(page, fmax(page * 0.72, wanted)), left = flow->left + (page - width) / 2;
	double room = width - label - style->size;

	for (size_t i = 0; i < facts->as.array.count; i++) {
		text_width(flow, facts->as.array.items[i]->as.array.items[1]->as.string, style);
		text_fill(flow->text, room, 0);
		height += (double)flow->text->line_count * style->leading;
	}
	double y = bottom - height;
	for (size_t i = 0; i < facts->as.array.count; i++) {
		const struct value *const *pair = (const struct value *const *)facts->as.array.items[i]->as.array.items;
		const char *name = arena_printf(flow_scrap(flow), "%s：", pair[0]->as.string);

		set_at(flow, name, STYLE_COVER_FACT, "P", left, label + style->size, y, pair[0]->place);
		double end = set_at(flow, pair[1]->as.string, STYLE_COVER_FACT, "P", left + label + style->size / 2,
		                    room, y, pair[1]->place);
		while (y < end - 0.01) {
			y += style->leading;
			flow_line(flow, left + label, y - style->size * 0.2, width - label, 0, 0.4);
		}
	}
}

static void set_code(struct flow *flow, double x, double y, double edge)
{
	const struct qr *code = qr_encode(flow->arena, flow->facts->code);
	struct element *element = flow_element(flow, "Figure");

	if (!code)
		return;
	element->alternative = flow->facts->code;
	flow_area(flow, MARK_MATRIX, x, y, edge, edge, element)->as.matrix = code;
}

void layout_cover(struct flow *flow, const struct node *cover)
{
	const char *title = value_get_string(cover->as.data, "title"),
	           *subtitle = value_get_string(cover->as.data, "subtitle");
	const struct value *facts = value_get(cover->as.data, "facts");
	struct element *parent = flow->element;
	double height = flow_page_height(flow), width = flow->right - flow->left, y = height * 0.2;
	const double code_edge = 74;

	flow->element = flow_element(flow, "Sect");
	accent_line(flow, flow->left, y - 26, width, 2.4);
	accent_line(flow, flow->left, y - 22.4, width, 0.7);
	y = set_at(flow, title, STYLE_COVER_TITLE, "H1", flow->left, width, y, node_place(cover));
	if (subtitle)
		y = set_at(flow, subtitle, STYLE_COVER_SUBTITLE, "P", flow->left, width, y + 10, node_place(cover));
	accent_line(flow, flow->left, y + 18, width, 0.7);
	accent_line(flow, flow->left, y + 21.6, width, 2.4);
	if (facts)
		set_facts(flow, facts, height - code_edge - 40);
	if (flow->facts->code)
		set_code(flow, flow->right - code_edge, height - code_edge, code_edge);
	flow->new_page = true;
	flow_slice(flow, height)->bare = true;
	flow->new_page = true;
	flow->element = parent;
}

struct entries {
	struct flow *flow;
	size_t seen; /* headings, in reading order */
	int top;     /* the level of the outermost entries */
};

/* The number of the page where a heading stands; not known when planning. */
static void set_number(struct flow *flow, size_t heading, struct look look, double baseline)
{
	const struct layout *layout = flow->layout;
	const double room = 100;

	if (flow->planning)
		return;
	const struct target *target = layout->headings[heading]->target;
	look.url = NULL;
	text_clear(flow->running);
	text_add(flow, flow->running, arena_printf(flow_scrap(flow), "%u", target->number), look, (struct place){ 0 });
	text_close(flow, flow->running);
	text_fill(flow->running, room, 0);
	text_paint(flow, flow->running, &flow->running->lines[0], flow->right - room, room, baseline, ALIGN_RIGHT);
}

static void set_entry(struct entries *entries, const struct node *heading)
{
	struct flow *flow = entries->flow;
	int depth = heading->as.heading->level - entries->top;
	const struct style *style = &flow->setup->styles[STYLE_CONTENTS_1 + depth];
	struct element *parent = flow->element;
	struct buf words = BUF_INIT;
	double indent = depth * style->size * 1.5, room = 3 * style->size, baseline = baseline_of(style, style->size);

	flow_settle(flow);
	node_text(heading, &words);
	flow->element = flow_element(flow, "TOCI");
	struct look look = text_look(style, flow_element(flow, "Link"));
	flow->element = parent;
	look.url = arena_printf(flow->arena, "#%s", heading->as.heading->id);
	struct chunk trimmed = chunk_trim(buf_chunk(&words));
	const char *title = arena_strndup(flow->arena, trimmed.data, trimmed.len);
	buf_free(&words);
	text_clear(flow->text);
	text_add(flow, flow->text, title, look, node_place(heading));
	text_close(flow, flow->text);
	text_fill(flow->text, flow->right - flow->left - indent - room, 0);
	flow_gap(flow, style->before);
	for (size_t i = 0; i < flow->text->line_count; i++) {
		const struct line *line = &flow->text->lines[i];
		bool last = i + 1 == flow->text->line_count;

		text_paint(flow, flow->text, line, flow->left + indent, flow->right - flow->left - indent - room,
		           baseline, ALIGN_LEFT);
		if (last) {
			double from = flow->left + indent + line->width + style->size / 2;

			flow_line(flow, from, baseline - 1, flow->right - from - room * 0.75, 0, 0.8);
			flow->marks[flow->mark_count - 1].as.line.dash = DASH_DOT;
			set_number(flow, entries->seen, look, baseline);
		}
		flow_slice(flow, style->leading)->keep = !last;
	}
}

static bool is_in_note(const struct node *node)
{
	while (node && node->kind != NODE_FOOTNOTE)
		node = node->parent;
	return node != NULL;
}

static void visit_heading(enum walk_event event, const struct node *node, void *context)
{
	struct entries *entries = context;

	if (event != WALK_ENTER || node->kind != NODE_HEADING || is_in_note(node))
		return;
	if (node->as.heading->level >= entries->top && node->as.heading->level < entries->top + 3)
		set_entry(entries, node);
	entries->seen++;
}

struct levels {
	int count[7];
};

static void count_level(enum walk_event event, const struct node *node, void *context)
{
	struct levels *levels = context;

	levels->count[node->kind == NODE_HEADING && event == WALK_ENTER ? node->as.heading->level : 0]++;
}

/* The outermost level that more than one heading has: a single heading above
 * all is the document's title. */
static int top_level(const struct node *root)
{
	struct levels levels = { { 0 } };
	int top = 1;

	document_walk(root, count_level, &levels);
	while (top < 6 && levels.count[top] <= 1)
		top++;
	return levels.count[top] > 1 ? top : 1;
}

void layout_contents(struct flow *flow, const struct node *node)
{
	struct element *parent = flow->element;
	struct entries entries = { flow, 0, top_level(flow->layout->document->root) };

	flow->new_page = true;
	layout_string(flow, "目　录", STYLE_CONTENTS_TITLE, "P", node_place(node), true);
	flow->element = flow_element(flow, "TOC");
	document_walk(flow->layout->document->root, visit_heading, &entries);
	flow->element = parent;
	flow->new_page = true;
}
