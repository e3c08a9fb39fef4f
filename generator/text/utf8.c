#include "text/utf8.h"

#include <stdint.h>
#include <unicode/utf8.h>

/* ICU's macros count in int32_t; text is longer than that only by mistake. */
static int32_t next(const char *data, size_t len, size_t *offset)
{
	int32_t at = 0, code_point;
	int32_t room = len - *offset < U8_MAX_LENGTH ? (int32_t)(len - *offset) : U8_MAX_LENGTH;
	const uint8_t *bytes = (const uint8_t *)data + *offset;
	U8_NEXT(bytes, at, room, code_point);
	*offset += (size_t)at;
	return code_point;
}

size_t utf8_first_fault(struct chunk text)
{
	for (size_t offset = 0, start; (start = offset) < text.len;)
		if (next(text.data, text.len, &offset) <= 0)
			return start;
	return text.len;
}

size_t utf8_length(struct chunk text)
{
	size_t length = 0;
	for (size_t offset = 0; offset < text.len; length++)
		next(text.data, text.len, &offset);
	return length;
}

char32_t utf8_next(struct chunk text, size_t *offset)
{
	int32_t code_point = next(text.data, text.len, offset);
	return code_point < 0 ? 0xFFFD : (char32_t)code_point;
}

void utf8_put(struct buf *out, char32_t code_point)
{
	uint8_t bytes[U8_MAX_LENGTH];
	size_t len = 0;
	U8_APPEND_UNSAFE(bytes, len, code_point);
	buf_put(out, bytes, len);
}
