#include "source/history.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "source/history_store.h"

enum { SHORTEST_ID = 4 };

static const struct place nowhere;
static_assert(sizeof(git_oid) == HISTORY_ID, "ids are kept as they are");

bool history_fail(struct diags *diags)
{
	const git_error *error = git_error_last();
	DIAG(diags, nowhere, MSG_OBJECT_UNREADABLE, error && error->message ? error->message : "?");
	return false;
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

static bool open_lanes(struct history_store *store)
{
	bool fine = true;
	store->objects = xcalloc(HISTORY_LANES, sizeof(struct objects *));
	for (size_t i = 0; i < HISTORY_LANES && fine; i++)
		fine = (store->objects[i] = objects_open(store->git)) != NULL;
	return fine;
}

static void close_lanes(struct history_store *store)
{
	for (size_t i = 0; i < HISTORY_LANES; i++)
		objects_free(store->objects[i]);
	free(store->objects);
	store->objects = NULL;
}

bool history_in_pieces(struct history *history, const char *folder, struct diags *diags,
                       void (*piece)(size_t index, size_t lane, void *work))
{
	struct history_work work = { .history = history, .folder = folder, .diags = diags };
	turns_init(&work.turns);
	parallel_for_few(HISTORY_LANES, (history->store->unread_count + HISTORY_PIECE - 1) / HISTORY_PIECE, piece,
	                 &work);
	turns_free(&work.turns);
	return !work.failed;
}

bool history_turn(struct history_work *work, size_t index, bool fine)
{
	turns_wait(&work->turns, index);
	if (!fine && !work->failed)
		work->failed = !history_fail(work->diags);
	return !work->failed;
}

struct history *history_read(const struct repository *repository, const char *commit, const char *folder,
                             struct history_past *past, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct history *history = arena_alloc(arena, sizeof *history);
	struct history_store *store = history->store = arena_alloc(arena, sizeof *store);
	store->arena = arena;
	store->past = past;
	store->git = repository_git(repository);
	map_init(&store->paths, arena);
	map_init(&store->names, arena);
	map_init(&store->people, arena);
	bool whole = (open_lanes(store) && git_oid_fromstr(&store->tip, commit) == 0) || history_fail(diags);
	whole = whole && history_read_commits(history, folder, diags) && history_compare(history, folder, diags);
	close_lanes(store);
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
	oid_table_free(&store->blobs);
	buf_free(&store->who);
	free(store->commits);
	free(store->folders);
	arena_free(store->arena);
}

struct history_reader {
	const struct history_store *store;
	struct objects *objects;
};

struct history_reader *history_reader_new(const struct history *history)
{
	struct objects *objects = objects_open(history->store->git);
	if (!objects)
		return NULL;
	struct history_reader *reader = xmalloc(sizeof *reader);
	*reader = (struct history_reader){ history->store, objects };
	return reader;
}

void history_reader_free(struct history_reader *reader)
{
	if (!reader)
		return;
	objects_free(reader->objects);
	free(reader);
}

struct history_blob *history_open_blob(struct history_reader *reader, uint32_t blob, struct chunk *bytes)
{
	const struct history_store *store = reader->store;
	size_t number = blob - 1, past = store->past ? store->past->blob_count : 0;
	git_oid id;
	if (number < past)
		git_oid_fromraw(&id, store->past->blobs + number * HISTORY_ID);
	else
		id = store->blobs.ids[number - past];
	struct object *object = object_open(reader->objects, &id);
	if (object)
		*bytes = object_bytes(object);
	return (struct history_blob *)object;
}

void history_close_blob(struct history_blob *blob)
{
	object_release((struct object *)blob);
}

struct history_past history_as_past(const struct history *history, struct arena *arena)
{
	const struct history_store *store = history->store;
	size_t past = store->past ? store->past->blob_count : 0, count = past + store->blobs.count;
	unsigned char *blobs = arena_alloc(arena, (count + 1) * HISTORY_ID);
	git_oid *ids = arena_alloc(arena, (history->commit_count + 1) * sizeof *ids);
	for (size_t i = 0; i < history->commit_count; i++)
		git_oid_fromstr(&ids[i], history->commits[i].facts.id);
	if (past)
		memcpy(blobs, store->past->blobs, past * HISTORY_ID);
	if (store->blobs.count)
		memcpy(blobs + past * HISTORY_ID, store->blobs.ids, store->blobs.count * HISTORY_ID);
	return (struct history_past){ .commits = history->commits,
		                      .commit_count = history->commit_count,
		                      .ids = ids->id,
		                      .folders = store->folders->id,
		                      .blobs = blobs,
		                      .blob_count = count };
}

bool history_tip_has(const struct history *history, const char *path)
{
	git_commit *tip = NULL;
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	bool has = git_commit_lookup(&tip, history->store->git, &history->store->tip) == 0 &&
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
