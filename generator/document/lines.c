#include "document/lines.h"

#include "text/utf8.h"

struct lines lines_of(struct arena *arena, struct chunk text)
{
	struct lines lines = { .text = text };
	size_t capacity = 0;
	arena_push(arena, lines.starts, lines.count, capacity, 0);
	for (size_t i = 0; i < text.len; i++) {
		bool lone_cr = text.data[i] == '\r' && !(i + 1 < text.len && text.data[i + 1] == '\n');
		if (text.data[i] == '\n' || lone_cr)
			arena_push(arena, lines.starts, lines.count, capacity, i + 1);
	}
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
