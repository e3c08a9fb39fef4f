#include "document/pdf_annotation.h"

#include <string.h>

void annotator_init(struct annotator *annotator, struct pdf_file *file, const struct layout *layout,
                    struct pdf_tags *tags, const struct pdf_pages *pages)
{
	*annotator = (struct annotator){ .file = file, .layout = layout, .tags = tags, .pages = pages };
	map_init(&annotator->names, file->arena);
}

/* A little above the line that the target is. */
static void put_destination(const struct annotator *annotator, const struct target *target, struct buf *out)
{
	buf_printf(out, "[%u 0 R /XYZ 0 ", pdf_page(annotator->pages, target->sheet));
	pdf_put_real(out, annotator->layout->setup->height - target->y + 6);
	buf_puts(out, " 0]");
}

/* A URI is ASCII (ISO 32000-1, 12.6.4.7): what is not is percent-encoded. */
static void put_uri(struct buf *out, const char *url)
{
	buf_putc(out, '(');
	for (; *url; url++) {
		unsigned char byte = (unsigned char)*url;

		if (byte <= ' ' || byte >= 0x7F)
			buf_printf(out, "%%%02X", byte);
		else if (strchr("()\\", byte))
			buf_printf(out, "\\%c", byte);
		else
			buf_putc(out, (char)byte);
	}
	buf_putc(out, ')');
}

static void put_rectangle(struct buf *out, double left, double bottom, double right, double top)
{
	const double edges[] = { left, bottom, right, top };

	buf_puts(out, "/Rect [");
	for (size_t i = 0; i < 4; i++) {
		pdf_put_real(out, edges[i]);
		buf_putc(out, i < 3 ? ' ' : ']');
	}
}

/* A signature field's name in the form: unique. */
static const char *field_name(struct annotator *annotator, const char *name)
{
	const char *unique = name;

	for (int i = 2; map_get(&annotator->names, unique); i++)
		unique = arena_printf(annotator->file->arena, "%s-%d", name, i);
	map_put(&annotator->names, unique, annotator);
	return unique;
}

/* PDF/A-1 wants an appearance: an empty one, until somebody signs. */
static void put_field(struct annotator *annotator, const struct mark *mark, unsigned widget, struct buf *out)
{
	struct buf appearance = BUF_INIT;

	buf_puts(&appearance, "/Type /XObject /Subtype /Form /Resources << >> /BBox [0 0 ");
	pdf_put_real(&appearance, mark->width);
	buf_putc(&appearance, ' ');
	pdf_put_real(&appearance, mark->height);
	buf_putc(&appearance, ']');
	unsigned form = pdf_stream(annotator->file, chunk_of("\n"), false, "%s", appearance.data);
	buf_free(&appearance);
	buf_printf(out, "/Subtype /Widget /FT /Sig /T (%s) /TU %s /AP << /N %u 0 R >>\n",
	           field_name(annotator, mark->as.field.name), pdf_text(annotator->file->arena, mark->as.field.title),
	           form);
	buf_printf(&annotator->fields, "%u 0 R ", widget);
}

/* Whether the link leads anywhere. */
static bool put_link(struct annotator *annotator, const struct mark *mark, struct buf *out)
{
	const char *url = mark->as.url;

	buf_puts(out, "/Subtype /Link /Border [0 0 0]\n");
	if (*url != '#') {
		buf_puts(out, "/A << /S /URI /URI ");
		put_uri(out, url);
		buf_puts(out, " >>\n");
		return true;
	}
	const struct target *target = map_get(&annotator->layout->targets, url + 1);
	if (target) {
		buf_puts(out, "/Dest ");
		put_destination(annotator, target, out);
	}
	return target != NULL;
}

/* The annotation's number; 0 when it is none. */
static unsigned annotate(struct annotator *annotator, const struct placed *placed, const struct mark *mark,
                         size_t sheet)
{
	struct buf out = BUF_INIT;
	double x = placed->x + mark->x, y = annotator->layout->setup->height - placed->y - mark->y;
	unsigned annotation = 0;

	buf_puts(&out, "/Type /Annot /F 4 ");
	put_rectangle(&out, x, y - mark->height, x + mark->width, y);
	if (mark->kind == MARK_FIELD) {
		annotation = pdf_reserve(annotator->file);
		put_field(annotator, mark, annotation, &out);
	} else if (put_link(annotator, mark, &out)) {
		annotation = pdf_reserve(annotator->file);
	}
	if (annotation) {
		buf_printf(&out, "/P %u 0 R /StructParent %u", pdf_page(annotator->pages, sheet),
		           pdf_tags_annotation(annotator->tags, mark->element, sheet, annotation));
		pdf_set(annotator->file, annotation, buf_chunk(&out));
	}
	buf_free(&out);
	return annotation;
}

void annotate_sheet(struct annotator *annotator, size_t number, struct buf *references)
{
	const struct sheet *sheet = &annotator->layout->sheets[number];

	for (size_t i = 0; i < sheet->count; i++)
		for (size_t k = 0; k < sheet->placed[i].slice->count; k++) {
			const struct mark *mark = &sheet->placed[i].slice->marks[k];
			bool active = mark->kind == MARK_LINK || mark->kind == MARK_FIELD;
			unsigned annotation = 0;

			if (active && !sheet->placed[i].ornament)
				annotation = annotate(annotator, &sheet->placed[i], mark, number);
			if (annotation)
				buf_printf(references, "%u 0 R ", annotation);
		}
}

/* The outline: headings nested by their levels. */

struct item {
	unsigned object;
	const struct heading *heading;
	size_t parent, previous, next, first, last, children; /* numbers of items; 0 is the root, and none */
};

static void link_items(struct item *items, size_t count)
{
	for (size_t i = 1; i <= count; i++) {
		size_t parent = i - 1;

		while (parent && items[parent].heading->level >= items[i].heading->level)
			parent = items[parent].parent;
		items[i].parent = parent;
		items[i].previous = items[parent].last;
		if (items[parent].last)
			items[items[parent].last].next = i;
		else
			items[parent].first = i;
		items[parent].last = i;
		items[parent].children++;
	}
}

static void put_reference(const struct item *items, size_t number, const char *key, struct buf *out)
{
	if (number)
		buf_printf(out, "/%s %u 0 R ", key, items[number].object);
}

static void write_outline(struct annotator *annotator)
{
	const struct layout *layout = annotator->layout;
	struct item *items = arena_alloc(annotator->file->arena, (layout->heading_count + 1) * sizeof *items);
	struct buf out = BUF_INIT;

	if (layout->heading_count == 0)
		return;
	for (size_t i = 0; i <= layout->heading_count; i++) {
		items[i].object = pdf_reserve(annotator->file);
		items[i].heading = i > 0 ? layout->headings[i - 1] : NULL;
	}
	link_items(items, layout->heading_count);
	for (size_t i = 0; i <= layout->heading_count; i++) {
		buf_clear(&out);
		if (i == 0) {
			buf_printf(&out, "/Type /Outlines /Count %zu ", items[0].children);
		} else {
			buf_printf(&out, "/Parent %u 0 R /Title ", items[items[i].parent].object);
			pdf_put_text(&out, items[i].heading->text);
			buf_puts(&out, " /Dest ");
			put_destination(annotator, items[i].heading->target, &out);
			/* Negative: closed at first. */
			if (items[i].children)
				buf_printf(&out, "/Count -%zu ", items[i].children);
		}
		put_reference(items, items[i].previous, "Prev", &out);
		put_reference(items, items[i].next, "Next", &out);
		put_reference(items, items[i].first, "First", &out);
		put_reference(items, items[i].last, "Last", &out);
		pdf_set(annotator->file, items[i].object, buf_chunk(&out));
	}
	buf_free(&out);
	HPDF_Dict_Add(annotator->file->haru->catalog, "Outlines", pdf_handle(annotator->file, items[0].object));
	HPDF_Dict_AddName(annotator->file->haru->catalog, "PageMode", "UseOutlines");
}

/* A viewer shows the numbers that are printed; a bare page is a cover. */
static void write_labels(struct annotator *annotator)
{
	const struct layout *layout = annotator->layout;
	struct buf out = BUF_INIT;

	buf_puts(&out, "/Nums [");
	for (size_t i = 0; i < layout->sheet_count; i++) {
		bool bare = layout->sheets[i].number == 0;

		if (i > 0 && bare == (layout->sheets[i - 1].number == 0))
			continue;
		if (bare)
			buf_printf(&out, "%zu << /P %s >>\n", i, pdf_text(annotator->file->arena, "封面"));
		else
			buf_printf(&out, "%zu << /S /D /St %u >>\n", i, layout->sheets[i].number);
	}
	buf_putc(&out, ']');
	HPDF_Dict_Add(annotator->file->haru->catalog, "PageLabels",
	              pdf_handle(annotator->file, pdf_object(annotator->file, "%s", out.data)));
	buf_free(&out);
}

void annotate_document(struct annotator *annotator)
{
	write_outline(annotator);
	write_labels(annotator);
	if (annotator->fields.len > 0) {
		/* Signatures exist, or will; the file is only ever appended to. */
		unsigned form = pdf_object(annotator->file, "/Fields [%s] /SigFlags 3", annotator->fields.data);

		HPDF_Dict_Add(annotator->file->haru->catalog, "AcroForm", pdf_handle(annotator->file, form));
	}
	buf_free(&annotator->fields);
}
