#include "document/lines.h"

#include <string.h>

#include "text/utf8.h"

/* Where the line behind the one at from begins; more than text.len when none ends there. plain: without CR. */
static size_t line_end(struct chunk text, size_t from, bool plain)
{
	if (plain) {
		const char *end = memchr(text.data + from, '\n', text.len - from);
		return end ? (size_t)(end - text.data) + 1 : text.len + 1;
	}
	for (size_t i = from; i < text.len; i++)
		if (text.data[i] == '\n' || (text.data[i] == '\r' && !(i + 1 < text.len && text.data[i + 1] == '\n')))
			return i + 1;
	return text.len + 1;
}

struct lines lines_of(struct arena *arena, struct chunk text)
{
	struct lines lines = { .text = text };
	size_t capacity = 0;
	bool plain = text.len > 0 && !memchr(text.data, '\r', text.len);
	arena_push(arena, lines.starts, lines.count, capacity, 0);
	for (size_t at = 0; (at = line_end(text, at, plain)) <= text.len;)
		arena_push(arena, lines.starts, lines.count, capacity, at);
	arena_push(arena, lines.starts, lines.count, capacity, text.len);
	lines.count--;
	return lines;
}

struct chunk lines_get(const struct lines *lines, size_t number)
{
	if (number == 0 || number > lines->count)
		return (struct chunk){ NULL, 0 };
	const char *data = lines->text.data + lines->starts[number - 1];
	size_t len = lines->starts[number] - lines->starts[number - 1];
	while (len > 0 && (data[len - 1] == '\n' || data[len - 1] == '\r'))
		len--;
	return (struct chunk){ data, len };
}

unsigned lines_column(struct lines *lines, size_t number, size_t byte)
{
	struct chunk line = lines_get(lines, number);
	if (number != lines->counted_line || byte < lines->counted_byte) {
		lines->counted_line = number;
		lines->counted_byte = lines->counted_column = 1;
	}
	size_t from = lines->counted_byte - 1, to = byte - 1 < line.len ? byte - 1 : line.len;
	if (to > from)
		lines->counted_column += utf8_length((struct chunk){ line.data + from, to - from });
	lines->counted_byte = byte;
	return (unsigned)lines->counted_column;
}
