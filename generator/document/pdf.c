#include "document/pdf.h"

#include <string.h>

#include "document/layout.h"
#include "document/pdf_annotation.h"
#include "document/pdf_archive.h"
#include "document/pdf_page.h"
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

struct writer {
	struct pdf_file file;
	struct hash hash;
	struct pdf_pages pages;
	struct painter painter;
	struct annotator annotator;
	struct buf contents, annotations; /* of one sheet after the other */
};

static void write_sheet(size_t sheet, void *context)
{
	struct writer *writer = context;

	buf_clear(&writer->contents);
	pdf_paint_sheet(&writer->painter, sheet, &writer->contents);
	hash_bytes(&writer->hash, writer->contents.data, writer->contents.len);
	buf_clear(&writer->annotations);
	annotate_sheet(&writer->annotator, sheet, &writer->annotations);
	pdf_page_write(&writer->pages, sheet, buf_chunk(&writer->contents), buf_chunk(&writer->annotations));
	pdf_tags_end_sheet(writer->painter.tags);
}

static void write_element(struct element *element, void *context)
{
	struct writer *writer = context;

	pdf_tags_write(writer->painter.tags, element);
}

static void close_pages(struct writer *writer)
{
	struct buf resources = BUF_INIT;

	buf_puts(&resources, "/ProcSet [/PDF /Text /ImageC]\n/Font <<\n");
	pdf_fonts_write(writer->painter.fonts, &resources);
	buf_puts(&resources, ">> /XObject <<\n");
	pdf_paint_images(&writer->painter, &resources);
	buf_puts(&resources, ">>");
	pdf_pages_close(&writer->pages, buf_chunk(&resources));
	buf_free(&resources);
}

static void write_pages(struct writer *writer, struct layout *layout, struct diags *diags)
{
	struct pdf_file *file = &writer->file;
	const struct taker taker = { write_sheet, write_element, writer };

	writer->pages = pdf_pages_open(file, layout);
	writer->painter = (struct painter){
		.file = file,
		.layout = layout,
		.fonts = pdf_fonts_new(file),
		.tags = pdf_tags_new(file, &writer->pages),
	};
	annotator_init(&writer->annotator, file, layout, writer->painter.tags, &writer->pages);
	layout_set(layout, &taker, diags);
	buf_free(&writer->contents);
	buf_free(&writer->annotations);
	annotate_document(&writer->annotator);
	close_pages(writer);
	HPDF_Dict_Add(file->haru->catalog, "StructTreeRoot", pdf_handle(file, pdf_tags_close(writer->painter.tags)));
	HPDF_Dict_Add(file->haru->catalog, "MarkInfo", pdf_handle(file, pdf_object(file, "/Marked true")));
}

bool pdf_write(const struct document *document, const struct page_setup *setup, const struct pdf_facts *facts,
               struct sink sink, struct diags *diags)
{
	struct arena *arena = arena_new();
	size_t errors = diags_errors(diags);
	struct layout_facts wanted = { facts->header, facts->footer, facts->watermark,
		                       facts->code,   facts->image,  facts->context };
	struct layout *layout = layout_plan(arena, document, setup, &wanted);
	struct writer writer = { .hash = { (unsigned __int128)0x6C62272E07BB0142 << 64 | 0x62B821756295C58D } };
	uint8_t id[16];

	pdf_file_open(&writer.file, arena, sink);
	write_pages(&writer, layout, diags);
	pdf_archive_write(&writer.file, facts, setup);
	hash_facts(&writer.hash, facts);
	for (int i = 0; i < 16; i++)
		id[i] = (uint8_t)(writer.hash.state >> (120 - 8 * i));
	pdf_file_close(&writer.file, id);
	arena_free(arena);
	return diags_errors(diags) == errors;
}
