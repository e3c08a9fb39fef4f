/* What the document tests share: an arena, diagnostics, the repository's files. */
#ifndef OPSLEDGER_TESTS_DOCUMENT_FIXTURE_H
#define OPSLEDGER_TESTS_DOCUMENT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/output.h"
#include "document/document.h"

static struct arena *arena;
static struct diags *diags;

static inline int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	diags = diags_new();
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	diags_free(diags);
	arena_free(arena);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* What was reported, a line each; begins anew with the next call. */
static inline const char *reported(void)
{
	struct buf out = BUF_INIT;
	diags_print(diags, &out);
	const char *copy = arena_strdup(arena, buf_str(&out));
	buf_free(&out);
	diags_free(diags);
	diags = diags_new();
	return copy;
}

static inline struct document *markdown(const char *text)
{
	return document_read(arena, "t.md", chunk_of(text), diags);
}

/* A file of the repository; path from its root. */
static inline struct chunk repository_file(const char *path)
{
	const char *root = getenv("ROOT");
	struct buf text = BUF_INIT;
	if (!read_file(arena_printf(arena, "%s/%s", root ? root : ".", path), &text))
		fail_msg("cannot read %s", path);
	struct chunk copy = { arena_strndup(arena, buf_str(&text), text.len), text.len };
	buf_free(&text);
	return copy;
}

#endif
