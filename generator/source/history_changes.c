/* The changes of a history: trees compared by id, entered only where they differ. */
#include <string.h>

#include "source/history_store.h"

/* The comparison of one commit with one parent. */
struct comparison {
	struct history *history;
	struct diags *diags;
	uint32_t commit, parent;
	bool inside_whole; /* the folder entered is in one of the two only */
	struct buf path;   /* of the folder entered, with '/' at the end */
	bool failed;
};

/* The tree of that id, to be freed; NULL for no id, and after a diagnostic. */
static git_tree *open_tree(struct comparison *comparison, const git_oid *id)
{
	if (git_oid_is_zero(id))
		return NULL;
	git_tree **trees = comparison->history->store->trees;
	size_t at = 0;
	while (at < TREES_KEPT - 1 && trees[at] && !git_oid_equal(git_tree_id(trees[at]), id))
		at++;
	git_tree *tree = trees[at];
	if (!tree || !git_oid_equal(git_tree_id(tree), id)) {
		git_tree_free(tree);
		if (git_tree_lookup(&tree, comparison->history->store->git, id) != 0) {
			history_fail(comparison->diags);
			comparison->failed = true;
			tree = NULL;
		}
	}
	memmove(trees + 1, trees, at * sizeof *trees);
	trees[0] = tree;
	git_tree *shared = NULL;
	if (tree)
		git_tree_dup(&shared, tree);
	return shared;
}

static bool is_folder(const git_tree_entry *entry)
{
	return entry && git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE;
}

static bool is_file(const git_tree_entry *entry)
{
	return entry && (git_tree_entry_filemode(entry) == GIT_FILEMODE_BLOB ||
	                 git_tree_entry_filemode(entry) == GIT_FILEMODE_BLOB_EXECUTABLE);
}

/* The order of entries in a tree: by name, where a folder's name ends in '/'. */
static int entry_order(const git_tree_entry *a, const git_tree_entry *b)
{
	const char *name = git_tree_entry_name(a), *other = git_tree_entry_name(b);
	size_t len = strlen(name), other_len = strlen(other);
	int order = memcmp(name, other, len < other_len ? len : other_len);
	if (order)
		return order;
	size_t shared = len < other_len ? len : other_len;
	int next = len > shared ? (unsigned char)name[shared] : is_folder(a) ? '/' : 0;
	int other_next = other_len > shared ? (unsigned char)other[shared] : is_folder(b) ? '/' : 0;
	return next - other_next;
}

static uint32_t blob_of(struct history_store *store, const git_tree_entry *entry)
{
	return is_file(entry) ? oid_table_put(&store->blobs, git_tree_entry_id(entry)) + 1 : 0;
}

static uint32_t path_of(struct history *history, const char *path)
{
	struct history_store *store = history->store;
	uint32_t *index = map_get(&store->paths, path);
	if (!index) {
		index = arena_alloc(store->arena, sizeof *index);
		*index = (uint32_t)history->path_count++;
		map_put(&store->paths, path, index);
	}
	return *index;
}

static void file_change(struct comparison *comparison, const git_tree_entry *before, const git_tree_entry *after)
{
	struct history *history = comparison->history;
	struct history_change change = { .commit = comparison->commit,
		                         .parent = comparison->parent,
		                         .before = blob_of(history->store, before),
		                         .after = blob_of(history->store, after) };
	if (change.before == change.after)
		return; /* a mode, a link or a submodule */
	size_t len = comparison->path.len;
	buf_puts(&comparison->path, git_tree_entry_name(before ? before : after));
	change.path = path_of(history, buf_str(&comparison->path));
	comparison->path.len = len;
	arena_push(history->store->arena, history->changes, history->change_count, history->store->change_capacity,
	           change);
}

static void note_folder(struct comparison *comparison, bool added)
{
	struct history *history = comparison->history;
	struct arena *arena = history->store->arena;
	struct history_folder folder = { comparison->commit, comparison->parent, added,
		                         arena_strdup(arena, buf_str(&comparison->path)) };
	arena_push(arena, history->folders, history->folder_count, history->store->folder_capacity, folder);
}

static void compare_folders(struct comparison *comparison, const git_oid *before, const git_oid *after);

/* Either may be NULL; of two, both are files or both are folders of one name. */
static void compare_entries(struct comparison *comparison, const git_tree_entry *before, const git_tree_entry *after)
{
	static const git_oid none;
	if (before && after && git_oid_equal(git_tree_entry_id(before), git_tree_entry_id(after)) &&
	    is_file(before) == is_file(after))
		return;
	if (!is_folder(before) && !is_folder(after)) {
		file_change(comparison, before, after);
		return;
	}
	size_t len = comparison->path.len;
	buf_printf(&comparison->path, "%s/", git_tree_entry_name(before ? before : after));
	bool outermost = (!before || !after) && !comparison->inside_whole;
	if (outermost) {
		note_folder(comparison, after != NULL);
		comparison->inside_whole = true;
	}
	compare_folders(comparison, before ? git_tree_entry_id(before) : &none,
	                after ? git_tree_entry_id(after) : &none);
	if (outermost)
		comparison->inside_whole = false;
	comparison->path.len = len;
}

/* A zero id is a folder that is not there. */
static void compare_folders(struct comparison *comparison, const git_oid *before, const git_oid *after)
{
	git_tree *old = open_tree(comparison, before), *new = open_tree(comparison, after);
	size_t old_count = old ? git_tree_entrycount(old) : 0, new_count = new ? git_tree_entrycount(new) : 0;
	for (size_t i = 0, j = 0; (i < old_count || j < new_count) && !comparison->failed;) {
		const git_tree_entry *a = i < old_count ? git_tree_entry_byindex(old, i) : NULL;
		const git_tree_entry *b = j < new_count ? git_tree_entry_byindex(new, j) : NULL;
		int order = !a ? 1 : !b ? -1 : entry_order(a, b);
		compare_entries(comparison, order <= 0 ? a : NULL, order >= 0 ? b : NULL);
		i += order <= 0;
		j += order >= 0;
	}
	git_tree_free(old);
	git_tree_free(new);
}

bool history_compare(struct history *history, const char *folder, struct diags *diags)
{
	static const git_oid none;
	const git_oid *folders = history->store->folders;
	struct comparison comparison = { .history = history, .diags = diags };
	buf_printf(&comparison.path, "%s/", folder);
	repository_verify_hashes(false);
	for (size_t i = 0; i < history->commit_count && !comparison.failed; i++) {
		const struct history_commit *commit = &history->commits[i];
		size_t parents = commit->facts.parent_count;
		for (size_t p = 0; p < (parents ? parents : 1); p++) {
			const git_oid *before = parents ? &folders[commit->parents[p]] : &none;
			comparison.commit = (uint32_t)i;
			comparison.parent = (uint32_t)p;
			if (!git_oid_equal(before, &folders[i]))
				compare_folders(&comparison, before, &folders[i]);
		}
	}
	repository_verify_hashes(true);
	buf_free(&comparison.path);
	return !comparison.failed;
}
