/* Whatever bytes come: rows lie in the text one behind the other, cells where they are said to be,
 * and text that RFC 4180 writes is read back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "source/csv.h"
#include "source/position.h"
#include "text/encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct check {
	struct chunk text;
	struct position here;
	size_t end;
	struct buf copy; /* the rows, written again */
	size_t rows;
};

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void visit(const struct csv_row *row, void *context)
{
	struct check *check = context;
	require(row->count > 0 && row->from >= check->end && row->to > row->from && row->to <= check->text.len);
	check->end = row->to;
	check->rows++;
	for (size_t i = 0; i < row->count; i++) {
		const struct csv_cell *cell = &row->cells[i];
		require(strlen(cell->text) == cell->len);
		while (check->here.at < row->to &&
		       (check->here.line < cell->place.line || check->here.column < cell->place.column))
			position_advance(&check->here, check->text, check->here.at + 1);
		require(check->here.line == cell->place.line && check->here.column == cell->place.column);
		if (cell->len && check->text.data[check->here.at] != '"')
			require(memcmp(check->text.data + check->here.at, cell->text, cell->len) == 0);
		buf_puts(&check->copy, i ? ",\"" : "\"");
		for (const char *at = cell->text; *at; at++) {
			if (*at == '"')
				buf_putc(&check->copy, '"');
			buf_putc(&check->copy, *at);
		}
		buf_putc(&check->copy, '"');
	}
	buf_putc(&check->copy, '\n');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct check first = { .here = POSITION_START }, second = { .here = POSITION_START };
	first.text = encoding_decode(arena, (struct chunk){ (const char *)data, size }).text;
	csv_read("f", first.text, visit, &first, diags);
	size_t faults = diags_errors(diags);
	second.text = buf_chunk(&first.copy);
	csv_read("f", second.text, visit, &second, diags);
	require(diags_errors(diags) == faults && second.rows == first.rows);
	require(chunk_equal(buf_chunk(&first.copy), buf_chunk(&second.copy)));
	buf_free(&first.copy);
	buf_free(&second.copy);
	diags_free(diags);
	arena_free(arena);
	return 0;
}
