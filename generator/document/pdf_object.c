#include "document/pdf_object.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
	HPDF_SetCompressionMode(file->haru, HPDF_COMP_ALL);
	/* A flat page tree ends at 32,767 pages. */
	HPDF_SetPagesConfiguration(file->haru, 100);
}

void pdf_file_close(struct pdf_file *file, const uint8_t id[16], struct buf *out)
{
	HPDF_Doc haru = file->haru;
	HPDF_Array ids = HPDF_Array_New(haru->mmgr);

	for (int i = 0; i < 2; i++) {
		uint8_t bytes[16];

		memcpy(bytes, id, sizeof bytes);
		HPDF_Array_Add(ids, HPDF_Binary_New(haru->mmgr, bytes, sizeof bytes));
	}
	HPDF_Dict_Add(haru->trailer, "ID", ids);
	/* PDF/A-1 is PDF 1.4; some calls of libharu raise or lower it. */
	haru->pdf_version = HPDF_VER_14;
	HPDF_SaveToStream(haru);
	HPDF_UINT32 left = HPDF_GetStreamSize(haru);
	buf_reserve(out, left);
	while (left > 0) {
		HPDF_BYTE piece[65536];
		HPDF_UINT32 size = left < sizeof piece ? left : sizeof piece;

		HPDF_ReadFromStream(haru, piece, &size);
		buf_put(out, piece, size);
		left -= size;
	}
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

HPDF_Dict pdf_stream(struct pdf_file *file, struct chunk bytes, bool deflate, const char *format, ...)
{
	HPDF_Dict dict = HPDF_DictStream_New(file->haru->mmgr, file->haru->xref);
	va_list args;

	va_start(args, format);
	set_body(file, dict, chunk_of(arena_vprintf(file->arena, format, args)));
	va_end(args);
	HPDF_Stream_Write(dict->stream, (const HPDF_BYTE *)bytes.data, (HPDF_UINT)bytes.len);
	dict->filter = deflate ? HPDF_STREAM_FILTER_FLATE_DECODE : HPDF_STREAM_FILTER_NONE;
	return dict;
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
