#include "document/pdf_tags.h"

#include <limits.h>
#include <stdlib.h>

/* Marked content, or an annotation. */
struct content {
	struct content *next; /* of the same element */
	unsigned sheet;
	unsigned order; /* of painting */
	unsigned id;
	unsigned annotation; /* 0 for marked content */
};

/* An element that is not written yet. */
struct tag {
	struct tag *next; /* of those that are free */
	unsigned object;
	unsigned order;               /* of what is painted first, here or below; UINT_MAX: nothing */
	size_t page;                  /* the sheet of its first own content; SIZE_MAX: it has none */
	struct content *first, *last; /* own, not yet among the kids */
	struct buf kids;
};

/* A part of the parent tree, which is a number tree of two levels, so that no
 * array is too long for PDF 1.4. */
struct leaf {
	struct buf items;
	size_t first, end; /* keys */
};

struct pdf_tags {
	struct pdf_file *file;
	const struct pdf_pages *pages;
	unsigned top; /* the StructTreeRoot */
	unsigned root;
	unsigned order;
	struct tag *free_tags;
	struct content *free_contents;
	struct leaf sheets, annotations;
	struct buf sheet; /* the elements of the contents of the sheet in hand, by marked-content id */
	unsigned contents;
	struct buf sheet_leaves, annotation_leaves; /* references to those written */
	struct buf body;
};

struct pdf_tags *pdf_tags_new(struct pdf_file *file, const struct pdf_pages *pages)
{
	struct pdf_tags *tags = arena_alloc(file->arena, sizeof *tags);

	tags->file = file;
	tags->pages = pages;
	tags->top = pdf_reserve(file);
	tags->annotations.first = tags->annotations.end = pages->count;
	return tags;
}

static struct tag *tag_of(struct pdf_tags *tags, struct element *element)
{
	struct tag *tag = element->tag;

	if (tag)
		return tag;
	tag = tags->free_tags;
	if (tag)
		tags->free_tags = tag->next;
	else
		tag = arena_alloc(tags->file->arena, sizeof *tag);
	*tag =
	    (struct tag){ .object = pdf_reserve(tags->file), .order = UINT_MAX, .page = SIZE_MAX, .kids = tag->kids };
	return element->tag = tag;
}

static void free_tag(struct pdf_tags *tags, struct element *element)
{
	struct tag *tag = element->tag;

	buf_clear(&tag->kids);
	tag->next = tags->free_tags;
	tags->free_tags = tag;
	element->tag = NULL;
}

static void add_content(struct pdf_tags *tags, struct tag *tag, struct content content)
{
	struct content *kept = tags->free_contents;

	if (kept)
		tags->free_contents = kept->next;
	else
		kept = arena_alloc(tags->file->arena, sizeof *kept);
	*kept = content;
	kept->order = tags->order++;
	if (tag->order == UINT_MAX)
		tag->order = kept->order;
	if (tag->page == SIZE_MAX)
		tag->page = kept->sheet;
	if (tag->first)
		tag->last->next = kept;
	else
		tag->first = kept;
	tag->last = kept;
}

unsigned pdf_tags_content(struct pdf_tags *tags, struct element *element, size_t sheet)
{
	struct tag *tag = tag_of(tags, element);
	unsigned id = tags->contents++;

	add_content(tags, tag, (struct content){ .sheet = (unsigned)sheet, .id = id });
	buf_printf(&tags->sheet, "%u 0 R ", tag->object);
	return id;
}

static void end_leaf(struct pdf_tags *tags, struct leaf *leaf, struct buf *references)
{
	if (leaf->end == leaf->first)
		return;
	buf_printf(
	    references, "%u 0 R ",
	    pdf_object(tags->file, "/Limits [%zu %zu] /Nums [%s]", leaf->first, leaf->end - 1, buf_str(&leaf->items)));
	buf_clear(&leaf->items);
	leaf->first = leaf->end;
}

/* The next key is taken. */
static void end_key(struct pdf_tags *tags, struct leaf *leaf, struct buf *references)
{
	const size_t most = 500;

	if (++leaf->end - leaf->first == most)
		end_leaf(tags, leaf, references);
}

unsigned pdf_tags_annotation(struct pdf_tags *tags, struct element *element, size_t sheet, unsigned annotation)
{
	struct tag *tag = tag_of(tags, element);
	size_t key = tags->annotations.end;

	add_content(tags, tag, (struct content){ .sheet = (unsigned)sheet, .annotation = annotation });
	buf_printf(&tags->annotations.items, "%zu %u 0 R\n", key, tag->object);
	end_key(tags, &tags->annotations, &tags->annotation_leaves);
	return (unsigned)key;
}

void pdf_tags_end_sheet(struct pdf_tags *tags)
{
	buf_printf(&tags->sheets.items, "%zu [%s]\n", tags->sheets.end, buf_str(&tags->sheet));
	buf_clear(&tags->sheet);
	tags->contents = 0;
	end_key(tags, &tags->sheets, &tags->sheet_leaves);
}

static void put_content(struct pdf_tags *tags, struct tag *tag, const struct content *content)
{
	unsigned page = pdf_page(tags->pages, content->sheet);

	if (content->annotation)
		buf_printf(&tag->kids, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>> ", page, content->annotation);
	else if (content->sheet == tag->page)
		buf_printf(&tag->kids, "%u ", content->id);
	else
		buf_printf(&tag->kids, "<</Type/MCR/Pg %u 0 R/MCID %u>> ", page, content->id);
}

/* Own contents that are painted before order become kids. */
static void put_contents(struct pdf_tags *tags, struct tag *tag, unsigned order)
{
	struct content *content;

	while ((content = tag->first) && content->order < order) {
		put_content(tags, tag, content);
		tag->first = content->next;
		content->next = tags->free_contents;
		tags->free_contents = content;
	}
}

static void put_cell(const struct element *element, struct buf *out)
{
	buf_puts(out, "/A<</O/Table");
	if (element->scope)
		buf_printf(out, "/Scope/%s", element->scope);
	if (element->span_columns > 1)
		buf_printf(out, "/ColSpan %d", element->span_columns);
	if (element->span_rows > 1)
		buf_printf(out, "/RowSpan %d", element->span_rows);
	buf_puts(out, ">>");
}

static void write_element(struct pdf_tags *tags, const struct element *element, const struct tag *tag, unsigned parent)
{
	struct buf *out = &tags->body;

	buf_clear(out);
	/* There are thousands: no more than is needed. */
	buf_printf(out, "/S/%s/P %u 0 R", element->type, parent);
	if (element->alternative) {
		buf_puts(out, "/Alt");
		pdf_put_text(out, element->alternative);
	}
	if (element->scope || element->span_columns > 1 || element->span_rows > 1)
		put_cell(element, out);
	if (tag->page != SIZE_MAX)
		buf_printf(out, "/Pg %u 0 R", pdf_page(tags->pages, tag->page));
	if (tag->kids.len > 0) /* without the blank behind the last */
		buf_printf(out, "/K[%.*s]", (int)tag->kids.len - 1, tag->kids.data);
	pdf_set(tags->file, tag->object, buf_chunk(out));
}

void pdf_tags_write(struct pdf_tags *tags, struct element *element)
{
	struct tag *tag = tag_of(tags, element), *parent = element->parent ? tag_of(tags, element->parent) : NULL;

	for (struct element *child = element->first; child; child = child->next)
		pdf_tags_write(tags, child);
	put_contents(tags, tag, UINT_MAX);
	write_element(tags, element, tag, parent ? parent->object : tags->top);
	if (parent) {
		/* Own contents and children in the order of reading. */
		put_contents(tags, parent, tag->order);
		buf_printf(&parent->kids, "%u 0 R ", tag->object);
		if (tag->order < parent->order)
			parent->order = tag->order;
	} else {
		tags->root = tag->object;
	}
	free_tag(tags, element);
}

unsigned pdf_tags_close(struct pdf_tags *tags)
{
	size_t keys = tags->annotations.end;

	end_leaf(tags, &tags->sheets, &tags->sheet_leaves);
	end_leaf(tags, &tags->annotations, &tags->annotation_leaves);
	unsigned tree =
	    pdf_object(tags->file, "/Kids [%s%s]", buf_str(&tags->sheet_leaves), buf_str(&tags->annotation_leaves));
	buf_clear(&tags->body);
	buf_printf(&tags->body, "/Type /StructTreeRoot /K %u 0 R /ParentTree %u 0 R /ParentTreeNextKey %zu", tags->root,
	           tree, keys);
	pdf_set(tags->file, tags->top, buf_chunk(&tags->body));
	struct buf *owned[] = { &tags->sheets.items, &tags->annotations.items, &tags->sheet,
		                &tags->sheet_leaves, &tags->annotation_leaves, &tags->body };
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		buf_free(owned[i]);
	for (struct tag *tag = tags->free_tags; tag; tag = tag->next)
		buf_free(&tag->kids);
	return tags->top;
}
