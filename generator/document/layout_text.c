#include "document/layout_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

enum breaking { BREAK_NONE, BREAK_MAY, BREAK_MUST };

/* How a character behaves in a line. */
enum shape_class {
	CLASS_LETTER, /* of an alphabet: its neighbours of the class stay close */
	CLASS_WIDE,
	CLASS_OPENING, /* wide, its left half empty */
	CLASS_CLOSING, /* wide, its right half empty */
	CLASS_DASH,    /* wide, joined with its like */
	CLASS_BLANK,
	CLASS_HIDDEN /* takes no room: joiners, hard breaks */
};

struct cluster {
	const struct font *font; /* NULL: HIDDEN */
	char32_t code_point;
	uint16_t glyph, advance; /* advance: thousandths of an em */
	uint16_t look;
	uint8_t class, breaking; /* breaking: behind it */
};

void text_free(struct text *text)
{
	free(text->clusters);
	free(text->looks);
	free(text->lines);
	*text = (struct text){ 0 };
}

void text_clear(struct text *text)
{
	text->count = text->look_count = text->line_count = 0;
}

struct look text_look(const struct style *style, const struct element *element)
{
	return (struct look){ .family = style->family,
		              .bold = style->bold,
		              .size = style->size,
		              .color = style->color,
		              .element = element };
}

static bool is_hidden(char32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || (c >= 0xFE00 && c <= 0xFE0F) ||
	       c == 0xFEFF || (c >= 0xE0100 && c <= 0xE01EF);
}

static bool is_box(char32_t c)
{
	return c >= 0x2610 && c <= 0x2612;
}

static bool is_one_of(char32_t c, const char32_t *list)
{
	while (*list && *list != c)
		list++;
	return *list != 0;
}

static enum shape_class class_of(char32_t c, unsigned advance)
{
	if (c == ' ' || c == 0xA0)
		return CLASS_BLANK;
	if (advance < 1000 || c < 0x2010)
		return CLASS_LETTER;
	if (is_one_of(c, U"（《〈「『【〔〖［｛“‘"))
		return CLASS_OPENING;
	if (is_one_of(c, U"）》〉」』】〕〗］｝”’，。、；："))
		return CLASS_CLOSING;
	if (c == 0x2014 || c == 0x2026)
		return CLASS_DASH;
	return CLASS_WIDE;
}

static const struct font *font_of(const struct family *family, bool bold)
{
	return bold ? family->bold : family->regular;
}

/* The first font that has the character: the look's own, then the fallback. */
static const struct font *find_font(const struct page_setup *setup, const struct look *look, char32_t c,
                                    uint16_t *glyph)
{
	const struct font *font = font_of(look->family, look->bold);

	*glyph = font_glyph(font, c);
	for (size_t i = 0; !*glyph && setup->fallback[i]; i++) {
		font = font_of(setup->fallback[i], look->bold);
		*glyph = font_glyph(font, c);
	}
	return *glyph ? font : NULL;
}

static struct cluster *push_cluster(struct text *text)
{
	if (text->count == text->capacity) {
		text->capacity = text->capacity ? text->capacity * 2 : 64;
		text->clusters = xreallocarray(text->clusters, text->capacity, sizeof *text->clusters);
	}
	return &text->clusters[text->count++];
}

static uint16_t push_look(struct text *text, struct look look)
{
	if (text->look_count == text->look_capacity) {
		text->look_capacity = text->look_capacity ? text->look_capacity * 2 : 8;
		text->looks = xreallocarray(text->looks, text->look_capacity, sizeof *text->looks);
	}
	if (text->look_count > UINT16_MAX)
		return UINT16_MAX;
	text->looks[text->look_count] = look;
	return (uint16_t)text->look_count++;
}

static void report_missing(struct flow *flow, char32_t c, struct place place)
{
	struct buf shown = BUF_INIT;

	utf8_put(&shown, c);
	DIAG(flow->diags, place, MSG_GLYPH_MISSING, buf_str(&shown), arena_printf(flow->arena, "U+%04X", (unsigned)c));
	buf_free(&shown);
}

static void add_character(struct flow *flow, struct text *text, char32_t c, uint16_t look, struct place place)
{
	struct cluster cluster = { .code_point = c == '\t' ? ' ' : c, .look = look };

	c = c == 0xA0 ? ' ' : is_box(c) ? U'□' : cluster.code_point;
	if (is_hidden(c)) {
		cluster.class = CLASS_HIDDEN;
	} else {
		cluster.font = find_font(flow->setup, &text->looks[look], c, &cluster.glyph);
		if (!cluster.font) {
			report_missing(flow, c, place);
			cluster.code_point = U'〓'; /* what printers set for a sort that is out */
			cluster.font = find_font(flow->setup, &text->looks[look], U'〓', &cluster.glyph);
		}
		if (cluster.font)
			cluster.advance = cluster.font->advances[cluster.glyph];
		cluster.class = cluster.font ? (uint8_t)class_of(cluster.code_point, cluster.advance) : CLASS_HIDDEN;
	}
	*push_cluster(text) = cluster;
}

void text_add(struct flow *flow, struct text *text, const char *string, struct look look, struct place place)
{
	struct chunk chunk = chunk_of(string);
	uint16_t number = push_look(text, look);

	for (size_t at = 0; at < chunk.len;)
		add_character(flow, text, utf8_next(chunk, &at), number, place);
}

static bool is_wide(const struct cluster *cluster)
{
	return cluster->class >= CLASS_WIDE && cluster->class <= CLASS_DASH;
}

/* A line end of the source: a blank, but nothing between two wide characters. */
static void add_soft_break(struct flow *flow, struct text *text, const struct node *node, struct look look)
{
	const struct node *next = node->next;
	size_t at = 0;

	if (text->count && is_wide(&text->clusters[text->count - 1]) && next && next->kind == NODE_TEXT &&
	    *next->text) {
		uint16_t glyph;
		char32_t c = utf8_next(chunk_of(next->text), &at);
		const struct font *font = find_font(flow->setup, &look, c, &glyph);

		if (font && class_of(c, font->advances[glyph]) != CLASS_LETTER && c != ' ')
			return;
	}
	text_add(flow, text, " ", look, node->place);
}

void text_add_inline(struct flow *flow, struct text *text, const struct node *node, struct look look)
{
	struct element *parent = flow->element;

	switch (node->kind) {
	case NODE_TEXT:
		text_add(flow, text, node->text, look, node->place);
		return;
	case NODE_CODE_SPAN:
		look.family = flow->setup->code;
		look.size *= 0.92;
		text_add(flow, text, node->text, look, node->place);
		return;
	case NODE_SOFT_BREAK:
		add_soft_break(flow, text, node, look);
		return;
	case NODE_LINE_BREAK:
		text_add(flow, text, "\n", look, node->place);
		return;
	case NODE_FOOTNOTE_REFERENCE:
		flow->element = flow_element(flow, "Link");
		look.element = flow->element;
		look.url = arena_printf(flow->arena, "#footnote %d", node->number);
		look.size *= 0.7;
		look.rise = look.size * 0.5;
		/* The word joiner in front keeps the number beside what it belongs to. */
		text_add(flow, text, arena_printf(flow->arena, "\u2060[%d]", node->number), look, node->place);
		flow->element = parent;
		return;
	case NODE_EMPHASIS:
		look.family = flow->setup->emphasis;
		break;
	case NODE_STRONG:
		look.bold = true;
		break;
	case NODE_STRIKE:
		look.strike = true;
		break;
	case NODE_LINK:
		if (*node->url != '#' && strncmp(node->url, "http:", 5) != 0 && strncmp(node->url, "https:", 6) != 0 &&
		    strncmp(node->url, "mailto:", 7) != 0)
			break; /* leads somewhere inside the site: nothing on paper */
		flow->element = flow_element(flow, "Link");
		look.element = flow->element;
		look.url = node->url;
		break;
	default: /* pictures are set apart from text: see layout_block.c */
		break;
	}
	text_add_inlines(flow, text, node, look);
	flow->element = parent;
}

void text_add_inlines(struct flow *flow, struct text *text, const struct node *node, struct look look)
{
	for (const struct node *child = node->first; child; child = child->next)
		text_add_inline(flow, text, child, look);
}

void text_close(struct flow *flow, struct text *text)
{
	struct buf utf8 = BUF_INIT;
	size_t count, offset = 0, next = 0;

	for (size_t i = 0; i < text->count; i++)
		utf8_put(&utf8, text->clusters[i].code_point);
	const struct line_break *breaks = line_breaks(flow->breaker, buf_chunk(&utf8), &count);
	for (size_t i = 0; i < text->count; i++) {
		utf8_next(buf_chunk(&utf8), &offset);
		if (next < count && breaks[next].offset == offset)
			text->clusters[i].breaking = breaks[next++].must ? BREAK_MUST : BREAK_MAY;
	}
	buf_free(&utf8);
}

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

	if (is_box(head->code_point))
		return i;
	while (i < end && text->clusters[i].font == head->font && text->clusters[i].look == head->look &&
	       !is_box(text->clusters[i].code_point) && (i + 1 == end || spacing[stretch_of(text, i, end)] == own))
		i++;
	return i;
}

static void mark_run(struct flow *flow, const struct text *text, size_t first, size_t end, size_t line_end_at,
                     struct mark *mark, double spacing)
{
	const struct cluster *head = &text->clusters[first];
	const struct look *look = &text->looks[head->look];
	struct glyph *glyphs = arena_alloc(flow->arena, (end - first) * sizeof *glyphs);

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

void text_paint(struct flow *flow, const struct text *text, const struct line *line, double x, double width,
                double baseline, enum align align)
{
	double spacing[STRETCH_COUNT] = { 0 }, link_x = 0;
	const struct look *link = NULL; /* that began at link_x */

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
		if (cluster->font)
			mark_run(flow, text, i, end, line->end,
			         flow_mark(flow, MARK_TEXT, x, baseline - look->rise, look->element), extra);
		if (look->strike)
			flow_line(flow, x, baseline - look->size * 0.36, run, 0, look->size / 20);
		x += run;
	}
	if (link)
		mark_link(flow, link, link_x, x - link_x, baseline);
}

bool text_announces(const struct text *text)
{
	return text->count && is_one_of(text->clusters[text->count - 1].code_point, U"：:");
}

double baseline_of(const struct style *style, double size)
{
	return (style->leading - size) / 2 + 0.88 * size;
}
