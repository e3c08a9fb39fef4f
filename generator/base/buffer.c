#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void buf_free(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf)BUF_INIT;
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void buf_reserve(struct buf *buf, size_t more)
{
	if (more > SIZE_MAX / 2 - buf->len)
		die("out of memory (%zu bytes)", more);
	size_t need = buf->len + more + 1;
	if (need <= buf->capacity)
		return;
	size_t room = buf->capacity ? buf->capacity * 2 : 256;
	buf->capacity = room < need ? need : room;
	buf->data = xrealloc(buf->data, buf->capacity);
}

void buf_put(struct buf *buf, const void *data, size_t len)
{
	buf_reserve(buf, len);
	if (len)
		memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_putc(struct buf *buf, char byte)
{
	if (buf->len + 1 >= buf->capacity)
		buf_reserve(buf, 1);
	buf->data[buf->len++] = byte;
	buf->data[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
	buf_put(buf, text, strlen(text));
}

void buf_put_chunk(struct buf *buf, struct chunk chunk)
{
	buf_put(buf, chunk.data, chunk.len);
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	if (len < 0)
		die("cannot format \"%s\"", format);
	buf_reserve(buf, (size_t)len);
	vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
	va_end(again);
	buf->len += (size_t)len;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vprintf(buf, format, args);
	va_end(args);
}

const char *buf_str(const struct buf *buf)
{
	return buf->data ? buf->data : "";
}

struct chunk buf_chunk(const struct buf *buf)
{
	return (struct chunk){ buf_str(buf), buf->len };
}

struct chunk chunk_of(const char *text)
{
	return (struct chunk){ text, strlen(text) };
}

bool chunk_is(struct chunk chunk, const char *text)
{
	return chunk_equal(chunk, chunk_of(text));
}

bool chunk_equal(struct chunk a, struct chunk b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

struct chunk chunk_trim(struct chunk chunk)
{
	while (chunk.len && is_blank(chunk.data[0])) {
		chunk.data++;
		chunk.len--;
	}
	while (chunk.len && is_blank(chunk.data[chunk.len - 1]))
		chunk.len--;
	return chunk;
}

size_t chunk_common_head(struct chunk a, struct chunk b)
{
	enum { BLOCK = 4096 }; /* compared at once */
	size_t most = a.len < b.len ? a.len : b.len, at = a.data == b.data ? most : 0;
	while (most - at >= BLOCK && memcmp(a.data + at, b.data + at, BLOCK) == 0)
		at += BLOCK;
	for (size_t word; most - at >= sizeof word && memcmp(a.data + at, b.data + at, sizeof word) == 0;)
		at += sizeof word;
	while (at < most && a.data[at] == b.data[at])
		at++;
	return at;
}
