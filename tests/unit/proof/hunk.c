/* Hunks against random pairs of versions: what lies outside them is the same
 * bytes, and what is parsed of them makes up the whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "proof/hunk.h"
#include "proof/reorder.h"
#include "source/csv.h"

enum { PAIRS = 20000 };

/* A generator of our own: the same numbers everywhere. */
static unsigned next_random(unsigned *state, unsigned below)
{
	*state = *state * 1664525 + 1013904223;
	return (*state >> 8) % below;
}

static void put_row(struct buf *text, unsigned *random)
{
	static const char *const cells[] = {
		"a", "bb", "\"x,y\"", "\"line\nbreak\"", "\"\"\"\"", "", "\"\n\"", "\"\""
	};
	buf_printf(text, "%u", next_random(random, 9));
	for (unsigned i = 0; i < 2; i++)
		buf_printf(text, ",%s", cells[next_random(random, 8)]);
	buf_puts(text, next_random(random, 8) ? "\n" : "\r\n");
}

/* Copies from, rows now and then left out, changed, added; bytes now and then broken. */
static void mutate(const struct row_map *from, struct buf *text, unsigned *random)
{
	for (size_t row = 0; row < from->count; row++) {
		size_t end = row + 1 < from->count ? from->starts[row + 1] : from->text.len;
		unsigned what = row ? next_random(random, 12) : 9;
		if (what == 0)
			continue;
		if (what == 1)
			put_row(text, random);
		if (what != 2)
			buf_put(text, from->text.data + from->starts[row], end - from->starts[row]);
	}
	if (text->len > 20 && next_random(random, 20) == 0)
		text->data[10 + next_random(random, (unsigned)text->len - 10)] = '"';
	if (text->len > 20 && next_random(random, 10) == 0)
		text->data[--text->len] = '\0';
}

struct parse {
	uint32_t starts[512];
	size_t count, base;
	struct buf rows; /* the cells of all rows */
};

static void take_row(const struct csv_row *row, void *context)
{
	struct parse *parse = context;
	parse->starts[parse->count++] = (uint32_t)(parse->base + row->from);
	for (size_t i = 0; i < row->count; i++)
		buf_printf(&parse->rows, "%s|", row->cells[i].text);
	buf_puts(&parse->rows, "\n");
}

/* Whether text[from, to) has no fault. */
static bool parse_piece(struct chunk text, size_t from, size_t to, struct parse *parse)
{
	struct diags *diags = diags_new();
	parse->base = from;
	csv_read("", (struct chunk){ text.data + from, to - from }, take_row, parse, diags);
	bool sound = diags_errors(diags) == 0;
	diags_free(diags);
	return sound;
}

/* Reads the other version as the known one outside the hunks, and by itself inside. */
static bool patch(const struct row_map *known, struct chunk other, const struct hunk_list *hunks, struct parse *out)
{
	size_t at = 0, other_at = 0;
	for (size_t i = 0; i <= hunks->count; i++) {
		bool last = i == hunks->count;
		size_t to = last ? known->text.len : hunks->items[i].known_from;
		assert_true(other_at + (to - at) <= other.len);
		assert_memory_equal(known->text.data + at, other.data + other_at, to - at);
		parse_piece(known->text, at, to, out);
		if (last)
			return other_at + (to - at) == other.len;
		assert_int_equal(other_at + (to - at), hunks->items[i].other_from);
		if (!parse_piece(other, hunks->items[i].other_from, hunks->items[i].other_to, out))
			return true; /* to be parsed whole */
		at = hunks->items[i].known_to;
		other_at = hunks->items[i].other_to;
	}
	return false;
}

static void test_random_pairs(void **state)
{
	(void)state;
	unsigned random = 1;
	size_t compared = 0;
	for (int pair = 0; pair < PAIRS; pair++) {
		struct arena *arena = arena_new();
		struct buf text = BUF_INIT, changed = BUF_INIT;
		struct parse known_parse = { 0 }, whole = { 0 }, pieces = { 0 };
		buf_puts(&text, "id,x,y\n");
		for (unsigned rows = next_random(&random, 12); rows; rows--)
			put_row(&text, &random);
		parse_piece(buf_chunk(&text), 0, text.len, &known_parse);
		struct row_map known = { buf_chunk(&text), known_parse.starts, known_parse.count,
			                 known_parse.count > 1 ? known_parse.starts[1] : text.len };
		mutate(&known, &changed, &random);
		struct hunk_list hunks;
		bool sound = parse_piece(buf_chunk(&changed), 0, changed.len, &whole);
		if (hunks_find(arena, &known, buf_chunk(&changed), &hunks)) {
			bool faulty = false;
			struct parse probe = { 0 };
			for (size_t i = 0; i < hunks.count; i++)
				faulty |= !parse_piece(buf_chunk(&changed), hunks.items[i].other_from,
				                       hunks.items[i].other_to, &probe);
			buf_free(&probe.rows);
			assert_true(patch(&known, buf_chunk(&changed), &hunks, &pieces));
			if (!faulty) {
				assert_true(sound);
				assert_string_equal(buf_str(&pieces.rows), buf_str(&whole.rows));
				compared++;
			}
		}
		buf_free(&text);
		buf_free(&changed);
		buf_free(&known_parse.rows);
		buf_free(&whole.rows);
		buf_free(&pieces.rows);
		arena_free(arena);
	}
	assert_true(compared > PAIRS / 2);
}

static void test_small_edit_is_small(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct buf text = BUF_INIT, changed = BUF_INIT;
	uint32_t starts[1001];
	for (unsigned i = 0; i <= 1000; i++) {
		starts[i] = (uint32_t)text.len;
		buf_printf(&text, i ? "INC-%04u,title\n" : "id,title %u\n", i);
		buf_printf(&changed, i == 20 ? "INC-%04u,changed\n" : i ? "INC-%04u,title\n" : "id,title %u\n", i);
	}
	buf_puts(&changed, "INC-1001,new\n");
	struct row_map known = { buf_chunk(&text), starts, 1001, starts[1] };
	struct hunk_list hunks;
	assert_true(hunks_find(arena, &known, buf_chunk(&changed), &hunks));
	assert_int_equal(hunks.count, 2); /* the edit, and the row at the end, not all between */
	assert_int_equal(hunks.items[0].after - hunks.items[0].first, 1);
	assert_int_equal(hunks.items[1].first, 1001);
	buf_free(&text);
	buf_free(&changed);
	arena_free(arena);
}

static uint32_t moved(const char *before, const char *after)
{
	struct written_row rows[2][16] = { { { 0 } } };
	struct written_rows lists[2] = { { rows[0], 0, 16 }, { rows[1], 0, 16 } };
	char ids[128][2] = { { 0 } };
	const char *texts[] = { before, after };
	for (size_t side = 0; side < 2; side++) {
		for (const char *at = texts[side]; *at; at++) {
			ids[(unsigned char)*at][0] = *at;
			rows[side][lists[side].count++].id = ids[(unsigned char)*at];
		}
	}
	return rows_moved(&lists[0], &lists[1]);
}

static void test_moved_rows(void **state)
{
	(void)state;
	assert_int_equal(moved("abcde", "abcde"), 0);
	assert_int_equal(moved("abcde", "axbyc"), 0); /* removed and added, none moved */
	assert_int_equal(moved("abcde", "bcdea"), 1);
	assert_int_equal(moved("abcde", "edcba"), 4);
	assert_int_equal(moved("abcdef", "badcfe"), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_pairs),
		cmocka_unit_test(test_small_edit_is_small),
		cmocka_unit_test(test_moved_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
