/* The order of names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/collation.h"

static void names_are_in_the_order_of_pinyin(void **state)
{
	(void)state;
	static const char *const ascending[] = {
		"",     "2号机", "10号机", "备份", "故障", "横琴", "节点2", "节点10", "南通",
		"陕西", "运维",  "增量",   "证照", "API",  "api2", "api10", "Ｘ轴",
	};
	struct collator *collator = collator_new();
	for (size_t i = 0; i < sizeof ascending / sizeof *ascending; i++)
		for (size_t j = 0; j < sizeof ascending / sizeof *ascending; j++) {
			int order = collator_compare(collator, ascending[i], ascending[j]);
			assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
		}
	collator_free(collator);
}

static void only_the_same_bytes_are_equal(void **state)
{
	(void)state;
	struct collator *collator = collator_new();
	assert_int_equal(collator_compare(collator, "节点07", "节点07"), 0);
	/* Equal by number: the bytes decide, the same way round each time. */
	assert_true(collator_compare(collator, "节点07", "节点7") < 0);
	assert_true(collator_compare(collator, "节点7", "节点07") > 0);
	/* Equal by canonical equivalence. */
	assert_true(collator_compare(collator, "e\xCC\x81", "\xC3\xA9") < 0);
	assert_true(collator_compare(collator, "\xC3\xA9", "e\xCC\x81") > 0);
	collator_free(collator);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_in_the_order_of_pinyin),
		cmocka_unit_test(only_the_same_bytes_are_equal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
