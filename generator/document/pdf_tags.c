#include "document/pdf_tags.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Marked content, or an annotation. */
struct content {
	struct content *next; /* of the same element */
	unsigned element;     /* its number */
	unsigned sheet;
	unsigned order; /* of painting */
	unsigned id;
	unsigned annotation; /* 0 for marked content */
};

struct entry {
	struct content *first, *last;
	unsigned order; /* of what is painted first, here or below */
	unsigned object;
};

struct page_contents {
	struct content **items; /* by marked-content id */
	size_t count, capacity;
};

struct pdf_tags {
	struct pdf_file *file;
	const struct layout *layout;
	const HPDF_Page *pages;
	struct entry *entries; /* by element number */
	size_t entry_capacity;
	struct page_contents *sheets;
	struct page_contents annotations; /* by StructParent, from the number of sheets */
	unsigned order;
};

struct pdf_tags *pdf_tags_new(struct pdf_file *file, const struct layout *layout, const HPDF_Page *pages)
{
	struct pdf_tags *tags = arena_alloc(file->arena, sizeof *tags);

	tags->file = file;
	tags->layout = layout;
	tags->pages = pages;
	tags->sheets = arena_alloc(file->arena, layout->sheet_count * sizeof *tags->sheets);
	return tags;
}

/* Makes sure that there is an entry for element number. */
static void reserve_entry(struct pdf_tags *tags, unsigned number)
{
	size_t old = tags->entry_capacity;

	if (number < old)
		return;
	tags->entry_capacity = number < 512 ? 1024 : number * (size_t)2;
	tags->entries = xreallocarray(tags->entries, tags->entry_capacity, sizeof *tags->entries);
	memset(tags->entries + old, 0, (tags->entry_capacity - old) * sizeof *tags->entries);
}

static unsigned add_content(struct pdf_tags *tags, struct page_contents *list, struct content content)
{
	reserve_entry(tags, content.element);
	struct entry *entry = &tags->entries[content.element];
	struct content *kept = arena_alloc(tags->file->arena, sizeof *kept);

	*kept = content;
	kept->id = (unsigned)list->count;
	kept->order = tags->order++;
	if (entry->last)
		entry->last->next = kept;
	else
		entry->first = kept;
	entry->last = kept;
	arena_push(tags->file->arena, list->items, list->count, list->capacity, kept);
	return kept->id;
}

unsigned pdf_tags_content(struct pdf_tags *tags, const struct element *element, size_t sheet)
{
	return add_content(tags, &tags->sheets[sheet],
	                   (struct content){ .element = element->number, .sheet = (unsigned)sheet });
}

unsigned pdf_tags_annotation(struct pdf_tags *tags, const struct element *element, size_t sheet, unsigned annotation)
{
	struct content content = { .element = element->number, .sheet = (unsigned)sheet, .annotation = annotation };

	return (unsigned)tags->layout->sheet_count + add_content(tags, &tags->annotations, content);
}

/* Gives each element an object and finds what is painted first of it. */
static unsigned prepare(struct pdf_tags *tags, const struct element *element)
{
	struct entry *entry = &tags->entries[element->number];

	entry->order = entry->first ? entry->first->order : UINT_MAX;
	entry->object = pdf_reserve(tags->file);
	for (const struct element *child = element->first; child; child = child->next) {
		unsigned order = prepare(tags, child);

		if (order < entry->order)
			entry->order = order;
	}
	return entry->order;
}

static void put_content(struct pdf_tags *tags, const struct content *content, size_t page, struct buf *out)
{
	if (content->annotation)
		buf_printf(out, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>> ", pdf_number(tags->pages[content->sheet]),
		           content->annotation);
	else if (content->sheet == page)
		buf_printf(out, "%u ", content->id);
	else
		buf_printf(out, "<</Type/MCR/Pg %u 0 R/MCID %u>> ", pdf_number(tags->pages[content->sheet]),
		           content->id);
}

/* Own contents and children in the order of reading. */
static void put_kids(struct pdf_tags *tags, const struct element *element, size_t page, struct buf *out)
{
	const struct content *content = tags->entries[element->number].first;

	for (const struct element *child = element->first; child; child = child->next) {
		const struct entry *entry = &tags->entries[child->number];

		for (; content && content->order < entry->order; content = content->next)
			put_content(tags, content, page, out);
		buf_printf(out, "%u 0 R ", entry->object);
	}
	for (; content; content = content->next)
		put_content(tags, content, page, out);
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

static void write_element(struct pdf_tags *tags, const struct element *element, unsigned parent, struct buf *out)
{
	const struct entry *entry = &tags->entries[element->number];
	size_t page = entry->first ? entry->first->sheet : 0;

	buf_clear(out);
	/* There are thousands: no more than is needed. */
	buf_printf(out, "/S/%s/P %u 0 R", element->type, parent);
	if (element->alternative) {
		buf_puts(out, "/Alt");
		pdf_put_text(out, element->alternative);
	}
	if (element->scope || element->span_columns > 1 || element->span_rows > 1)
		put_cell(element, out);
	if (entry->first)
		buf_printf(out, "/Pg %u 0 R", pdf_number(tags->pages[page]));
	if (entry->first || element->first) {
		buf_puts(out, "/K[");
		put_kids(tags, element, page, out);
		out->len--; /* the blank behind the last */
		buf_putc(out, ']');
	}
	pdf_set(tags->file, entry->object, buf_chunk(out));
	for (const struct element *child = element->first; child; child = child->next)
		write_element(tags, child, entry->object, out);
}

/* The parent tree's item for a key: the elements of a page's contents, or that
 * of an annotation. */
static void put_parents(const struct pdf_tags *tags, size_t key, struct buf *out)
{
	size_t sheets = tags->layout->sheet_count;

	buf_printf(out, "%zu ", key);
	if (key >= sheets) {
		const struct content *content = tags->annotations.items[key - sheets];

		buf_printf(out, "%u 0 R\n", tags->entries[content->element].object);
		return;
	}
	buf_putc(out, '[');
	for (size_t i = 0; i < tags->sheets[key].count; i++)
		buf_printf(out, "%u 0 R ", tags->entries[tags->sheets[key].items[i]->element].object);
	buf_puts(out, "]\n");
}

/* A number tree of two levels, so that no array is too long for PDF 1.4. */
static unsigned write_parent_tree(struct pdf_tags *tags)
{
	const size_t most = 500, count = tags->layout->sheet_count + tags->annotations.count;
	struct buf kids = BUF_INIT, leaf = BUF_INIT;

	for (size_t first = 0; first < count; first += most) {
		size_t end = first + most < count ? first + most : count;

		buf_clear(&leaf);
		buf_printf(&leaf, "/Limits [%zu %zu] /Nums [", first, end - 1);
		for (size_t key = first; key < end; key++)
			put_parents(tags, key, &leaf);
		buf_putc(&leaf, ']');
		buf_printf(&kids, "%u 0 R ", pdf_object(tags->file, "%s", leaf.data));
	}
	unsigned tree = pdf_object(tags->file, "/Kids [%s]", buf_str(&kids));
	buf_free(&kids);
	buf_free(&leaf);
	return tree;
}

unsigned pdf_tags_write(struct pdf_tags *tags)
{
	const struct element *root = tags->layout->root;
	struct buf out = BUF_INIT;

	reserve_entry(tags, tags->layout->element_count);
	prepare(tags, root);
	unsigned top =
	    pdf_object(tags->file, "/Type /StructTreeRoot /K %u 0 R /ParentTree %u 0 R /ParentTreeNextKey %zu",
	               tags->entries[root->number].object, write_parent_tree(tags),
	               tags->layout->sheet_count + tags->annotations.count);
	write_element(tags, root, top, &out);
	buf_free(&out);
	free(tags->entries);
	return top;
}
