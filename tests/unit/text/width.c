/* The width of text in a terminal (UAX #11). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/width.h"

static void hanzi_take_two_places(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("MySQL"), 5);
	assert_int_equal(text_width("运维台账"), 8);
	assert_int_equal(text_width("ＩＤ：1"), 7);
	assert_int_equal(text_width("e\xCC\x81"), 1); /* e and a combining acute */
	assert_int_equal(text_width("\xF0\xA0\xAE\xB7"), 2);
	assert_int_equal(text_width("ｶﾅ"), 2); /* half-width forms */
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(hanzi_take_two_places) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
