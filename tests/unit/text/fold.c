/* Folding for tolerant reading and for search. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/fold.h"

static void full_width_becomes_ascii(void **state)
{
	(void)state;
	assert_int_equal(fold_width(U'０'), '0');
	assert_int_equal(fold_width(U'：'), ':');
	assert_int_equal(fold_width(U'～'), '~');
	assert_int_equal(fold_width(U'！'), '!');
	assert_int_equal(fold_width(U'　'), ' ');
	assert_int_equal(fold_width(U'年'), U'年');
	assert_int_equal(fold_width('a'), 'a');
	assert_int_equal(fold_width(0xFF5F), 0xFF5F);
	assert_int_equal(fold_width(0xFF00), 0xFF00);
}

/* What JavaScript's text.normalize("NFKC").toLowerCase() gives for each. */
static void search_form_is_that_of_the_browser(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "MySQL 8.0", "mysql 8.0" },
		{ "", "" },
		{ "ＭｙＳＱＬ　主从", "mysql 主从" },
		{ "①㎡㍿", "1m2株式会社" },
		{ "ｶﾞ", "ガ" },
		{ "e\xCC\x81", "\xC3\xA9" },              /* e + acute: é */
		{ "\xEF\xA4\x80", "\xE8\xB1\x88" },       /* 豈, a compatibility ideograph */
		{ "ΟΔΟΣ", "οδος" },                       /* the final sigma */
		{ "Straße", "straße" },                   /* lower case, not case folding */
		{ "\xC4\xB0", "i\xCC\x87" },              /* İ grows */
		{ "\xEF\xB7\xBA", "صلى الله عليه وسلم" }, /* U+FDFA: one to eighteen */
		{ "𝐀𝐁\xF0\xA0\xAE\xB7", "ab\xF0\xA0\xAE\xB7" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = BUF_INIT;
		buf_puts(&out, "已有");
		fold_for_search(chunk_of(cases[i][0]), &out);
		assert_memory_equal(buf_str(&out), "已有", 6);
		assert_string_equal(buf_str(&out) + 6, cases[i][1]);
		assert_int_equal(out.len, 6 + strlen(cases[i][1]));
		buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_width_becomes_ascii),
		cmocka_unit_test(search_form_is_that_of_the_browser),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
