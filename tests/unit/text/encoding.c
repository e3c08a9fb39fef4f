/* What a file's bytes are taken for. GB18030 bytes stand here as GB 18030—2005 has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/encoding.h"

struct fixture {
	const char *bytes;
	size_t len;
	enum encoding encoding;
	const char *text;
	size_t fault_count, first_fault; /* the latter where there is one */
};

#define BYTES(literal) (literal), sizeof(literal) - 1

static void check(const struct fixture *expected)
{
	struct arena *arena = arena_new();
	struct decoded decoded = encoding_decode(arena, (struct chunk){ expected->bytes, expected->len });
	assert_int_equal(decoded.encoding, expected->encoding);
	assert_int_equal(decoded.text.len, strlen(expected->text));
	assert_memory_equal(decoded.text.data, expected->text, decoded.text.len);
	assert_int_equal(decoded.fault_count, expected->fault_count);
	assert_int_equal(decoded.first_fault, expected->fault_count ? expected->first_fault : decoded.text.len);
	arena_free(arena);
}

static void encodings_are_told_apart(void **state)
{
	(void)state;
	static const struct fixture cases[] = {
		{ BYTES("id,标题\r\n"), ENCODING_UTF8, "id,标题\r\n", 0, 0 },
		{ BYTES("plain ASCII"), ENCODING_UTF8, "plain ASCII", 0, 0 },
		{ BYTES("\xEF\xBB\xBFid,标题"), ENCODING_UTF8_BOM, "id,标题", 0, 0 },
		{ BYTES("\xEF\xBB\xBF"), ENCODING_UTF8_BOM, "", 0, 0 },
		{ BYTES("id,\xB1\xEA\xCC\xE2"), ENCODING_GB18030, "id,标题", 0, 0 },
		/* Four bytes: 㐂 U+3402 is 0x8139EF31; a code point beyond the plane, 𠮷 U+20BB7, is 0x9534B235. */
		{ BYTES("\xB1\xEA\x81\x39\xEF\x31"), ENCODING_GB18030, "标㐂", 0, 0 },
		{ BYTES("\x95\x34\xB2\x35"), ENCODING_GB18030, "\xF0\xA0\xAE\xB7", 0, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(&cases[i]);
}

static void damage_is_counted_and_placed(void **state)
{
	(void)state;
	static const struct fixture cases[] = {
		/* One lost byte in Chinese UTF-8 does not make it GB18030. */
		{ BYTES("故障\xE5\xA4处理完成"), ENCODING_UTF8, "故障\xEF\xBF\xBD处理完成", 1, 6 },
		{ BYTES("\xEF\xBB\xBF"
		        "ab\xFF"
		        "cd"),
		  ENCODING_UTF8_BOM,
		  "ab\xEF\xBF\xBD"
		  "cd",
		  1, 2 },
		{ BYTES("运维台账\0运"), ENCODING_UTF8, "运维台账\xEF\xBF\xBD运", 1, 12 },
		/* Neither: 0xFF is no byte of GB18030. */
		{ BYTES("a\xB1\xEA\xFF\xCC\xE2"), ENCODING_GB18030, "a标\xEF\xBF\xBD题", 1, 4 },
		/* Cut off within a character. */
		{ BYTES("\xB1\xEA\xCC"), ENCODING_GB18030, "标\xEF\xBF\xBD", 1, 3 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(&cases[i]);
}

static void clean_text_is_borrowed(void **state)
{
	(void)state;
	static const char bytes[] = "\xEF\xBB\xBF"
	                            "一";
	struct decoded decoded = encoding_decode(NULL, (struct chunk){ bytes, sizeof bytes - 1 });
	assert_ptr_equal(decoded.text.data, bytes + 3);
	decoded = encoding_decode(NULL, (struct chunk){ NULL, 0 });
	assert_int_equal(decoded.text.len, 0);
	assert_int_equal(decoded.encoding, ENCODING_UTF8);
}

static void names_are_what_users_know(void **state)
{
	(void)state;
	assert_string_equal(encoding_name(ENCODING_UTF8_BOM), "UTF-8");
	assert_string_equal(encoding_name(ENCODING_GB18030), "GB18030");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encodings_are_told_apart),
		cmocka_unit_test(damage_is_counted_and_placed),
		cmocka_unit_test(clean_text_is_borrowed),
		cmocka_unit_test(names_are_what_users_know),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
