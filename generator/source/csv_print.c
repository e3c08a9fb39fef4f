#include "source/csv_print.h"

void csv_print_heads(const char *const *heads, size_t count, struct buf *out)
{
	buf_puts(out, "\xEF\xBB\xBF");
	csv_print_row(heads, count, out);
}

void csv_print_row(const char *const *cells, size_t count, struct buf *out)
{
	for (size_t i = 0; i < count; i++) {
		buf_puts(out, i ? ",\"" : "\"");
		for (const char *text = cells[i]; text && *text; text++)
			buf_puts(out, *text == '"' ? "\"\"" : (char[]){ *text, '\0' });
		buf_putc(out, '"');
	}
	buf_puts(out, "\r\n");
}
