/* The files of a commit, of the index and of the work tree (issue 2: check --staged, --worktree). */
#include "fixture.h"

#include "source/snapshot.h"

enum from { COMMIT, INDEX, WORKTREE };

/* The listed paths and what is in them: "path=text ", in the order of the list. */
static const char *listed(struct fixture *fixture, enum from from, const char *prefix)
{
	struct repository *repository = repository_open(path_of(fixture, "repo"), fixture->diags);
	struct arena *arena = fixture->arena;
	struct commit commit;
	struct snapshot *snapshot;
	if (from == COMMIT) {
		assert_true(repository_resolve(repository, arena, "HEAD", &commit, fixture->diags));
		snapshot = snapshot_of_commit(arena, repository, commit.id, fixture->diags);
	} else {
		snapshot = from == INDEX ? snapshot_of_index(arena, repository, fixture->diags)
		                         : snapshot_of_worktree(arena, repository, fixture->diags);
	}
	struct buf out = BUF_INIT;
	size_t count = 0;
	const struct snapshot_file *files = snapshot ? snapshot_below(snapshot, prefix, &count) : NULL;
	for (size_t i = 0; i < count; i++) {
		struct chunk bytes;
		assert_true(snapshot_read(snapshot, arena, &files[i], &bytes, fixture->diags));
		assert_int_equal(bytes.data[bytes.len], '\0');
		assert_int_equal(from == WORKTREE, files[i].blob == NULL);
		assert_ptr_equal(snapshot_find(snapshot, files[i].path), &files[i]);
		buf_printf(&out, "%s=%.9s ", files[i].path, bytes.data);
	}
	if (!snapshot)
		buf_puts(&out, "none");
	repository_free(repository);
	const char *text = arena_strdup(arena, buf_str(&out));
	buf_free(&out);
	return text;
}

static void three_views_of_one_list(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/a.csv", "1");
	put(fixture, "repo/records/c-d/a.csv", "2");
	put(fixture, "repo/kb/手册.md", "3");
	put(fixture, "repo/templates/t.md", "4");
	put(fixture, "repo/.mailmap", "5");
	put(fixture, "repo/generator/main.c", "no");
	put(fixture, "repo/README.md", "no");
	put(fixture, "repo/kb.md", "no");
	run(fixture, "cd repo && git add . && git commit -q -m x");
	put(fixture, "repo/records/c/a.csv", "1 staged");
	run(fixture, "cd repo && git add . && git rm -q --cached templates/t.md");
	put(fixture, "repo/records/c/a.csv", "1 on disk");
	put(fixture, "repo/records/c/b.csv", "new");
	assert_string_equal(listed(fixture, COMMIT, ""),
	                    ".mailmap=5 kb/手册.md=3 records/c-d/a.csv=2 records/c/a.csv=1 templates/t.md=4 ");
	assert_string_equal(listed(fixture, INDEX, ""),
	                    ".mailmap=5 kb/手册.md=3 records/c-d/a.csv=2 records/c/a.csv=1 staged ");
	assert_string_equal(listed(fixture, WORKTREE, ""), ".mailmap=5 kb/手册.md=3 records/c-d/a.csv=2 "
	                                                   "records/c/a.csv=1 on disk records/c/b.csv=new "
	                                                   "templates/t.md=4 ");
	assert_string_equal(listed(fixture, COMMIT, "records/c/"), "records/c/a.csv=1 ");
	assert_string_equal(listed(fixture, COMMIT, "records/none/"), "");
	assert_string_equal(told(fixture), "");
}

static void the_index_of_a_hook_is_seen(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/a.csv", "1");
	run(fixture, "cd repo && git add . && git commit -q -m x && cp .git/index .git/next-index");
	put(fixture, "repo/records/c/b.csv", "2");
	run(fixture, "cd repo && GIT_INDEX_FILE=.git/next-index git add records");
	assert_string_equal(listed(fixture, INDEX, ""), "records/c/a.csv=1 ");
	setenv("GIT_INDEX_FILE", path_of(fixture, "repo/.git/next-index"), 1);
	assert_string_equal(listed(fixture, INDEX, ""), "records/c/a.csv=1 records/c/b.csv=2 ");
}

static void an_unmerged_file_stops_the_index(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/a.csv", "1");
	run(fixture, "cd repo && git add . && git commit -q -m x && git checkout -q -b other");
	put(fixture, "repo/records/c/a.csv", "2");
	run(fixture, "cd repo && git commit -q -a -m y && git checkout -q main");
	put(fixture, "repo/records/c/a.csv", "3");
	run(fixture, "cd repo && git commit -q -a -m z && ! git merge other");
	assert_string_equal(listed(fixture, INDEX, ""), "none");
	assert_told(fixture, "records/c/a.csv: error: the file is in the middle of a merge");
}

static void links_and_submodules_are_not_followed(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/a.csv", "1");
	put(fixture, "secret", "not to be read");
	run(fixture, "git init -q sub && git -C sub commit -q --allow-empty -m x && cd repo && ln -s ../../../secret "
	             "records/c/b.csv &&"
	             "ln -s /etc kb && git -c protocol.file.allow=always submodule add -q ../sub records/sub &&"
	             "git add . && git commit -q -m x");
	static const enum from views[] = { COMMIT, INDEX, WORKTREE };
	for (size_t i = 0; i < 3; i++) {
		diags_free(fixture->diags);
		fixture->diags = diags_new();
		assert_string_equal(listed(fixture, views[i], ""), "records/c/a.csv=1 ");
		assert_told(fixture, "records/c/b.csv: warning: symbolic links are not followed");
		assert_told(fixture, "records/sub: warning: submodules are not read");
		assert_told(fixture, "kb: warning: symbolic links are not followed");
	}
}

static void ignored_files_are_not_in_the_work_tree(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/.gitignore", "~$*\n.~lock*\n");
	put(fixture, "repo/records/c/a.csv", "1");
	put(fixture, "repo/records/c/~$a.csv", "no");
	assert_string_equal(listed(fixture, WORKTREE, ""), "records/c/a.csv=1 ");
}

static void large_files_of_records_are_named(void **state)
{
	struct fixture *fixture = *state;
	struct buf text = BUF_INIT;
	while (text.len <= 1024 * 1024)
		buf_puts(&text, "0123456789\n");
	put(fixture, "repo/records/c/a.csv", buf_str(&text));
	put(fixture, "repo/kb/a.md", buf_str(&text));
	put(fixture, "repo/records/c/b.csv", "small");
	listed(fixture, WORKTREE, "");
	assert_told(fixture, "records/c/a.csv: warning: the file is larger than 1 MB");
	assert_int_equal(diags_warnings(fixture->diags), 1);
	buf_free(&text);
}

static void a_bare_repository_has_no_work_tree(void **state)
{
	struct fixture *fixture = *state;
	run(fixture, "rm -rf repo && git init -q --bare repo");
	assert_string_equal(listed(fixture, WORKTREE, ""), "none");
	assert_told(fixture, "error: a bare repository has no work tree");
}

/* The text of repo/records/a.csv as the work tree has it. */
static const char *text_of(struct fixture *fixture)
{
	struct repository *repository = repository_open(path_of(fixture, "repo"), fixture->diags);
	struct snapshot *snapshot = snapshot_of_worktree(fixture->arena, repository, fixture->diags);
	struct chunk text;
	assert_int_equal(snapshot->count, 1);
	assert_true(snapshot_text(snapshot, fixture->arena, snapshot->files, &text, fixture->diags));
	repository_free(repository);
	return text.data;
}

static void encodings_are_told(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, "repo/records/a.csv", "\xEF\xBB\xBFid,标题");
	assert_string_equal(text_of(fixture), "id,标题");
	assert_string_equal(told(fixture), "");
	put(fixture, "repo/records/a.csv", "id,\xB1\xEA\xCC\xE2");
	assert_string_equal(text_of(fixture), "id,标题");
	assert_told(fixture, "records/a.csv: warning: the file is not in UTF-8 and was read as GB18030");
	put_bytes(fixture, "repo/records/a.csv", "id,标题\n故\0障", 17);
	text_of(fixture);
	assert_told(fixture, "records/a.csv:2:2: error: these bytes are no text in UTF-8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(three_views_of_one_list, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_index_of_a_hook_is_seen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_unmerged_file_stops_the_index, set_up, tear_down),
		cmocka_unit_test_setup_teardown(links_and_submodules_are_not_followed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ignored_files_are_not_in_the_work_tree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(large_files_of_records_are_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_bare_repository_has_no_work_tree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(encodings_are_told, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
