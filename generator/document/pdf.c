#include "document/pdf.h"

#include <string.h>

#include "document/layout.h"
#include "document/pdf_annotation.h"
#include "document/pdf_archive.h"
#include "document/pdf_paint.h"

/* FNV-1a over 128 bits. */
struct hash {
	unsigned __int128 state;
};

static void hash_bytes(struct hash *hash, const char *data, size_t size)
{
	const unsigned __int128 prime = (unsigned __int128)1 << 88 | 0x13B;

	for (size_t i = 0; i < size; i++)
		hash->state = (hash->state ^ (unsigned char)data[i]) * prime;
}

static void hash_text(struct hash *hash, const char *text)
{
	if (text)
		hash_bytes(hash, text, strlen(text) + 1);
}

static void hash_facts(struct hash *hash, const struct pdf_facts *facts)
{
	char created[INSTANT_TEXT];

	hash_text(hash, facts->title);
	hash_text(hash, facts->author);
	hash_text(hash, facts->subject);
	hash_text(hash, facts->keywords);
	hash_text(hash, instant_format(facts->created, created));
}

static HPDF_Page *add_pages(struct pdf_file *file, const struct layout *layout)
{
	HPDF_Page *pages = arena_alloc(file->arena, layout->sheet_count * sizeof(HPDF_Page));

	for (size_t i = 0; i < layout->sheet_count; i++) {
		pages[i] = HPDF_AddPage(file->haru);
		HPDF_Page_SetWidth(pages[i], (HPDF_REAL)layout->setup->width);
		HPDF_Page_SetHeight(pages[i], (HPDF_REAL)layout->setup->height);
		HPDF_Dict_AddNumber(pages[i], "StructParents", (HPDF_INT32)i);
		HPDF_Dict_AddName(pages[i], "Tabs", "S");
	}
	return pages;
}

static void write_pages(struct pdf_file *file, const struct layout *layout, struct hash *hash)
{
	HPDF_Page *pages = add_pages(file, layout);
	struct painter painter = {
		.file = file,
		.layout = layout,
		.fonts = pdf_fonts_new(file),
		.tags = pdf_tags_new(file, layout, pages),
	};
	struct annotator annotator;
	struct buf out = BUF_INIT;

	annotator_init(&annotator, file, layout, painter.tags, pages);
	for (size_t i = 0; i < layout->sheet_count; i++) {
		buf_clear(&out);
		pdf_paint_sheet(&painter, i, &out);
		hash_bytes(hash, out.data, out.len);
		pdf_contents(file, pages[i], buf_chunk(&out));
		annotate_sheet(&annotator, i);
	}
	annotate_document(&annotator);
	buf_clear(&out);
	buf_puts(&out, "/ProcSet [/PDF /Text /ImageC]\n/Font <<\n");
	pdf_fonts_write(painter.fonts, &out);
	buf_puts(&out, ">> /XObject <<\n");
	pdf_paint_images(&painter, &out);
	buf_puts(&out, ">>");
	unsigned resources = pdf_object(file, "%s", out.data);
	for (size_t i = 0; i < layout->sheet_count; i++)
		HPDF_Dict_Add(pages[i], "Resources", pdf_handle(file, resources));
	buf_free(&out);
	HPDF_Dict_Add(file->haru->catalog, "StructTreeRoot", pdf_handle(file, pdf_tags_write(painter.tags)));
	HPDF_Dict_Add(file->haru->catalog, "MarkInfo", pdf_handle(file, pdf_object(file, "/Marked true")));
}

bool pdf_write(const struct document *document, const struct page_setup *setup, const struct pdf_facts *facts,
               struct buf *out, struct diags *diags)
{
	struct arena *arena = arena_new();
	size_t errors = diags_errors(diags);
	struct layout_facts wanted = { facts->header, facts->footer, facts->watermark,
		                       facts->code,   facts->image,  facts->context };
	const struct layout *layout = layout_document(arena, document, setup, &wanted, diags);
	struct hash hash = { (unsigned __int128)0x6C62272E07BB0142 << 64 | 0x62B821756295C58D };
	struct pdf_file file;
	uint8_t id[16];

	pdf_file_open(&file, arena, out);
	write_pages(&file, layout, &hash);
	pdf_archive_write(&file, facts, setup);
	hash_facts(&hash, facts);
	for (int i = 0; i < 16; i++)
		id[i] = (uint8_t)(hash.state >> (120 - 8 * i));
	pdf_file_close(&file, id);
	arena_free(arena);
	return diags_errors(diags) == errors;
}
