#define _GNU_SOURCE          /* memmem */
#define CMARK_NO_SHORT_NAMES /* they would take those of document.h */
#include "document/markdown_piece.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

#define LEAST_PIECE ((size_t)64 * 1024) /* bytes; a monthly report is shorter */

/* The extensions of GitHub's Markdown, each with what a text has that uses it: one that is not needed costs time
 * for every line or letter. */
static const struct {
	const char *name, *marks[3];
} extensions[] = {
	{ "table", { "|" } },
	{ "strikethrough", { "~" } },
	{ "autolink", { "://", "www.", "@" } },
	{ "tasklist", { "[" } },
};

enum { EXTENSION_COUNT = sizeof extensions / sizeof *extensions };

/* cmark registers its extensions once for all threads, and has one table for all of them of the characters
 * that begin an inline, which it changes before and after it reads inlines. */
static pthread_mutex_t cmark_lock = PTHREAD_MUTEX_INITIALIZER;

static cmark_node *read_inlines(cmark_parser *parser)
{
	lock_briefly(&cmark_lock);
	cmark_node *root = cmark_parser_finish(parser);
	pthread_mutex_unlock(&cmark_lock);
	return root;
}

static bool has_marks(struct chunk text, const char *const marks[3])
{
	for (size_t i = 0; i < 3 && marks[i]; i++)
		if (text.len > 0 && memmem(text.data, text.len, marks[i], strlen(marks[i])))
			return true;
	return false;
}

static cmark_node *parse(struct chunk text)
{
	lock_briefly(&cmark_lock);
	cmark_gfm_core_extensions_ensure_registered();
	pthread_mutex_unlock(&cmark_lock);
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
	for (size_t i = 0; i < EXTENSION_COUNT; i++)
		if (has_marks(text, extensions[i].marks) &&
		    !cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i].name)))
			die("cmark-gfm has no extension %s", extensions[i].name);
	cmark_parser_feed(parser, text.data, text.len);
	cmark_node *root = read_inlines(parser);
	cmark_parser_free(parser);
	return root;
}

/* Where the first line behind so many bytes begins that looks like a heading; text.len when there is none. */
static size_t find_heading(struct chunk text, size_t bytes)
{
	const char *end = bytes < text.len ? memmem(text.data + bytes, text.len - bytes, "\n#", 2) : NULL;

	return end ? (size_t)(end + 1 - text.data) : text.len;
}

static size_t line_end(struct chunk text, size_t begin)
{
	const char *end = begin < text.len ? memchr(text.data + begin, '\n', text.len - begin) : NULL;

	return end ? (size_t)(end + 1 - text.data) : text.len;
}

/* Whether the last line of what was read, which looks like a heading, is one that stands by itself: in code, a comment
 * or another block the last block would be that. The heading is taken away: it begins the next piece. */
static bool take_heading(cmark_node *root)
{
	cmark_node *last = cmark_node_last_child(root);

	if (!last || cmark_node_get_type(last) != CMARK_NODE_HEADING)
		return false;
	cmark_node_free(last);
	return true;
}

/* Whether a bracket and a colon stand together, as where a link's address or a footnote is defined. */
static bool has_definition(struct chunk text)
{
	const char *end = text.data + text.len;
	for (const char *at = text.data; at < end && (at = memchr(at, ']', (size_t)(end - at))); at++)
		if (at + 1 < end && at[1] == ':')
			return true;
	return false;
}

struct pieces pieces_of(struct chunk text)
{
	return (struct pieces){ text, text.len > 0 && has_definition(text) };
}

cmark_node *pieces_next(struct pieces *pieces, struct chunk *text)
{
	struct chunk rest = pieces->rest;

	if (rest.len == 0)
		return NULL;
	for (size_t least = LEAST_PIECE;; least *= 2) {
		size_t end = pieces->whole ? rest.len : find_heading(rest, least);
		cmark_node *root = parse((struct chunk){ rest.data, line_end(rest, end) });

		if (end == rest.len || take_heading(root)) {
			*text = (struct chunk){ rest.data, end };
			pieces->rest = (struct chunk){ rest.data + end, rest.len - end };
			return root;
		}
		cmark_node_free(root);
	}
}
