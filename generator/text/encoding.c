#include "text/encoding.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

#include "text/utf8.h"

static const char BYTE_ORDER_MARK[] = "\xEF\xBB\xBF";
static const char REPLACEMENT[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* Text under repair: what replaces a fault is counted. */
struct repair {
	struct buf out;
	size_t fault_count, first_fault;
};

static void put_fault(struct repair *repair)
{
	if (repair->fault_count++ == 0)
		repair->first_fault = repair->out.len;
	buf_puts(&repair->out, REPLACEMENT);
}

static struct decoded repaired(struct arena *arena, struct repair *repair, enum encoding encoding)
{
	struct decoded decoded = { .encoding = encoding, .fault_count = repair->fault_count };
	decoded.text.len = repair->out.len;
	decoded.text.data = arena_strndup(arena, buf_str(&repair->out), repair->out.len);
	decoded.first_fault = repair->fault_count ? repair->first_fault : repair->out.len;
	buf_free(&repair->out);
	return decoded;
}

/* Copies bytes as UTF-8, faults replaced. Returns how many well-formed sequences take two bytes or more. */
static size_t repair_utf8(struct repair *repair, struct chunk bytes)
{
	size_t multibyte = 0;
	buf_reserve(&repair->out, bytes.len);
	for (size_t offset = 0; offset < bytes.len;) {
		struct chunk rest = { bytes.data + offset, bytes.len - offset };
		size_t good = utf8_first_fault(rest);
		for (size_t i = 0; i < good; i++)
			multibyte += (unsigned char)rest.data[i] >= 0xC0;
		buf_put(&repair->out, rest.data, good);
		offset += good;
		if (offset < bytes.len) {
			utf8_next(bytes, &offset);
			put_fault(repair);
		}
	}
	return multibyte;
}

static UConverter *gb18030_open(void)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *converter = ucnv_open("GB18030", &error);
	if (U_FAILURE(error))
		die("ICU has no GB18030 converter: %s", u_errorName(error));
	return converter;
}

static void repair_gb18030(struct repair *repair, struct chunk bytes)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *converter = gb18030_open();
	/* One byte gives three at most: U+FFFD for a fault. */
	int32_t room = (int32_t)bytes.len * 3;
	char *utf8 = xmalloc((size_t)room);
	int32_t len = ucnv_toAlgorithmic(UCNV_UTF8, converter, utf8, room, bytes.data, (int32_t)bytes.len, &error);
	if (U_FAILURE(error))
		die("ICU cannot decode GB18030: %s", u_errorName(error));
	ucnv_close(converter);
	struct chunk text = { utf8, (size_t)len };
	for (size_t offset = 0; offset < text.len;) {
		char32_t code_point = utf8_next(text, &offset);
		if (code_point == 0 || code_point == 0xFFFD)
			put_fault(repair);
		else
			utf8_put(&repair->out, code_point);
	}
	free(utf8);
}

struct decoded encoding_decode(struct arena *arena, struct chunk bytes)
{
	enum encoding encoding = ENCODING_UTF8;
	if (bytes.len >= 3 && memcmp(bytes.data, BYTE_ORDER_MARK, 3) == 0) {
		encoding = ENCODING_UTF8_BOM;
		bytes = (struct chunk){ bytes.data + 3, bytes.len - 3 };
	}
	if (utf8_first_fault(bytes) == bytes.len)
		return (struct decoded){ .text = bytes, .encoding = encoding, .first_fault = bytes.len };

	struct repair repair = { .out = BUF_INIT };
	size_t multibyte = repair_utf8(&repair, bytes);
	if (encoding == ENCODING_UTF8 && repair.fault_count >= multibyte && bytes.len < INT32_MAX / 3) {
		encoding = ENCODING_GB18030;
		buf_clear(&repair.out);
		repair.fault_count = 0;
		repair_gb18030(&repair, bytes);
	}
	return repaired(arena, &repair, encoding);
}

void encoding_encode(enum encoding encoding, struct chunk text, struct buf *out)
{
	if (encoding != ENCODING_GB18030) {
		buf_put_chunk(out, text);
		return;
	}
	UErrorCode error = U_ZERO_ERROR;
	UConverter *converter = gb18030_open();
	if (text.len > INT32_MAX / 2)
		die("%zu bytes are more than ICU encodes at once", text.len);
	/* Two bytes of UTF-8 give four at most. */
	int32_t room = (int32_t)text.len * 2;
	buf_reserve(out, (size_t)room);
	int32_t len = ucnv_fromAlgorithmic(converter, UCNV_UTF8, out->data + out->len, room, text.data,
	                                   (int32_t)text.len, &error);
	if (U_FAILURE(error))
		die("ICU cannot encode GB18030: %s", u_errorName(error));
	out->len += (size_t)len;
	out->data[out->len] = '\0';
	ucnv_close(converter);
}

const char *encoding_name(enum encoding encoding)
{
	return encoding == ENCODING_GB18030 ? "GB18030" : "UTF-8";
}
