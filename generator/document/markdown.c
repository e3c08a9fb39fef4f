#define _GNU_SOURCE          /* memmem */
#define CMARK_NO_SHORT_NAMES /* they would take those of document.h */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

#include "document/block.h"
#include "document/document.h"
#include "document/front_matter.h"
#include "document/lines.h"
#include "document/markdown_piece.h"
#include "document/slug.h"
#include "document/url.h"
#include "text/utf8.h"

/* Lowers cmark's tree into ours. */
struct reader {
	struct arena *arena;
	struct diags *diags;
	const char *path;
	struct lines lines;             /* of the piece in hand */
	unsigned first_line;            /* of them in the file */
	struct node *current;           /* open node that takes what comes next */
	unsigned links;                 /* open links and images: a link holds no link */
	size_t column;                  /* of the table's row that is open: the next cell's */
	size_t record_line, record_end; /* behind the last record reference: line and byte */
	struct map ids;
	int notes;       /* footnotes so far; all stand at the end */
	int *references; /* so far, per footnote; [0] is footnote 1 */
	size_t footnotes, footnote_capacity;
};

/* cmark does not know where some inlines stand (breaks, bare addresses): these
 * take the place of what precedes or holds them. */
static struct place place_of(struct reader *reader, cmark_node *node)
{
	int line = cmark_node_get_start_line(node), byte = cmark_node_get_start_column(node);
	if (cmark_node_get_type(node) == CMARK_NODE_LINK && line > 0 &&
	    (size_t)byte > lines_get(&reader->lines, (size_t)line).len)
		byte = cmark_node_get_start_column(cmark_node_first_child(node));
	if (line <= 0)
		return node_place(reader->current->last ? reader->current->last : reader->current);
	return (struct place){ reader->path, (unsigned)line + reader->first_line - 1,
		               byte > 0 ? lines_column(&reader->lines, (size_t)line, (size_t)byte) : 1 };
}

static struct node *append(struct reader *reader, enum node_kind kind, struct place place)
{
	struct node *node = node_new(reader->arena, kind, place);
	node_append(reader->current, node);
	return node;
}

static struct place shift(struct place place, const char *text, size_t len)
{
	place.column += (unsigned)utf8_length((struct chunk){ text, len });
	return place;
}

static void append_plain(struct reader *reader, const char *text, size_t len, struct place place)
{
	if (len > 0)
		append(reader, NODE_TEXT, place)->as.text = arena_strndup(reader->arena, text, len);
}

#define ANCHOR_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-_"

/* The length of CONTRACT/TYPE/ID or #NAME at text when "]]" ends it, else 0. */
static size_t record_length(const char *text)
{
	size_t len = strcspn(text, "[]|\n\t <>");
	if (text[0] == '#' && len > 1 && strspn(text + 1, ANCHOR_CHARACTERS) == len - 1)
		return text[len] == ']' && text[len + 1] == ']' ? len : 0;
	if (len == 0 || text[len] != ']' || text[len + 1] != ']' || text[0] == '/' || text[len - 1] == '/')
		return 0;
	int slashes = 0;
	for (size_t i = 0; i < len; i++) {
		slashes += text[i] == '/';
		if (text[i] == '/' && text[i + 1] == '/')
			return 0;
	}
	return slashes == 2 ? len : 0;
}

/* How many backslashes stand before text[at]. */
static size_t backslashes_before(struct chunk text, size_t at)
{
	size_t count = 0;
	while (count < at && text.data[at - count - 1] == '\\')
		count++;
	return count;
}

/* Whether the file has name between [[ and ]] without backslashes, at the next
 * place behind the last one looked at where it has it between brackets: what cmark
 * gives does not tell [[ from \[[. */
static bool is_unescaped(struct reader *reader, unsigned line, const char *name, size_t len)
{
	size_t number = line - reader->first_line + 1;
	struct chunk source = lines_get(&reader->lines, number);
	size_t from = number == reader->record_line ? reader->record_end : 0;
	reader->record_line = number;
	while (from < source.len) {
		const char *found = memmem(source.data + from, source.len - from, name, len);
		if (!found)
			break;
		size_t at = (size_t)(found - source.data), inner = at >= 1 ? at - 1 : 0;
		size_t escapes = backslashes_before(source, inner), outer = inner - escapes;
		reader->record_end = from = at + len;
		if (outer == 0 || source.data[inner] != '[' || source.data[outer - 1] != '[')
			continue;
		return escapes == 0 && backslashes_before(source, outer - 1) % 2 == 0 && source.len - from >= 2 &&
		       memcmp(source.data + from, "]]", 2) == 0;
	}
	return false;
}

static struct node *append_link(struct reader *reader, enum node_kind kind, struct place place)
{
	struct node *node = append(reader, kind, place);
	node->as.link = arena_alloc(reader->arena, sizeof *node->as.link);
	return node;
}

static void append_record(struct reader *reader, const char *text, size_t len, struct place place)
{
	if (*text == '#') {
		append(reader, NODE_ANCHOR, place)->as.id = arena_strndup(reader->arena, text + 1, len - 1);
		return;
	}
	struct node *link = append_link(reader, NODE_LINK, place);
	link->as.link->url = arena_printf(reader->arena, "record:%.*s", (int)len, text);
	struct node *id = node_new(reader->arena, NODE_TEXT, place);
	id->as.text = strrchr(link->as.link->url, '/') + 1;
	node_append(link, id);
}

/* Text, cut at record references and at newlines. */
static void append_text(struct reader *reader, const char *text, struct place place)
{
	const char *from = text, *at = text;
	while (*at) {
		size_t len = 0, skip = 0;
		bool is_record = at[0] == '[' && at[1] == '[' && reader->links == 0 &&
		                 (len = record_length(at + 2)) > 0 && is_unescaped(reader, place.line, at + 2, len);
		if (is_record)
			skip = len + 4;
		else if (*at == '\n')
			skip = 1;
		if (skip == 0) {
			at++;
			continue;
		}
		append_plain(reader, from, (size_t)(at - from), place);
		place = shift(place, from, (size_t)(at - from));
		if (is_record)
			append_record(reader, at + 2, len, place);
		else
			append(reader, NODE_LINE_BREAK, place);
		place = shift(place, at, skip);
		from = at += skip;
	}
	append_plain(reader, from, (size_t)(at - from), place);
}

static bool is_comment(const char *html)
{
	struct chunk rest = chunk_trim(chunk_of(html));
	while (rest.len >= 7 && memcmp(rest.data, "<!--", 4) == 0) {
		const char *end = strstr(rest.data + 4, "-->");
		if (!end)
			return true;
		rest = chunk_trim(chunk_of(end + 3));
	}
	return rest.len == 0;
}

static void refuse_html(struct reader *reader, cmark_node *node)
{
	const char *html = cmark_node_get_literal(node);
	if (is_comment(html))
		return;
	DIAG(reader->diags, place_of(reader, node), MSG_RAW_HTML,
	     arena_strndup(reader->arena, html, strcspn(html, "\r\n")));
}

/* The body of a fence, every character on the line and column where it stands in
 * the file: what a quotation or a list item puts before a line is made blanks. */
static void pad_body(const struct reader *reader, cmark_node *fence, struct buf *out)
{
	size_t line = (size_t)cmark_node_get_start_line(fence) + 1;
	for (size_t i = 1; i < line + reader->first_line - 1; i++)
		buf_putc(out, '\n');
	for (const char *at = cmark_node_get_literal(fence); *at; line++) {
		size_t len = strcspn(at, "\r\n");
		size_t have = utf8_length(lines_get(&reader->lines, line)),
		       need = utf8_length((struct chunk){ at, len });
		for (; have > need; have--)
			buf_putc(out, ' ');
		buf_put(out, at, len);
		buf_putc(out, '\n');
		at += len;
		at += *at == '\r' && at[1] == '\n' ? 2 : *at != '\0';
	}
}

static void append_code(struct reader *reader, cmark_node *code)
{
	int length, offset;
	char character;
	bool fenced = cmark_node_get_fenced(code, &length, &offset, &character);
	const char *words = cmark_node_get_fence_info(code);
	char *info = arena_strndup(reader->arena, words, strcspn(words, " \t"));
	struct place place = place_of(reader, code);
	const struct block *named = fenced ? block_find(info) : NULL;
	if (!named) {
		struct node_code *node = arena_alloc(reader->arena, sizeof *node);
		node->info = info;
		node->text = arena_strdup(reader->arena, cmark_node_get_literal(code));
		append(reader, NODE_CODE, place)->as.code = node;
		return;
	}
	struct buf body = BUF_INIT;
	pad_body(reader, code, &body);
	struct node *block = block_read(reader->arena, named, place, buf_chunk(&body), reader->diags);
	if (block)
		node_append(reader->current, block);
	buf_free(&body);
}

/* Counts a reference to footnote number and names it. */
static void count_reference(struct reader *reader, struct node_note *reference, int number)
{
	while (reader->footnotes < (size_t)number)
		arena_push(reader->arena, reader->references, reader->footnotes, reader->footnote_capacity, 0);
	int count = ++reader->references[number - 1];
	reference->number = number;
	reference->id = count == 1 ? arena_printf(reader->arena, "fnref-%d", number)
	                           : arena_printf(reader->arena, "fnref-%d-%d", number, count);
}

static enum align cell_align(cmark_node *cell, size_t index)
{
	cmark_node *table = cmark_node_parent(cmark_node_parent(cell));
	switch (cmark_gfm_extensions_get_table_alignments(table)[index]) {
	case 'l':
		return ALIGN_LEFT;
	case 'c':
		return ALIGN_CENTER;
	case 'r':
		return ALIGN_RIGHT;
	default:
		return ALIGN_NONE;
	}
}

#define CELLS(head)                                                                                                    \
	{                                                                                                              \
		{ ALIGN_NONE, head, 1, 1, 0 }, { ALIGN_LEFT, head, 1, 1, 0 }, { ALIGN_CENTER, head, 1, 1, 0 },         \
		    { ALIGN_RIGHT, head, 1, 1, 0 },                                                                    \
	}
/* All that cells of a table can be: head or not, by align. */
static const struct node_cell cells[2][4] = { CELLS(false), CELLS(true) };

/* The extensions' types have no public constants, but names. */
static struct node *open_extension(struct reader *reader, cmark_node *from, struct place place)
{
	const char *name = cmark_node_get_type_string(from);
	if (strcmp(name, "table") == 0)
		return append(reader, NODE_TABLE, place);
	if (strcmp(name, "table_header") == 0 || strcmp(name, "table_row") == 0) {
		reader->column = 0;
		return append(reader, NODE_ROW, place);
	}
	if (strcmp(name, "strikethrough") == 0)
		return append(reader, NODE_STRIKE, place);
	if (strcmp(name, "table_cell") != 0)
		die("cmark-gfm has a node of type %s", name);
	struct node *cell = append(reader, NODE_CELL, place);
	bool head = strcmp(cmark_node_get_type_string(cmark_node_parent(from)), "table_header") == 0;
	cell->as.cell = &cells[head][cell_align(from, reader->column++)];
	return cell;
}

static struct node *open_list(struct reader *reader, cmark_node *from, struct place place)
{
	struct node *node = append(reader, NODE_LIST, place);
	struct node_list *list = node->as.list = arena_alloc(reader->arena, sizeof *list);
	list->ordered = cmark_node_get_list_type(from) == CMARK_ORDERED_LIST;
	list->start = list->ordered ? cmark_node_get_list_start(from) : 0;
	list->tight = cmark_node_get_list_tight(from);
	return node;
}

static struct node *open_item(struct reader *reader, cmark_node *from, struct place place)
{
	struct node *item = append(reader, NODE_ITEM, place);
	bool task = strcmp(cmark_node_get_type_string(from), "tasklist") == 0;
	item->as.task = task ? cmark_gfm_extensions_get_tasklist_item_checked(from) : -1;
	return item;
}

static struct node *open_link(struct reader *reader, enum node_kind kind, cmark_node *from, struct place place)
{
	struct node *link = append_link(reader, kind, place);
	const char *url = cmark_node_get_url(from);
	enum url_kind address = url_kind(url);
	bool allowed = kind == NODE_IMAGE ? address == URL_RELATIVE : address != URL_REFUSED;
	if (allowed)
		link->as.link->url = arena_strdup(reader->arena, url);
	else if (kind == NODE_IMAGE)
		DIAG(reader->diags, place, MSG_IMAGE_ADDRESS, url);
	else
		DIAG(reader->diags, place, MSG_LINK_ADDRESS, url);
	link->as.link->title = arena_strdup(reader->arena, cmark_node_get_title(from));
	reader->links++;
	return link;
}

static struct node *open_node(struct reader *reader, cmark_node *from)
{
	struct place place = place_of(reader, from);
	struct node *node;
	struct node_note *note;
	/* The values of cmark's enum with an extension's bits are none of its constants. */
	switch ((int)cmark_node_get_type(from)) {
	case CMARK_NODE_PARAGRAPH:
		return append(reader, NODE_PARAGRAPH, place);
	case CMARK_NODE_HEADING:
		node = append(reader, NODE_HEADING, place);
		node->as.heading = arena_alloc(reader->arena, sizeof *node->as.heading);
		node->as.heading->level = cmark_node_get_heading_level(from);
		return node;
	case CMARK_NODE_BLOCK_QUOTE:
		return append(reader, NODE_QUOTE, place);
	case CMARK_NODE_LIST:
		return open_list(reader, from, place);
	case CMARK_NODE_ITEM:
		return open_item(reader, from, place);
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		node = append(reader, NODE_FOOTNOTE, place);
		note = node->as.note = arena_alloc(reader->arena, sizeof *note);
		note->number = ++reader->notes;
		note->id = arena_printf(reader->arena, "fn-%d", note->number);
		return node;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		node = append(reader, NODE_FOOTNOTE_REFERENCE, place);
		node->as.note = arena_alloc(reader->arena, sizeof *node->as.note);
		count_reference(reader, node->as.note, atoi(cmark_node_get_literal(from)));
		return node;
	case CMARK_NODE_EMPH:
		return append(reader, NODE_EMPHASIS, place);
	case CMARK_NODE_STRONG:
		return append(reader, NODE_STRONG, place);
	case CMARK_NODE_LINK:
		return open_link(reader, NODE_LINK, from, place);
	case CMARK_NODE_IMAGE:
		return open_link(reader, NODE_IMAGE, from, place);
	default:
		return open_extension(reader, from, place);
	}
}

/* Appends a node that has no children; false when from is none. */
static bool append_leaf(struct reader *reader, cmark_node *from)
{
	switch ((int)cmark_node_get_type(from)) {
	case CMARK_NODE_TEXT:
		append_text(reader, cmark_node_get_literal(from), place_of(reader, from));
		return true;
	case CMARK_NODE_CODE:
		append(reader, NODE_CODE_SPAN, place_of(reader, from))->as.text =
		    arena_strdup(reader->arena, cmark_node_get_literal(from));
		return true;
	case CMARK_NODE_CODE_BLOCK:
		append_code(reader, from);
		return true;
	case CMARK_NODE_SOFTBREAK:
		append(reader, NODE_SOFT_BREAK, place_of(reader, from));
		return true;
	case CMARK_NODE_LINEBREAK:
		append(reader, NODE_LINE_BREAK, place_of(reader, from));
		return true;
	case CMARK_NODE_THEMATIC_BREAK:
		append(reader, NODE_RULE, place_of(reader, from));
		return true;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		refuse_html(reader, from);
		return true;
	default:
		return false;
	}
}

static void lower(struct reader *reader, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *from = cmark_iter_get_node(iter);
		if (from == root)
			continue;
		if (event == CMARK_EVENT_ENTER) {
			if (!append_leaf(reader, from))
				reader->current = open_node(reader, from);
			continue;
		}
		if (reader->current->kind == NODE_LINK || reader->current->kind == NODE_IMAGE)
			reader->links--;
		reader->current = reader->current->parent;
		/* What is lowered goes, so that no long document stands in memory twice. */
		if (cmark_node_parent(from) == root)
			cmark_node_free(from);
	}
	cmark_iter_free(iter);
}

static void parse(struct reader *reader, struct chunk text)
{
	struct pieces pieces = pieces_of(text);
	struct chunk piece;
	for (cmark_node *root; (root = pieces_next(&pieces, &piece));) {
		struct arena *scratch = arena_new();
		reader->lines = lines_of(scratch, piece);
		reader->record_line = 0;
		cmark_consolidate_text_nodes(root);
		lower(reader, root);
		reader->first_line += (unsigned)reader->lines.count - 1; /* the last is the next piece's first */
		cmark_node_free(root);
		arena_free(scratch);
	}
}

static const char *text_of(struct arena *arena, const struct node *node)
{
	struct buf text = BUF_INIT;
	node_text(node, &text);
	struct chunk trimmed = chunk_trim(buf_chunk(&text));
	const char *copy = arena_strndup(arena, trimmed.data ? trimmed.data : "", trimmed.len);
	buf_free(&text);
	return copy;
}

/* Ids of footnotes are taken before those of headings are given. */
static void finish_footnotes(struct reader *reader, struct node *root)
{
	for (struct node *node = root->first; node; node = node->next) {
		if (node->kind != NODE_FOOTNOTE)
			continue;
		struct node_note *note = node->as.note;
		size_t index = (size_t)note->number - 1;
		note->references = index < reader->footnotes ? reader->references[index] : 0;
		slug_make(&reader->ids, note->id);
		slug_make(&reader->ids, arena_printf(reader->arena, "fnref-%d", note->number));
		for (int i = 2; i <= note->references; i++)
			slug_make(&reader->ids, arena_printf(reader->arena, "fnref-%d-%d", note->number, i));
	}
}

/* The last character of the text before a break, or the first one behind it; 0
 * when no text is there. */
static char32_t neighbour(const struct node *node, bool before)
{
	while (node && node->first)
		node = before ? node->last : node->first;
	if (!node || node->kind != NODE_TEXT || !*node->as.text)
		return 0;
	struct chunk text = chunk_of(node->as.text);
	size_t at = before ? text.len - 1 : 0;
	while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
		at--;
	return utf8_next(text, &at);
}

/* Scripts that set no blanks between words, and their punctuation. */
static bool joins_lines(char32_t c)
{
	return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
	       (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0x2018 && c <= 0x201D) ||
	       c == 0x2014 || c == 0x2026;
}

static void drop_soft_breaks(struct node *parent)
{
	struct node *before = NULL;
	for (struct node *node = parent->first; node; node = node->next) {
		if (node->kind == NODE_SOFT_BREAK && joins_lines(neighbour(before, true)) &&
		    joins_lines(neighbour(node->next, false)))
			before->next = node->next;
		else
			before = node;
	}
}

static struct node *next_node(struct node *node)
{
	if (node->first)
		return node->first;
	while (node && !node->next)
		node = node->parent;
	return node ? node->next : NULL;
}

struct document *document_read(struct arena *arena, const char *path, struct chunk text, struct diags *diags)
{
	struct document *document = arena_alloc(arena, sizeof *document);
	struct reader reader = { .arena = arena, .diags = diags, .path = path };
	document->front = front_matter_read(arena, path, &text, &reader.first_line, diags);
	document->root = node_new(arena, NODE_DOCUMENT, (struct place){ path, reader.first_line, 1 });
	reader.current = document->root;
	map_init(&reader.ids, arena);
	parse(&reader, text);
	finish_footnotes(&reader, document->root);

	const char *title = document->front ? value_get_string(document->front, "title") : NULL;
	for (struct node *node = document->root; node; node = next_node(node)) {
		drop_soft_breaks(node);
		if (node->kind == NODE_COVER && !title)
			title = value_get_string(node->as.data, "title");
	}
	for (struct node *node = document->root; node; node = next_node(node)) {
		if (node->kind != NODE_HEADING)
			continue;
		struct node_heading *heading = node->as.heading;
		heading->text = text_of(arena, node);
		heading->id = slug_make(&reader.ids, heading->text);
		if (!title && heading->level == 1)
			title = heading->text;
	}
	document->title = title ? title : "";
	return document;
}
