/* The document tree: what Markdown is lowered into, and what HTML, PDF and the
 * search index are walks of.
 *
 * A tree belongs to one arena. Text nodes hold plain text: escaping is the
 * painter's work. Blocks that Markdown lacks are fenced code blocks whose info
 * string names them; their body is JSON (see docs/templates.md):
 *
 *     ```chart      a chart (document/chart.h)
 *     ```form       a form: a table with merged cells, as signed on paper
 *     ```signature  a signature block: one field a signer
 *     ```cover      title page: title, subtitle, facts
 *     ```toc        table of contents
 *     ```pagebreak  starts a new page in print
 */
#ifndef OPSLEDGER_DOCUMENT_DOCUMENT_H
#define OPSLEDGER_DOCUMENT_DOCUMENT_H

#include "base/diag.h"
#include "base/memory.h"
#include "base/value.h"

struct drawing;

enum node_kind {
	/* blocks */
	NODE_DOCUMENT,
	NODE_HEADING, /* level, id */
	NODE_PARAGRAPH,
	NODE_LIST, /* ordered, start, tight */
	NODE_ITEM, /* task: -1 none, 0 open, 1 done */
	NODE_QUOTE,
	NODE_CODE, /* text, info */
	NODE_RULE,
	NODE_TABLE, /* first row is the head; rows have the same number of cells */
	NODE_ROW,
	NODE_CELL,      /* align, head; in forms also span_columns, span_rows, lines */
	NODE_FOOTNOTE,  /* id, number, references; all stand at the document's end, in order */
	NODE_CHART,     /* data, drawing */
	NODE_FORM,      /* title; rows of cells as in HTML; data.widths: shares of the columns' widths */
	NODE_SIGNATURE, /* data */
	NODE_COVER,     /* data */
	NODE_TOC,
	NODE_PAGE_BREAK,
	/* inlines */
	NODE_TEXT, /* text */
	NODE_EMPHASIS,
	NODE_STRONG,
	NODE_STRIKE,
	NODE_CODE_SPAN, /* text */
	NODE_LINK,      /* url, title */
	NODE_IMAGE,     /* url, title; children are the alternative text */
	NODE_SOFT_BREAK,
	NODE_LINE_BREAK,
	NODE_ANCHOR,            /* id: a place that links lead to */
	NODE_FOOTNOTE_REFERENCE /* id (its own), number (the footnote's) */
};

enum align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct node {
	enum node_kind kind;
	struct place place;
	struct node *parent, *first, *last, *next, *previous;
	const char *text;            /* TEXT, CODE, CODE_SPAN; HEADING: its plain text */
	const char *url;             /* LINK: http, https, mailto, record or relative; IMAGE: relative; NULL refused */
	const char *title;           /* LINK, IMAGE, FORM */
	const char *info;            /* CODE */
	const char *id;              /* HEADING, FOOTNOTE…, ANCHOR: unique in the document */
	int level;                   /* HEADING 1–6 */
	int start;                   /* LIST */
	int number;                  /* FOOTNOTE…: from 1 */
	int references;              /* FOOTNOTE: how many references there are */
	int task;                    /* ITEM */
	int span_columns, span_rows; /* CELL, 1 or more */
	int lines;                   /* CELL: room for so many lines at least, to be filled in by hand; 0 none */
	bool head;                   /* CELL: names the cells beside or below it */
	bool ordered, tight;
	enum align align;              /* CELL */
	const struct value *data;      /* CHART, FORM, SIGNATURE, COVER: their JSON, checked */
	const struct drawing *drawing; /* CHART: drawn once, DRAWING_WIDTH wide; painters scale it */
};

/* Width of the drawings in a tree, in points. */
#define DRAWING_WIDTH 450.0

struct document {
	struct node *root;
	const struct value *front; /* front matter, or NULL */
	const char *title;         /* of front matter, else of the cover, else the first level-1 heading, else "" */
};

/* Reads Markdown (CommonMark with GFM tables, strikethrough, task lists,
 * autolinks and footnotes; YAML front matter between --- lines). text is UTF-8;
 * path is what diagnostics name. Never NULL: what is wrong is reported and left
 * out, raw HTML too; HTML comments are left out in silence.
 *
 * [[CONTRACT/TYPE/ID]] becomes a LINK with url "record:CONTRACT/TYPE/ID" and the
 * ID as its text, [[#NAME]] an ANCHOR. A link with another scheme and an image that is not of this
 * repository are reported and lose their url. A newline inside a text, as from &#10;, is a LINE_BREAK; a soft
 * break between two Chinese characters is left out. A
 * heading's id is its text in lower case, blanks as '-', without punctuation,
 * with -1, -2 … where it is taken. Threads may read at the same time. */
struct document *document_read(struct arena *arena, const char *path, struct chunk text, struct diags *diags);

/* A new node without parent. */
struct node *node_new(struct arena *arena, enum node_kind kind, struct place place);
/* Makes child the last child of parent. */
void node_append(struct node *parent, struct node *child);

/* Whether a cell that is a head names its column, as it does when its whole row is
 * heads; else it names its row. */
bool node_names_column(const struct node *cell);

enum walk_event { WALK_ENTER, WALK_EXIT };

/* Walks the tree below and with root in reading order, calling visit twice for
 * every node (also for leaves). visit may change nothing of the tree. */
void document_walk(const struct node *root,
                   void (*visit)(enum walk_event event, const struct node *node, void *context), void *context);

/* Appends the plain text below node, as a reader hears it: blocks and line breaks
 * end in a newline, cells in a tab, a chart is its alternative text. */
void node_text(const struct node *node, struct buf *out);

#endif
