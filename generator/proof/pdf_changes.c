#include "proof/pdf_changes.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 16, MAX_PAGES = 200000 };

/* One revision against the one before. */
struct comparison {
	const struct pdf_reader *reader;
	size_t revision;
	struct pdf_fields fields; /* before it */
	bool *accepted;           /* by entry of the revision: needed by a signature, or judged already */
	struct pdf_changes *out;
};

static struct arena *arena_of(const struct comparison *comparison)
{
	return comparison->reader->arena;
}

static void blame(struct comparison *comparison, uint32_t object, const char *what)
{
	struct pdf_change change = { comparison->revision, object, 0, what };
	arena_push(arena_of(comparison), comparison->out->items, comparison->out->count, comparison->out->capacity,
	           change);
}

static const struct pdf_revision *revision_of(const struct comparison *comparison)
{
	return &comparison->reader->revisions[comparison->revision];
}

static bool existed(const struct comparison *comparison, uint32_t number)
{
	return pdf_reader_find(comparison->reader, comparison->revision - 1, number) != NULL;
}

/* The revision's entry of that number, or its count. */
static size_t entry_of(const struct comparison *comparison, uint32_t number)
{
	const struct pdf_revision *revision = revision_of(comparison);
	size_t low = 0, high = revision->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (revision->entries[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < revision->count && revision->entries[low].number == number ? low : revision->count;
}

/* Accepts the new objects that the value leads to. Objects that were there
 * before are only referred to, and stay what they are. */
static void accept(struct comparison *comparison, const struct pdf_value *value, unsigned depth)
{
	if (!value || depth > MAX_DEPTH)
		return;
	for (size_t i = 0; i < value->count; i++)
		accept(comparison, &value->items[i], depth + 1);
	if (value->kind != PDF_REFERENCE)
		return;
	uint32_t number = (uint32_t)value->integer;
	size_t entry = entry_of(comparison, number);
	struct pdf_object object;
	if (entry == revision_of(comparison)->count || comparison->accepted[entry] || existed(comparison, number) ||
	    !pdf_reader_object(comparison->reader, comparison->revision, number, &object))
		return;
	comparison->accepted[entry] = true;
	accept(comparison, &object.value, depth + 1);
}

/* Blames each key whose value is not what it was, but for the keys allowed,
 * a list that ends in NULL. */
static void compare_keys(struct comparison *comparison, uint32_t number, const struct pdf_value *before,
                         const struct pdf_value *after, const char *const *allowed)
{
	const struct pdf_value *sides[] = { before, after };
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < sides[side]->count; i += 2) {
			const struct pdf_value *key = &sides[side]->items[i];
			const struct pdf_value *old = pdf_get_chunk(before, key->bytes);
			const struct pdf_value *new = pdf_get_chunk(after, key->bytes);
			size_t k = 0;
			while (allowed[k] && !chunk_is(key->bytes, allowed[k]))
				k++;
			/* What both have was compared on the first side. */
			if (allowed[k] || (side == 1 && old) || pdf_value_same(old, new))
				continue;
			blame(comparison, number,
			      arena_printf(arena_of(comparison),
			                   old && new ? translate("changes /%s")
			                   : new      ? translate("adds /%s")
			                              : translate("takes away /%s"),
			                   pdf_text_of(arena_of(comparison), key)));
		}
}

static const struct pdf_field *field_of(const struct comparison *comparison, uint32_t number)
{
	for (size_t i = 0; i < comparison->fields.count; i++)
		if (comparison->fields.items[i].number == number)
			return &comparison->fields.items[i];
	return NULL;
}

/* The field's own appearance before it was signed, which may be cleared. */
static bool is_empty_appearance(const struct comparison *comparison, uint32_t number, const struct pdf_object *after)
{
	for (size_t i = 0; i < comparison->fields.count; i++) {
		const struct pdf_field *field = &comparison->fields.items[i];
		struct pdf_value look =
		    pdf_reader_resolve(comparison->reader, comparison->revision - 1, pdf_get(&field->value, "AP"));
		const struct pdf_value *normal = pdf_get(&look, "N");
		size_t entry = entry_of(comparison, field->number);
		if (normal && normal->kind == PDF_REFERENCE && normal->integer == number &&
		    entry < revision_of(comparison)->count && comparison->accepted[entry])
			return after->stream && after->bytes.len == 0;
	}
	return false;
}

static void compare_field(struct comparison *comparison, const struct pdf_field *field, const struct pdf_value *after)
{
	static const char *const allowed[] = { "V", "AP", "AS", "M", "Lock", NULL };
	const struct pdf_value *value = pdf_get(after, "V");
	struct arena *arena = arena_of(comparison);
	if (pdf_get(&field->value, "V")) {
		blame(comparison, field->number,
		      arena_printf(arena, translate("changes the field \"%s\", which was signed before"), field->name));
		return;
	}
	if (!value) {
		blame(comparison, field->number,
		      arena_printf(arena, translate("changes the field \"%s\" and signs nothing"), field->name));
		return;
	}
	accept(comparison, value, 0);
	accept(comparison, pdf_get(after, "AP"), 0);
	compare_keys(comparison, field->number, &field->value, after, allowed);
}

static void compare_catalog(struct comparison *comparison, uint32_t number, const struct pdf_value *before,
                            const struct pdf_value *after)
{
	static const char *const allowed[] = { "DSS", "Extensions", "AcroForm", NULL };
	static const char *const form_allowed[] = { "SigFlags", NULL };
	compare_keys(comparison, number, before, after, allowed);
	accept(comparison, pdf_get(after, "DSS"), 0);
	const struct pdf_value *old = pdf_get(before, "AcroForm"), *new = pdf_get(after, "AcroForm");
	if (old && new && old->kind == PDF_DICTIONARY &&new->kind == PDF_DICTIONARY)
		compare_keys(comparison, number, old, new, form_allowed);
	else if (!pdf_value_same(old, new))
		blame(comparison, number, translate("changes /AcroForm"));
}

static bool refers(const struct pdf_value *value, uint32_t number)
{
	return value && value->kind == PDF_REFERENCE && value->integer == number;
}

/* Whether what refers to the object finds it no more, as it has another generation. */
static bool is_lost(const struct comparison *comparison, size_t entry)
{
	const struct pdf_entry *after = &revision_of(comparison)->entries[entry];
	const struct pdf_entry *before = pdf_reader_find(comparison->reader, comparison->revision - 1, after->number);
	return before && before->generation != after->generation;
}

/* An object that was there before, and that the revision writes anew. */
static void compare_object(struct comparison *comparison, size_t entry)
{
	static const char *const form_allowed[] = { "SigFlags", NULL };
	static const char *const nothing[] = { NULL };
	const struct pdf_reader *reader = comparison->reader;
	uint32_t number = revision_of(comparison)->entries[entry].number;
	const struct pdf_value *root = pdf_get(&reader->revisions[0].trailer, "Root");
	struct pdf_value catalog = pdf_reader_resolve(reader, comparison->revision - 1, root);
	struct pdf_object before, after;
	bool fine = pdf_reader_object(reader, comparison->revision - 1, number, &before);
	comparison->accepted[entry] = true;
	if (!pdf_reader_object(reader, comparison->revision, number, &after)) {
		blame(comparison, number, translate("writes an object that is malformed"));
		return;
	}
	if (is_lost(comparison, entry)) {
		comparison->accepted[entry] = false;
		return;
	}
	const struct pdf_field *field = field_of(comparison, number);
	bool plain = fine && !before.stream && !after.stream && before.value.kind == PDF_DICTIONARY &&
	             after.value.kind == PDF_DICTIONARY;
	if (field && plain)
		compare_field(comparison, field, &after.value);
	else if (plain && refers(root, number))
		compare_catalog(comparison, number, &before.value, &after.value);
	else if (plain && refers(pdf_get(&catalog, "AcroForm"), number))
		compare_keys(comparison, number, &before.value, &after.value, form_allowed);
	else if (plain)
		compare_keys(comparison, number, &before.value, &after.value, nothing);
	else if (fine && before.stream && after.stream && chunk_equal(before.bytes, after.bytes))
		compare_keys(comparison, number, &before.value, &after.value, nothing);
	else
		comparison->accepted[entry] =
		    fine && !before.stream && !after.stream && pdf_value_same(&before.value, &after.value);
}

static void compare_trailer(struct comparison *comparison)
{
	static const char *const allowed[] = { "Size", "Prev", "ID", NULL };
	const struct pdf_value *before = &comparison->reader->revisions[comparison->revision - 1].trailer;
	const struct pdf_value *after = &revision_of(comparison)->trailer;
	const struct pdf_value *old = pdf_get(before, "ID"), *new = pdf_get(after, "ID");
	compare_keys(comparison, 0, before, after, allowed);
	/* The second half names the revision, and may change (14.4). */
	bool same = old && new && old->kind == PDF_ARRAY &&new->kind == PDF_ARRAY && old->count == 2 &&
	            new->count == 2 && pdf_value_same(&old->items[0], &new->items[0]);
	if (!same && (old || new))
		blame(comparison, 0, translate("changes /ID"));
	/* Objects beyond the size are to be ignored (7.5.5). */
	const struct pdf_value *size = pdf_get(after, "Size");
	if (!size || size->kind != PDF_INTEGER ||
	    size->integer < pdf_reader_size(comparison->reader, comparison->revision))
		blame(comparison, 0, translate("changes /Size to fewer objects than there are"));
}

/* What is left is new or rewritten, and no signature needs it. */
static void blame_rest(struct comparison *comparison)
{
	const struct pdf_revision *revision = revision_of(comparison);
	for (size_t i = 0; i < revision->count; i++) {
		const struct pdf_entry *entry = &revision->entries[i];
		struct pdf_object after;
		bool before = existed(comparison, entry->number);
		if (comparison->accepted[i] || (!entry->used && !before))
			continue;
		bool fine = pdf_reader_object(comparison->reader, comparison->revision, entry->number, &after);
		if (fine && is_empty_appearance(comparison, entry->number, &after))
			continue;
		const char *type = fine ? pdf_text_of(comparison->reader->arena, pdf_get(&after.value, "Type")) : "";
		blame(comparison, entry->number,
		      !entry->used             ? translate("deletes an object")
		      : is_lost(comparison, i) ? translate("writes an object under another generation")
		      : before && fine && after.stream
		          ? translate("writes a stream anew: what a page or an appearance shows")
		      : before ? translate("writes an object anew")
		      : *type  ? arena_printf(arena_of(comparison),
		                              translate("adds an object of type /%s, which no signature needs"), type)
		               : translate("adds an object, which no signature needs"));
	}
}

static int by_object(const void *a, const void *b)
{
	const struct pdf_change *left = a, *right = b;
	if (left->object != right->object)
		return left->object < right->object ? -1 : 1;
	return strcmp(left->what, right->what);
}

/* Going through the pages as they were before the revision. */
struct page_walk {
	const struct comparison *comparison;
	size_t first; /* the revision's changes begin here */
	unsigned page, visited;
};

static void name_page(const struct page_walk *walk, const struct pdf_value *reference)
{
	const struct pdf_changes *changes = walk->comparison->out;
	size_t low = walk->first, high = changes->count;
	if (reference->kind != PDF_REFERENCE)
		return;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (changes->items[middle].object < reference->integer)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < changes->count && changes->items[low].object == reference->integer; low++)
		if (changes->items[low].page == 0)
			changes->items[low].page = walk->page;
}

static void walk_pages(struct page_walk *walk, const struct pdf_value *reference, unsigned depth)
{
	const struct pdf_reader *reader = walk->comparison->reader;
	size_t before = walk->comparison->revision - 1;
	if (!reference || depth > MAX_DEPTH || walk->visited++ > MAX_PAGES)
		return;
	struct pdf_value node = pdf_reader_resolve(reader, before, reference);
	if (pdf_is_name(pdf_get(&node, "Type"), "Pages")) {
		struct pdf_value kids = pdf_reader_resolve(reader, before, pdf_get(&node, "Kids"));
		for (size_t i = 0; kids.kind == PDF_ARRAY && i < kids.count; i++)
			walk_pages(walk, &kids.items[i], depth + 1);
		return;
	}
	const struct pdf_value *contents = pdf_get(&node, "Contents");
	walk->page++;
	name_page(walk, reference);
	if (contents)
		name_page(walk, contents);
	for (size_t i = 0; contents && contents->kind == PDF_ARRAY && i < contents->count; i++)
		name_page(walk, &contents->items[i]);
}

static void name_pages(const struct comparison *comparison, size_t first)
{
	struct page_walk walk = { .comparison = comparison, .first = first };
	const struct pdf_revision *before = &comparison->reader->revisions[comparison->revision - 1];
	struct pdf_value catalog =
	    pdf_reader_resolve(comparison->reader, comparison->revision - 1, pdf_get(&before->trailer, "Root"));
	walk_pages(&walk, pdf_get(&catalog, "Pages"), 0);
}

struct pdf_changes pdf_changes_find(const struct pdf_reader *reader)
{
	struct pdf_changes changes = { 0 };
	for (size_t i = 1; i < reader->count; i++) {
		const struct pdf_revision *revision = &reader->revisions[i];
		size_t first = changes.count;
		struct comparison comparison = { .reader = reader, .revision = i, .out = &changes };
		comparison.fields = pdf_reader_fields(reader, i - 1);
		comparison.accepted = arena_alloc(reader->arena, revision->count + 1);
		compare_trailer(&comparison);
		for (size_t k = 0; k < revision->count; k++)
			if (revision->entries[k].used && existed(&comparison, revision->entries[k].number))
				compare_object(&comparison, k);
		blame_rest(&comparison);
		if (changes.count == first)
			continue;
		qsort(changes.items + first, changes.count - first, sizeof *changes.items, by_object);
		name_pages(&comparison, first);
	}
	return changes;
}
