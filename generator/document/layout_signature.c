#include "document/layout_block.h"

/* Where signers sign, on paper or with a certificate: for each a frame with role
 * and organisation, a field for the signature, name and date to be filled in,
 * and where the round seal goes, which covers the date as is customary. A seal is
 * 42 mm across at most. Two frames stand side by side. */

static const double frame_height = 168, padding = 9, seal = 119;

/* A paragraph of one line. */
static void set_words(struct flow *flow, const char *words, const struct look *look, double x, double width, double y,
                      enum align align, struct place place)
{
	struct look own = *look;

	own.element = flow_element(flow, "P");
	text_clear(flow->text);
	text_add(flow, flow->text, words, own, place);
	text_close(flow, flow->text);
	text_fit(flow->text, width);
	if (flow->text->line_count > 0)
		text_paint(flow, flow->text, &flow->text->lines[0], x, width, y, align);
}

static void set_edges(struct flow *flow, double x, double width, double height)
{
	flow_line(flow, x, 0, width, 0, 0.6);
	flow_line(flow, x, height, width, 0, 0.6);
	flow_line(flow, x, 0, 0, height, 0.6);
	flow_line(flow, x + width, 0, 0, height, 0.6);
}

static void set_seal(struct flow *flow, double right, const struct look *look)
{
	struct shape *circle = arena_alloc(flow_scrap(flow), sizeof *circle);
	struct point *centre = arena_alloc(flow_scrap(flow), sizeof *centre);
	struct look pale = *look;
	double y = frame_height - seal / 2 - 4;

	*centre = (struct point){ 0, 0 };
	*circle = (struct shape){ .kind = SHAPE_CIRCLE,
		                  .points = centre,
		                  .point_count = 1,
		                  .fill = COLOR_NONE,
		                  .stroke = { 0xBBBBBB, 0.6, DASH_SHORT },
		                  .radius = seal / 2 };
	struct mark *mark = flow_mark(flow, MARK_SHAPE, right - seal / 2, y, NULL);
	mark->as.shape.shape = circle;
	mark->as.shape.scale = 1;
	pale.color = 0x999999;
	set_words(flow, "（盖章）", &pale, right - seal, seal, y + seal * 0.44, ALIGN_CENTER, (struct place){ 0 });
}

static void set_signer(struct flow *flow, const struct value *signer, double x, double width)
{
	const struct style *style = &flow->setup->styles[STYLE_SIGNATURE];
	const char *role = value_get_string(signer, "role"), *organisation = value_get_string(signer, "organisation");
	const struct value *sealed = value_get(signer, "seal");
	struct look look = text_look(style, NULL), strong = look;
	double inner = x + padding, room = width - 2 * padding, label = 3 * style->size, y = padding + style->size;

	set_edges(flow, x, width, frame_height);
	strong.bold = true;
	set_words(flow, role, &strong, inner, room, y, ALIGN_LEFT, signer->place);
	if (organisation)
		set_words(flow, organisation, &look, inner, room, y + style->leading, ALIGN_LEFT, signer->place);
	y += style->leading + 16;
	set_words(flow, "签名：", &look, inner, room, y + 25, ALIGN_LEFT, signer->place);
	struct mark *field =
	    flow_area(flow, MARK_FIELD, inner + label, y, room - label, 38, flow_element(flow, "Form"));
	field->as.field.name = value_get_string(signer, "id");
	field->as.field.title = role;
	flow_line(flow, inner + label, y + 38, room - label, 0, 0.5);
	y += 38 + style->leading + 8;
	set_words(flow, "姓名：", &look, inner, room, y, ALIGN_LEFT, signer->place);
	flow_line(flow, inner + label, y + 3, room - label, 0, 0.5);
	set_words(flow, "日期：　　　　年　　月　　日", &look, inner, room, y + style->leading + 8, ALIGN_LEFT,
	          signer->place);
	if (sealed && sealed->kind == VALUE_BOOL && sealed->as.boolean)
		set_seal(flow, x + width - padding, &look);
}

void layout_signature(struct flow *flow, const struct node *node)
{
	const char *statement = value_get_string(node->as.data, "statement");
	const struct value *signers = value_get(node->as.data, "signers");
	struct element *parent = flow->element;
	const double gutter = 14;
	double width = (flow->right - flow->left - gutter) / 2;
	size_t count = signers->as.array.count;

	flow->element = flow_element(flow, "Sect");
	flow_gap(flow, flow->style->leading);
	/* Nobody signs a page that says nothing: GB/T 9704—2012, 7.3.5.5. */
	if (flow->slice_count > 0 && !flow->new_page)
		flow->slices[flow->slice_count - 1]->keep = true;
	if (statement)
		layout_string(flow, statement, STYLE_BODY, "P", node_place(node), true);
	for (size_t i = 0; i < count; i++) {
		double left = flow->left + (double)(i % 2) * (width + gutter);

		set_signer(flow, signers->as.array.items[i], left, width);
		if (i % 2 == 1 || i + 1 == count) {
			flow_gap(flow, 10);
			flow_slice(flow, frame_height)->keep = i + 1 < count && count <= 4;
		}
	}
	flow->element = parent;
	flow_gap(flow, flow->style->leading);
}
