/* Commits as they stand in their objects, against libgit2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "source/commit_object.h"

#define TREE "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
#define PARENT "parent 5bf8a1a2b4c4d2f0f0a1b2c3d4e5f60718293a4b\n"
#define OTHER "parent 00f8a1a2b4c4d2f0f0a1b2c3d4e5f60718293a4b\n"
#define AUTHOR "author 驻场工程师甲 <resident-a@example.invalid> 1774500000 +0800\n"
#define WRITER "committer 项目经理 <pm@example.invalid> 1774503600 -0330\n"

struct fixture {
	char folder[64];
	git_repository *git;
	git_odb *odb;
};

static int set_up(void **state)
{
	static struct fixture fixture = { .folder = "/tmp/opsledger-commit-XXXXXX" };
	git_libgit2_init();
	if (!mkdtemp(fixture.folder) || git_repository_init(&fixture.git, fixture.folder, true) != 0 ||
	    git_repository_odb(&fixture.odb, fixture.git) != 0)
		return -1;
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	char line[128];
	git_odb_free(fixture->odb);
	git_repository_free(fixture->git);
	git_libgit2_shutdown();
	snprintf(line, sizeof line, "rm -rf '%s'", fixture->folder);
	return system(line);
}

/* What libgit2 makes of a commit of those bytes; NULL when it refuses. */
static git_commit *write_commit(const struct fixture *fixture, struct chunk bytes)
{
	git_oid id;
	git_commit *commit = NULL;
	assert_int_equal(git_odb_write(&id, fixture->odb, bytes.data, bytes.len, GIT_OBJECT_COMMIT), 0);
	return git_commit_lookup(&commit, fixture->git, &id) == 0 ? commit : NULL;
}

static void same_person(struct chunk line, const git_signature *wanted)
{
	struct chunk who;
	struct instant at;
	if (!commit_person_split(line, &who, &at))
		return;
	assert_int_equal(at.seconds, wanted->when.time);
	assert_int_equal(at.offset, wanted->when.offset * 60);
	assert_memory_equal(who.data, line.data, who.len);
}

static void same_commit(const struct fixture *fixture, struct chunk bytes, enum signature_kind signature)
{
	struct commit_object commit;
	git_commit *wanted = write_commit(fixture, bytes);
	assert_non_null(wanted);
	assert_true(commit_object_read(bytes, &commit));
	assert_true(git_oid_equal(&commit.tree, git_commit_tree_id(wanted)));
	unsigned parents = 0;
	for (git_oid id; commit_parent_next(&commit.parents, &id); parents++)
		assert_true(git_oid_equal(&id, git_commit_parent_id(wanted, parents)));
	assert_int_equal(parents, git_commit_parentcount(wanted));
	same_person(commit.author, git_commit_author(wanted));
	same_person(commit.committer, git_commit_committer(wanted));
	assert_int_equal(commit.signature, signature);
	struct buf subject = BUF_INIT;
	commit_subject(commit.message, &subject);
	const char *summary = git_commit_summary(wanted);
	assert_string_equal(buf_str(&subject), summary ? summary : "");
	buf_free(&subject);
	git_commit_free(wanted);
}

static void fields_are_those_of_libgit2(void **state)
{
	static const struct {
		const char *text;
		enum signature_kind signature;
	} cases[] = {
		{ TREE AUTHOR WRITER "\n一件\n", SIGNATURE_NONE },
		{ TREE PARENT OTHER AUTHOR WRITER "\n合并\n\n正文\n", SIGNATURE_NONE },
		{ TREE PARENT AUTHOR WRITER "encoding GB18030\n\nx", SIGNATURE_NONE },
		{ TREE AUTHOR AUTHOR WRITER "\nx", SIGNATURE_NONE },
		{ TREE AUTHOR WRITER, SIGNATURE_NONE },
		{ TREE AUTHOR WRITER "\n", SIGNATURE_NONE },
		{ TREE AUTHOR WRITER "gpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n\nx",
		  SIGNATURE_OPENPGP },
		{ TREE AUTHOR WRITER "mergetag object 1\n type commit\n gpgsig no\n"
		                     "gpgsig -----BEGIN SSH SIGNATURE-----\n abc\n\ngpgsig -----BEGIN PGP",
		  SIGNATURE_SSH },
		{ TREE AUTHOR WRITER "gpgsig -----BEGIN SIGNED MESSAGE-----\n abc\n\nx", SIGNATURE_X509 },
		{ TREE AUTHOR WRITER "gpgsig nothing\n\nx", SIGNATURE_NONE },
		{ TREE "author . <> 0 +0000\ncommitter a <b> 99999999999 +1400\n\nx", SIGNATURE_NONE },
		{ TREE "author a <b> 1 -0000\ncommitter a> <b <c> 12 +1459\n\nx", SIGNATURE_NONE },
		{ TREE "author a <b> 1 +9999\ncommitter a <b> 12 +08\n\nx", SIGNATURE_NONE },
		{ TREE "author a <b>\ncommitter a <b> 1 +0860\n\nx", SIGNATURE_NONE },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		same_commit(*state, chunk_of(cases[i].text), cases[i].signature);
}

static void subjects_are_those_of_libgit2(void **state)
{
	static const char *const letters[] = { "a", " ", "\n", "\n", "\r", "\t", "值", "\r\n", "\v" };
	unsigned random = 7;
	for (int i = 0; i < 3000; i++) {
		struct buf text = BUF_INIT;
		buf_puts(&text, TREE AUTHOR WRITER "\n");
		for (int length = i % 12; length-- > 0;) {
			random = random * 1103515245 + 12345;
			buf_puts(&text, letters[random / 65536 % (sizeof letters / sizeof *letters)]);
		}
		same_commit(*state, buf_chunk(&text), SIGNATURE_NONE);
		buf_free(&text);
	}
}

static void what_is_malformed_is_refused(void **state)
{
	static const char *const texts[] = { "",
		                             "tree",
		                             TREE,
		                             TREE AUTHOR,
		                             TREE WRITER AUTHOR "\nx",
		                             "tree 4b825dc642cb6eb9a060e54bf8d69288fbee490\n" AUTHOR WRITER,
		                             "tree 4b825dc642cb6eb9a060e54bf8d69288fbee490g\n" AUTHOR WRITER,
		                             TREE "parent 5bf8\n" AUTHOR WRITER,
		                             PARENT TREE AUTHOR WRITER };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct commit_object commit;
		assert_false(commit_object_read(chunk_of(texts[i]), &commit));
		assert_null(write_commit(*state, chunk_of(texts[i])));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_those_of_libgit2),
		cmocka_unit_test(subjects_are_those_of_libgit2),
		cmocka_unit_test(what_is_malformed_is_refused),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
