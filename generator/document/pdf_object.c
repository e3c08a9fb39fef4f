#include "document/pdf_object.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "text/utf8.h"

static void fail(HPDF_STATUS error, HPDF_STATUS detail, void *context)
{
	(void)context;
	die("libharu: error 0x%04lX, detail %lu", (unsigned long)error, (unsigned long)detail);
}

void pdf_file_open(struct pdf_file *file, struct arena *arena)
{
	file->arena = arena;
	file->haru = HPDF_New(fail, NULL);
	if (!file->haru)
		die("libharu: out of memory");
	/* A flat page tree ends at 32,767 pages. */
	HPDF_SetPagesConfiguration(file->haru, 100);
}

static HPDF_STATUS write_out(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
	buf_put(stream->attr, bytes, size);
	return HPDF_OK;
}

/* What HPDF_SaveToStream does, without holding the file a second time. */
void pdf_file_close(struct pdf_file *file, const uint8_t id[16], struct buf *out)
{
	HPDF_Doc haru = file->haru;
	HPDF_Array ids = HPDF_Array_New(haru->mmgr);
	HPDF_Stream stream = HPDF_CallbackWriter_New(haru->mmgr, write_out, out);

	for (int i = 0; i < 2; i++) {
		uint8_t bytes[16];

		memcpy(bytes, id, sizeof bytes);
		HPDF_Array_Add(ids, HPDF_Binary_New(haru->mmgr, bytes, sizeof bytes));
	}
	HPDF_Dict_Add(haru->trailer, "Root", haru->catalog);
	HPDF_Dict_Add(haru->trailer, "Info", haru->info);
	HPDF_Dict_Add(haru->trailer, "ID", ids);
	/* PDF/A-1 is PDF 1.4; the second line says that the file is not text. */
	HPDF_Stream_WriteStr(stream, "%PDF-1.4\n%\267\276\255\252\n");
	HPDF_Xref_WriteToStream(haru->xref, stream, NULL);
	HPDF_Stream_Free(stream);
	HPDF_Free(haru);
	file->haru = NULL;
}

static HPDF_STATUS write_body(HPDF_Dict dict, HPDF_Stream stream)
{
	const struct chunk *body = dict->attr;

	return HPDF_Stream_Write(stream, (const HPDF_BYTE *)body->data, (HPDF_UINT)body->len);
}

static void set_body(struct pdf_file *file, HPDF_Dict dict, struct chunk body)
{
	struct chunk *kept = arena_alloc(file->arena, sizeof *kept);

	kept->data = arena_strndup(file->arena, body.data, body.len);
	kept->len = body.len;
	dict->attr = kept;
	dict->write_fn = write_body;
}

HPDF_Dict pdf_reserve(struct pdf_file *file)
{
	HPDF_Dict dict = HPDF_Dict_New(file->haru->mmgr);

	HPDF_Xref_Add(file->haru->xref, dict);
	return dict;
}

void pdf_set(struct pdf_file *file, HPDF_Dict dict, struct chunk body)
{
	set_body(file, dict, body);
}

HPDF_Dict pdf_object(struct pdf_file *file, const char *format, ...)
{
	HPDF_Dict dict = pdf_reserve(file);
	va_list args;

	va_start(args, format);
	set_body(file, dict, chunk_of(arena_vprintf(file->arena, format, args)));
	va_end(args);
	return dict;
}

/* Deflated at once: libharu would hold the stream whole until the file is
 * written. */
static void fill_stream(struct pdf_file *file, HPDF_Dict dict, struct chunk bytes, const char *entries)
{
	uLongf size = compressBound(bytes.len);
	Bytef *packed = xmalloc(size);

	if (compress(packed, &size, (const Bytef *)bytes.data, bytes.len) != Z_OK)
		die("zlib: out of memory");
	set_body(file, dict, chunk_of(arena_printf(file->arena, "/Filter /FlateDecode %s", entries)));
	HPDF_Stream_Write(dict->stream, packed, (HPDF_UINT)size);
	free(packed);
	dict->filter = HPDF_STREAM_FILTER_NONE;
}

HPDF_Dict pdf_stream(struct pdf_file *file, struct chunk bytes, bool deflate, const char *format, ...)
{
	HPDF_Dict dict = HPDF_DictStream_New(file->haru->mmgr, file->haru->xref);
	va_list args;

	va_start(args, format);
	const char *entries = arena_vprintf(file->arena, format, args);
	va_end(args);
	if (deflate) {
		fill_stream(file, dict, bytes, entries);
	} else {
		set_body(file, dict, chunk_of(entries));
		HPDF_Stream_Write(dict->stream, (const HPDF_BYTE *)bytes.data, (HPDF_UINT)bytes.len);
	}
	return dict;
}

void pdf_contents(struct pdf_file *file, HPDF_Page page, struct chunk bytes)
{
	HPDF_PageAttr attributes = page->attr;

	fill_stream(file, attributes->contents, bytes, "");
}

unsigned pdf_number(const void *object)
{
	const HPDF_Obj_Header *header = object;

	return header->obj_id & 0x00FFFFFF;
}

void pdf_put_text(struct buf *out, const char *text)
{
	struct chunk chunk = chunk_of(text);

	buf_puts(out, "<FEFF");
	for (size_t at = 0; at < chunk.len;) {
		char32_t c = utf8_next(chunk, &at);

		if (c >= 0x10000)
			buf_printf(out, "%04X%04X", (unsigned)(0xD7C0 + (c >> 10)), (unsigned)(0xDC00 | (c & 0x3FF)));
		else
			buf_printf(out, "%04X", (unsigned)c);
	}
	buf_putc(out, '>');
}

const char *pdf_text(struct arena *arena, const char *text)
{
	struct buf out = BUF_INIT;

	pdf_put_text(&out, text);
	const char *copy = arena_strndup(arena, out.data, out.len);
	buf_free(&out);
	return copy;
}

void pdf_put_real(struct buf *out, double number)
{
	long thousandths = lround(number * 1000);
	unsigned long rest = (unsigned long)labs(thousandths), digits = 3;
	char text[24], *at = text + sizeof text;

	for (; digits > 0 && rest % 10 == 0; digits--)
		rest /= 10;
	for (unsigned long i = 0; i < digits; i++, rest /= 10)
		*--at = (char)('0' + rest % 10);
	if (digits > 0)
		*--at = '.';
	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (thousandths < 0)
		*--at = '-';
	buf_put(out, at, (size_t)(text + sizeof text - at));
}
