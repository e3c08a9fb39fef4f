#include "source/history.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "source/oid_table.h"
#include "text/encoding.h"

enum { TREES_KEPT = 16, SHORTEST_ID = 4 };

struct history_store {
	git_repository *git;
	git_odb *odb;
	struct arena *arena;
	struct oid_table commits; /* newest first: the reverse of history.commits */
	struct oid_table blobs;   /* number + 1 is what history_change holds */
	git_oid *folders;         /* by commit: tree of the folder walked; zero where there is none */
	struct map paths;         /* path → index + 1 */
	struct map names;         /* people as read → as printed */
	git_mailmap *mailmap;
	git_tree *trees[TREES_KEPT]; /* latest first: a tree is wanted as child, then as parent */
	size_t change_capacity, folder_capacity;
};

static const struct place nowhere;

static bool report_failure(struct diags *diags)
{
	const git_error *error = git_error_last();
	DIAG(diags, nowhere, MSG_OBJECT_UNREADABLE, error && error->message ? error->message : "?");
	return false;
}

static bool list_commits(struct history *history, const char *commit, struct diags *diags)
{
	struct history_store *store = history->store;
	git_oid id;
	git_revwalk *walk = NULL;
	int error = git_oid_fromstr(&id, commit);
	if (!error)
		error = git_revwalk_new(&walk, store->git);
	if (!error)
		error = git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	if (!error)
		error = git_revwalk_push(walk, &id);
	while (!error && (error = git_revwalk_next(&id, walk)) == 0)
		oid_table_put(&store->commits, &id);
	git_revwalk_free(walk);
	history->commit_count = store->commits.count;
	return error == GIT_ITEROVER || report_failure(diags);
}

/* The blob at path in the commit's tree. */
static git_blob *find_blob(git_commit *commit, const char *path)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	git_object *object = NULL;
	if (git_commit_tree(&tree, commit) == 0 && git_tree_entry_bypath(&entry, tree, path) == 0 &&
	    git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
		git_tree_entry_to_object(&object, git_tree_owner(tree), entry);
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return (git_blob *)object;
}

/* Not git_mailmap_from_repository, which also reads files that are not committed. */
static bool read_mailmap(struct history_store *store, struct diags *diags)
{
	git_commit *tip = NULL;
	if (git_commit_lookup(&tip, store->git, &store->commits.ids[0]) != 0)
		return report_failure(diags);
	git_blob *blob = find_blob(tip, ".mailmap");
	int error =
	    blob ? git_mailmap_from_buffer(&store->mailmap, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob))
	         : git_mailmap_new(&store->mailmap);
	git_blob_free(blob);
	git_commit_free(tip);
	return !error || report_failure(diags);
}

/* One copy of each text, as UTF-8: few people write many commits. */
static const char *intern(struct history_store *store, const char *text)
{
	char *known = map_get(&store->names, text);
	if (!known) {
		struct decoded decoded = encoding_decode(store->arena, chunk_of(text));
		known = arena_strndup(store->arena, decoded.text.data, decoded.text.len);
		map_put(&store->names, text, known);
	}
	return known;
}

static struct person person_of(struct history_store *store, const git_signature *signature)
{
	const char *name = signature->name, *email = signature->email;
	git_mailmap_resolve(&name, &email, store->mailmap, signature->name, signature->email);
	return (struct person){ .name = intern(store, name),
		                .email = intern(store, email),
		                .at = { signature->when.time, signature->when.offset * 60 } };
}

static enum signature_kind signature_of(const git_commit *commit)
{
	const char *line = strstr(git_commit_raw_header(commit), "\ngpgsig");
	const char *armour = line ? strstr(line, "-----BEGIN ") : NULL;
	if (!armour)
		return SIGNATURE_NONE;
	if (strncmp(armour, "-----BEGIN SSH ", 15) == 0)
		return SIGNATURE_SSH;
	return strncmp(armour, "-----BEGIN PGP ", 15) == 0 ? SIGNATURE_OPENPGP : SIGNATURE_X509;
}

static const char *subject_of(struct arena *arena, git_commit *commit)
{
	const char *summary = git_commit_summary(commit);
	struct decoded decoded = encoding_decode(arena, chunk_of(summary ? summary : ""));
	return arena_strndup(arena, decoded.text.data, decoded.text.len);
}

static void take_facts(struct history *history, size_t index, git_commit *commit)
{
	struct history_store *store = history->store;
	size_t count = git_commit_parentcount(commit);
	const char **ids = arena_alloc(store->arena, (count + 1) * sizeof *ids);
	uint32_t *parents = arena_alloc(store->arena, (count + 1) * sizeof *parents);
	for (size_t i = 0; i < count; i++) {
		uint32_t number = oid_table_put(&store->commits, git_commit_parent_id(commit, (unsigned)i));
		parents[i] = (uint32_t)history->commit_count - 1 - number;
		ids[i] = history->commits[parents[i]].facts.id;
	}
	char id[GIT_OID_HEXSZ + 1];
	history->commits[index] = (struct history_commit){
		.facts = { .id = arena_strdup(store->arena, git_oid_tostr(id, sizeof id, git_commit_id(commit))),
		           .author = person_of(store, git_commit_author(commit)),
		           .committer = person_of(store, git_commit_committer(commit)),
		           .subject = subject_of(store->arena, commit),
		           .parents = ids,
		           .parent_count = count },
		.signature = signature_of(commit),
		.parents = parents,
	};
}

/* Ancestors first, so that a parent's facts are there before its children ask for them. */
static bool read_commits(struct history *history, const char *folder, struct diags *diags)
{
	struct history_store *store = history->store;
	size_t count = history->commit_count;
	history->commits = arena_alloc(store->arena, count * sizeof *history->commits);
	store->folders = arena_alloc(store->arena, count * sizeof *store->folders);
	for (size_t i = 0; i < count; i++) {
		git_commit *commit = NULL;
		git_tree *tree = NULL;
		if (git_commit_lookup(&commit, store->git, &store->commits.ids[count - 1 - i]) != 0 ||
		    git_commit_tree(&tree, commit) != 0) {
			git_commit_free(commit);
			return report_failure(diags);
		}
		take_facts(history, i, commit);
		const git_tree_entry *entry = git_tree_entry_byname(tree, folder);
		if (entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
			store->folders[i] = *git_tree_entry_id(entry);
		git_tree_free(tree);
		git_commit_free(commit);
	}
	return true;
}

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
			report_failure(comparison->diags);
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
	uintptr_t index = (uintptr_t)map_get(&store->paths, path);
	if (!index) {
		index = ++history->path_count;
		map_put(&store->paths, path, (void *)index);
	}
	return (uint32_t)index - 1;
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

static bool compare_commits(struct history *history, const char *folder, struct diags *diags)
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

static int by_path(const void *left, const void *right)
{
	const struct map_entry *const *a = left, *const *b = right;
	return strcmp((*a)->key, (*b)->key);
}

/* Numbers the paths in byte order, which is the order of entries in trees as well. */
static void sort_paths(struct history *history)
{
	struct history_store *store = history->store;
	size_t count = history->path_count;
	const struct map_entry **order = xcalloc(count, sizeof *order);
	uint32_t *numbers = xcalloc(count, sizeof *numbers);
	for (size_t i = 0; i < count; i++)
		order[i] = &store->paths.entries[i];
	qsort(order, count, sizeof(const struct map_entry *), by_path);
	history->paths = arena_alloc(store->arena, (count + 1) * sizeof *history->paths);
	for (size_t i = 0; i < count; i++) {
		history->paths[i] = order[i]->key;
		numbers[order[i] - store->paths.entries] = (uint32_t)i;
	}
	for (size_t i = 0; i < history->change_count; i++)
		history->changes[i].path = numbers[history->changes[i].path];
	free(order);
	free(numbers);
}

struct history *history_read(const struct repository *repository, const char *commit, const char *folder,
                             struct diags *diags)
{
	struct arena *arena = arena_new();
	struct history *history = arena_alloc(arena, sizeof *history);
	struct history_store *store = history->store = arena_alloc(arena, sizeof *store);
	store->arena = arena;
	store->git = repository_git(repository);
	map_init(&store->paths, arena);
	map_init(&store->names, arena);
	bool whole = git_repository_odb(&store->odb, store->git) == 0 || report_failure(diags);
	whole = whole && list_commits(history, commit, diags) && read_mailmap(store, diags) &&
	        read_commits(history, folder, diags) && compare_commits(history, folder, diags);
	for (size_t i = 0; i < TREES_KEPT; i++) {
		git_tree_free(store->trees[i]);
		store->trees[i] = NULL;
	}
	git_mailmap_free(store->mailmap);
	store->mailmap = NULL;
	if (!whole) {
		history_free(history);
		return NULL;
	}
	sort_paths(history);
	return history;
}

void history_free(struct history *history)
{
	if (!history)
		return;
	struct history_store *store = history->store;
	oid_table_free(&store->commits);
	oid_table_free(&store->blobs);
	git_odb_free(store->odb);
	arena_free(store->arena);
}

struct history_blob *history_open_blob(const struct history *history, uint32_t blob, struct chunk *bytes,
                                       struct diags *diags)
{
	git_odb_object *object = NULL;
	repository_verify_hashes(false);
	int error = git_odb_read(&object, history->store->odb, &history->store->blobs.ids[blob - 1]);
	repository_verify_hashes(true);
	if (error) {
		report_failure(diags);
		return NULL;
	}
	*bytes = (struct chunk){ git_odb_object_data(object), git_odb_object_size(object) };
	return (struct history_blob *)object;
}

void history_close_blob(struct history_blob *blob)
{
	git_odb_object_free((git_odb_object *)blob);
}

bool history_tip_has(const struct history *history, const char *path)
{
	git_commit *tip = NULL;
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	bool has = git_commit_lookup(&tip, history->store->git, &history->store->commits.ids[0]) == 0 &&
	           git_commit_tree(&tree, tip) == 0 && git_tree_entry_bypath(&entry, tree, path) == 0;
	git_tree_entry_free(entry);
	git_tree_free(tree);
	git_commit_free(tip);
	return has;
}

bool history_find(const struct history *history, const char *id, uint32_t *index)
{
	size_t found = 0, len = strlen(id);
	for (size_t i = 0; i < history->commit_count && len >= SHORTEST_ID; i++) {
		if (strncmp(history->commits[i].facts.id, id, len) == 0) {
			*index = (uint32_t)i;
			found++;
		}
	}
	return found == 1;
}

/* Marks what commit reaches, down to the index least. Parents have lower indexes: one sweep does. */
static void mark_behind(const struct history *history, uint32_t commit, uint32_t least, bool *marks)
{
	marks[commit - least] = true;
	for (uint32_t at = commit; at > least; at--) {
		const struct history_commit *facts = &history->commits[at];
		for (size_t p = 0; marks[at - least] && p < facts->facts.parent_count; p++)
			if (facts->parents[p] >= least)
				marks[facts->parents[p] - least] = true;
	}
}

const bool *history_behind(struct arena *arena, const struct history *history, uint32_t commit)
{
	bool *marks = arena_alloc(arena, history->commit_count * sizeof *marks);
	mark_behind(history, commit, 0, marks);
	return marks;
}

bool history_reaches(const struct history *history, uint32_t commit, uint32_t ancestor)
{
	if (commit <= ancestor)
		return commit == ancestor;
	bool *marks = xcalloc(commit - ancestor + 1, sizeof *marks);
	mark_behind(history, commit, ancestor, marks);
	bool found = marks[0];
	free(marks);
	return found;
}
