/* The objects of a repository that a walk through history reads, the same ones
 * several times, and many that differ little: the last few are kept, and one
 * that another begins with shares its bytes. */
#ifndef OPSLEDGER_SOURCE_OBJECTS_H
#define OPSLEDGER_SOURCE_OBJECTS_H

#include <git2.h>

#include "base/buffer.h"

struct objects;
struct object;

/* The repository has to outlive it. NULL when libgit2 refuses, which keeps the error. */
struct objects *objects_open(git_repository *git);
void objects_free(struct objects *objects);

/* The object, to be released; its hash is not verified. NULL when it is missing
 * or damaged: libgit2 keeps the error. */
struct object *object_open(struct objects *objects, const git_oid *id);
void object_release(struct object *object); /* NULL is none */
/* Not NUL-terminated. */
struct chunk object_bytes(const struct object *object);

#endif
