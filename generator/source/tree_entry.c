#include "source/tree_entry.h"

#include <string.h>

/* The type bits of a mode, octal. */
enum { MODE_TYPE = 0170000, MODE_FOLDER = 0040000, MODE_FILE = 0100000 };

/* An entry is its mode in octal, a blank, its name, a NUL, and the id as bytes. */
bool tree_entry_read(struct chunk tree, struct tree_entry *out)
{
	unsigned mode = 0;
	size_t at = 0;
	for (; at < tree.len && tree.data[at] >= '0' && tree.data[at] <= '7'; at++)
		mode = mode * 8 + (unsigned)(tree.data[at] - '0');
	if (at == tree.len || tree.data[at] != ' ')
		return false;
	const char *name = tree.data + at + 1, *end = memchr(name, '\0', tree.len - at - 1);
	if (!end || (size_t)(tree.data + tree.len - end) < 1 + GIT_OID_RAWSZ)
		return false;
	*out = (struct tree_entry){ .name = name,
		                    .id = (const git_oid *)(end + 1),
		                    .is_folder = (mode & MODE_TYPE) == MODE_FOLDER,
		                    .is_file = (mode & MODE_TYPE) == MODE_FILE,
		                    .size = (size_t)(end - tree.data) + 1 + GIT_OID_RAWSZ };
	return true;
}

int tree_entry_order(const struct tree_entry *a, const struct tree_entry *b)
{
	size_t at = 0;
	while (a->name[at] && a->name[at] == b->name[at])
		at++;
	int left = (unsigned char)a->name[at], right = (unsigned char)b->name[at];
	if (!left && a->is_folder)
		left = '/';
	if (!right && b->is_folder)
		right = '/';
	return left - right;
}

size_t tree_common_head(struct chunk a, struct chunk b)
{
	size_t same = chunk_common_head(a, b), at = 0;
	for (;;) {
		const char *end = memchr(a.data + at, '\0', same - at);
		size_t next = end ? (size_t)(end - a.data) + 1 + GIT_OID_RAWSZ : same + 1;
		if (next > same)
			return at;
		at = next;
	}
}
