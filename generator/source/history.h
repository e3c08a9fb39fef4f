/* The walk through history: every commit behind one commit, and every file that
 * differs between a commit and a parent of it.
 *
 * Trees are compared by id and entered only where they differ; no file is read.
 * The hashes of commits are verified, those of the trees below are not: git fsck
 * covers them.
 * Symbolic links and submodules are no files. */
#ifndef OPSLEDGER_SOURCE_HISTORY_H
#define OPSLEDGER_SOURCE_HISTORY_H

#include <stdint.h>

#include "source/repository.h"

enum signature_kind { SIGNATURE_NONE, SIGNATURE_OPENPGP, SIGNATURE_SSH, SIGNATURE_X509 };

struct history_commit {
	struct commit facts;           /* people as the .mailmap of the commit walked from names them */
	enum signature_kind signature; /* of what kind it says it is; nothing is verified */
	const uint32_t *parents;       /* indexes into commits, facts.parent_count of them */
};

/* One file that differs between a commit and one of its parents. A commit
 * without parents differs from nothing in all its files, as parent 0. */
struct history_change {
	uint32_t commit;        /* index into commits */
	uint32_t parent;        /* 0 is the first parent */
	uint32_t path;          /* index into paths */
	uint32_t before, after; /* the file's content, for history_open_blob; 0: there is no such file */
};

/* A whole folder that a commit has and a parent of it has not, or the other way
 * round: outermost, its files are among the changes. */
struct history_folder {
	uint32_t commit, parent;
	bool added;       /* else removed */
	const char *path; /* with '/' at the end */
};

/* What an earlier walk found, so that the next one need not find it again. */
struct history_past {
	struct history_commit *commits; /* parents before children; the last is where the walk began */
	size_t commit_count, capacity;  /* of a past that is given: allocated with malloc, with room for so many */
	const unsigned char *ids;       /* of each commit: its own, HISTORY_ID bytes */
	const unsigned char *folders;   /* of each commit: that of the folder walked, zero for none */
	const unsigned char *blobs;     /* ids of the blobs 1, 2 …: they keep their numbers */
	size_t blob_count;
};

enum { HISTORY_ID = 20 };

struct history {
	struct history_commit *commits; /* parents before children */
	size_t commit_count;
	const char **paths; /* in byte order */
	size_t path_count;
	struct history_change *changes; /* by commit, parent, path */
	size_t change_count;
	struct history_folder *folders; /* by commit, parent, path */
	size_t folder_count;
	const uint32_t
	    *past; /* the indexes of the commits that were given as past, of which there are no changes; or NULL */
	struct history_store *store; /* private */
};

/* Walks from commit (a full id) to the roots and compares the files below
 * folder ("records"). NULL after a diagnostic when an object is missing or
 * damaged. The repository has to outlive the history. past is NULL or a walk of
 * the same folder with the same .mailmap, and has to outlive it too, but for its
 * commits, which are taken and set to NULL. It serves when its last commit lies
 * behind this one or is it, which history->past tells. */
struct history *history_read(const struct repository *repository, const char *commit, const char *folder,
                             struct history_past *past, struct diags *diags);
void history_free(struct history *history);

/* Threads that read a history: each keeps objects of its own, and what they find is taken up by one at a time. */
enum { HISTORY_LANES = 2 };

/* What reads the contents of files, for one thread; it keeps the last ones. NULL when libgit2 refuses. */
struct history_reader *history_reader_new(const struct history *history);
void history_reader_free(struct history_reader *reader); /* once all it gave is closed; NULL is none */
/* The content of a file, borrowed until closed; its hash is not verified. NULL when it cannot be read, which
 * history_fail tells. */
struct history_blob *history_open_blob(struct history_reader *reader, uint32_t blob, struct chunk *bytes);
void history_close_blob(struct history_blob *blob);

/* Says what this thread last failed to read; false. */
bool history_fail(struct diags *diags);

/* All that was found, as the past of a later walk; lasts as long as the history and arena. */
struct history_past history_as_past(const struct history *history, struct arena *arena);

/* Whether the commit walked from has something at path. */
bool history_tip_has(const struct history *history, const char *path);
/* The index of the commit with that id, or of the only one whose id begins so
 * (4 digits or more); false when there is none, or more than one. */
bool history_find(const struct history *history, const char *id, uint32_t *index);
/* By commit: whether it is the one of that index or reachable from it; commit_count of them. */
const bool *history_behind(struct arena *arena, const struct history *history, uint32_t commit);
/* Whether ancestor is commit or reachable from it, both indexes into commits. */
bool history_reaches(const struct history *history, uint32_t commit, uint32_t ancestor);

#endif
