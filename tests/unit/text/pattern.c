/* Regular expressions of schemas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/pattern.h"

static void the_whole_text_must_match(void **state)
{
	(void)state;
	static const struct {
		const char *expression, *text;
		bool matches;
	} cases[] = {
		{ "INC-\\d{4}-\\d{4}", "INC-2026-0312", true },
		{ "INC-\\d{4}-\\d{4}", "INC-2026-03123", false },
		{ "INC-\\d{4}-\\d{4}", "xINC-2026-0312", false },
		{ "[一-龥]{2,4}", "运维台账", true },
		{ "[一-龥]{2,4}", "运维 台账", false },
		{ "..", "\xF0\xA0\xAE\xB7台", true }, /* a code point beyond the plane is one character */
		{ "a*", "", true },
		{ "a", "A", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pattern *pattern = pattern_new(cases[i].expression);
		assert_non_null(pattern);
		/* Twice, for a pattern serves a whole column. */
		assert_int_equal(pattern_matches(pattern, chunk_of(cases[i].text)), cases[i].matches);
		assert_int_equal(pattern_matches(pattern, chunk_of(cases[i].text)), cases[i].matches);
		pattern_free(pattern);
	}
}

static void what_is_no_expression_is_refused(void **state)
{
	(void)state;
	assert_null(pattern_new("("));
	assert_null(pattern_new("[a-"));
	assert_null(pattern_new("a{2,1}"));
	assert_null(pattern_new("\xFF"));
}

static void an_endless_match_is_none(void **state)
{
	(void)state;
	struct pattern *pattern = pattern_new("(a+)+b");
	assert_false(
	    pattern_matches(pattern, chunk_of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")));
	assert_true(pattern_matches(pattern, chunk_of("aab")));
	pattern_free(pattern);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_text_must_match),
		cmocka_unit_test(what_is_no_expression_is_refused),
		cmocka_unit_test(an_endless_match_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
