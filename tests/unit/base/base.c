/* The ground floor: memory, text, maps, diagnostics, the output set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/bisect.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/output.h"
#include "base/value.h"

static void arena_keeps_every_piece(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	char *pieces[500];
	for (size_t i = 0; i < 500; i++) {
		size_t size = i % 7 == 0 ? 40000 : i + 1; /* large ones get blocks of their own */
		pieces[i] = arena_alloc(arena, size);
		assert_int_equal((uintptr_t)pieces[i] % 8, 0);
		assert_int_equal(pieces[i][size - 1], 0);
		memset(pieces[i], (int)(i % 251), size);
	}
	for (size_t i = 0; i < 500; i++)
		assert_int_equal((unsigned char)pieces[i][i % 7 == 0 ? 39999 : i], i % 251);
	arena_free(arena);
}

static void joined_arenas_are_one(void **state)
{
	(void)state;
	struct arena *arena = arena_new(), *other = arena_new(), *empty = arena_new();
	char *piece = arena_strdup(arena, "一"), *large = memset(arena_alloc(other, 1 << 20), 'x', 1 << 20);
	char *small = arena_strdup(other, "二");
	arena_join(arena, other);
	arena_join(arena, empty);
	assert_string_equal(piece, "一");
	assert_string_equal(small, "二");
	assert_int_equal(large[(1 << 20) - 1], 'x');
	assert_string_equal(arena_strdup(arena, "三"), "三");
	arena_free(arena);
}

static void large_array_keeps_its_items(void **state)
{
	(void)state;
	enum { FEW = 1000, MANY = 3 << 20 };
	uint32_t *items = xreallocarray_large(NULL, FEW, sizeof *items);
	for (uint32_t i = 0; i < FEW; i++)
		items[i] = i;
	items = xreallocarray_large(items, MANY, sizeof *items);
	for (uint32_t i = FEW; i < MANY; i++)
		items[i] = i;
	for (uint32_t i = 0; i < MANY; i++)
		assert_int_equal(items[i], i);
	free(items);
}

static void arena_array_grows(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	int *items = NULL;
	size_t count = 0, capacity = 0;
	for (int i = 0; i < 1000; i++)
		arena_push(arena, items, count, capacity, i);
	assert_int_equal(count, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	arena_free(arena);
}

static void buffer_is_always_a_string(void **state)
{
	(void)state;
	struct buf buf = BUF_INIT;
	assert_string_equal(buf_str(&buf), "");
	buf_put(&buf, NULL, 0);
	buf_printf(&buf, "%s %d", "第", 7);
	buf_putc(&buf, '!');
	assert_string_equal(buf_str(&buf), "第 7!");
	assert_true(chunk_is(buf_chunk(&buf), "第 7!"));
	buf_clear(&buf);
	assert_string_equal(buf_str(&buf), "");
	buf_free(&buf);
	assert_true(chunk_is(chunk_trim(chunk_of(" \t a b \r\n")), "a b"));
	assert_int_equal(chunk_trim(chunk_of(" \n")).len, 0);
}

static void map_keeps_the_order_of_insertion(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct map map;
	map_init(&map, arena);
	assert_null(map_get(&map, "k1"));
	static int numbers[300];
	char key[16];
	for (int i = 0; i < 300; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_null(map_put(&map, key, &numbers[i]));
	}
	assert_ptr_equal(map_put(&map, "k7", &numbers[0]), &numbers[7]);
	assert_ptr_equal(map_get(&map, "k7"), &numbers[0]);
	assert_ptr_equal(map_get(&map, "k299"), &numbers[299]);
	assert_null(map_get(&map, "k300"));
	assert_int_equal(map.count, 300);
	assert_string_equal(map.entries[299].key, "k299");
	arena_free(arena);
}

static void object_replaces_a_member_in_place(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct value *object = value_object(arena);
	value_set(arena, object, "a", value_number(arena, 1));
	value_set(arena, object, "b", value_string(arena, "二"));
	value_set(arena, object, "a", value_format(arena, "%d", 3));
	assert_int_equal(object->as.object.count, 2);
	assert_string_equal(value_get_string(object, "a"), "3");
	assert_string_equal(value_get_string(object, "b"), "二");
	assert_null(value_get(object, "c"));
	assert_null(value_get(value_get(object, "a"), "x"));
	arena_free(arena);
}

static void diagnostics_are_sorted_counted_and_filed_once(void **state)
{
	(void)state;
	struct diags *diags = diags_new();
	DIAG(diags, ((struct place){ "b.csv", 2, 1 }), MSG_OUTPUT_FAILED, "x", "full");
	DIAG(diags, ((struct place){ "a.csv", 10, 3 }), MSG_OUTPUT_FAILED, "x", "full");
	DIAG(diags, ((struct place){ "a.csv", 2, 9 }), MSG_OUTPUT_FAILED, "x", "full");
	DIAG(diags, ((struct place){ "a.csv", 2, 9 }), MSG_OUTPUT_FAILED, "x", "full");
	assert_int_equal(diags_errors(diags), 3);
	assert_int_equal(diags_warnings(diags), 0);
	struct buf out = BUF_INIT;
	diags_print(diags, &out);
	assert_string_equal(buf_str(&out),
	                    "a.csv:2:9: error: cannot write x: full; the old output was left as it was\n"
	                    "a.csv:10:3: error: cannot write x: full; the old output was left as it was\n"
	                    "b.csv:2:1: error: cannot write x: full; the old output was left as it was\n");
	buf_free(&out);
	diags_free(diags);
}

static void every_message_of_the_catalogue_is_well_formed(void **state)
{
	(void)state;
	for (int i = 0; i < MESSAGE_COUNT; i++) {
		const char *text = message_text((enum message)i), *name = message_name((enum message)i);
		assert_true(strlen(text) > 10);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(name));
		assert_null(strstr(text, "%s")); /* arguments are {1}, {2} … */
		assert_true(text[strlen(text) - 1] != '.');
		for (int j = 0; j < i; j++) {
			assert_string_not_equal(name, message_name((enum message)j));
			assert_string_not_equal(text, message_text((enum message)j));
		}
		bool gap = false; /* arguments are numbered without a gap */
		for (char digit = '1'; digit <= '9'; digit++) {
			char hole[4] = { '{', digit, '}', 0 };
			bool there = strstr(text, hole);
			assert_false(there && gap);
			gap = gap || !there;
		}
	}
}

static void put(struct output *output, const char *path, const char *text)
{
	output_put(output, path, chunk_of(text));
}

static char *at(struct arena *arena, const char *dir, const char *path)
{
	return arena_printf(arena, "%s/%s", dir, path);
}

static void output_is_replaced_as_a_whole(void **state)
{
	(void)state;
	char dir[] = "/tmp/opsledger-output-XXXXXX";
	assert_non_null(mkdtemp(dir));
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf text = BUF_INIT;

	struct output *output = output_open(dir, diags);
	put(output, "a.txt", "one");
	put(output, "deep/er/b.txt", "two");
	assert_int_equal(access(at(arena, dir, "a.txt"), F_OK), -1); /* nothing before the commit */
	assert_true(output_commit(output, NULL, 0));
	assert_int_equal(output_changed(output), 2);
	output_close(output);
	assert_true(read_file(at(arena, dir, "deep/er/b.txt"), &text));
	assert_string_equal(buf_str(&text), "two");
	assert_true(write_file(at(arena, dir, "mine.txt"), chunk_of("kept"), diags));

	output = output_open(dir, diags);
	put(output, "a.txt", "changed, then dropped");
	output_close(output); /* no commit */
	buf_clear(&text);
	assert_true(read_file(at(arena, dir, "a.txt"), &text));
	assert_string_equal(buf_str(&text), "one");

	output = output_open(dir, diags);
	put(output, "a.txt", "one");
	put(output, "c.txt", "three");
	size_t count;
	const char *const *paths = output_paths(output, &count);
	assert_int_equal(count, 2);
	assert_string_equal(paths[0], "a.txt");
	assert_true(output_commit(output, (const char *const[]){ "a.txt", "deep/er/b.txt" }, 2));
	assert_int_equal(output_changed(output), 1); /* a.txt held the same bytes */
	output_close(output);
	assert_int_equal(access(at(arena, dir, "deep"), F_OK), -1);
	assert_int_equal(access(at(arena, dir, "mine.txt"), F_OK), 0);
	assert_int_equal(access(at(arena, dir, ".staging"), F_OK), -1);
	assert_int_equal(diags_errors(diags), 0);

	unlink(at(arena, dir, "a.txt"));
	unlink(at(arena, dir, "c.txt"));
	unlink(at(arena, dir, "mine.txt"));
	assert_int_equal(rmdir(dir), 0);
	buf_free(&text);
	diags_free(diags);
	arena_free(arena);
}

/* /dev/stdout is a link: replaced, it would be lost to the whole machine. */
static void a_link_is_written_through_and_stays(void **state)
{
	(void)state;
	char dir[] = "/tmp/opsledger-link-XXXXXX";
	assert_non_null(mkdtemp(dir));
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf text = BUF_INIT;
	const char *file = at(arena, dir, "file"), *link = at(arena, dir, "link");
	assert_true(write_file(file, chunk_of("longer than what follows"), diags));
	assert_int_equal(symlink(file, link), 0);
	assert_true(write_file(link, chunk_of("through"), diags));
	char target[4096];
	assert_int_equal(readlink(link, target, sizeof target), strlen(file));
	assert_true(read_file(file, &text));
	assert_string_equal(buf_str(&text), "through");
	assert_int_equal(diags_errors(diags), 0);
	unlink(link);
	unlink(file);
	assert_int_equal(rmdir(dir), 0);
	buf_free(&text);
	diags_free(diags);
	arena_free(arena);
}

static void a_file_is_written_in_pieces(void **state)
{
	(void)state;
	char dir[] = "/tmp/opsledger-piece-XXXXXX";
	assert_non_null(mkdtemp(dir));
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf text = BUF_INIT;
	const char *file = at(arena, dir, "new/file"), *link = at(arena, dir, "link");
	for (int i = 0; i < 4; i++) { /* kept, dropped; then through a link */
		struct file_writer *writer = file_begin(i < 2 ? file : link);
		struct sink sink = file_sink(writer);
		sink.put(chunk_of(i == 2 ? "through " : "in "), sink.context);
		sink.put(chunk_of(i % 2 == 0 ? "pieces" : "vain"), sink.context);
		assert_true(file_end(writer, i % 2 == 0, diags));
		buf_clear(&text);
		assert_true(read_file(file, &text));
		assert_string_equal(buf_str(&text), i < 2 ? "in pieces" : "through pieces");
		assert_int_equal(access(at(arena, dir, "new/file.new"), F_OK), -1);
		if (i == 1)
			assert_int_equal(symlink(file, link), 0);
	}
	assert_int_equal(diags_errors(diags), 0);
	unlink(link);
	unlink(file);
	assert_int_equal(rmdir(at(arena, dir, "new")), 0);
	assert_int_equal(rmdir(dir), 0);
	buf_free(&text);
	diags_free(diags);
	arena_free(arena);
}

static void output_that_cannot_be_written_is_a_diagnostic(void **state)
{
	(void)state;
	struct diags *diags = diags_new();
	assert_null(output_open("/dev/null/out", diags));
	assert_int_equal(diags_errors(diags), 1);
	assert_false(write_file("/dev/null/x", chunk_of("y"), diags));
	assert_int_equal(diags_errors(diags), 2);
	assert_true(file_end(file_begin("/dev/null/x"), false, diags)); /* nothing was to stay */
	assert_int_equal(diags_errors(diags), 2);
	diags_free(diags);
}

static void halves_find_every_place(void **state)
{
	(void)state;
	for (size_t count = 0; count < 40; count++) {
		for (size_t wanted = 0; wanted <= count; wanted++) {
			size_t at, asked = 0;
			bisect(at, count, (asked++, assert_true(at < count), at < wanted));
			assert_int_equal(at, wanted);
			assert_true((size_t)1 << asked <= 2 * count + 1);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_keeps_every_piece),
		cmocka_unit_test(joined_arenas_are_one),
		cmocka_unit_test(large_array_keeps_its_items),
		cmocka_unit_test(arena_array_grows),
		cmocka_unit_test(buffer_is_always_a_string),
		cmocka_unit_test(halves_find_every_place),
		cmocka_unit_test(map_keeps_the_order_of_insertion),
		cmocka_unit_test(object_replaces_a_member_in_place),
		cmocka_unit_test(diagnostics_are_sorted_counted_and_filed_once),
		cmocka_unit_test(every_message_of_the_catalogue_is_well_formed),
		cmocka_unit_test(output_is_replaced_as_a_whole),
		cmocka_unit_test(a_link_is_written_through_and_stays),
		cmocka_unit_test(a_file_is_written_in_pieces),
		cmocka_unit_test(output_that_cannot_be_written_is_a_diagnostic),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
