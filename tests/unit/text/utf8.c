/* UTF-8 validation, counting and encoding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/utf8.h"

static void fault_is_found_at_its_byte(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t len, fault;
	} cases[] = {
		{ "", 0, 0 },
		{ "abc", 3, 3 },
		{ "运维\xF0\xA0\xAE\xB7", 10, 10 }, /* 𠮷, U+20BB7 */
		{ "\xF4\x8F\xBF\xBF", 4, 4 },       /* U+10FFFF */
		{ "\xEF\xBF\xBD", 3, 3 },           /* U+FFFD itself is well-formed */
		{ "运\x80", 4, 3 },                 /* a lone continuation byte */
		{ "a\xC0\xAF", 3, 1 },              /* overlong "/" */
		{ "ab\xE0\x80\x80", 5, 2 },         /* overlong NUL */
		{ "\xED\xA0\x80", 3, 0 },           /* surrogate U+D800 */
		{ "a\xF4\x90\x80\x80", 5, 1 },      /* U+110000 */
		{ "a\xE8\xBF", 3, 1 },              /* cut off at the end */
		{ "a\xE8\xBFz", 4, 1 },             /* cut off in the middle */
		{ "ab\0c", 4, 2 },                  /* NUL is no text */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(utf8_first_fault((struct chunk){ cases[i].bytes, cases[i].len }), cases[i].fault);
}

static void length_counts_code_points(void **state)
{
	(void)state;
	assert_int_equal(utf8_length(chunk_of("")), 0);
	assert_int_equal(utf8_length(chunk_of("运维台账 ok")), 7);
	assert_int_equal(utf8_length(chunk_of("\xF0\xA0\xAE\xB7")), 1);
	assert_int_equal(utf8_length(chunk_of("a\xFF"
	                                      "b")),
	                 3);
}

static void every_code_point_comes_back(void **state)
{
	(void)state;
	struct buf buf = BUF_INIT;
	for (char32_t code_point = 1; code_point <= 0x10FFFF; code_point++) {
		if (code_point >= 0xD800 && code_point <= 0xDFFF)
			continue;
		buf_clear(&buf);
		utf8_put(&buf, code_point);
		size_t offset = 0;
		if (utf8_next(buf_chunk(&buf), &offset) != code_point || offset != buf.len)
			fail_msg("U+%04X", (unsigned)code_point);
	}
	buf_free(&buf);
}

static void ill_formed_sequence_is_passed_over_once(void **state)
{
	(void)state;
	size_t offset = 0;
	struct chunk text = chunk_of("\xE8\xBFz");
	assert_int_equal(utf8_next(text, &offset), 0xFFFD);
	assert_int_equal(offset, 2);
	assert_int_equal(utf8_next(text, &offset), 'z');
	assert_int_equal(offset, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fault_is_found_at_its_byte),
		cmocka_unit_test(length_counts_code_points),
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(ill_formed_sequence_is_passed_over_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
