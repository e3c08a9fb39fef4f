/* The files to read: of a commit, of the index, or of the work tree, all seen
 * through one interface.
 *
 * Only what a records repository is made of is listed: the folders records/,
 * templates/ and kb/, and the file .mailmap. Symbolic links and submodules are
 * not followed but named in a warning. */
#ifndef OPSLEDGER_SOURCE_SNAPSHOT_H
#define OPSLEDGER_SOURCE_SNAPSHOT_H

#include "base/buffer.h"
#include "source/repository.h"

struct snapshot_file {
	const char *path; /* from the repository's root, with '/' */
	const char *blob; /* id, 40 hexadecimal digits; NULL in a work tree */
};

struct snapshot {
	struct arena *arena; /* owns the list */
	const struct repository *repository;
	struct snapshot_file *files; /* in byte order of the paths */
	size_t count, capacity;
};

/* The repository has to outlive the snapshot. commit is a full id. */
struct snapshot *snapshot_of_commit(struct arena *arena, const struct repository *repository, const char *commit,
                                    struct diags *diags);
/* What the next commit would hold: check --staged. NULL after a diagnostic
 * when there is no index or it holds unmerged files. */
struct snapshot *snapshot_of_index(struct arena *arena, const struct repository *repository, struct diags *diags);
/* Files as they lie on disk, without those that .gitignore excludes: check
 * --worktree. NULL after a diagnostic in a bare repository. */
struct snapshot *snapshot_of_worktree(struct arena *arena, const struct repository *repository, struct diags *diags);

/* The files below prefix ("records/calendar/"), a part of the sorted list. */
const struct snapshot_file *snapshot_below(const struct snapshot *snapshot, const char *prefix, size_t *count);
const struct snapshot_file *snapshot_find(const struct snapshot *snapshot, const char *path);

/* What the file at path from means by the relative address of another one, in
 * arena: "kb/a/x.md" and "../b/y.png" give "kb/b/y.png"; NULL when it leaves the
 * repository. */
const char *snapshot_resolve(struct arena *arena, const char *from, const char *relative);

/* Whether a file is for people and not for the program: hidden, Markdown or a picture. */
bool snapshot_is_aside(const char *path);

/* The bytes of a file in arena, followed by a NUL that is not counted. False
 * after a diagnostic. A file of records over 1 MB gets a warning: git and libgit2
 * slow down where a file that changes often is larger. */
bool snapshot_read(const struct snapshot *snapshot, struct arena *arena, const struct snapshot_file *file,
                   struct chunk *bytes, struct diags *diags);

/* The text of a file, in arena: UTF-8 without byte order mark, followed by a NUL
 * that is not counted. That it was read as GB18030 is a warning, bytes that are
 * no text are an error; then the file is still given, with U+FFFD for them.
 * False when the file cannot be read. */
bool snapshot_text(const struct snapshot *snapshot, struct arena *arena, const struct snapshot_file *file,
                   struct chunk *text, struct diags *diags);

#endif
