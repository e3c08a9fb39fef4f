/* A commit as it stands in its object. Histories hold them by the hundred
 * thousand: libgit2's parsed commits cost twice as much as reading them. */
#ifndef OPSLEDGER_SOURCE_COMMIT_OBJECT_H
#define OPSLEDGER_SOURCE_COMMIT_OBJECT_H

#include <git2.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "source/history.h"

struct commit_object {
	git_oid tree;
	struct chunk parents;           /* lines of commit_parent_next */
	struct chunk author, committer; /* "NAME <EMAIL> SECONDS ZONE" */
	enum signature_kind signature;
	struct chunk message;
};

/* Borrows from bytes. False when it is malformed. */
bool commit_object_read(struct chunk bytes, struct commit_object *out);
/* Takes the next parent off parents; false when none is left. */
bool commit_parent_next(struct chunk *parents, git_oid *out);

/* The parts of an author or committer: who ("NAME <EMAIL>") borrows from line. False unless it ends in
 * seconds and an offset such as +0800: then libgit2 is to be asked what it makes of it. */
bool commit_person_split(struct chunk line, struct chunk *who, struct instant *at);

/* Appends the first paragraph of the message on one line, as git shows it. */
void commit_subject(struct chunk message, struct buf *out);

#endif
