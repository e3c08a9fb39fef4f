/* The Git repository that holds the records, opened read-only with libgit2.
 *
 * Everything is read from a commit. What cannot give the whole history (a
 * shallow or a partial clone) is refused: a trail with holes proves nothing. */
#ifndef OPSLEDGER_SOURCE_REPOSITORY_H
#define OPSLEDGER_SOURCE_REPOSITORY_H

#include "base/diag.h"
#include "base/memory.h"
#include "time/instant.h"

struct repository;
struct git_repository; /* libgit2's, for the other files of source/ */

/* Opens the repository that dir lies in: a work tree or any folder of it, a
 * linked work tree, a bare repository, a .git folder. NULL after a diagnostic
 * that says what helps: no repository, another owner, shallow, partial, an
 * extension that cannot be read. Replace refs and grafts, which git obeys and
 * this program does not, are named in a warning. */
struct repository *repository_open(const char *dir, struct diags *diags);
void repository_free(struct repository *repository);

/* Absolute, ends in '/'; NULL in a bare repository. */
const char *repository_worktree(const struct repository *repository);
/* Absolute, ends in '/': where this work tree's HEAD and index are. */
const char *repository_git_dir(const struct repository *repository);
struct git_repository *repository_git(const struct repository *repository);

struct person {
	const char *name, *email; /* UTF-8, as the commit has them; .mailmap is not applied */
	struct instant at;        /* with the offset that the commit was made in */
};

struct commit {
	const char *id; /* 40 hexadecimal digits */
	struct person author, committer;
	const char *subject;        /* first paragraph of the message on one line, as git shows it */
	const char *const *parents; /* ids, first parent first */
	size_t parent_count;
};

enum { COMMIT_SHORT = 10 }; /* digits of an id that readers are shown */

/* The commit that revision names ("HEAD", a branch, a tag, an id, "HEAD~3"),
 * its facts in arena. False after a diagnostic. */
bool repository_resolve(const struct repository *repository, struct arena *arena, const char *revision,
                        struct commit *out, struct diags *diags);
/* The facts of the commit with that full id; dies when there is none such. */
void repository_commit(const struct repository *repository, struct arena *arena, const char *id, struct commit *out);

/* The id of what the commit (a full id) has at path, "-" for nothing; in arena. */
const char *repository_entry(const struct repository *repository, struct arena *arena, const char *commit,
                             const char *path);

/* The bytes of a file in arena, by the id of its blob, followed by a NUL that is not counted; they are hashed
 * again and compared with the id. False when it is missing or damaged: libgit2 keeps the error. Threads may
 * read at the same time. */
bool repository_blob(const struct repository *repository, struct arena *arena, const char *id, struct chunk *bytes);

/* Whether each object read is hashed again and compared with its id. On from
 * the start; reading old blobs is seven times faster without, so the walk
 * through history turns it off for those (git fsck covers them) and on again.
 * Holds for the whole process: libgit2 knows no other way. */
void repository_verify_hashes(bool verify);

#endif
