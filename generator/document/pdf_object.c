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

void pdf_file_open(struct pdf_file *file, struct arena *arena, struct sink sink)
{
	*file = (struct pdf_file){ .haru = HPDF_New(fail, NULL), .arena = arena, .sink = sink };
	if (!file->haru)
		die("libharu: out of memory");
	/* PDF/A-1 is PDF 1.4; the second line says that the file is not text. */
	buf_puts(&file->out, "%PDF-1.4\n%\267\276\255\252\n");
}

unsigned pdf_number(const void *object)
{
	const HPDF_Obj_Header *header = object;

	return header->obj_id & 0x00FFFFFF;
}

/* To libharu an object of ours is a null that has a number. */
void *pdf_handle(struct pdf_file *file, unsigned number)
{
	HPDF_Null null = arena_alloc(file->arena, sizeof *null);

	null->header.obj_class = HPDF_OCLASS_NULL;
	null->header.obj_id = number | HPDF_OTYPE_INDIRECT;
	return null;
}

static void flush(struct pdf_file *file)
{
	file->sink.put(buf_chunk(&file->out), file->sink.context);
	file->put += file->out.len;
	buf_clear(&file->out);
}

static void flush_some(struct pdf_file *file)
{
	const size_t piece = 64 * 1024;

	if (file->out.len >= piece)
		flush(file);
}

/* Where the object begins. */
static HPDF_UINT *offset_of(const struct pdf_file *file, unsigned number)
{
	return file->own && number >= file->own ? &file->offsets[number - file->own]
	                                        : &HPDF_Xref_GetEntry(file->haru->xref, number)->byte_offset;
}

static void begin_object(struct pdf_file *file, unsigned number)
{
	*offset_of(file, number) = (HPDF_UINT)(file->put + file->out.len);
	buf_printf(&file->out, "%u 0 obj\n", number);
}

static void end_object(struct pdf_file *file)
{
	buf_puts(&file->out, "\nendobj\n");
	flush_some(file);
}

unsigned pdf_reserve(struct pdf_file *file)
{
	if (!file->own)
		file->own = file->haru->xref->entries->count;
	if (file->count == file->capacity) {
		file->capacity = file->capacity ? file->capacity * 2 : 256;
		file->offsets = xreallocarray(file->offsets, file->capacity, sizeof *file->offsets);
	}
	file->offsets[file->count++] = 0;
	return file->own + (unsigned)(file->count - 1);
}

void pdf_set(struct pdf_file *file, unsigned number, struct chunk body)
{
	begin_object(file, number);
	buf_puts(&file->out, "<<");
	buf_put_chunk(&file->out, body);
	buf_puts(&file->out, ">>");
	end_object(file);
}

unsigned pdf_object(struct pdf_file *file, const char *format, ...)
{
	unsigned number = pdf_reserve(file);
	va_list args;

	begin_object(file, number);
	buf_puts(&file->out, "<<");
	va_start(args, format);
	buf_vprintf(&file->out, format, args);
	va_end(args);
	buf_puts(&file->out, ">>");
	end_object(file);
	return number;
}

/* Behind the dictionary's other entries. */
static void put_stream(struct pdf_file *file, struct chunk bytes, const char *filter)
{
	buf_printf(&file->out, "%s/Length %zu>>\nstream\n", filter, bytes.len);
	buf_put_chunk(&file->out, bytes);
	buf_puts(&file->out, "\nendstream");
}

static void put_deflated(struct pdf_file *file, struct chunk bytes)
{
	uLongf size = compressBound(bytes.len);
	Bytef *packed = xmalloc(size);

	if (compress(packed, &size, (const Bytef *)bytes.data, bytes.len) != Z_OK)
		die("zlib: out of memory");
	put_stream(file, (struct chunk){ (const char *)packed, size }, "/Filter/FlateDecode");
	free(packed);
}

unsigned pdf_stream(struct pdf_file *file, struct chunk bytes, bool deflate, const char *format, ...)
{
	unsigned number = pdf_reserve(file);
	va_list args;

	begin_object(file, number);
	buf_puts(&file->out, "<<");
	va_start(args, format);
	buf_vprintf(&file->out, format, args);
	va_end(args);
	if (deflate)
		put_deflated(file, bytes);
	else
		put_stream(file, bytes, "");
	end_object(file);
	return number;
}

static HPDF_STATUS write_out(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
	buf_put(stream->attr, bytes, size);
	return HPDF_OK;
}

/* What HPDF_SaveToStream does, but for the objects that the file has already. */
void pdf_file_close(struct pdf_file *file, const uint8_t id[16])
{
	HPDF_Doc haru = file->haru;
	HPDF_Array ids = HPDF_Array_New(haru->mmgr);
	HPDF_Stream stream = HPDF_CallbackWriter_New(haru->mmgr, write_out, &file->out);
	unsigned theirs = haru->xref->entries->count, count = theirs + (unsigned)file->count;

	if (file->own && theirs != file->own)
		die("libharu made an object after the first of ours");
	for (int i = 0; i < 2; i++) {
		uint8_t bytes[16];

		memcpy(bytes, id, sizeof bytes);
		HPDF_Array_Add(ids, HPDF_Binary_New(haru->mmgr, bytes, sizeof bytes));
	}
	HPDF_Dict_Add(haru->trailer, "Root", haru->catalog);
	HPDF_Dict_Add(haru->trailer, "Info", haru->info);
	HPDF_Dict_Add(haru->trailer, "ID", ids);
	HPDF_Dict_AddNumber(haru->trailer, "Size", (HPDF_INT32)count);
	for (unsigned number = 1; number < theirs; number++)
		if (*offset_of(file, number) == 0) {
			begin_object(file, number);
			HPDF_Obj_WriteValue(HPDF_Xref_GetEntry(haru->xref, number)->obj, stream, NULL);
			end_object(file);
		}
	size_t table = file->put + file->out.len;
	buf_printf(&file->out, "xref\n0 %u\n0000000000 65535 f\r\n", count);
	for (unsigned number = 1; number < count; number++) {
		if (*offset_of(file, number) == 0)
			die("object %u of the file was never set", number);
		buf_printf(&file->out, "%010u 00000 n\r\n", *offset_of(file, number));
		flush_some(file);
	}
	buf_puts(&file->out, "trailer\n");
	HPDF_Obj_WriteValue(haru->trailer, stream, NULL);
	buf_printf(&file->out, "\nstartxref\n%zu\n%%%%EOF\n", table);
	HPDF_Stream_Free(stream);
	flush(file);
	HPDF_Free(haru);
	buf_free(&file->out);
	free(file->offsets);
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
