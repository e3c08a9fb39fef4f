/* What search cuts texts into, by the cases that the browser's half is tested with too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/output.h"
#include "site/search_index.h"
#include "source/json.h"
#include "text/fold.h"
#include "text/search_units.h"

struct cases {
	struct arena *arena;
	struct diags *diags;
	const struct value *list;
};

static int set_up(void **state)
{
	struct cases *cases = xcalloc(1, sizeof *cases);
	const char *root = getenv("ROOT");
	struct buf text = BUF_INIT;
	cases->arena = arena_new();
	cases->diags = diags_new();
	const char *path = arena_printf(cases->arena, "%s/tests/unit/site/search_units.json", root ? root : ".");
	assert_true(read_file(path, &text));
	cases->list = json_read(cases->arena, path, buf_chunk(&text), cases->diags);
	assert_non_null(cases->list);
	assert_true(cases->list->as.array.count >= 10);
	buf_free(&text);
	*state = cases;
	return 0;
}

static int tear_down(void **state)
{
	struct cases *cases = *state;
	arena_free(cases->arena);
	diags_free(cases->diags);
	free(cases);
	return 0;
}

static const char *joined(const struct value *list, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < list->as.array.count; i++)
		buf_printf(out, "%s|", list->as.array.items[i]->as.string);
	return buf_str(out);
}

static void cuts_text_into_units(void **state)
{
	const struct cases *cases = *state;
	struct buf folded = BUF_INIT, got = BUF_INIT, wanted = BUF_INIT;
	for (size_t i = 0; i < cases->list->as.array.count; i++) {
		const struct value *item = cases->list->as.array.items[i];
		buf_clear(&folded);
		buf_clear(&got);
		fold_for_search(chunk_of(value_get_string(item, "text")), &folded);
		struct search_scan scan = SEARCH_SCAN(buf_chunk(&folded));
		for (struct search_unit unit; search_unit_next(&scan, &unit); buf_putc(&got, '|')) {
			if (unit.joint)
				buf_putc(&got, unit.joint == JOINT_BESIDE ? '+' : unit.joint);
			buf_put_chunk(&got, unit.text);
		}
		assert_string_equal(buf_str(&got), joined(value_get(item, "units"), &wanted));
	}
	buf_free(&folded);
	buf_free(&got);
	buf_free(&wanted);
}

static void makes_terms_of_units(void **state)
{
	const struct cases *cases = *state;
	struct buf got = BUF_INIT, wanted = BUF_INIT;
	for (size_t i = 0; i < cases->list->as.array.count; i++) {
		const struct value *item = cases->list->as.array.items[i];
		struct search_index *index = search_index_new(cases->arena);
		search_index_begin(index);
		search_index_add(index, chunk_of(value_get_string(item, "text")), PROMINENCE_ONCE);
		search_index_end(index);
		size_t count;
		const struct posting_list *lists = search_index_lists(index, &count);
		buf_clear(&got);
		for (size_t j = 0; j < count; j++)
			buf_printf(&got, "%s|", lists[j].term);
		assert_string_equal(buf_str(&got), joined(value_get(item, "terms"), &wanted));
		search_index_free(index);
	}
	buf_free(&got);
	buf_free(&wanted);
}

/* "库" begins a pair in one document and none in the other; "主从" is in a title,
 * thrice in a body, once in a body. */
static void keeps_postings_by_document(void **state)
{
	const struct cases *cases = *state;
	struct search_index *index = search_index_new(cases->arena);
	search_index_begin(index);
	search_index_add(index, chunk_of("主从"), PROMINENCE_TITLE);
	search_index_add(index, chunk_of("主从，库存"), PROMINENCE_ONCE);
	struct document_size size = search_index_end(index);
	assert_int_equal(size.title_terms, 2); /* 主从 and, since it begins no pair, 从 */
	assert_int_equal(size.terms, 4);
	for (int i = 0; i < 300; i++) {
		search_index_begin(index);
		search_index_end(index);
	}
	search_index_begin(index);
	search_index_add(index, chunk_of("主从、主从、主从、库"), PROMINENCE_ONCE);
	search_index_end(index);
	search_index_begin(index);
	search_index_add(index, chunk_of("主从"), PROMINENCE_HEADING);
	search_index_add(index, chunk_of("主从"), PROMINENCE_ONCE);
	search_index_end(index);

	size_t count;
	const struct posting_list *lists = search_index_lists(index, &count), *pair = NULL, *lone = NULL;
	for (size_t i = 0; i < count; i++) {
		pair = strcmp(lists[i].term, "主从") == 0 ? &lists[i] : pair;
		lone = strcmp(lists[i].term, "库") == 0 ? &lists[i] : lone;
	}
	assert_non_null(pair);
	assert_int_equal(pair->count, 3);
	/* document 0, title; 301 further on, often; 1 further on, heading */
	const unsigned char wanted[] = { 3, 0x80 | ((301 * 4 + 1) & 0x7F), (301 * 4 + 1) >> 7, 1 * 4 + 2 };
	assert_int_equal(pair->postings.len, sizeof wanted);
	assert_memory_equal(pair->postings.data, wanted, sizeof wanted);
	assert_non_null(lone);
	assert_int_equal(lone->count, 1);
	search_index_free(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_text_into_units),
		cmocka_unit_test(makes_terms_of_units),
		cmocka_unit_test(keeps_postings_by_document),
	};
	return cmocka_run_group_tests_name("search_units", tests, set_up, tear_down);
}
