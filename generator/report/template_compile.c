#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "base/map.h"
#include "report/template_tree.h"
#include "source/position.h"

/* What one call of template_compile shares among the partials. */
struct compiler {
	struct arena *arena;
	const struct template_loader *loader;
	struct diags *diags;
	struct map partials; /* name → struct template, also while being compiled */
	bool ok;
};

/* Inside which fence of Markdown the text is that was passed last. */
struct fence {
	char mark; /* '`', '~' or, in front matter, '-'; NUL outside */
	size_t length;
};

struct parser {
	struct compiler *compiler;
	const char *path;
	struct chunk text;
	struct position here;
	const char *open, *close; /* delimiters */
	struct part *parent;      /* section that is open, or NULL */
	struct part **tail;       /* where the next part is linked */
	struct fence fence;
};

struct tag {
	size_t start, end; /* bytes of the whole tag */
	struct place place;
	char sigil;          /* # ^ / > ! & = {, or NUL */
	struct chunk inside; /* without sigil and blanks */
};

static struct template *compile(struct compiler *compiler, struct template *template, const char *path,
                                struct chunk text);

static void fault(struct compiler *compiler)
{
	compiler->ok = false;
}

static const char *copy(struct parser *parser, struct chunk text)
{
	return arena_strndup(parser->compiler->arena, text.data, text.len);
}

static size_t pass_bytes(struct chunk text, size_t at, const char *bytes)
{
	while (at < text.len && text.data[at] && strchr(bytes, text.data[at]))
		at++;
	return at;
}

/* A line begins at text.data[at]: does a fence open or end there? Front matter is
 * fenced by ---, on the first line. */
static void look_for_fence(struct fence *fence, struct chunk text, size_t at)
{
	bool first = at == 0;
	at = pass_bytes(text, at, " \t");
	char mark[2] = { at < text.len ? text.data[at] : '\0', '\0' };
	size_t end = pass_bytes(text, at, mark), length = end - at, next = pass_bytes(text, end, " \t\r");
	bool bare = next == text.len || text.data[next] == '\n';
	if (fence->mark) {
		if (mark[0] == fence->mark && length >= fence->length && bare)
			*fence = (struct fence){ '\0', 0 };
		return;
	}
	if ((length >= 3 && (mark[0] == '`' || mark[0] == '~')) || (first && bare && length == 3 && mark[0] == '-'))
		*fence = (struct fence){ mark[0], length };
}

/* Moves over literal text up to the byte offset to. */
static void pass_text(struct parser *parser, size_t to)
{
	for (size_t at = parser->here.at; at < to; at++)
		if (at == 0 || parser->text.data[at - 1] == '\n')
			look_for_fence(&parser->fence, parser->text, at);
	position_advance(&parser->here, parser->text, to);
}

static struct part *add_part(struct parser *parser, enum part_kind kind, struct place place)
{
	struct part *part = arena_alloc(parser->compiler->arena, sizeof *part);
	part->kind = kind;
	part->place = place;
	part->parent = parser->parent;
	*parser->tail = part;
	parser->tail = &part->next;
	return part;
}

static void add_text(struct parser *parser, size_t from, size_t to)
{
	if (from < to)
		add_part(parser, PART_TEXT, position_place(parser->here, parser->path))->text =
		    (struct chunk){ parser->text.data + from, to - from };
}

/* Byte offset of word at or behind from; text.len when it is not there. */
static size_t find(struct chunk text, size_t from, const char *word, size_t len)
{
	const char *at = memmem(text.data + from, text.len - from, word, len);
	return at ? (size_t)(at - text.data) : text.len;
}

static bool is_name(struct chunk name)
{
	if (name.len == 0)
		return false;
	if (chunk_is(name, "."))
		return true;
	for (size_t i = 0; i < name.len; i++) {
		if (strchr(" \t\r\n{}", name.data[i]))
			return false;
		if (name.data[i] == '.' && (i == 0 || i + 1 == name.len || name.data[i - 1] == '.'))
			return false;
	}
	return true;
}

static void set_name(struct parser *parser, struct part *part, struct chunk name)
{
	struct arena *arena = parser->compiler->arena;
	const char **path = NULL;
	size_t capacity = 0;
	part->name = copy(parser, name);
	if (chunk_is(name, "."))
		return;
	for (const char *at = part->name;; at++) {
		size_t len = strcspn(at, ".");
		arena_push(arena, path, part->path_length, capacity, arena_strndup(arena, at, len));
		at += len;
		if (!*at)
			break;
	}
	part->path = path;
}

static void open_section(struct parser *parser, const struct tag *tag)
{
	struct part *part = add_part(parser, tag->sigil == '#' ? PART_SECTION : PART_INVERTED, tag->place);
	set_name(parser, part, tag->inside);
	parser->parent = part;
	parser->tail = &part->first;
}

static void close_section(struct parser *parser)
{
	struct part *section = parser->parent;
	parser->parent = section->parent;
	parser->tail = &section->next;
}

static void end_section(struct parser *parser, const struct tag *tag)
{
	struct compiler *compiler = parser->compiler;
	struct part *section = parser->parent;
	while (section && !chunk_is(tag->inside, section->name))
		section = section->parent;
	if (!section) {
		DIAG(compiler->diags, tag->place, MSG_TEMPLATE_CLOSED, copy(parser, tag->inside));
		fault(compiler);
		return;
	}
	for (; parser->parent != section; close_section(parser)) {
		DIAG(compiler->diags, tag->place, MSG_TEMPLATE_CROSSED, section->name, parser->parent->name);
		fault(compiler);
	}
	close_section(parser);
}

/* The partial, compiled once however often it is named. */
static const struct template *find_partial(struct parser *parser, const struct tag *tag)
{
	struct compiler *compiler = parser->compiler;
	const char *name = copy(parser, tag->inside), *path;
	struct template *partial = map_get(&compiler->partials, name);
	if (partial)
		return partial;
	partial = arena_alloc(compiler->arena, sizeof *partial);
	map_put(&compiler->partials, name, partial);
	struct chunk text;
	if (compiler->loader && compiler->loader->load(name, &path, &text, compiler->loader->context))
		return compile(compiler, partial, path, text);
	DIAG(compiler->diags, tag->place, MSG_TEMPLATE_PARTIAL, name);
	fault(compiler);
	return partial;
}

static void add_partial(struct parser *parser, const struct tag *tag, bool standalone, size_t line)
{
	struct part *part = add_part(parser, PART_PARTIAL, tag->place);
	part->name = copy(parser, tag->inside);
	part->fenced = parser->fence.mark != '\0';
	part->standalone = standalone;
	if (standalone)
		part->indent = (struct chunk){ parser->text.data + line, tag->start - line };
	part->target = find_partial(parser, tag);
}

static void add_value(struct parser *parser, const struct tag *tag)
{
	struct part *part = add_part(parser, PART_VALUE, tag->place);
	part->raw = tag->sigil == '&' || tag->sigil == '{';
	part->fenced = parser->fence.mark != '\0';
	set_name(parser, part, tag->inside);
}

/* {{=<% %>=}} */
static void parse_delimiters(struct parser *parser, const struct tag *tag)
{
	const char *inside = copy(parser, tag->inside), *blanks = " \t\r\n";
	size_t length = strcspn(inside, blanks), gap = strspn(inside + length, blanks);
	const char *close = inside + length + gap;
	if (length > 0 && *close && close[strcspn(close, blanks)] == '\0' && !strchr(inside, '=')) {
		parser->open = arena_strndup(parser->compiler->arena, inside, length);
		parser->close = close;
		return;
	}
	DIAG(parser->compiler->diags, tag->place, MSG_TEMPLATE_DELIMITERS, inside);
	fault(parser->compiler);
}

/* Reads the tag that opens at start; false when it is never closed. */
static bool read_tag(struct parser *parser, size_t start, struct tag *tag)
{
	struct chunk text = parser->text;
	size_t from = start + strlen(parser->open);
	while (from < text.len && (text.data[from] == ' ' || text.data[from] == '\t'))
		from++;
	char sigil = from < text.len ? text.data[from] : '\0';
	*tag = (struct tag){ .start = start, .place = position_place(parser->here, parser->path) };
	if (sigil && strchr("#^/>!&={", sigil)) {
		tag->sigil = sigil;
		from++;
	}
	char closing[2] = { sigil == '{' ? '}' : '=', '\0' };
	const char *close = sigil == '{' || sigil == '='
	                        ? arena_printf(parser->compiler->arena, "%s%s", closing, parser->close)
	                        : parser->close;
	size_t end = find(text, from, close, strlen(close));
	if (end == text.len) {
		DIAG(parser->compiler->diags, tag->place, MSG_TEMPLATE_SYNTAX, close);
		fault(parser->compiler);
		return false;
	}
	tag->inside = chunk_trim((struct chunk){ text.data + from, end - from });
	tag->end = end + strlen(close);
	return true;
}

/* Where the line begins that the tag is alone on, as far as blanks go; *next is
 * set behind the line's end. False when it is not alone. */
static bool alone_on_line(struct chunk text, const struct tag *tag, size_t *line, size_t *next)
{
	size_t from = tag->start, to = tag->end;
	while (from > 0 && (text.data[from - 1] == ' ' || text.data[from - 1] == '\t'))
		from--;
	while (to < text.len && (text.data[to] == ' ' || text.data[to] == '\t'))
		to++;
	if (to < text.len && text.data[to] == '\r' && to + 1 < text.len && text.data[to + 1] == '\n')
		to++;
	if ((from > 0 && text.data[from - 1] != '\n') || (to < text.len && text.data[to] != '\n'))
		return false;
	*line = from;
	*next = to < text.len ? to + 1 : to;
	return true;
}

static void take_tag(struct parser *parser, const struct tag *tag, bool standalone, size_t line)
{
	if (tag->sigil == '!')
		return;
	if (tag->sigil == '=') {
		parse_delimiters(parser, tag);
		return;
	}
	bool partial = tag->sigil == '>';
	if (partial ? tag->inside.len == 0 : !is_name(tag->inside)) {
		DIAG(parser->compiler->diags, tag->place, MSG_TEMPLATE_TAG, copy(parser, tag->inside));
		fault(parser->compiler);
		return;
	}
	if (tag->sigil == '#' || tag->sigil == '^')
		open_section(parser, tag);
	else if (tag->sigil == '/')
		end_section(parser, tag);
	else if (partial)
		add_partial(parser, tag, standalone, line);
	else
		add_value(parser, tag);
}

static void parse(struct parser *parser)
{
	for (;;) {
		size_t from = parser->here.at, start = find(parser->text, from, parser->open, strlen(parser->open));
		struct position text_start = parser->here;
		pass_text(parser, start);
		struct tag tag;
		if (start == parser->text.len || !read_tag(parser, start, &tag)) {
			parser->here = text_start;
			add_text(parser, from, parser->text.len);
			break;
		}
		size_t line = start, next = tag.end;
		bool may_stand_alone = tag.sigil != '\0' && tag.sigil != '&' && tag.sigil != '{';
		bool standalone = may_stand_alone && alone_on_line(parser->text, &tag, &line, &next);
		add_text(parser, from, line);
		take_tag(parser, &tag, standalone, line);
		position_advance(&parser->here, parser->text, next);
	}
	for (struct part *part = parser->parent; part; part = part->parent) {
		DIAG(parser->compiler->diags, part->place, MSG_TEMPLATE_UNCLOSED, part->name);
		fault(parser->compiler);
	}
}

static struct template *compile(struct compiler *compiler, struct template *template, const char *path,
                                struct chunk text)
{
	struct parser parser = { .compiler = compiler,
		                 .path = path,
		                 .text = text,
		                 .here = POSITION_START,
		                 .open = "{{",
		                 .close = "}}",
		                 .tail = &template->first };
	parse(&parser);
	return template;
}

struct template *template_compile(struct arena *arena, const char *path, struct chunk text,
                                  const struct template_loader *loader, struct diags *diags)
{
	struct compiler compiler = { .arena = arena, .loader = loader, .diags = diags, .ok = true };
	map_init(&compiler.partials, arena);
	struct template *template = compile(&compiler, arena_alloc(arena, sizeof *template), path, text);
	return compiler.ok ? template : NULL;
}
