#include "document/pdf_page.h"

/* Pages in a branch of the tree: no array is too long for PDF 1.4. */
#define BRANCH ((size_t)100)

static size_t branch_count(const struct pdf_pages *pages)
{
	return (pages->count + BRANCH - 1) / BRANCH;
}

static unsigned reserve(struct pdf_file *file, size_t count)
{
	unsigned first = pdf_reserve(file);

	for (size_t i = 1; i < count; i++)
		pdf_reserve(file);
	return first;
}

struct pdf_pages pdf_pages_open(struct pdf_file *file, const struct layout *layout)
{
	struct pdf_pages pages = { .file = file, .setup = layout->setup, .count = layout->sheet_count };

	pages.first = reserve(file, pages.count);
	pages.branches = reserve(file, branch_count(&pages));
	pages.resources = pdf_reserve(file);
	return pages;
}

unsigned pdf_page(const struct pdf_pages *pages, size_t sheet)
{
	return pages->first + (unsigned)sheet;
}

void pdf_page_write(const struct pdf_pages *pages, size_t sheet, struct chunk contents, struct chunk annotations)
{
	unsigned stream = pdf_stream(pages->file, contents, true, "%s", "");
	struct buf out = BUF_INIT;

	buf_printf(&out, "/Type /Page /Parent %u 0 R /MediaBox [0 0 ", pages->branches + (unsigned)(sheet / BRANCH));
	pdf_put_real(&out, pages->setup->width);
	buf_putc(&out, ' ');
	pdf_put_real(&out, pages->setup->height);
	buf_printf(&out, "]\n/Resources %u 0 R /Contents %u 0 R /StructParents %zu /Tabs /S", pages->resources, stream,
	           sheet);
	if (annotations.len > 0)
		buf_printf(&out, "\n/Annots [%.*s]", (int)annotations.len, annotations.data);
	pdf_set(pages->file, pdf_page(pages, sheet), buf_chunk(&out));
	buf_free(&out);
}

static void put_references(struct buf *out, unsigned first, size_t count)
{
	buf_puts(out, "/Type /Pages /Kids [");
	for (unsigned i = 0; i < count; i++)
		buf_printf(out, "%u 0 R ", first + i);
	buf_puts(out, "]");
}

void pdf_pages_close(const struct pdf_pages *pages, struct chunk resources)
{
	unsigned root = pdf_number(pages->file->haru->root_pages);
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < branch_count(pages); i++) {
		size_t left = pages->count - i * BRANCH, count = left < BRANCH ? left : BRANCH;

		buf_clear(&out);
		put_references(&out, pdf_page(pages, i * BRANCH), count);
		buf_printf(&out, " /Parent %u 0 R /Count %zu", root, count);
		pdf_set(pages->file, pages->branches + (unsigned)i, buf_chunk(&out));
	}
	buf_clear(&out);
	put_references(&out, pages->branches, branch_count(pages));
	buf_printf(&out, " /Count %zu", pages->count);
	pdf_set(pages->file, root, buf_chunk(&out));
	pdf_set(pages->file, pages->resources, resources);
	buf_free(&out);
}
