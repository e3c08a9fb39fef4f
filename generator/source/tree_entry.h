/* The entries of a Git tree as they stand in it. Trees are compared by the
 * hundred thousand: libgit2's parsed trees cost twice as much as reading them. */
#ifndef OPSLEDGER_SOURCE_TREE_ENTRY_H
#define OPSLEDGER_SOURCE_TREE_ENTRY_H

#include <git2.h>
#include <stdbool.h>

#include "base/buffer.h"

struct tree_entry {
	const char *name; /* NUL-terminated */
	const git_oid *id;
	bool is_folder, is_file; /* neither: a symbolic link or a submodule */
	size_t size;             /* bytes that the entry takes */
};

/* Reads the first entry of tree, which is not empty; borrows from it. False when it is malformed. */
bool tree_entry_read(struct chunk tree, struct tree_entry *out);
/* The order of entries in a tree: by name in byte order, where a folder's name ends in '/'. */
int tree_entry_order(const struct tree_entry *a, const struct tree_entry *b);
/* The bytes of the entries that two trees begin with alike. */
size_t tree_common_head(struct chunk a, struct chunk b);

#endif
