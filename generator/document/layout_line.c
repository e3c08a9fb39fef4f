#include <math.h>

#include "document/layout_cluster.h"

/* What is set closer behind cluster i, in thousandths of an em: of two marks
 * that meet with their empty halves, one half goes (CLREQ, 3.1.6). */
static int kern_behind(const struct text *text, size_t i, size_t end)
{
	if (i + 1 >= end)
		return 0;
	unsigned here = text->clusters[i].class, next = text->clusters[i + 1].class;

	if ((here == CLASS_CLOSING && (next == CLASS_CLOSING || next == CLASS_OPENING)) ||
	    (here == CLASS_OPENING && next == CLASS_OPENING))
		return -500;
	return 0;
}

/* Of cluster i in a line that ends before end. */
static double width_of(const struct text *text, size_t i, size_t end)
{
	const struct cluster *cluster = &text->clusters[i];

	return (cluster->advance + kern_behind(text, i, end)) * text->looks[cluster->look].size / 1000;
}

/* The empty half of a closing mark at the end of a line may stand outside. */
static double overhang(const struct text *text, size_t i)
{
	const struct cluster *cluster = &text->clusters[i];

	return cluster->class == CLASS_CLOSING ? text->looks[cluster->look].size / 2 : 0;
}

double text_widest(const struct text *text)
{
	double widest = 0, width = 0;

	for (size_t i = 0; i < text->count; i++) {
		width += width_of(text, i, text->count);
		if (width > widest)
			widest = width;
		if (text->clusters[i].breaking == BREAK_MUST)
			width = 0;
	}
	return widest;
}

double text_narrowest(const struct text *text)
{
	double narrowest = 0, width = 0;

	for (size_t i = 0; i < text->count; i++) {
		if (text->clusters[i].class != CLASS_BLANK)
			width += width_of(text, i, text->count);
		if (width > narrowest)
			narrowest = width;
		if (text->clusters[i].breaking != BREAK_NONE)
			width = 0;
	}
	return narrowest;
}

void text_scale(struct text *text, double factor)
{
	for (size_t i = 0; i < text->look_count; i++) {
		text->looks[i].size *= factor;
		text->looks[i].rise *= factor;
	}
}

static void push_line(struct text *text, struct line line)
{
	while (line.end > line.first && (text->clusters[line.end - 1].class == CLASS_BLANK ||
	                                 text->clusters[line.end - 1].class == CLASS_HIDDEN))
		line.end--;
	for (size_t i = line.first; i < line.end; i++)
		line.width += width_of(text, i, line.end);
	if (text->line_count == text->line_capacity) {
		text->line_capacity = text->line_capacity ? text->line_capacity * 2 : 8;
		text->lines = xreallocarray(text->lines, text->line_capacity, sizeof *text->lines);
	}
	text->lines[text->line_count++] = line;
}

/* Where the line that begins at first ends: behind the last opportunity that
 * fits, else where it is full. */
static size_t line_end(const struct text *text, size_t first, double limit)
{
	size_t best = first;
	double width = 0;

	for (size_t i = first; i < text->count; i++) {
		const struct cluster *cluster = &text->clusters[i];
		double own = width_of(text, i, i + 1);

		if (cluster->class != CLASS_BLANK && width + own - overhang(text, i) > limit + 0.01)
			return best > first ? best : i > first ? i : i + 1;
		if (cluster->breaking != BREAK_NONE)
			best = i + 1;
		if (cluster->breaking == BREAK_MUST)
			return best;
		width += width_of(text, i, text->count);
	}
	return text->count;
}

void text_fill(struct text *text, double width, double indent)
{
	text->line_count = 0;
	for (size_t first = 0; first < text->count;) {
		size_t end = line_end(text, first, width - indent);
		bool ends = end == text->count || text->clusters[end - 1].breaking == BREAK_MUST;

		push_line(text, (struct line){ first, end, indent, 0, ends });
		indent = 0;
		for (first = end; first < text->count && text->clusters[first].class == CLASS_BLANK && !ends; first++)
			continue;
	}
}

void text_fit(struct text *text, double width)
{
	double widest = text_widest(text);

	if (widest > width)
		text_scale(text, width / widest * 0.999);
	text_fill(text, width, 0);
}

/* Where room may be added to fill a line: beside wide characters, but not
 * inside a dash, and, better, at blanks. */
enum stretch { STRETCH_NONE, STRETCH_WIDE, STRETCH_BLANK, STRETCH_COUNT };

/* Between cluster i and the next of a line that ends before end. */
static enum stretch stretch_of(const struct text *text, size_t i, size_t end)
{
	if (i + 1 >= end)
		return STRETCH_NONE;
	unsigned here = text->clusters[i].class, next = text->clusters[i + 1].class;

	if (here == CLASS_BLANK)
		return STRETCH_BLANK;
	if ((here == CLASS_LETTER && (next == CLASS_LETTER || next == CLASS_BLANK)) || here == CLASS_HIDDEN)
		return STRETCH_NONE;
	return here == CLASS_DASH && next == CLASS_DASH ? STRETCH_NONE : STRETCH_WIDE;
}

/* Shares what a line lacks evenly as long as nobody sees it (and takes it for a
 * blank in extraction: a tenth of an em), then gives blanks half an em more,
 * then wide characters up to a quarter em in all. */
static void find_spacing(const struct text *text, const struct line *line, double width, double spacing[STRETCH_COUNT])
{
	double missing = width - line->indent - line->width, size;
	double counts[STRETCH_COUNT] = { 0 };

	if (line->ends || line->end == line->first)
		return;
	size = text->looks[text->clusters[line->first].look].size;
	missing += overhang(text, line->end - 1);
	for (size_t i = line->first; i < line->end; i++)
		counts[stretch_of(text, i, line->end)]++;
	double wide = counts[STRETCH_WIDE], blank = counts[STRETCH_BLANK];
	if (wide + blank == 0 || missing <= 0)
		return;
	double even = fmin(missing / (wide + blank), 0.09 * size);
	missing -= even * (wide + blank);
	spacing[STRETCH_WIDE] = spacing[STRETCH_BLANK] = even;
	if (blank > 0) {
		double more = fmin(missing / blank, size / 2);

		spacing[STRETCH_BLANK] += more;
		missing -= more * blank;
	}
	if (wide > 0)
		spacing[STRETCH_WIDE] += fmin(missing / wide, 0.16 * size);
}

/* The run of clusters that one mark shows: one font, look and spacing. What is
 * behind the last one does not count. */
static size_t run_end(const struct text *text, size_t first, size_t end, const double spacing[STRETCH_COUNT])
{
	const struct cluster *head = &text->clusters[first];
	double own = spacing[stretch_of(text, first, end)];
	size_t i = first + 1;

	if (is_ballot_box(head->code_point))
		return i;
	while (i < end && text->clusters[i].font == head->font && text->clusters[i].look == head->look &&
	       !is_ballot_box(text->clusters[i].code_point) &&
	       (i + 1 == end || spacing[stretch_of(text, i, end)] == own))
		i++;
	return i;
}

static void mark_run(struct flow *flow, const struct text *text, size_t first, size_t end, size_t line_end_at,
                     struct mark *mark, double spacing)
{
	const struct cluster *head = &text->clusters[first];
	const struct look *look = &text->looks[head->look];
	/* The blank at which a line was broken is not seen, but keeps words apart for
	 * who extracts text (ISO 32000-1, 14.8.2.5). */
	bool blank = end == line_end_at && end < text->count && text->clusters[end].class == CLASS_BLANK &&
	             text->clusters[end].font == head->font && text->clusters[end].look == head->look;
	struct glyph *glyphs = arena_alloc(flow_scrap(flow), (end - first + blank) * sizeof *glyphs);

	end += blank;
	for (size_t i = first; i < end; i++)
		glyphs[i - first] = (struct glyph){ text->clusters[i].glyph, (int16_t)kern_behind(text, i, line_end_at),
			                            text->clusters[i].code_point };
	mark->as.text.font = head->font;
	mark->as.text.glyphs = glyphs;
	mark->as.text.count = (unsigned)(end - first);
	mark->as.text.size = (float)look->size;
	mark->as.text.spacing = (float)spacing;
	mark->as.text.color = look->color;
}

static void mark_link(struct flow *flow, const struct look *look, double x, double width, double baseline)
{
	flow_area(flow, MARK_LINK, x, baseline - 0.88 * look->size, width, look->size, look->element)->as.url =
	    look->url;
}

static void mark_target(struct flow *flow, const struct look *look, double x, double baseline)
{
	flow_mark(flow, MARK_TARGET, x, baseline - look->size, NULL)->as.target.id = look->target;
}

/* All that is wanted of a line when planning. */
static void plan_line(struct flow *flow, const struct text *text, const struct line *line, double x, double baseline)
{
	for (size_t i = line->first; i < line->end; i++) {
		const struct look *look = &text->looks[text->clusters[i].look];

		if (look->target)
			mark_target(flow, look, x, baseline);
		if (look->note)
			note_want(flow, look);
	}
}

void text_paint(struct flow *flow, const struct text *text, const struct line *line, double x, double width,
                double baseline, enum align align)
{
	double spacing[STRETCH_COUNT] = { 0 }, link_x = 0;
	const struct look *link = NULL; /* that began at link_x */

	if (flow->planning) {
		plan_line(flow, text, line, x, baseline);
		return;
	}
	if (align == ALIGN_NONE)
		find_spacing(text, line, width, spacing);
	x += line->indent;
	if (align == ALIGN_CENTER)
		x += (width - line->indent - line->width) / 2;
	else if (align == ALIGN_RIGHT)
		x += width - line->indent - line->width;
	for (size_t i = line->first, end; i < line->end; i = end) {
		const struct cluster *cluster = &text->clusters[i];
		const struct look *look = &text->looks[cluster->look];
		double run = 0, extra = spacing[stretch_of(text, i, line->end)];

		end = run_end(text, i, line->end, spacing);
		for (size_t k = i; k < end; k++)
			run += width_of(text, k, line->end) + extra;
		if (link && link->element != look->element) {
			mark_link(flow, link, link_x, x - link_x, baseline);
			link = NULL;
		}
		if (look->url && !link) {
			link = look;
			link_x = x;
		}
		if (look->note)
			note_want(flow, look);
		if (look->target)
			mark_target(flow, look, x, baseline);
		else if (cluster->font)
			mark_run(flow, text, i, end, line->end,
			         flow_mark(flow, MARK_TEXT, x, baseline - look->rise, look->element), extra);
		if (look->strike)
			flow_line(flow, x, baseline - look->size * 0.36, run, 0, look->size / 20);
		x += run;
	}
	if (link)
		mark_link(flow, link, link_x, x - link_x, baseline);
}

double baseline_of(const struct style *style, double size)
{
	return (style->leading - size) / 2 + 0.88 * size;
}
