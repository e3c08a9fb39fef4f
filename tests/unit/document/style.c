/* Page set-up: what is wrong with it is told with its place. */
#include <string.h>

#include "print.h"

/* templates/print.json with one thing in it replaced, on that line. */
static const struct page_setup *changed(struct print *print, const char *old, const char *new, unsigned *line)
{
	struct buf text = BUF_INIT, after = BUF_INIT;

	assert_true(read_file("templates/print.json", &text));
	const char *at = strstr(text.data, old);
	assert_non_null(at);
	*line = 1;
	for (const char *c = text.data; c < at; c++)
		*line += *c == '\n';
	buf_put(&after, text.data, (size_t)(at - text.data));
	buf_puts(&after, new);
	buf_puts(&after, at + strlen(old));
	const struct value *json = json_read(print->arena, "print.json", buf_chunk(&after), print->diags);
	const struct page_setup *setup = page_setup_read(print->arena, print->fonts, json, print->diags);
	buf_free(&text);
	buf_free(&after);
	return setup;
}

/* The one diagnostic is so many lines above what was replaced. */
static void refused(struct print *print, const char *old, const char *new, enum message message, unsigned above)
{
	size_t count;
	unsigned line;

	diags_free(print->diags);
	print->diags = diags_new();
	assert_null(changed(print, old, new, &line));
	const struct diag *diags = diags_sorted(print->diags, &count);
	assert_int_equal(count, 1);
	assert_int_equal(diags[0].message, message);
	assert_int_equal(diags[0].place.line, line - above);
}

static void test_values(void **state)
{
	struct print *print = *state;
	const double millimetre = 72 / 25.4;

	assert_true(print->setup->width > 209.9 * millimetre && print->setup->width < 210.1 * millimetre);
	assert_string_equal(print->setup->styles[STYLE_BODY].family->name, "宋体");
	assert_string_equal(print->setup->styles[STYLE_QUOTE].family->name, "楷体");
	assert_ptr_not_equal(print->setup->styles[STYLE_BODY].family->bold,
	                     print->setup->styles[STYLE_BODY].family->regular);
	/* A style takes from the body what it does not say, but for the indent. */
	assert_true(print->setup->styles[STYLE_LIST].size == print->setup->styles[STYLE_BODY].size);
	assert_true(print->setup->styles[STYLE_LIST].indent == 0);
	assert_true(print->setup->profile.len > 128);
	assert_memory_equal(print->setup->profile.data + 36, "acsp", 4);
}

static void test_faults(void **state)
{
	struct print *print = *state;

	refused(print, "\"outer\": 24", "\"outre\": 24, \"outer\": 24", MSG_BLOCK_UNKNOWN_MEMBER, 0);
	refused(print, "\"inner\": 30", "\"inner\": 130", MSG_PRINT_MARGINS, 2);
	refused(print, "\"accent\": \"#b3121d\"", "\"accent\": \"red\"", MSG_BLOCK_WRONG_KIND, 0);
	refused(print, "NotoSerifCJK-Regular.ttc", "Missing.ttc", MSG_PRINT_FILE_MISSING, 0);
	refused(print, "\"face\": 2", "\"face\": 63", MSG_PRINT_FONT_BROKEN, 0);
	refused(print, "\"emphasis\": \"楷体\"", "\"emphasis\": \"仿宋\"", MSG_PRINT_FAMILY_UNKNOWN, 0);
	refused(print, "\"leading\": 30", "\"leading\": 2", MSG_PRINT_LEADING, 0);
	diags_free(print->diags);
	print->diags = diags_new();
	assert_null(page_setup_read(print->arena, print->fonts, value_null(print->arena), print->diags));
	assert_int_equal(diags_errors(print->diags) > 0, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_faults),
	};

	return cmocka_run_group_tests(tests, print_open, print_close);
}
