#include "command/table.h"

#include "base/memory.h"
#include "text/width.h"

struct table {
	struct arena *arena;
	size_t columns;
	const char **cells; /* the heads first */
	size_t count, capacity;
};

struct table *table_new(const char *const *heads, size_t columns)
{
	struct arena *arena = arena_new();
	struct table *table = arena_alloc(arena, sizeof *table);
	*table = (struct table){ .arena = arena, .columns = columns };
	for (size_t i = 0; i < columns; i++)
		table_cell(table, heads[i]);
	return table;
}

void table_cell(struct table *table, const char *text)
{
	const char *copy = arena_strdup(table->arena, text ? text : "");
	arena_push(table->arena, table->cells, table->count, table->capacity, copy);
}

void table_print(const struct table *table, struct buf *out)
{
	size_t columns = table->columns;
	size_t *widths = arena_alloc(table->arena, columns * sizeof *widths);
	for (size_t i = 0; i < table->count; i++) {
		bool head = i < columns && table->cells[i][0] == '>';
		size_t wide = text_width(table->cells[i] + head);
		if (wide > widths[i % columns])
			widths[i % columns] = wide;
	}
	for (size_t i = 0; i < table->count; i++) {
		size_t column = i % columns;
		const char *text = table->cells[i] + (i < columns && table->cells[i][0] == '>');
		size_t blank = widths[column] - text_width(text);
		bool right = table->cells[column][0] == '>';
		bool last = column + 1 == columns;
		for (size_t j = 0; right && j < blank; j++)
			buf_putc(out, ' ');
		buf_puts(out, text);
		for (size_t j = 0; !right && !last && j < blank; j++)
			buf_putc(out, ' ');
		buf_puts(out, last ? "\n" : "  ");
	}
}

void table_free(struct table *table)
{
	arena_free(table->arena);
}
