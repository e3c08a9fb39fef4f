#include "proof/pdf_sign.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proof/pdf_date.h"
#include "proof/pdf_mark.h"
#include "text/utf8.h"

/* What is added, each object's place noted for the table. */
struct update {
	struct buf *out;
	size_t start; /* of the file in out */
	struct {
		uint32_t number;
		size_t at;
	} objects[3];
	size_t count;
};

static void begin(struct update *update, uint32_t number)
{
	update->objects[update->count].number = number;
	update->objects[update->count++].at = update->out->len - update->start;
	buf_printf(update->out, "%" PRIu32 " 0 obj\n", number);
}

static void end(struct update *update)
{
	buf_puts(update->out, "\nendobj\n");
}

/* A text string in hexadecimal UTF-16 (7.9.2.2). */
static void put_text(struct buf *out, const char *text)
{
	struct chunk chunk = chunk_of(text);
	buf_puts(out, "<FEFF");
	for (size_t at = 0; at < chunk.len;) {
		char32_t code = utf8_next(chunk, &at);
		if (code >= 0x10000)
			buf_printf(out, "%04X%04X", (unsigned)(0xD800 + ((code - 0x10000) >> 10)),
			           (unsigned)(0xDC00 + ((code - 0x10000) & 0x3FF)));
		else
			buf_printf(out, "%04X", (unsigned)code);
	}
	buf_putc(out, '>');
}

static bool rectangle_size(const struct pdf_reader *reader, const struct pdf_field *field, double *width,
                           double *height)
{
	struct pdf_value box = pdf_reader_resolve(reader, reader->count - 1, pdf_get(&field->value, "Rect"));
	if (box.kind != PDF_ARRAY || box.count != 4)
		return false;
	for (size_t i = 0; i < 4; i++)
		if (box.items[i].kind != PDF_INTEGER && box.items[i].kind != PDF_REAL)
			return false;
	*width = box.items[2].real - box.items[0].real;
	*height = box.items[3].real - box.items[1].real;
	return *width >= 4 && *height >= 4 && *width < 15000 && *height < 15000;
}

static void add_appearance(struct update *update, uint32_t number, double width, double height, struct instant at)
{
	struct buf drawing = BUF_INIT;
	pdf_mark_draw(width, height, at, &drawing);
	begin(update, number);
	buf_puts(update->out, "<< /Type /XObject /Subtype /Form /Resources << >> /BBox [0 0 ");
	pdf_mark_real(update->out, width);
	buf_putc(update->out, ' ');
	pdf_mark_real(update->out, height);
	buf_printf(update->out, "] /Length %zu >>\nstream\n%s\nendstream", drawing.len, buf_str(&drawing));
	end(update);
	buf_free(&drawing);
}

/* Where in out the numbers of ByteRange and the signature are filled in. */
struct gap {
	size_t range, from, to;
};

enum { RANGE_BYTES = 48 };

static struct gap add_signature(struct update *update, uint32_t number, const struct cms_signer *signer,
                                const struct pdf_signing *signing)
{
	struct arena *arena = arena_new();
	struct gap gap;
	char date[PDF_DATE_TEXT];
	begin(update, number);
	buf_printf(update->out, "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (%s)\n/Name ",
	           pdf_date_format(signing->at, date));
	put_text(update->out, cms_signer_name(signer, arena));
	if (signing->reason) {
		buf_puts(update->out, "\n/Reason ");
		put_text(update->out, signing->reason);
	}
	if (signing->location) {
		buf_puts(update->out, "\n/Location ");
		put_text(update->out, signing->location);
	}
	buf_puts(update->out, "\n/ByteRange ");
	gap.range = update->out->len;
	buf_printf(update->out, "%*s\n/Contents ", RANGE_BYTES, "");
	gap.from = update->out->len;
	size_t room = cms_signer_room(signer) + (signing->stamper ? STAMP_ROOM : 0);
	buf_printf(update->out, "<%0*d>", (int)(2 * room), 0);
	gap.to = update->out->len;
	buf_puts(update->out, " >>");
	end(update);
	arena_free(arena);
	return gap;
}

/* A dictionary's entry as it stands: strings may hold any byte, also NUL. */
static void copy_entry(struct update *update, const struct pdf_reader *reader, const struct pdf_value *key,
                       const struct pdf_value *value)
{
	buf_putc(update->out, ' ');
	buf_put(update->out, reader->file.data + key->from, key->to - key->from);
	buf_putc(update->out, ' ');
	buf_put(update->out, reader->file.data + value->from, value->to - value->from);
}

/* The field as it is, byte for byte, but for its appearance and value. */
static void add_field(struct update *update, const struct pdf_reader *reader, const struct pdf_field *field,
                      uint32_t appearance, uint32_t signature)
{
	begin(update, field->number);
	buf_puts(update->out, "<<");
	for (size_t i = 0; i < field->value.count; i += 2) {
		const struct pdf_value *key = &field->value.items[i], *value = key + 1;
		if (!pdf_is_name(key, "AP") && !pdf_is_name(key, "AS") && !pdf_is_name(key, "V"))
			copy_entry(update, reader, key, value);
	}
	buf_printf(update->out, " /AP << /N %" PRIu32 " 0 R >> /V %" PRIu32 " 0 R >>", appearance, signature);
	end(update);
}

/* objects come by number: the field was there before the two others. */
static void add_table(struct update *update, const struct pdf_reader *reader, uint32_t size)
{
	const struct pdf_revision *last = &reader->revisions[reader->count - 1];
	size_t table = update->out->len - update->start;
	buf_puts(update->out, "xref\n0 1\n0000000000 65535 f\r\n");
	for (size_t i = 0; i < update->count; i++)
		buf_printf(update->out, "%" PRIu32 " 1\n%010zu 00000 n\r\n", update->objects[i].number,
		           update->objects[i].at);
	buf_puts(update->out, "trailer\n<<");
	for (size_t i = 0; i < last->trailer.count; i += 2) {
		const struct pdf_value *key = &last->trailer.items[i], *value = key + 1;
		if (!pdf_is_name(key, "Size") && !pdf_is_name(key, "Prev"))
			copy_entry(update, reader, key, value);
	}
	buf_printf(update->out, " /Size %" PRIu32 " /Prev %zu >>\nstartxref\n%zu\n%%%%EOF\n", size, last->table, table);
}

static bool fill_gap(const struct gap *gap, size_t start, const struct cms_signer *signer,
                     const struct stamper *stamper, struct buf *out, struct diags *diags)
{
	char range[RANGE_BYTES + 1];
	size_t from = gap->from - start, to = gap->to - start, total = out->len - start;
	int len = snprintf(range, sizeof range, "[0 %zu %zu %zu]", from, to, total - to);
	if (len < 0 || len > RANGE_BYTES)
		die("a file of %zu bytes is too long to sign", total);
	memcpy(out->data + gap->range, range, (size_t)len);
	struct chunk parts[] = { { out->data + start, from }, { out->data + gap->to, total - to } };
	struct buf signature = BUF_INIT;
	bool fine = cms_sign(signer, parts, stamper, &signature, diags);
	if (2 * signature.len + 2 > to - from)
		die("a signature of %zu bytes is longer than foreseen", signature.len);
	for (size_t i = 0; fine && i < signature.len; i++) {
		static const char hex[] = "0123456789abcdef";
		unsigned char byte = (unsigned char)signature.data[i];
		out->data[gap->from + 1 + 2 * i] = hex[byte >> 4];
		out->data[gap->from + 2 + 2 * i] = hex[byte & 15];
	}
	buf_free(&signature);
	return fine;
}

static const struct pdf_field *find_field(const struct pdf_reader *reader, const struct pdf_fields *fields,
                                          const char *path, const char *name, struct diags *diags)
{
	const char *names = "";
	for (size_t i = 0; i < fields->count; i++) {
		if (strcmp(fields->items[i].name, name) == 0)
			return &fields->items[i];
		names = arena_printf(reader->arena, "%s%s%s", names, i > 0 ? ", " : "", fields->items[i].name);
	}
	DIAG(diags, ((struct place){ path, 0, 0 }), MSG_SIGN_FIELD_UNKNOWN, name, names);
	return NULL;
}

bool pdf_sign(const struct pdf_reader *reader, const char *path, const struct cms_signer *signer,
              const struct pdf_signing *signing, struct buf *out, struct diags *diags)
{
	struct place place = { path, 0, 0 };
	struct pdf_fields fields = pdf_reader_fields(reader, reader->count - 1);
	const struct pdf_field *field = find_field(reader, &fields, path, signing->field, diags);
	double width, height;
	char text[INSTANT_TEXT];
	if (!field)
		return false;
	if (pdf_get(&field->value, "V")) {
		DIAG(diags, place, MSG_SIGN_FIELD_TAKEN, field->name);
		return false;
	}
	if (!rectangle_size(reader, field, &width, &height)) {
		DIAG(diags, place, MSG_SIGN_FIELD_MALFORMED, field->name);
		return false;
	}
	if (!cms_signer_holds_at(signer, signing->at)) {
		DIAG(diags, place, MSG_SIGNER_EXPIRED, cms_signer_name(signer, reader->arena),
		     instant_format(signing->at, text));
		return false;
	}
	uint32_t size = pdf_reader_size(reader, reader->count - 1);
	struct update update = { .out = out, .start = out->len };
	buf_put_chunk(out, reader->file);
	if (reader->file.data[reader->file.len - 1] != '\n')
		buf_putc(out, '\n');
	add_field(&update, reader, field, size, size + 1);
	add_appearance(&update, size, width, height, signing->at);
	struct gap gap = add_signature(&update, size + 1, signer, signing);
	add_table(&update, reader, size + 2);
	return fill_gap(&gap, update.start, signer, signing->stamper, out, diags);
}
