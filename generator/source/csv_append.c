#include "source/csv_append.h"

#include <stdint.h>
#include <string.h>

#include "source/csv.h"
#include "text/encoding.h"

struct appending {
	const struct schema *schema;
	const char *const *texts;
	bool has_head;
	struct buf row;
};

static void put_cell(struct buf *out, size_t index, const char *text)
{
	if (index > 0)
		buf_putc(out, ',');
	size_t len = strlen(text);
	bool quoted = strpbrk(text, ",\"\r\n") || (len > 0 && (strchr(" \t", text[0]) || strchr(" \t", text[len - 1])));
	if (!quoted) {
		buf_puts(out, text);
		return;
	}
	buf_putc(out, '"');
	for (; *text; text++)
		buf_printf(out, "%s%c", *text == '"' ? "\"" : "", *text);
	buf_putc(out, '"');
}

static void follow_head(const struct csv_row *head, void *context)
{
	struct appending *appending = context;
	if (appending->has_head)
		return;
	appending->has_head = true;
	for (size_t i = 0; i < head->count; i++) {
		size_t field = schema_field_index(appending->schema, head->cells[i].text);
		const char *text = field == SIZE_MAX ? NULL : appending->texts[field];
		put_cell(&appending->row, i, text ? text : "");
	}
}

/* The end of the head, as later ones may lie in a cell. */
static const char *line_end(struct chunk text)
{
	for (size_t at = 0; at < text.len; at++) {
		if (text.data[at] == '\r')
			return at + 1 < text.len && text.data[at + 1] == '\n' ? "\r\n" : "\r";
		if (text.data[at] == '\n')
			return "\n";
	}
	return "\n";
}

void csv_append(struct arena *arena, struct chunk file, const struct schema *schema, const char *const *texts,
                struct buf *out)
{
	struct appending appending = { .schema = schema, .texts = texts, .row = BUF_INIT };
	struct decoded decoded = encoding_decode(arena, file);
	struct diags *unheard = diags_new(); /* whoever reads the file hears them */
	const char *end = line_end(decoded.text);
	struct buf added = BUF_INIT;
	csv_read("", decoded.text, follow_head, &appending, unheard);
	if (decoded.text.len > 0 && !strchr("\r\n", decoded.text.data[decoded.text.len - 1]))
		buf_puts(&added, end);
	if (!appending.has_head) {
		for (size_t i = 0; i < schema->field_count; i++) {
			put_cell(&added, i, schema->fields[i].name);
			put_cell(&appending.row, i, texts[i] ? texts[i] : "");
		}
		buf_puts(&added, end);
	}
	buf_printf(&added, "%s%s", buf_str(&appending.row), end);
	buf_put_chunk(out, file);
	encoding_encode(decoded.encoding, buf_chunk(&added), out);
	buf_free(&added);
	buf_free(&appending.row);
	diags_free(unheard);
}
