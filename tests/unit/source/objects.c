/* Objects read from packs, against libgit2; and packs that are damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/output.h"
#include "source/objects.h"
#include "source/pack.h"
#include "source/repository.h"

/* libgit2 asks for as much memory as a damaged object claims to need, and can do without it. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

enum { VERSIONS = 120, ROWS = 40 };

struct fixture {
	char folder[64];
	git_repository *git;
	git_odb *odb;
	git_oid ids[VERSIONS];
};

static void run(const struct fixture *fixture, const char *command)
{
	char line[256];
	snprintf(line, sizeof line, command, fixture->folder);
	if (system(line) != 0)
		fail_msg("failed: %s", line);
}

/* A file that grows, is edited now and then, and shrinks once. */
static void write_version(struct buf *text, int version)
{
	buf_clear(text);
	for (int row = 0; row < ROWS + (version < VERSIONS / 2 ? version : VERSIONS - version); row++)
		buf_printf(text, "INC-%04d,第%d次,%d\n", row, row == version % 7 ? version / 9 : 0, row * row);
}

static void open_git(struct fixture *fixture)
{
	assert_int_equal(git_repository_open(&fixture->git, fixture->folder), 0);
	assert_int_equal(git_repository_odb(&fixture->odb, fixture->git), 0);
}

static void close_git(struct fixture *fixture)
{
	git_odb_free(fixture->odb);
	git_repository_free(fixture->git);
}

static int set_up(void **state)
{
	static struct fixture fixture;
	struct diags *diags = diags_new();
	strcpy(fixture.folder, "/tmp/opsledger-objects-XXXXXX");
	assert_non_null(mkdtemp(fixture.folder));
	run(&fixture, "git init -q --bare %s");
	repository_free(repository_open(fixture.folder, diags)); /* libgit2 set up as the program has it */
	diags_free(diags);
	git_libgit2_init();
	open_git(&fixture);
	struct buf text = BUF_INIT;
	for (int i = 0; i < VERSIONS; i++) {
		write_version(&text, i);
		assert_int_equal(git_odb_write(&fixture.ids[i], fixture.odb, text.data, text.len, GIT_OBJECT_BLOB), 0);
	}
	buf_free(&text);
	close_git(&fixture);
	/* Packs what is loose, in the order of size as git does, and keeps no loose copy. */
	run(&fixture, "cd %s && find objects -type f | cut -d/ -f2,3 | tr -d / |"
	              " git pack-objects -q --delta-base-offset --depth=30 objects/pack/pack >/dev/null &&"
	              " git prune-packed -q");
	open_git(&fixture);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	close_git(fixture);
	run(fixture, "rm -rf %s");
	git_libgit2_shutdown();
	return 0;
}

static void expect_version(struct objects *objects, const struct fixture *fixture, int version)
{
	struct buf text = BUF_INIT;
	struct object *object = object_open(objects, &fixture->ids[version]);
	write_version(&text, version);
	assert_non_null(object);
	assert_int_equal(object_bytes(object).len, text.len);
	assert_memory_equal(object_bytes(object).data, text.data, text.len);
	object_release(object);
	buf_free(&text);
}

static void every_version_is_what_was_written(void **state)
{
	const struct fixture *fixture = *state;
	struct objects *objects = objects_open(fixture->git);
	for (int i = VERSIONS; i-- > 0;)
		expect_version(objects, fixture, i);
	for (int i = 0; i < VERSIONS; i++)
		expect_version(objects, fixture, i);
	for (int i = 0; i < VERSIONS; i++)
		expect_version(objects, fixture, i * 37 % VERSIONS);
	objects_free(objects);
}

static void what_is_held_stays_while_others_come_and_go(void **state)
{
	const struct fixture *fixture = *state;
	struct objects *objects = objects_open(fixture->git);
	struct object *held[VERSIONS];
	struct buf text = BUF_INIT;
	for (int i = 0; i < VERSIONS; i++)
		assert_non_null(held[i] = object_open(objects, &fixture->ids[i]));
	for (int i = 0; i < VERSIONS; i++) {
		write_version(&text, i);
		assert_int_equal(object_bytes(held[i]).len, text.len);
		assert_memory_equal(object_bytes(held[i]).data, text.data, text.len);
	}
	objects_free(objects);
	for (int i = 0; i < VERSIONS; i++)
		object_release(held[i]);
	buf_free(&text);
}

/* The one pack's path. */
static void find_pack(const struct fixture *fixture, char *path, size_t size)
{
	char command[128];
	snprintf(command, sizeof command, "echo %s/objects/pack/*.pack", fixture->folder);
	FILE *pipe = popen(command, "r"); /* NOLINT(cert-env33-c) */
	assert_non_null(fgets(path, (int)size, pipe));
	pclose(pipe);
	path[strcspn(path, "\n")] = '\0';
}

static void a_damaged_pack_gives_no_crash(void **state)
{
	struct fixture *fixture = *state;
	char path[256];
	struct buf pack = BUF_INIT;
	find_pack(fixture, path, sizeof path);
	assert_true(read_file(path, &pack));
	run(fixture, "chmod -R u+w %s");
	int lost = 0;
	for (size_t at = 12; at < pack.len; at += 1 + pack.len / 150) {
		pack.data[at] ^= 0x55;
		FILE *file = fopen(path, "wb");
		assert_int_equal(fwrite(pack.data, 1, pack.len, file), pack.len);
		fclose(file);
		pack.data[at] ^= 0x55;
		close_git(fixture);
		open_git(fixture);
		struct objects *objects = objects_open(fixture->git);
		for (int i = VERSIONS; i-- > 0;) {
			struct object *object = object_open(objects, &fixture->ids[i]);
			lost += !object;
			object_release(object);
		}
		objects_free(objects);
	}
	assert_true(lost > 0);
	buf_free(&pack);
}

static void deltas_are_read_as_git_writes_them(void **state)
{
	(void)state;
	/* Of 300 bytes: copy 256 from 44 (the length's second byte alone), insert "ab", copy 65,536 is too far. */
	const char text[] = "\xAC\x02\x82\x02\xA1\x2C\x01\x02"
	                    "ab\x80";
	struct chunk delta = { text, sizeof text - 1 };
	struct pack_step step;
	size_t base_size, size;
	assert_true(pack_delta_begin(&delta, &base_size, &size));
	assert_int_equal(base_size, 300);
	assert_int_equal(size, 258);
	assert_true(pack_delta_next(&delta, base_size, &step));
	assert_true(step.copies);
	assert_int_equal(step.from, 44);
	assert_int_equal(step.data.len, 256);
	assert_true(pack_delta_next(&delta, base_size, &step));
	assert_false(step.copies);
	assert_int_equal(step.data.len, 2);
	assert_memory_equal(step.data.data, "ab", 2);
	assert_false(pack_delta_next(&delta, base_size, &step));
	assert_int_equal(delta.len, 1);
}

static void malformed_instructions_are_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = { "\x81", "\x05!!!", "\x91\x09\x02" };
	struct pack_step step;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct chunk delta = { wrong[i], strlen(wrong[i]) };
		assert_false(pack_delta_next(&delta, 10, &step));
	}
	struct chunk zero = { "\0a", 2 };
	assert_false(pack_delta_next(&zero, 10, &step));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deltas_are_read_as_git_writes_them),
		cmocka_unit_test(malformed_instructions_are_refused),
		cmocka_unit_test(every_version_is_what_was_written),
		cmocka_unit_test(what_is_held_stays_while_others_come_and_go),
		cmocka_unit_test(a_damaged_pack_gives_no_crash),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
