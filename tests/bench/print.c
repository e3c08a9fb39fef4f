/* Markdown to PDF, nothing else: what the bench times against other makers of
 * PDF, which begin with a finished document too.
 *
 * usage: print FILE.md PRINT.json OUT.pdf [COPIES]
 *
 * COPIES repeats what follows the first chapter's heading, for long documents. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/output.h"
#include "document/pdf.h"
#include "source/json.h"

static void read_or_die(const char *path, struct buf *out)
{
	if (!read_file(path, out))
		die("cannot read %s", path);
}

static void repeat_body(struct buf *markdown, int copies)
{
	const char *chapter = strstr(buf_str(markdown), "\n## ");
	struct buf body = BUF_INIT;

	if (!chapter)
		die("no chapter begins");
	buf_puts(&body, chapter);
	for (int i = 1; i < copies; i++)
		buf_put_chunk(markdown, buf_chunk(&body));
	buf_free(&body);
}

int main(int argc, char **argv)
{
	if (argc < 4)
		die("usage: print FILE.md PRINT.json OUT.pdf [COPIES]");
	messages_init(NULL);
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct fonts *fonts = fonts_new();
	struct buf markdown = BUF_INIT, json = BUF_INIT;

	read_or_die(argv[1], &markdown);
	read_or_die(argv[2], &json);
	if (argc > 4)
		repeat_body(&markdown, atoi(argv[4]));
	const struct document *document = document_read(arena, argv[1], buf_chunk(&markdown), diags);
	buf_free(&markdown);
	const struct value *value = json_read(arena, argv[2], buf_chunk(&json), diags);
	const struct page_setup *setup = value ? page_setup_read(arena, fonts, value, diags) : NULL;
	struct pdf_facts facts = {
		.title = document->title, .language = "zh-CN", .header = document->title, .footer = "提交 0000000000"
	};
	struct file_writer *file = file_begin(argv[3]);
	bool fine = setup && pdf_write(document, setup, &facts, file_sink(file), diags);
	fine = file_end(file, fine, diags) && fine;
	struct buf said = BUF_INIT;
	diags_print(diags, &said);
	fputs(buf_str(&said), stderr);
	buf_free(&said);
	buf_free(&json);
	fonts_free(fonts);
	diags_free(diags);
	arena_free(arena);
	return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}
