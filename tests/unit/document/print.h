/* What the tests of layout and PDF share: the page set-up of templates/ and
 * documents read from Markdown. */
#ifndef TESTS_UNIT_DOCUMENT_PRINT_H
#define TESTS_UNIT_DOCUMENT_PRINT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/output.h"
#include "document/layout.h"
#include "source/json.h"

struct print {
	struct arena *arena;
	struct diags *diags;
	struct fonts *fonts;
	const struct page_setup *setup;
	struct layout_facts facts;
};

static int print_open(void **state)
{
	struct print *print = xcalloc(1, sizeof *print);
	struct buf text = BUF_INIT;

	messages_init(NULL);
	print->arena = arena_new();
	print->diags = diags_new();
	print->fonts = fonts_new();
	assert_true(read_file("templates/print.json", &text));
	const struct value *json = json_read(print->arena, "templates/print.json", buf_chunk(&text), print->diags);
	print->setup = page_setup_read(print->arena, print->fonts, json, print->diags);
	buf_free(&text);
	assert_non_null(print->setup);
	*state = print;
	return 0;
}

static int print_close(void **state)
{
	struct print *print = *state;

	fonts_free(print->fonts);
	diags_free(print->diags);
	arena_free(print->arena);
	free(print);
	return 0;
}

static inline const struct layout *print_layout(struct print *print, const char *markdown)
{
	const struct document *document = document_read(print->arena, "test.md", chunk_of(markdown), print->diags);

	struct layout *layout = layout_plan(print->arena, document, print->setup, &print->facts);

	layout_set(layout, NULL, print->diags);
	return layout;
}

#endif
