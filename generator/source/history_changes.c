/* The changes of a history: trees compared by id, entered only where they differ. */
#include <string.h>

#include "source/history_store.h"
#include "source/tree_entry.h"

/* A file that a commit has changed; of what it was and is, zero where it is no file. */
struct found_file {
	uint32_t commit, parent;
	const char *path;
	git_oid before, after;
};

/* The comparison of some commits with their parents. */
struct comparison {
	struct objects *objects;
	struct arena *arena; /* of what is found */
	struct found_file *files;
	size_t file_count, file_capacity;
	struct history_folder *folders;
	size_t folder_count, folder_capacity;
	uint32_t commit, parent; /* that are being compared */
	bool inside_whole;       /* the folder entered is in one of the two only */
	struct buf path;         /* of the folder entered, with '/' at the end; behind it what was left before */
	bool failed;
};

/* The tree of that id, to be released; NULL for no id, and after a failure. */
static struct object *open_tree(struct comparison *comparison, const git_oid *id)
{
	if (git_oid_is_zero(id))
		return NULL;
	struct object *tree = object_open(comparison->objects, id);
	comparison->failed |= !tree;
	return tree;
}

static struct chunk tree_bytes(const struct object *tree)
{
	return tree ? object_bytes(tree) : (struct chunk){ "", 0 };
}

static void note_file(struct comparison *comparison, const struct tree_entry *before, const struct tree_entry *after)
{
	struct found_file file = { comparison->commit, comparison->parent, NULL, { { 0 } }, { { 0 } } };
	if (before && before->is_file)
		file.before = *before->id;
	if (after && after->is_file)
		file.after = *after->id;
	if (git_oid_equal(&file.before, &file.after))
		return; /* a mode, a link or a submodule */
	file.path = arena_printf(comparison->arena, "%.*s%s", (int)comparison->path.len, buf_str(&comparison->path),
	                         (before ? before : after)->name);
	arena_push(comparison->arena, comparison->files, comparison->file_count, comparison->file_capacity, file);
}

static void note_folder(struct comparison *comparison, bool added)
{
	struct history_folder folder = { comparison->commit, comparison->parent, added,
		                         arena_strdup(comparison->arena, buf_str(&comparison->path)) };
	arena_push(comparison->arena, comparison->folders, comparison->folder_count, comparison->folder_capacity,
	           folder);
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
		note_file(comparison, before, after);
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

/* The first entry of tree, or NULL at its end or after a failure. */
static struct tree_entry *first_entry(struct comparison *comparison, struct chunk tree, struct tree_entry *entry)
{
	if (!tree.len || comparison->failed)
		return NULL;
	if (tree_entry_read(tree, entry))
		return entry;
	git_error_set_str(GIT_ERROR_TREE, "a tree is malformed");
	comparison->failed = true;
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

static void compare_commit(struct comparison *comparison, const struct history *history, size_t number)
{
	static const git_oid none;
	const git_oid *folders = history->store->folders;
	const struct history_commit *commit = &history->commits[number];
	size_t parents = commit->facts.parent_count;
	for (size_t p = 0; p < (parents ? parents : 1); p++) {
		const git_oid *before = parents ? &folders[commit->parents[p]] : &none;
		comparison->commit = (uint32_t)number;
		comparison->parent = (uint32_t)p;
		if (!git_oid_equal(before, &folders[number]))
			compare_folders(comparison, before, &folders[number]);
	}
}

static uint32_t blob_of(struct history_store *store, const git_oid *id)
{
	uint32_t past = store->past ? (uint32_t)store->past->blob_count : 0;
	return git_oid_is_zero(id) ? 0 : oid_table_put(&store->blobs, id) + 1 + past;
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

static void take(struct history *history, const struct comparison *comparison)
{
	struct history_store *store = history->store;
	for (size_t i = 0; i < comparison->file_count; i++) {
		const struct found_file *file = &comparison->files[i];
		struct history_change change = { .commit = file->commit,
			                         .parent = file->parent,
			                         .path = path_of(history, file->path),
			                         .before = blob_of(store, &file->before),
			                         .after = blob_of(store, &file->after) };
		arena_push(store->arena, history->changes, history->change_count, store->change_capacity, change);
	}
	for (size_t i = 0; i < comparison->folder_count; i++) {
		struct history_folder folder = comparison->folders[i];
		folder.path = arena_strdup(store->arena, folder.path);
		arena_push(store->arena, history->folders, history->folder_count, store->folder_capacity, folder);
	}
}

static void compare_piece(size_t index, size_t lane, void *context)
{
	struct history_work *work = context;
	struct history *history = work->history;
	const struct history_store *store = history->store;
	struct comparison comparison = { .objects = store->objects[lane], .arena = arena_new() };
	buf_printf(&comparison.path, "%s/", work->folder);
	for (size_t i = index * HISTORY_PIECE;
	     i < store->unread_count && i / HISTORY_PIECE == index && !comparison.failed; i++)
		compare_commit(&comparison, history, store->unread[i]);
	if (history_turn(work, index, !comparison.failed))
		take(history, &comparison);
	turns_pass(&work->turns, index);
	buf_free(&comparison.path);
	arena_free(comparison.arena);
}

bool history_compare(struct history *history, const char *folder, struct diags *diags)
{
	return history_in_pieces(history, folder, diags, compare_piece);
}
