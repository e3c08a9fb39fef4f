/* PDF values: what ISO 32000-1, 7.3 gives as examples, and what is no value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proof/pdf_value.h"

static struct arena *arena;

static bool read_text(const char *text, struct pdf_value *out)
{
	size_t at = 0;
	return pdf_value_read(arena, chunk_of(text), &at, strlen(text), out);
}

static struct pdf_value value_of(const char *text)
{
	struct pdf_value value;
	assert_true(read_text(text, &value));
	assert_int_equal(value.to, strlen(text));
	return value;
}

static void assert_string(const char *text, const char *bytes)
{
	struct pdf_value value = value_of(text);
	assert_int_equal(value.kind, PDF_STRING);
	assert_true(chunk_is(value.bytes, bytes));
}

static void test_scalars(void **state)
{
	(void)state;
	assert_int_equal(value_of("null").kind, PDF_NULL);
	assert_int_equal(value_of("true").integer, 1);
	assert_int_equal(value_of("+17").integer, 17);
	assert_int_equal(value_of("-98").integer, -98);
	assert_true(value_of("-.5").real < -0.49 && value_of("-.5").real > -0.51);
	assert_int_equal(value_of("4.").kind, PDF_REAL);
}

static void test_names(void **state)
{
	(void)state;
	struct pdf_value name;
	assert_true(read_text("/paired#28#29parentheses ", &name));
	assert_true(pdf_is_name(&name, "paired()parentheses"));
	assert_int_equal(name.to, 24);
	assert_false(read_text("/A#4", &name));
}

static void test_strings(void **state)
{
	(void)state;
	assert_string("(a (b) c)", "a (b) c");
	assert_string("(one\\\ntwo)", "onetwo");
	assert_string("(line\r\nend)", "line\nend");
	assert_string("(\\053\\53\\n\\(\\q)", "++\n(q");
	assert_string("<4E 6f\n7>", "Nop");
	struct pdf_value value;
	assert_false(read_text("(open", &value));
	assert_false(read_text("(open\\)", &value));
	assert_false(read_text("<4G>", &value));
	assert_false(read_text("<41", &value));
}

static void test_text(void **state)
{
	(void)state;
	const char *const texts[][2] = {
		{ "<FEFF987976EED842DFB7>", "项目𠮷" }, { "(plain)", "plain" }, { "<E9A1B9>", "项" }, { "<E9>", "é" },
		{ "<FEFFD842>", "\xEF\xBF\xBD" },       { "(a\\nb)", "a b" },   { "12", "" }
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct pdf_value value = value_of(texts[i][0]);
		assert_string_equal(pdf_text_of(arena, &value), texts[i][1]);
	}
}

static void test_nested(void **state)
{
	(void)state;
	struct pdf_value value = value_of("<< /A [1 2 0 R (x)] % why\n/B << /C null >> >>");
	const struct pdf_value *array = pdf_get(&value, "A");
	assert_int_equal(array->count, 3);
	assert_int_equal(array->items[1].kind, PDF_REFERENCE);
	assert_int_equal(array->items[1].integer, 2);
	assert_int_equal(pdf_get(pdf_get(&value, "B"), "C")->kind, PDF_NULL);
	assert_null(pdf_get(&value, "C"));
	assert_null(pdf_get(array, "A"));
}

/* A key that stands twice would be read differently by different programs. */
static void test_refused(void **state)
{
	(void)state;
	static const char *const texts[] = { "",
		                             "<< /A 1 /A 2 >>",
		                             "<< /A 1",
		                             "<< /A >>",
		                             "[1 2",
		                             "nullify",
		                             "<< 1 2 >>",
		                             "1.2.3",
		                             "--1",
		                             "]",
		                             "R",
		                             "<< /A 1 /#41 2 >>",
		                             "9999999999999999999" };
	struct pdf_value value;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_false(read_text(texts[i], &value));
	char deep[200];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_false(read_text(deep, &value));
}

static void test_same(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		bool same;
	} pairs[] = {
		{ "<< /A 1 /B (x) >>", "<</B <78>/A 1.0>>", true },
		{ "<< /A 1 >>", "<< /A 1 /B 2 >>", false },
		{ "<< /A 1 >>", "<< /B 1 >>", false },
		{ "[1 2]", "[2 1]", false },
		{ "3 0 R", "3 1 R", false },
		{ "3 0 R", "4 0 R", false },
		{ "/A", "(A)", false },
		{ "127.039", "127.04", false },
		{ "true", "false", false },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct pdf_value a = value_of(pairs[i].a), b = value_of(pairs[i].b);
		assert_int_equal(pdf_value_same(&a, &b), pairs[i].same);
		assert_int_equal(pdf_value_same(&b, &a), pairs[i].same);
		assert_false(pdf_value_same(&a, NULL));
	}
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scalars), cmocka_unit_test(test_names),  cmocka_unit_test(test_strings),
		cmocka_unit_test(test_text),    cmocka_unit_test(test_nested), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_same),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
