#include "source/signature.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct signature_checker {
	char folder[PATH_MAX]; /* an empty repository */
	char *objects;
	char *allowed_signers; /* absolute, or NULL */
};

static void write_text(const char *folder, const char *name, const char *text)
{
	char path[PATH_MAX + 16];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	if (!file || fputs(text, file) < 0 || fclose(file) != 0)
		die("cannot write %s", path);
}

static void make_folder(const char *folder, const char *name)
{
	char path[PATH_MAX + 16];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (mkdir(path, 0700) != 0)
		die("cannot make %s", path);
}

struct signature_checker *signature_checker_open(const struct repository *repository, const char *allowed_signers,
                                                 struct diags *diags)
{
	const char *temporary = getenv("TMPDIR");
	struct signature_checker *checker = xcalloc(1, sizeof *checker);
	snprintf(checker->folder, sizeof checker->folder, "%s/opsledger-XXXXXX", temporary ? temporary : "/tmp");
	char *known = allowed_signers ? realpath(allowed_signers, NULL) : NULL;
	if ((allowed_signers && !known) || !mkdtemp(checker->folder)) {
		DIAG(diags, ((struct place){ 0 }), MSG_SIGNATURE_CHECK,
		     allowed_signers && !known ? allowed_signers : checker->folder);
		free(known);
		free(checker);
		return NULL;
	}
	checker->allowed_signers = known;
	make_folder(checker->folder, "objects");
	make_folder(checker->folder, "refs");
	write_text(checker->folder, "HEAD", "ref: refs/heads/none\n");
	write_text(checker->folder, "config", "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
	struct buf objects = BUF_INIT;
	buf_printf(&objects, "%sobjects", git_repository_commondir(repository_git(repository)));
	checker->objects = xstrdup(buf_str(&objects));
	buf_free(&objects);
	return checker;
}

void signature_checker_close(struct signature_checker *checker)
{
	static const char *const made[] = { "objects", "refs", "HEAD", "config" };
	char path[PATH_MAX + 16];
	if (!checker)
		return;
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		snprintf(path, sizeof path, "%s/%s", checker->folder, made[i]);
		remove(path);
	}
	rmdir(checker->folder);
	free(checker->objects);
	free(checker->allowed_signers);
	free(checker);
}

/* In the child: becomes git, whose messages go to output. */
_Noreturn static void become_git(const struct signature_checker *checker, const char *id, bool is_tag, int output)
{
	static const char *const unset[] = { "GIT_WORK_TREE",  "GIT_INDEX_FILE", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
		                             "GIT_COMMON_DIR", "GIT_NAMESPACE",  "GIT_TRACE",
		                             "GIT_GRAFT_FILE" };
	struct buf setting = BUF_INIT;
	const char *arguments[8] = { "git" };
	size_t count = 1;
	int nothing = open("/dev/null", O_RDWR);
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	dup2(output, STDERR_FILENO);
	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		unsetenv(unset[i]);
	setenv("GIT_DIR", checker->folder, 1);
	setenv("GIT_OBJECT_DIRECTORY", checker->objects, 1);
	setenv("GIT_NO_REPLACE_OBJECTS", "1", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LANGUAGE"); /* gives translations even there */
	if (checker->allowed_signers) {
		buf_printf(&setting, "gpg.ssh.allowedSignersFile=%s", checker->allowed_signers);
		arguments[count++] = "-c";
		arguments[count++] = buf_str(&setting);
	}
	arguments[count++] = is_tag ? "verify-tag" : "verify-commit";
	arguments[count++] = "--raw";
	arguments[count++] = id;
	if (chdir(checker->folder) == 0)
		execvp("git", (char *const *)(uintptr_t)arguments);
	_exit(127);
}

/* What git says; false when it does not call the signature good. */
static bool run_git(const struct signature_checker *checker, const char *id, bool is_tag, struct buf *said)
{
	int ends[2], state = 0;
	if (pipe(ends) != 0)
		die("there is no pipe");
	pid_t child = fork();
	if (child < 0)
		die("there is no process");
	if (child == 0) {
		close(ends[0]);
		become_git(checker, id, is_tag, ends[1]);
	}
	close(ends[1]);
	for (;;) {
		char bytes[4096];
		ssize_t len = read(ends[0], bytes, sizeof bytes);
		if (len == 0 || (len < 0 && errno != EINTR))
			break;
		buf_put(said, bytes, len > 0 ? (size_t)len : 0);
	}
	close(ends[0]);
	while (waitpid(child, &state, 0) < 0)
		if (errno != EINTR)
			return false;
	return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

/* The text between before and the next of ends; NULL when before is not there. */
static const char *between(struct arena *arena, const char *text, const char *before, const char *ends)
{
	const char *found = strstr(text, before);
	if (!found)
		return NULL;
	found += strlen(before);
	return arena_strndup(arena, found, strcspn(found, ends));
}

/* "Good "git" signature for a@b with ED25519 key SHA256:…", or lines of gpg's --status-fd. */
static void find_signer(struct arena *arena, const char *said, struct signature *signature)
{
	static const char ssh_signer[] = "signature for ", gpg_signer[] = "GOODSIG ";
	const char *found = strstr(said, ssh_signer);
	const char *end = found ? strstr(found, " with ") : NULL;
	if (end)
		signature->signer =
		    arena_strndup(arena, found + strlen(ssh_signer), (size_t)(end - found) - strlen(ssh_signer));
	signature->key = between(arena, said, " key SHA256:", " \n");
	if (signature->key)
		signature->key = arena_printf(arena, "SHA256:%s", signature->key);
	found = strstr(said, gpg_signer);
	if (found) {
		const char *name = strchr(found + strlen(gpg_signer), ' ');
		signature->signer = name ? arena_strndup(arena, name + 1, strcspn(name + 1, "\n")) : NULL;
		signature->key = between(arena, said, "VALIDSIG ", " \n");
	}
}

/* The line of text that holds one of the words; NULL when there is none. */
static const char *line_with(struct arena *arena, const char *text, const char *const *words)
{
	for (; *words; words++) {
		const char *found = strstr(text, *words);
		if (!found)
			continue;
		while (found > text && found[-1] != '\n')
			found--;
		return arena_strndup(arena, found, strcspn(found, "\n"));
	}
	return NULL;
}

struct signature signature_check(struct signature_checker *checker, struct arena *arena, const char *id, bool is_tag)
{
	static const char *const bad[] = { "BADSIG", "incorrect signature", "Signature verification failed",
		                           "Could not verify signature", NULL };
	static const char *const unproved[] = { "NO_PUBKEY", "KEYSIG", "ERRSIG", "", NULL };
	struct buf said = BUF_INIT;
	struct signature signature = { .verdict = SIGNATURE_UNPROVED };
	bool good = run_git(checker, id, is_tag, &said);
	const char *text = arena_strdup(arena, buf_str(&said));
	buf_free(&said);
	find_signer(arena, text, &signature);
	if (good && signature.signer) {
		signature.verdict = SIGNATURE_GOOD;
		return signature;
	}
	signature.detail = line_with(arena, text, bad);
	if (signature.detail)
		signature.verdict = SIGNATURE_BAD;
	else
		signature.detail = line_with(arena, text, unproved);
	return signature;
}
