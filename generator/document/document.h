/* The document tree: what Markdown is lowered into, and what HTML, PDF and the
 * search index are walks of.
 *
 * A tree belongs to one arena. Text nodes hold plain text: escaping is the
 * painter's work. Blocks that Markdown lacks are fenced code blocks whose info
 * string names them; their body is JSON (see docs/templates.md):
 *
 *     ```chart      a chart (document/chart.h)
 *     ```flow       a flow chart (document/flowchart.h)
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
	NODE_HEADING, /* as.heading */
	NODE_PARAGRAPH,
	NODE_LIST, /* as.list */
	NODE_ITEM, /* as.task */
	NODE_QUOTE,
	NODE_CODE, /* as.code */
	NODE_RULE,
	NODE_TABLE, /* first row is the head; rows have the same number of cells */
	NODE_ROW,
	NODE_CELL,      /* as.cell */
	NODE_FOOTNOTE,  /* as.note; all stand at the document's end, in order */
	NODE_CHART,     /* as.chart */
	NODE_FORM,      /* as.data; rows of cells as in HTML; widths: shares of the columns' widths */
	NODE_SIGNATURE, /* as.data */
	NODE_COVER,     /* as.data */
	NODE_TOC,
	NODE_PAGE_BREAK,
	/* inlines */
	NODE_TEXT, /* as.text */
	NODE_EMPHASIS,
	NODE_STRONG,
	NODE_STRIKE,
	NODE_CODE_SPAN, /* as.text */
	NODE_LINK,      /* as.link */
	NODE_IMAGE,     /* as.link; children are the alternative text */
	NODE_SOFT_BREAK,
	NODE_LINE_BREAK,
	NODE_ANCHOR,            /* as.id: a place that links lead to */
	NODE_FOOTNOTE_REFERENCE /* as.note */
};

enum align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* An id is unique in the document. */

struct node_heading {
	int level;        /* 1–6 */
	const char *text; /* plain */
	const char *id;
};

struct node_list {
	bool ordered, tight;
	int start;
};

struct node_code {
	const char *text, *info;
};

struct node_cell {
	enum align align;
	bool head;                   /* names the cells beside or below it */
	int span_columns, span_rows; /* 1 or more; more in forms only, as lines */
	int lines;                   /* room for so many lines at least, to be filled in by hand; 0 none */
};

/* A footnote or a reference to one. */
struct node_note {
	const char *id; /* its own */
	int number;     /* the footnote's, from 1 */
	int references; /* FOOTNOTE: how many there are */
};

struct node_link {
	const char *url; /* LINK: http, https, mailto, record or relative; IMAGE: relative; NULL refused */
	const char *title;
};

typedef struct drawing *chart_drawer(struct arena *arena, const struct value *body, double width, struct diags *diags);

/* What a chart says is small and its drawing large, so painters draw it anew: block_drawing in document/block.h. */
struct node_chart {
	const char *title, *description; /* of the drawing: the description is the alternative text */
	double width, height;            /* of the drawing, in points */
	const char *body;                /* JSON, checked */
	chart_drawer *draw;
};

/* A large document has hundreds of thousands: no wider than needed. */
struct node {
	enum node_kind kind : 8;
	unsigned column : 24, line;
	const char *path;
	struct node *parent, *first, *last, *next;
	union {
		const char *text, *id;
		int task; /* -1 none, 0 open, 1 done */
		struct node_heading *heading;
		struct node_list *list;
		const struct node_code *code;
		const struct node_cell *cell;
		struct node_note *note;
		struct node_link *link;
		const struct node_chart *chart;
		const struct value *data; /* JSON, checked */
	} as;
};

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
struct place node_place(const struct node *node);
/* The id of a node that links may lead to, or NULL. */
const char *node_id(const struct node *node);
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
