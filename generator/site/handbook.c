#include "site/handbook.h"

#include <string.h>

#include "base/version.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "site/report_files.h"
#include "site/review.h"
#include "site/shelves.h"

static const char TEMPLATE[] = "templates/handbook.md", TITLE[] = "运维知识手册";

enum { DEEPEST = 6 }; /* level of headings */

struct binding {
	struct site *site;
	struct arena *arena;
	struct node *root, *notes; /* notes: held back, as they stand at the document's end */
	int note_count;
};

bool handbook_wanted(const struct site *site)
{
	return site->articles->count > 0 && snapshot_find(site->snapshot, TEMPLATE);
}

static struct node *add_text(struct binding *binding, struct node *block, const char *text)
{
	struct node *node = node_new(binding->arena, NODE_TEXT, node_place(block));
	node->as.text = text;
	node_append(block, node);
	return node;
}

static struct node *new_heading(struct binding *binding, int level, const char *text, const char *id,
                                struct place place)
{
	struct node *heading = node_new(binding->arena, NODE_HEADING, place);
	heading->as.heading = arena_alloc(binding->arena, sizeof *heading->as.heading);
	*heading->as.heading = (struct node_heading){ level, text, id };
	add_text(binding, heading, text);
	return heading;
}

static void break_page(struct binding *binding)
{
	node_append(binding->root, node_new(binding->arena, NODE_PAGE_BREAK, (struct place){ 0 }));
}

/* "kb/a.md#id": unique, as ids are within an article. */
static const char *bound_id(struct binding *binding, const struct article *article, const char *id)
{
	return arena_printf(binding->arena, "%s#%s", article->path, id);
}

/* A chapter's id is the path of its article. */
static void bind_link(struct binding *binding, const struct article *article, struct node_link *link)
{
	const struct articles *articles = binding->site->articles;
	if (!link->url || (link->url[0] != '#' && link->url[strcspn(link->url, ":/")] == ':'))
		return;
	if (link->url[0] == '#') {
		link->url = arena_printf(binding->arena, "#%s%s", article->path, link->url);
		return;
	}
	const char *path = snapshot_resolve(binding->arena, article->path, link->url);
	if (path && map_get(&articles->by_path, path))
		link->url = arena_printf(binding->arena, "#%s%s", path, link->url + strcspn(link->url, "#"));
}

/* What does not print as a picture is named by its words. */
static void bind_picture(struct binding *binding, const struct article *article, struct node *image)
{
	const char *url = image->as.link->url,
	           *path = url ? snapshot_resolve(binding->arena, article->path, url) : NULL;
	if (path && picture_prints(path))
		image->as.link->url = path;
	else
		image->kind = NODE_EMPHASIS;
}

static void bind_heading(struct binding *binding, const struct article *article, struct node_heading *heading)
{
	heading->level = heading->level < DEEPEST ? heading->level + 1 : DEEPEST;
	heading->id = bound_id(binding, article, heading->id);
}

static void bind_node(struct binding *binding, const struct article *article, struct node *node)
{
	switch (node->kind) {
	case NODE_HEADING:
		bind_heading(binding, article, node->as.heading);
		break;
	case NODE_FOOTNOTE:
	case NODE_FOOTNOTE_REFERENCE:
		node->as.note->number += binding->note_count;
		node->as.note->id = bound_id(binding, article, node->as.note->id);
		break;
	case NODE_ANCHOR:
		node->as.id = bound_id(binding, article, node->as.id);
		break;
	case NODE_LINK:
		bind_link(binding, article, node->as.link);
		break;
	case NODE_IMAGE:
		bind_picture(binding, article, node);
		break;
	case NODE_COVER: /* the handbook has its own; an inline that stands among blocks is left out */
	case NODE_TOC:
		node->kind = NODE_TEXT;
		node->as.text = "";
		break;
	default:
		break;
	}
}

/* The node after this one in reading order; NULL at the end of root. */
static struct node *node_after(struct node *node, const struct node *root)
{
	if (node->first)
		return node->first;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* Owner and reviews, as far as the front matter tells them. */
static void add_facts(struct binding *binding, const struct article *article)
{
	struct arena *arena = binding->arena;
	struct review review = review_of(binding->site, article);
	struct node *facts = node_new(arena, NODE_PARAGRAPH, (struct place){ article->path, 1, 1 });
	const struct knowledge_article *known = review.article;
	if (known->owner)
		add_text(binding, facts, arena_printf(arena, "责任人：%s。", known->owner));
	if (known->has_reviewed)
		add_text(binding, facts, arena_printf(arena, "复审：%s。", wording_date(arena, known->reviewed)));
	if (known->has_review_by)
		add_text(binding, facts,
		         arena_printf(arena, "下次：%s%s。", wording_date(arena, known->review_by),
		                      review.state == REVIEW_OVERDUE ? "（已逾期）" : ""));
	if (facts->first)
		node_append(binding->root, facts);
}

/* The article's own title where it begins with one; where links to that title lead stays. */
static struct node *chapter_heading(struct binding *binding, const struct article *article, struct node *first)
{
	struct place place = { article->path, 1, 1 };
	if (!first || first->kind != NODE_HEADING || first->as.heading->level != 2)
		return new_heading(binding, 2, article->title, article->path, place);
	struct node_heading *heading = first->as.heading;
	if (!*heading->text)
		heading->text = add_text(binding, first, article->title)->as.text;
	struct node *anchor = node_new(binding->arena, NODE_ANCHOR, node_place(first));
	anchor->as.id = heading->id;
	heading->id = article->path;
	anchor->parent = first;
	anchor->next = first->first;
	first->first = anchor;
	if (!first->last)
		first->last = anchor;
	return first;
}

static void add_chapter(struct binding *binding, const struct article *article)
{
	struct site *site = binding->site;
	const struct snapshot_file *file = snapshot_find(site->snapshot, article->path);
	struct chunk text;
	if (!snapshot_read(site->snapshot, binding->arena, file, &text, site->diags))
		return;
	/* A tree of its own, to be changed; what is wrong with it was told when articles were gathered. */
	struct diags *told = diags_new();
	struct node *root = document_read(binding->arena, article->path, text, told)->root;
	diags_free(told);
	for (struct node *node = root->first; node; node = node_after(node, root))
		bind_node(binding, article, node);
	struct node *heading = chapter_heading(binding, article, root->first);
	struct node *next = heading == root->first ? heading->next : root->first;
	heading->next = NULL;
	node_append(binding->root, heading);
	add_facts(binding, article);
	int notes = 0;
	for (struct node *node = next; node; node = next) {
		next = node->next;
		node->next = NULL;
		notes += node->kind == NODE_FOOTNOTE;
		node_append(node->kind == NODE_FOOTNOTE ? binding->notes : binding->root, node);
	}
	binding->note_count += notes;
}

static void add_shelf(struct binding *binding, const struct shelf *shelf, size_t number)
{
	const char *id = arena_printf(binding->arena, "shelf-%zu", number);
	break_page(binding);
	node_append(binding->root, new_heading(binding, 1, shelf->title, id, (struct place){ TEMPLATE, 1, 1 }));
	for (size_t i = 0; i < shelf->count; i++) {
		if (i > 0)
			break_page(binding);
		add_chapter(binding, shelf->items[i]);
	}
}

/* Cover and contents; NULL after a diagnostic. */
static struct document *begin(struct site *site, struct arena *arena)
{
	struct value *view = value_object(arena);
	view_count(arena, view, "count", site->articles->count);
	view_text(arena, view, "as_of", wording_instant(arena, site->as_of, OFFSET_CHINA));
	struct value *commit = value_set(arena, view, "commit", value_object(arena));
	view_text(arena, commit, "id", site->commit->id);
	view_text(arena, commit, "short", arena_strndup(arena, site->commit->id, COMMIT_SHORT));
	view_text(arena, commit, "when", wording_instant(arena, site->commit->committer.at, OFFSET_CHINA));
	struct chunk text;
	if (!snapshot_read(site->snapshot, arena, snapshot_find(site->snapshot, TEMPLATE), &text, site->diags))
		return NULL;
	struct template *template = template_compile(arena, TEMPLATE, text, site->loader, site->diags);
	struct document *document = NULL;
	struct buf markdown = BUF_INIT;
	if (template && template_render(template, view, TEMPLATE_MARKDOWN, &markdown, site->diags)) {
		const char *copy = arena_strndup(arena, markdown.data, markdown.len);
		document = document_read(arena, TEMPLATE, chunk_of(copy), site->diags);
	}
	buf_free(&markdown);
	return document;
}

static bool find_picture(const char *url, struct chunk *bytes, void *context)
{
	const struct binding *binding = context;
	const struct snapshot *snapshot = binding->site->snapshot;
	const struct snapshot_file *file = snapshot_find(snapshot, url);
	return file && snapshot_read(snapshot, binding->arena, file, bytes, binding->site->diags);
}

static void print(struct binding *binding, const struct document *document)
{
	struct site *site = binding->site;
	struct arena *arena = binding->arena;
	struct printer printer;
	char as_of[INSTANT_TEXT];
	if (!printer_open(&printer, arena, site->snapshot, site->commit, site->as_of, program_name(), site->diags))
		return;
	struct pdf_facts facts = {
		.title = TITLE,
		.language = "zh-CN",
		.keywords = arena_printf(arena, "handbook, commit %s, as-of %s, program %s", site->commit->id,
		                         instant_format(site->as_of, as_of), printer.program),
		.created = site->commit->committer.at,
		.header = TITLE,
		.footer = arena_printf(arena, "提交 %.*s", COMMIT_SHORT, site->commit->id),
		.image = find_picture,
		.context = binding,
	};
	struct buf bytes = BUF_INIT;
	if (pdf_write(document, printer.setup, &facts, sink_to(&bytes), site->diags))
		site_put(site, HANDBOOK_URL, buf_chunk(&bytes));
	buf_free(&bytes);
	printer_close(&printer);
}

void make_handbook(struct site *site)
{
	struct arena *arena = arena_new();
	struct document *document = begin(site, arena);
	if (document) {
		struct binding binding = { .site = site, .arena = arena, .root = document->root };
		binding.notes = node_new(arena, NODE_DOCUMENT, node_place(document->root));
		for (size_t i = 0; i < site->shelves->count; i++)
			add_shelf(&binding, &site->shelves->items[i], i + 1);
		for (struct node *note = binding.notes->first, *next; note; note = next) {
			next = note->next;
			note->next = NULL;
			node_append(document->root, note);
		}
		print(&binding, document);
	}
	arena_free(arena);
}
