#include "document/layout_text.h"

#include <stdlib.h>
#include <string.h>

#include "document/layout_cluster.h"
#include "text/utf8.h"

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

struct look text_look(const struct style *style, struct element *element)
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

#define WORD_JOINER "\u2060" /* takes no room */

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

	c = c == 0xA0 ? ' ' : is_ballot_box(c) ? U'□' : cluster.code_point;
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
	    *next->as.text) {
		uint16_t glyph;
		char32_t c = utf8_next(chunk_of(next->as.text), &at);
		const struct font *font = find_font(flow->setup, &look, c, &glyph);

		if (font && class_of(c, font->advances[glyph]) != CLASS_LETTER && c != ' ')
			return;
	}
	text_add(flow, text, " ", look, node_place(node));
}

static bool works_on_paper(const char *url)
{
	return *url == '#' || strncmp(url, "http:", 5) == 0 || strncmp(url, "https:", 6) == 0 ||
	       strncmp(url, "mailto:", 7) == 0;
}

void text_add_inline(struct flow *flow, struct text *text, const struct node *node, struct look look)
{
	struct element *parent = flow->element;

	switch (node->kind) {
	case NODE_TEXT:
		text_add(flow, text, node->as.text, look, node_place(node));
		return;
	case NODE_CODE_SPAN:
		look.family = flow->setup->code;
		look.size *= 0.92;
		text_add(flow, text, node->as.text, look, node_place(node));
		return;
	case NODE_SOFT_BREAK:
		add_soft_break(flow, text, node, look);
		return;
	case NODE_LINE_BREAK:
		text_add(flow, text, "\n", look, node_place(node));
		return;
	case NODE_ANCHOR:
		look.target = node->as.id;
		text_add(flow, text, WORD_JOINER, look, node_place(node));
		return;
	case NODE_FOOTNOTE_REFERENCE:
		flow->element = flow_element(flow, "Link");
		look.element = flow->element;
		look.url = arena_printf(flow->arena, "#footnote %d", node->as.note->number);
		look.note = node->as.note->number;
		look.size *= 0.7;
		look.rise = look.size * 0.5;
		/* The word joiner in front keeps the number beside what it belongs to. */
		text_add(flow, text, arena_printf(flow->arena, WORD_JOINER "[%d]", node->as.note->number), look,
		         node_place(node));
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
		if (!works_on_paper(node->as.link->url))
			break; /* leads somewhere inside the site: nothing on paper */
		flow->element = flow_element(flow, "Link");
		look.element = flow->element;
		look.url = node->as.link->url;
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

bool text_announces(const struct text *text)
{
	return text->count && is_one_of(text->clusters[text->count - 1].code_point, U"：:");
}
