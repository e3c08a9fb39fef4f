/* The changes of a history: trees compared by id, entered only where they differ. */
#include <string.h>

#include "source/history_store.h"
#include "source/tree_entry.h"

/* The comparison of one commit with one parent. */
struct comparison {
	struct history *history;
	struct diags *diags;
	uint32_t commit, parent;
	bool inside_whole; /* the folder entered is in one of the two only */
	struct buf path;   /* of the folder entered, with '/' at the end */
	bool failed;
};

static void fail(struct comparison *comparison)
{
	history_fail(comparison->diags);
	comparison->failed = true;
}

/* The tree of that id, to be released; NULL for no id, and after a diagnostic. */
static struct object *open_tree(struct comparison *comparison, const git_oid *id)
{
	if (git_oid_is_zero(id))
		return NULL;
	struct object *tree = object_open(comparison->history->store->objects, id);
	if (!tree)
		fail(comparison);
	return tree;
}

static struct chunk tree_bytes(const struct object *tree)
{
	return tree ? object_bytes(tree) : (struct chunk){ "", 0 };
}

static uint32_t blob_of(struct history_store *store, const struct tree_entry *entry)
{
	uint32_t past = store->past ? (uint32_t)store->past->blob_count : 0;
	return entry && entry->is_file ? oid_table_put(&store->blobs, entry->id) + 1 + past : 0;
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

static void file_change(struct comparison *comparison, const struct tree_entry *before, const struct tree_entry *after)
{
	struct history *history = comparison->history;
	struct history_change change = { .commit = comparison->commit,
		                         .parent = comparison->parent,
		                         .before = blob_of(history->store, before),
		                         .after = blob_of(history->store, after) };
	if (change.before == change.after)
		return; /* a mode, a link or a submodule */
	size_t len = comparison->path.len;
	buf_puts(&comparison->path, (before ? before : after)->name);
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
static void compare_entries(struct comparison *comparison, const struct tree_entry *before,
                            const struct tree_entry *after)
{
	static const git_oid none;
	bool of_folders = (before ? before : after)->is_folder;
	if (before && after && git_oid_equal(before->id, after->id) && before->is_file == after->is_file)
		return;
	if (!of_folders) {
		file_change(comparison, before, after);
		return;
	}
	size_t len = comparison->path.len;
	buf_printf(&comparison->path, "%s/", (before ? before : after)->name);
	bool outermost = (!before || !after) && !comparison->inside_whole;
	if (outermost) {
		note_folder(comparison, after != NULL);
		comparison->inside_whole = true;
	}
	compare_folders(comparison, before ? before->id : &none, after ? after->id : &none);
	if (outermost)
		comparison->inside_whole = false;
	comparison->path.len = len;
}

/* The first entry of tree, or NULL at its end or after a diagnostic. */
static struct tree_entry *first_entry(struct comparison *comparison, struct chunk tree, struct tree_entry *entry)
{
	if (!tree.len || comparison->failed)
		return NULL;
	if (tree_entry_read(tree, entry))
		return entry;
	git_error_set_str(GIT_ERROR_TREE, "a tree is malformed");
	fail(comparison);
	return NULL;
}

static struct chunk behind(struct chunk tree, size_t bytes)
{
	return (struct chunk){ tree.data + bytes, tree.len - bytes };
}

/* A zero id is a folder that is not there. */
static void compare_folders(struct comparison *comparison, const git_oid *before, const git_oid *after)
{
	struct object *old_tree = open_tree(comparison, before), *new_tree = open_tree(comparison, after);
	struct chunk old = tree_bytes(old_tree), new = tree_bytes(new_tree);
	while (!comparison->failed) {
		size_t same = tree_common_head(old, new);
		struct tree_entry entries[2];
		old = behind(old, same);
		new = behind(new, same);
		struct tree_entry *a = first_entry(comparison, old, &entries[0]);
		struct tree_entry *b = first_entry(comparison, new, &entries[1]);
		if (comparison->failed || (!a && !b))
			break;
		int order = !a ? 1 : !b ? -1 : tree_entry_order(a, b);
		compare_entries(comparison, order <= 0 ? a : NULL, order >= 0 ? b : NULL);
		old = behind(old, order <= 0 ? a->size : 0);
		new = behind(new, order >= 0 ? b->size : 0);
	}
	object_release(old_tree);
	object_release(new_tree);
}

bool history_compare(struct history *history, const char *folder, struct diags *diags)
{
	static const git_oid none;
	const git_oid *folders = history->store->folders;
	struct comparison comparison = { .history = history, .diags = diags };
	buf_printf(&comparison.path, "%s/", folder);
	for (size_t i = 0; i < history->commit_count && !comparison.failed; i++) {
		if (history->store->known && history->store->known[i])
			continue;
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
	buf_free(&comparison.path);
	return !comparison.failed;
}
