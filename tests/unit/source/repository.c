/* Opening repositories, whole and otherwise, and the facts of commits (issue 2: bare, detached, worktree). */
#include "fixture.h"

#include "source/repository.h"

/* libgit2 1.5 leaks a match of PCRE2 for each extension that a repository's configuration names. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2";
}

static int set_up_commits(void **state)
{
	if (set_up(state) != 0)
		return -1;
	struct fixture *fixture = *state;
	put(fixture, "repo/records/c/contract.json", "{}");
	run(fixture, "cd repo && git add . && git commit -q -m '补录三月记录' -m 'body' && git tag v1 &&"
	             "git commit -q --allow-empty -m second");
	return 0;
}

static void check_opens(struct fixture *fixture, const char *dir, const char *revision, const char *subject)
{
	struct repository *repository = repository_open(path_of(fixture, dir), fixture->diags);
	struct commit commit;
	assert_non_null(repository);
	assert_true(repository_resolve(repository, fixture->arena, revision, &commit, fixture->diags));
	assert_string_equal(commit.subject, subject);
	assert_string_equal(told(fixture), "");
	repository_free(repository);
}

static void check_refused(struct fixture *fixture, const char *dir, const char *message)
{
	assert_null(repository_open(path_of(fixture, dir), fixture->diags));
	assert_told(fixture, message);
}

static void every_way_to_lie_opens(void **state)
{
	struct fixture *fixture = *state;
	run(fixture, "git clone -q --bare repo bare.git && git -C repo worktree add -q ../linked v1 &&"
	             "git clone -q --shared repo borrowing && git clone -q repo detached &&"
	             "git -C detached checkout -q v1 && git -C repo gc -q && mkdir repo/records/c/incidents");
	check_opens(fixture, "repo", "HEAD", "second");
	check_opens(fixture, "repo/records/c/incidents", "HEAD", "second");
	check_opens(fixture, "repo/.git", "main", "second");
	check_opens(fixture, "bare.git", "HEAD", "second");
	check_opens(fixture, "linked", "HEAD", "补录三月记录");
	check_opens(fixture, "borrowing", "HEAD~1", "补录三月记录");
	check_opens(fixture, "detached", "HEAD", "补录三月记录");
	run(fixture, "git -C repo config extensions.worktreeConfig true");
	check_opens(fixture, "repo", "v1", "补录三月记录");
}

static void a_commit_tells_who_and_when(void **state)
{
	struct fixture *fixture = *state;
	struct repository *repository = repository_open(path_of(fixture, "repo"), fixture->diags);
	struct commit head, again;
	char text[INSTANT_TEXT];
	assert_true(repository_resolve(repository, fixture->arena, "HEAD", &head, fixture->diags));
	assert_string_equal(head.author.name, "驻场工程师甲");
	assert_string_equal(head.author.email, "engineer@example.invalid");
	assert_string_equal(instant_format(head.author.at, text), "2026-03-09T08:05:00+08:00");
	assert_string_equal(head.committer.name, "项目经理");
	assert_string_equal(head.committer.email, "manager@example.invalid");
	assert_string_equal(instant_format(head.committer.at, text), "2026-03-09T01:06:00+01:00");
	assert_int_equal(head.parent_count, 1);
	repository_commit(repository, fixture->arena, head.parents[0], &again);
	assert_string_equal(again.id, head.parents[0]);
	assert_string_equal(again.subject, "补录三月记录");
	assert_int_equal(again.parent_count, 0);
	repository_free(repository);
}

static void commits_in_gb18030_are_read(void **state)
{
	struct fixture *fixture = *state;
	struct commit commit;
	put(fixture, "message", "\xB2\xB9\xC2\xBC\xC8\xFD\xD4\xC2\xBC\xC7\xC2\xBC\n");
	run(fixture, "cd repo && git -c i18n.commitEncoding=GB18030 commit -q --allow-empty -F ../message");
	struct repository *repository = repository_open(path_of(fixture, "repo"), fixture->diags);
	assert_true(repository_resolve(repository, fixture->arena, "HEAD", &commit, fixture->diags));
	assert_string_equal(commit.subject, "补录三月记录");
	repository_free(repository);
}

static void work_tree_and_git_folder_are_known(void **state)
{
	struct fixture *fixture = *state;
	run(fixture, "git clone -q --bare repo bare.git && git -C repo worktree add -q ../linked v1");
	struct repository *repository = repository_open(path_of(fixture, "linked"), fixture->diags);
	assert_string_equal(repository_worktree(repository), path_of(fixture, "linked/"));
	assert_string_equal(repository_git_dir(repository), path_of(fixture, "repo/.git/worktrees/linked/"));
	repository_free(repository);
	repository = repository_open(path_of(fixture, "bare.git"), fixture->diags);
	assert_null(repository_worktree(repository));
	assert_string_equal(repository_git_dir(repository), path_of(fixture, "bare.git/"));
	repository_free(repository);
}

static void what_has_no_whole_history_is_refused(void **state)
{
	struct fixture *fixture = *state;
	run(fixture,
	    "git -C repo config uploadpack.allowFilter true && git clone -q --depth 1 file://$PWD/repo shallow &&"
	    "git -C shallow worktree add -q ../linked &&"
	    "git clone -q --filter=blob:none --no-checkout file://$PWD/repo partial");
	check_refused(fixture, "shallow", "error: this clone is shallow");
	check_refused(fixture, "linked", "error: this clone is shallow");
	check_refused(fixture, "partial", "error: this clone is partial");
}

static void what_is_no_repository_is_refused(void **state)
{
	struct fixture *fixture = *state;
	run(fixture, "mkdir other && git init -q --object-format=sha256 sha256");
	check_refused(fixture, "other", "error: no Git repository at ");
	check_refused(fixture, "missing", "error: no Git repository at ");
	check_refused(fixture, "sha256", "error: cannot open the repository at ");
}

static void a_repository_of_another_owner_is_named(void **state)
{
	struct fixture *fixture = *state;
	if (geteuid() != 0)
		skip(); /* only root can give a file away */
	run(fixture, "cp -r repo other && chown -R nobody other");
	const char *remedy = arena_printf(fixture->arena,
	                                  "error: the repository at %s belongs to another user, so it is "
	                                  "not opened; run: git config --global --add safe.directory %s ",
	                                  path_of(fixture, "other"), path_of(fixture, "other"));
	check_refused(fixture, "other", remedy);
	put(fixture, ".gitconfig", "[user]\n\tname = x\n");
	check_refused(fixture, "other/records", remedy);
	diags_free(fixture->diags);
	fixture->diags = diags_new();
	run(fixture, "git config --global --add safe.directory $PWD/other");
	check_opens(fixture, "other", "HEAD", "second");
}

static void other_history_than_git_shows_is_named(void **state)
{
	struct fixture *fixture = *state;
	struct commit commit;
	run(fixture, "cd repo && git commit -q --allow-empty -m third && git replace HEAD~1 v1 &&"
	             "git rev-parse HEAD > .git/info/grafts");
	struct repository *repository = repository_open(path_of(fixture, "repo"), fixture->diags);
	assert_non_null(repository);
	assert_told(fixture, "warning: there are replace refs");
	assert_told(fixture, "warning: there is a grafts file");
	assert_true(repository_resolve(repository, fixture->arena, "HEAD~1", &commit, fixture->diags));
	assert_string_equal(commit.subject, "second");
	repository_free(repository);
}

static void unknown_revisions_are_told(void **state)
{
	struct fixture *fixture = *state;
	struct commit commit;
	run(fixture, "git init -q empty");
	struct repository *repository = repository_open(path_of(fixture, "repo"), fixture->diags);
	assert_false(repository_resolve(repository, fixture->arena, "nope", &commit, fixture->diags));
	assert_told(fixture, "error: no commit is named nope");
	assert_false(repository_resolve(repository, fixture->arena, "HEAD:records", &commit, fixture->diags));
	assert_told(fixture, "error: no commit is named HEAD:records");
	repository_free(repository);
	repository = repository_open(path_of(fixture, "empty"), fixture->diags);
	assert_false(repository_resolve(repository, fixture->arena, "HEAD", &commit, fixture->diags));
	assert_told(fixture, "error: the repository has no commit yet");
	repository_free(repository);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_way_to_lie_opens, set_up_commits, tear_down),
		cmocka_unit_test_setup_teardown(a_commit_tells_who_and_when, set_up_commits, tear_down),
		cmocka_unit_test_setup_teardown(commits_in_gb18030_are_read, set_up_commits, tear_down),
		cmocka_unit_test_setup_teardown(work_tree_and_git_folder_are_known, set_up_commits, tear_down),
		cmocka_unit_test_setup_teardown(what_has_no_whole_history_is_refused, set_up_commits, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_repository_is_refused, set_up_commits, tear_down),
		cmocka_unit_test_setup_teardown(a_repository_of_another_owner_is_named, set_up_commits, tear_down),
		cmocka_unit_test_setup_teardown(other_history_than_git_shows_is_named, set_up_commits, tear_down),
		cmocka_unit_test_setup_teardown(unknown_revisions_are_told, set_up_commits, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
