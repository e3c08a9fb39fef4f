/* Whatever bytes come: Markdown is read and painted; and escaped as Markdown they
 * are read back as the text that they were. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "document/html.h"
#include "report/escape.h"
#include "text/encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void comes_back(struct arena *arena, const char *text, struct diags *diags)
{
	struct buf escaped = BUF_INIT, expected = BUF_INIT, heard = BUF_INIT;
	escape_markdown(text, &escaped);
	for (; *text; text++)
		if (*text != '\r' || text[1] != '\n')
			buf_putc(&expected, *text == '\r' ? '\n' : *text);
	buf_puts(&expected, expected.len > 0 ? "\n" : "");
	node_text(document_read(arena, "f.md", buf_chunk(&escaped), diags)->root, &heard);
	if (!chunk_equal(buf_chunk(&heard), buf_chunk(&expected)))
		abort();
	buf_free(&escaped);
	buf_free(&expected);
	buf_free(&heard);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf html = BUF_INIT;
	struct chunk text = encoding_decode(arena, (struct chunk){ (const char *)data, size }).text;
	html_paint(document_read(arena, "f.md", text, diags), NULL, &html);
	if (strstr(buf_str(&html), "<script"))
		abort();
	comes_back(arena, arena_strndup(arena, text.len > 0 ? text.data : "", text.len), diags);
	buf_free(&html);
	diags_free(diags);
	arena_free(arena);
	return 0;
}
