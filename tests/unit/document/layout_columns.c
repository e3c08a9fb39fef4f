/* Column widths. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/layout_columns.h"

static void same(double a, double b)
{
	assert_true(fabs(a - b) < 0.01);
}

static void test_room_for_all(void **state)
{
	double least[] = { 10, 10 }, most[] = { 50, 100 }, sample[] = { 50, 100 }, widths[2];
	struct column_needs needs = { 2, least, most, sample, 1 };

	(void)state;
	fit_columns(&needs, 300, widths);
	same(widths[0] + widths[1], 300);
	assert_true(widths[0] >= 50 && widths[1] >= 100);
}

/* Short texts stay whole; the long one takes what remains. */
static void test_short_stay_whole(void **state)
{
	double least[] = { 40, 40, 40 }, most[] = { 60, 70, 900 };
	double sample[] = { 60, 70, 900, 55, 65, 800 }, widths[3];
	struct column_needs needs = { 3, least, most, sample, 2 };

	(void)state;
	fit_columns(&needs, 400, widths);
	same(widths[0] + widths[1] + widths[2], 400);
	assert_true(widths[2] > 200);

	/* With the long text short too, all lines are saved. */
	double short_most[] = { 60, 70, 260 }, short_sample[] = { 60, 70, 260, 55, 65, 200 };
	struct column_needs fits = { 3, least, short_most, short_sample, 2 };
	fit_columns(&fits, 391, widths);
	assert_true(widths[0] >= 60 && widths[1] >= 70 && widths[2] >= 260);
}

static void test_too_narrow(void **state)
{
	double least[] = { 100, 300 }, most[] = { 100, 300 }, sample[] = { 100, 300 }, widths[2];
	struct column_needs needs = { 2, least, most, sample, 1 };

	(void)state;
	fit_columns(&needs, 200, widths);
	same(widths[0], 50);
	same(widths[1], 150);
}

static void test_empty(void **state)
{
	double least[] = { 0, 0 }, most[] = { 0, 0 }, sample[] = { 0, 0 }, widths[2];
	struct column_needs needs = { 2, least, most, sample, 1 };

	(void)state;
	fit_columns(&needs, 200, widths);
	same(widths[0], 100);
	same(widths[1], 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_room_for_all),
		cmocka_unit_test(test_short_stay_whole),
		cmocka_unit_test(test_too_narrow),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
