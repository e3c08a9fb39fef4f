/* Work spread over the processors: all of it, once, and lanes that never overlap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/parallel.h"

enum { PIECES = 2000 };

struct count {
	unsigned times[PIECES];
	size_t *by_lane; /* not atomic: lanes do not overlap */
	struct diags *diags;
};

static void count_piece(size_t index, size_t lane, void *context)
{
	struct count *count = context;
	char which[32];
	snprintf(which, sizeof which, "%zu", index / 2);
	count->times[index]++;
	count->by_lane[lane]++;
	DIAG(count->diags, ((struct place){ "a.csv", 1, 1 }), MSG_OUTPUT_FAILED, which, "full");
}

static void every_piece_is_done_once(void **state)
{
	(void)state;
	size_t lanes = parallel_lanes(), sum = 0;
	struct count count = { .by_lane = calloc(lanes, sizeof *count.by_lane), .diags = diags_new() };
	assert_true(lanes >= 1);
	parallel_for(PIECES, count_piece, &count);
	for (size_t i = 0; i < PIECES; i++)
		assert_int_equal(count.times[i], 1);
	for (size_t i = 0; i < lanes; i++)
		sum += count.by_lane[i];
	assert_int_equal(sum, PIECES);
	assert_int_equal(diags_errors(count.diags), PIECES / 2); /* each was told twice and filed once */
	free(count.by_lane);
	diags_free(count.diags);
}

static void never_called(size_t index, size_t lane, void *context)
{
	(void)context;
	fail_msg("piece %zu in lane %zu of none", index, lane);
}

static void no_work_is_no_call(void **state)
{
	(void)state;
	parallel_for(0, never_called, NULL);
}

static void joined_diagnostics_are_filed_once(void **state)
{
	(void)state;
	struct diags *all = diags_new(), *some = diags_new();
	DIAG(all, ((struct place){ "a.csv", 1, 1 }), MSG_OUTPUT_FAILED, "x", "full");
	DIAG(some, ((struct place){ "a.csv", 1, 1 }), MSG_OUTPUT_FAILED, "x", "full");
	DIAG(some, ((struct place){ "b.csv", 1, 1 }), MSG_OUTPUT_FAILED, "x", "full");
	diags_join(all, some);
	diags_free(some);
	size_t count;
	const struct diag *sorted = diags_sorted(all, &count);
	assert_int_equal(count, 2);
	assert_string_equal(sorted[1].place.path, "b.csv");
	diags_free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_piece_is_done_once),
		cmocka_unit_test(no_work_is_no_call),
		cmocka_unit_test(joined_diagnostics_are_filed_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
