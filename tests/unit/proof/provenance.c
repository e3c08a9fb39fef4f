/* Provenance against an independent answer over random histories, and what was kept of an earlier
 * walk against a walk from nothing. OPSLEDGER_HISTORIES sets the number of histories. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <git2/global.h>

#include "base/output.h"
#include "proof/provenance.h"

#ifdef __SANITIZE_ADDRESS__
#define SLOW 1
#elif defined __has_feature
#define SLOW __has_feature(address_sanitizer)
#else
#define SLOW 0
#endif
enum { HISTORIES = 40, GROWN = SLOW ? 20 : 200, BATCH = 50 };

static const char *const change_names[] = { "added", "changed", "removed" };

static void put_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			buf_puts(out, "\\n");
		else if (*text == '\r')
			buf_puts(out, "\\r");
		else if (*text == '\t')
			buf_puts(out, "\\t");
		else if (*text == '\\')
			buf_puts(out, "\\\\");
		else
			buf_putc(out, *text);
	}
}

static void put_value(struct buf *out, const char *text)
{
	buf_puts(out, text ? " =" : " -");
	put_escaped(out, text ? text : "");
}

static int by_name(const void *left, const void *right)
{
	const struct field_change *a = left, *b = right;
	return strcmp(a->name, b->name);
}

static int by_text(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;
	return strcmp(*a, *b);
}

/* What is told of each event. */
enum telling {
	AS_GIT_TELLS, /* what Git alone says too, by name */
	ALL,          /* also where it was read, in the order that provenance has */
};

static const char *event_line(const struct provenance *provenance, const struct life *life, const struct event *event,
                              enum telling telling, struct arena *arena, struct diags *diags)
{
	struct buf line = BUF_INIT;
	const struct field_change *fields = event->fields;
	size_t count = event->field_count;
	if (telling == AS_GIT_TELLS || event->offset % 32 == 0) /* costly: reads the file again */
		fields = provenance_fields(provenance, event, arena, &count, diags);
	struct field_change *told = arena_alloc(arena, (count + 1) * sizeof *told);
	if (count)
		memcpy(told, fields, count * sizeof *told);
	if (telling == AS_GIT_TELLS)
		qsort(told, count, sizeof *told, by_name);
	buf_printf(&line, "%s/%s/%s\t%s\t%s%s", life->contract, life->type, life->id, event->commit->facts.id,
	           change_names[event->change], event->again ? " again" : "");
	if (telling == ALL)
		buf_printf(&line, "\t%s:%u, %u moved", event->path, event->offset, event->moved);
	for (size_t i = 0; i < count; i++) {
		buf_printf(&line, "\t%s", told[i].name);
		put_value(&line, told[i].before);
		put_value(&line, told[i].after);
	}
	const char *text = arena_strdup(arena, buf_str(&line));
	buf_free(&line);
	return text;
}

/* Lives come by contract, type and id, and the events of each by commit. */
static void assert_order(const struct provenance *provenance, const struct life *before, const struct life *life)
{
	int order = before ? strcmp(before->contract, life->contract) : -1;
	order = order ? order : strcmp(before->type, life->type);
	order = order ? order : strcmp(before->id, life->id);
	assert_true(order < 0);
	assert_true(life->event_count > 0);
	for (size_t i = 0; i < life->event_count; i++) {
		assert_ptr_equal(provenance_life_of(provenance, &life->events[i]), life);
		assert_true(i == 0 || life->events[i - 1].commit <= life->events[i].commit);
	}
}

/* All events of the history behind revision, a line each; ALL: with the fields of changes and of one row in 32. */
static void tell_events(const char *folder, const char *revision, const char *cache, enum telling telling,
                        struct buf *out)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new(), *ignored = diags_new();
	struct repository *repository = repository_open(folder, diags);
	assert_non_null(repository);
	struct commit tip;
	assert_true(repository_resolve(repository, arena, revision, &tip, diags));
	const struct snapshot *snapshot = snapshot_of_commit(arena, repository, tip.id, diags);
	const struct records *records = records_read(arena, snapshot, ignored);
	struct provenance *provenance = provenance_read(repository, tip.id, records, cache, diags);
	assert_non_null(provenance);
	assert_int_equal(diags_errors(diags), 0);
	const char **lines = NULL;
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < provenance->life_count; i++) {
		const struct life *life = provenance_life(provenance, i);
		const char *name = arena_printf(arena, "%s/%s/%s", life->contract, life->type, life->id);
		assert_ptr_equal(provenance_of(provenance, name), life);
		assert_order(provenance, i ? provenance_life(provenance, i - 1) : NULL, life);
		for (size_t e = 0; e < life->event_count; e++) {
			const char *line = event_line(provenance, life, &life->events[e], telling, arena, diags);
			arena_push(arena, lines, count, capacity, line);
		}
	}
	if (count && telling == AS_GIT_TELLS)
		qsort(lines, count, sizeof *lines, by_text);
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "%s\n", lines[i]);
	provenance_free(provenance);
	repository_free(repository);
	diags_free(diags);
	diags_free(ignored);
	arena_free(arena);
}

/* Says where two texts first differ, by line. */
static void assert_same_lines(const char *folder, const char *expected, const char *found)
{
	for (size_t line = 1; *expected || *found; line++) {
		size_t len = strcspn(expected, "\n"), found_len = strcspn(found, "\n");
		if (len != found_len || memcmp(expected, found, len) != 0) {
			print_message("%s: line %zu\nexpected: %.*s\nfound:    %.*s\n", folder, line, (int)len,
			              expected, (int)found_len, found);
			fail();
		}
		expected += len + (expected[len] == '\n');
		found += found_len + (found[found_len] == '\n');
	}
}

static void run(const char *command)
{
	if (system(command) != 0)
		fail_msg("failed: %s", command);
}

/* Runs a script in folder. */
static void run_in(const char *folder, const char *script)
{
	struct buf command = BUF_INIT;
	buf_printf(&command, "set -e; cd %s\n%s", folder, script);
	run(buf_str(&command));
	buf_free(&command);
}

static void remove_folder(const char *folder)
{
	struct buf command = BUF_INIT;
	buf_printf(&command, "rm -rf %s", folder);
	run(buf_str(&command));
	buf_free(&command);
}

static void test_random_histories(void **state)
{
	(void)state;
	const char *wanted = getenv("OPSLEDGER_HISTORIES"), *first = getenv("OPSLEDGER_FIRST_SEED");
	int count = wanted ? atoi(wanted) : HISTORIES, base = first ? atoi(first) : 1;
	for (int seed = base; seed < base + count; seed += BATCH) {
		char folder[] = "/tmp/opsledger-histories-XXXXXX", command[256];
		assert_non_null(mkdtemp(folder));
		int batch = base + count - seed < BATCH ? base + count - seed : BATCH;
		snprintf(command, sizeof command, "python3 tests/story/random_histories.py %s %d %d", folder, seed,
		         batch);
		run(command);
		for (int i = seed; i < seed + batch; i++) {
			char path[256];
			struct buf expected = BUF_INIT, found = BUF_INIT;
			snprintf(path, sizeof path, "%s/%d.expected", folder, i);
			assert_true(read_file(path, &expected));
			snprintf(path, sizeof path, "%s/%d", folder, i);
			tell_events(path, "main", NULL, AS_GIT_TELLS, &found);
			assert_same_lines(path, buf_str(&expected), buf_str(&found));
			buf_free(&expected);
			buf_free(&found);
		}
		remove_folder(folder);
	}
}

static void expect_same(const char *folder, const char *revision, const char *cache)
{
	struct buf fresh = BUF_INIT, kept = BUF_INIT;
	tell_events(folder, revision, NULL, ALL, &fresh);
	tell_events(folder, revision, cache, ALL, &kept);
	assert_same_lines(folder, buf_str(&fresh), buf_str(&kept));
	buf_free(&fresh);
	buf_free(&kept);
}

static bool is_same_file(const char *path, const struct buf *before)
{
	struct buf now = BUF_INIT;
	assert_true(read_file(path, &now));
	bool same = now.len == before->len && memcmp(now.data, before->data, now.len) == 0;
	buf_free(&now);
	return same;
}

/* Changes one byte of the cache, and expects the answer not to change. */
static void damage(const char *folder, const char *cache, unsigned seed)
{
	struct buf bytes = BUF_INIT;
	struct diags *diags = diags_new();
	assert_true(read_file(cache, &bytes));
	bytes.data[seed * 2654435761u % bytes.len] ^= 1;
	assert_true(write_file(cache, buf_chunk(&bytes), diags));
	expect_same(folder, "main", cache);
	bytes.len /= 2;
	assert_true(write_file(cache, buf_chunk(&bytes), diags));
	expect_same(folder, "main", cache);
	buf_free(&bytes);
	diags_free(diags);
}

/* Merges that bring a commit older than all, which stands on any that is known and has the files of any other, and
 * end with those of any: known ones change their order, and many files change at once. */
static void merge_old_ones(const char *folder, const char *cache, unsigned seed)
{
	for (unsigned i = 0; i < 4; i++) {
		char command[1024], revision[32];
		snprintf(
		    command, sizeof command,
		    "cd %s && export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a;"
		    " from=$(test %u = 0 && echo main || echo merged-%u); n=$(git rev-list --count main);"
		    " id() { git rev-list --skip=$(($1 %% n)) -n 1 main; };"
		    " old=$(GIT_COMMITTER_DATE='631152000 +0000' git commit-tree -m x -p $(id %u) $(id %u)^{tree}) &&"
		    " git branch -q merged-%u $(git commit-tree -m x -p $from -p $old $(id %u)^{tree})",
		    folder, i, i, seed * 7 + i * 5, seed * 11 + i * 3, i + 1, seed * 13 + i);
		run(command);
		snprintf(revision, sizeof revision, "merged-%u", i + 1);
		expect_same(folder, revision, cache);
	}
}

/* A history that grows, goes back, is rewritten, gets other schemas and a mailmap. */
static void grow(const char *folder, unsigned seed)
{
	char cache[300], command[1024];
	struct buf before = BUF_INIT;
	snprintf(cache, sizeof cache, "%s.cache", folder);
	for (int back = 16; back >= 0; back -= 4 + (int)(seed % 3)) {
		char revision[32];
		snprintf(revision, sizeof revision, "older-%d", back);
		expect_same(folder, revision, cache);
	}
	expect_same(folder, "main", cache);
	assert_true(read_file(cache, &before));
	expect_same(folder, "main", cache);
	assert_true(is_same_file(cache, &before)); /* nothing new: nothing is kept anew */
	merge_old_ones(folder, cache, seed);
	damage(folder, cache, seed);
	snprintf(command, sizeof command,
	         "cd %s && export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a;"
	         " git branch -q rewritten $(git commit-tree -m x -p older-3 main^{tree}) &&"
	         " map=$(echo '乙 <b@example.invalid> <a@example.invalid>' | git hash-object -w --stdin) &&"
	         " tree=$( (git ls-tree main; printf '100644 blob %%s\\t.mailmap\\n' $map) | git mktree) &&"
	         " git branch -q mapped $(git commit-tree -m x -p main $tree) &&"
	         " git branch -q back $(git commit-tree -m x -p mapped older-6^{tree})",
	         folder);
	run(command);
	expect_same(folder, "rewritten", cache);
	expect_same(folder, "main", cache);
	expect_same(folder, "mapped", cache);
	expect_same(folder, "back", cache);
	buf_free(&before);
}

static void what_was_kept_changes_no_answer(void **state)
{
	(void)state;
	const char *wanted = getenv("OPSLEDGER_HISTORIES");
	int count = wanted ? atoi(wanted) : GROWN;
	char folder[] = "/tmp/opsledger-growing-XXXXXX", command[512];
	assert_non_null(mkdtemp(folder));
	snprintf(command, sizeof command, "python3 tests/story/random_histories.py %s 1 %d unanswered", folder, count);
	run(command);
	for (int seed = 1; seed <= count; seed++) {
		char path[256];
		snprintf(path, sizeof path, "%s/%d", folder, seed);
		/* Commits further and further back, by the order of their making: also on branches. */
		snprintf(command, sizeof command,
		         "cd %s && n=$(git rev-list --count main) && git rev-list --topo-order main | awk -v n=$n"
		         " '{ id[NR] = $1 } END { for (i = 0; i <= 16; i++)"
		         " print \"create refs/heads/older-\" i, id[int(1 + i * (n - 1) / 17)] }' |"
		         " git update-ref --stdin",
		         path);
		run(command);
		grow(path, (unsigned)seed);
	}
	remove_folder(folder);
}

#define COMMIT "git add -A && git -c user.name=x -c user.email=x commit -q -m x"

/* A folder stands before a file in a tree, and both are new. */
static void a_file_behind_a_folder_keeps_its_path(void **state)
{
	(void)state;
	char folder[] = "/tmp/opsledger-behind-XXXXXX";
	struct buf found = BUF_INIT;
	assert_non_null(mkdtemp(folder));
	run_in(folder, "git init -q -b main && mkdir -p records/c/incidents\n"
	               "printf 'id\nA\n' > records/c/incidents/2026-01.csv\n"
	               "printf 'id\nB\n' > records/c/staff.csv\n" COMMIT);
	tell_events(folder, "main", NULL, AS_GIT_TELLS, &found);
	assert_non_null(strstr(buf_str(&found), "c/incidents/A\t"));
	assert_non_null(strstr(buf_str(&found), "c/staff/B\t"));
	buf_free(&found);
	remove_folder(folder);
}

/* What is gone by the newest commit is called as it was last. */
static void a_folder_with_its_old_name_again_is_one(void **state)
{
	(void)state;
	char folder[] = "/tmp/opsledger-renamed-XXXXXX", cache[64];
	struct buf found = BUF_INIT;
	assert_non_null(mkdtemp(folder));
	snprintf(cache, sizeof cache, "%s/cache", folder);
	run_in(folder, "git init -q -b main && mkdir -p records/c/incidents && cd records\n"
	               "printf 'id\nA\n' > c/incidents/a.csv && printf 'id\nC\n' > c/staff.csv && " COMMIT "\n"
	               "git mv c d && " COMMIT "\n"
	               "git mv d e && " COMMIT "\n"
	               "git mv e c && " COMMIT "\n"
	               "git rm -q -r c && printf 'x' > x && " COMMIT);
	expect_same(folder, "main", cache);
	expect_same(folder, "main", cache);
	tell_events(folder, "main", NULL, AS_GIT_TELLS, &found);
	assert_non_null(strstr(buf_str(&found), "c/incidents/A\t"));
	assert_null(strstr(buf_str(&found), "d/incidents/A\t"));
	assert_null(strstr(buf_str(&found), "e/incidents/A\t"));
	buf_free(&found);
	remove_folder(folder);
}

/* A name that was renamed away, then taken by another folder and given back. */
static void a_name_that_two_folders_had_ends(void **state)
{
	(void)state;
	char folder[] = "/tmp/opsledger-renamed-XXXXXX";
	struct buf found = BUF_INIT;
	assert_non_null(mkdtemp(folder));
	run_in(folder, "git init -q -b main && mkdir -p records/c/incidents && cd records\n"
	               "printf 'id\nA\n' > c/incidents/a.csv && " COMMIT "\n"
	               "git mv c d && " COMMIT "\n"
	               "git rm -q -r d && mkdir -p e/incidents && printf 'id\nB\n' > e/incidents/b.csv && " COMMIT "\n"
	               "git mv e c && " COMMIT "\n"
	               "git mv c e && " COMMIT "\n"
	               "git rm -q -r e && printf 'x' > x && " COMMIT);
	tell_events(folder, "main", NULL, AS_GIT_TELLS, &found);
	assert_non_null(strstr(buf_str(&found), "e/incidents/B\t"));
	assert_null(strstr(buf_str(&found), "c/incidents/B\t"));
	buf_free(&found);
	remove_folder(folder);
}

/* Three commits, step-1 to step-3. Two rows with one id in b.csv give way to one: whoever reads a.csv before meets its
 * columns in another order. In blanks.csv a row changes, and two move over a third beside lines of blanks, which are
 * gone afterwards; in encoded.csv the same without blanks, while GB18030 becomes UTF-8, and comes back. */
static const char three_steps[] =
    "git init -q -b main && mkdir -p records/c/incidents records/c/blanks records/c/encoded && cd records/c\n"
    "step() { " COMMIT " && git branch step-$1; }\n"
    "write() { printf '%b' \"id,$2\\nK-000,$3\\n$4K-001,1\\n\" > $1/$1.csv; }\n"
    "two='A-000000,1\\nB-000000,1\\n' blanks='  \\n  \\n  \\n' third='C-000000,1\\n' encoded='\\0261\\0270'\n"
    "printf 'id,y,x\nY,5,6\n' > incidents/a.csv\n"
    "printf 'id,x,y\nX,1,2\nX,2,1\n' > incidents/b.csv\n"
    "write blanks x 1 \"$two$blanks$third\" && write encoded $encoded 1 \"$two$third\" && step 1\n"
    "printf 'id,x,y\nX,9,9\n' > incidents/b.csv\n"
    "write blanks x 2 \"$blanks$third$two\" && write encoded 备 2 \"$third$two\" && step 2\n"
    "write blanks x 2 \"$third$two\" && write encoded $encoded 1 \"$two$third\" && step 3\n";

static void what_is_read_first_changes_no_answer(void **state)
{
	(void)state;
	char folder[] = "/tmp/opsledger-steps-XXXXXX", cache[64];
	assert_non_null(mkdtemp(folder));
	snprintf(cache, sizeof cache, "%s/cache", folder);
	run_in(folder, three_steps);
	for (int step = 1; step <= 3; step++) {
		char revision[16];
		snprintf(revision, sizeof revision, "step-%d", step);
		expect_same(folder, revision, cache);
	}
	remove_folder(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_file_behind_a_folder_keeps_its_path),
		                            cmocka_unit_test(a_folder_with_its_old_name_again_is_one),
		                            cmocka_unit_test(a_name_that_two_folders_had_ends),
		                            cmocka_unit_test(what_is_read_first_changes_no_answer),
		                            cmocka_unit_test(test_random_histories),
		                            cmocka_unit_test(what_was_kept_changes_no_answer) };
	git_libgit2_init(); /* once, rather than with every repository: it takes longer than a small history */
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	git_libgit2_shutdown();
	return failed;
}
