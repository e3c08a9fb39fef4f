/* The commits of a history: read once each, put in order, people named by the mailmap. */
#include <stdlib.h>
#include <string.h>

#include "source/commit_object.h"
#include "source/history_store.h"
#include "source/topology.h"
#include "source/tree_entry.h"
#include "text/encoding.h"

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
	if (git_commit_lookup(&tip, store->git, &store->tip) != 0)
		return history_fail(diags);
	git_blob *blob = find_blob(tip, ".mailmap");
	int error =
	    blob ? git_mailmap_from_buffer(&store->mailmap, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob))
	         : git_mailmap_new(&store->mailmap);
	git_blob_free(blob);
	git_commit_free(tip);
	return !error || history_fail(diags);
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

/* What libgit2 makes of a line of author or committer. */
static bool parse_person(struct history_store *store, struct chunk line, struct person *out)
{
	git_signature *signature = NULL;
	struct buf text = BUF_INIT;
	buf_put_chunk(&text, line);
	bool fine = git_signature_from_buffer(&signature, buf_str(&text)) == 0;
	buf_free(&text);
	if (fine) {
		const char *name = signature->name, *email = signature->email;
		git_mailmap_resolve(&name, &email, store->mailmap, signature->name, signature->email);
		*out = (struct person){ .name = intern(store, name),
			                .email = intern(store, email),
			                .at = { signature->when.time, signature->when.offset * 60 } };
	}
	git_signature_free(signature);
	return fine;
}

/* As parse_person, which is asked once for each name: few people write many commits. */
static bool person_of(struct history_store *store, struct chunk line, struct person *out)
{
	struct chunk who;
	struct instant at;
	if (!commit_person_split(line, &who, &at))
		return parse_person(store, line, out);
	buf_clear(&store->who);
	buf_put_chunk(&store->who, who);
	struct person *known = map_get(&store->people, buf_str(&store->who));
	if (!known) {
		known = arena_alloc(store->arena, sizeof *known);
		if (!parse_person(store, line, known))
			return false;
		map_put(&store->people, buf_str(&store->who), known);
	}
	*out = *known;
	out->at = at;
	return true;
}

static const char *subject_of(struct arena *arena, struct chunk message)
{
	struct buf subject = BUF_INIT;
	commit_subject(message, &subject);
	struct decoded decoded = encoding_decode(arena, buf_chunk(&subject));
	const char *copy = arena_strndup(arena, decoded.text.data, decoded.text.len);
	buf_free(&subject);
	return copy;
}

/* The commits in the order of discovery: the table of their ids is the queue. Those of the past
 * stand first, in their order. */
struct discovery {
	struct history_store *store;
	struct objects *objects;
	size_t past, tip; /* the number of those of the past; that of the commit walked from */
	struct oid_table ids;
	struct history_commit *commits; /* parents: numbers in ids */
	git_oid *folders;               /* of the new ones the whole tree, until their folders are looked for */
	size_t capacity;
};

static bool take_facts(struct discovery *discovery, size_t number, const struct commit_object *commit)
{
	struct history_store *store = discovery->store;
	struct chunk rest = commit->parents;
	size_t count = 0, capacity = 0;
	uint32_t *parents = NULL;
	for (git_oid parent; commit_parent_next(&rest, &parent);)
		arena_push(store->arena, parents, count, capacity, oid_table_put(&discovery->ids, &parent));
	char id[GIT_OID_HEXSZ + 1];
	git_oid_tostr(id, sizeof id, &discovery->ids.ids[number]);
	struct history_commit *taken = &discovery->commits[number];
	*taken = (struct history_commit){
		.facts = { .id = arena_strdup(store->arena, id),
		           .subject = subject_of(store->arena, commit->message),
		           .parent_count = count },
		.signature = commit->signature,
		.parents = parents,
	};
	return person_of(store, commit->author, &taken->facts.author) &&
	       person_of(store, commit->committer, &taken->facts.committer);
}

/* Its hash is verified: all that history tells hangs on it. */
static struct object *open_commit(struct discovery *discovery, const git_oid *id, struct commit_object *commit)
{
	struct object *object = object_open(discovery->objects, id);
	git_oid hash;
	if (!object)
		return NULL;
	struct chunk bytes = object_bytes(object);
	if (git_odb_hash(&hash, bytes.data, bytes.len, GIT_OBJECT_COMMIT) == 0 && git_oid_equal(&hash, id) &&
	    commit_object_read(bytes, commit))
		return object;
	git_error_set_str(GIT_ERROR_ODB, "a commit is damaged");
	object_release(object);
	return NULL;
}

static bool read_commit(struct discovery *discovery, size_t number, struct diags *diags)
{
	git_oid id = discovery->ids.ids[number];
	struct commit_object commit;
	struct object *object = open_commit(discovery, &id, &commit);
	if (!object)
		return history_fail(diags);
	if (number == discovery->capacity) {
		discovery->capacity = discovery->capacity ? discovery->capacity * 2 : 256;
		discovery->commits = xreallocarray(discovery->commits, discovery->capacity, sizeof *discovery->commits);
		discovery->folders = xreallocarray(discovery->folders, discovery->capacity, sizeof *discovery->folders);
	}
	bool fine = take_facts(discovery, number, &commit) || history_fail(diags);
	discovery->folders[number] = commit.tree;
	object_release(object);
	return fine;
}

/* Begins with the commits of the past. */
static void take_past(struct discovery *discovery)
{
	struct history_past *past = discovery->store->past;
	size_t count = past->commit_count;
	discovery->past = count;
	discovery->capacity = past->capacity;
	discovery->commits = past->commits;
	discovery->folders = xreallocarray(NULL, past->capacity, sizeof *discovery->folders);
	memcpy(discovery->folders, past->folders, count * sizeof *discovery->folders);
	past->commits = NULL;
	oid_table_fill(&discovery->ids, (const git_oid *)past->ids, count);
}

/* Whether the last commit of the past lies behind the one walked from. */
static bool reaches_past(const struct discovery *discovery)
{
	bool reached = discovery->tip == discovery->past - 1;
	for (size_t i = discovery->past; i < discovery->ids.count && !reached; i++)
		for (size_t p = 0; p < discovery->commits[i].facts.parent_count; p++)
			reached |= discovery->commits[i].parents[p] == discovery->past - 1;
	return reached;
}

/* Whether the new commits are a line that goes on from the last commit of the past, the newest first. */
static bool is_line(const struct discovery *discovery)
{
	for (size_t i = discovery->past; i < discovery->ids.count; i++) {
		size_t parent = i + 1 < discovery->ids.count ? i + 1 : discovery->past - 1;
		if (discovery->commits[i].facts.parent_count != 1 || discovery->commits[i].parents[0] != parent)
			return false;
	}
	return true;
}

/* Parents by their indexes, and their ids. */
static void name_parents(struct history *history, struct history_commit *commit, const uint32_t *indexes)
{
	struct arena *arena = history->store->arena;
	size_t count = commit->facts.parent_count;
	const char **ids = arena_alloc(arena, (count + 1) * sizeof *ids);
	uint32_t *parents = arena_alloc(arena, (count + 1) * sizeof *parents);
	for (size_t p = 0; p < count; p++) {
		parents[p] = indexes[commit->parents[p]];
		ids[p] = history->commits[parents[p]].facts.id;
	}
	commit->parents = parents;
	commit->facts.parents = ids;
}

/* Puts the commits that follow those of the past in order, parents first, where they stand. */
static void turn_line(struct discovery *discovery)
{
	for (size_t low = discovery->past, high = discovery->ids.count; low + 1 < high; low++) {
		struct history_commit commit = discovery->commits[low];
		git_oid folder = discovery->folders[low];
		discovery->commits[low] = discovery->commits[--high];
		discovery->folders[low] = discovery->folders[high];
		discovery->commits[high] = commit;
		discovery->folders[high] = folder;
	}
}

/* Moves the commits to the history, parents first. */
static void put_in_order(struct history *history, struct discovery *discovery)
{
	struct history_store *store = discovery->store;
	struct arena *arena = store->arena;
	size_t count = discovery->ids.count, past = discovery->past, named = 0;
	uint32_t *order = xcalloc(count, sizeof *order), *indexes = arena_alloc(arena, count * sizeof *indexes);
	bool goes_on = past && is_line(discovery);
	if (goes_on)
		turn_line(discovery);
	else
		topology_order(discovery->commits, count, order);
	for (size_t i = 0; i < count; i++) {
		if (goes_on) /* the new ones were numbered the newest first */
			order[i] = (uint32_t)(i < past ? i : count - 1 - (i - past));
		indexes[order[i]] = (uint32_t)i;
	}
	history->commit_count = count;
	if (goes_on) {
		history->commits = store->commits = discovery->commits;
		store->folders = discovery->folders;
		discovery->commits = NULL;
		discovery->folders = NULL;
		named = past;
	} else {
		history->commits = arena_alloc(arena, count * sizeof *history->commits);
		store->folders = xcalloc(count, sizeof *store->folders);
		for (size_t i = 0; i < count; i++) {
			history->commits[i] = discovery->commits[order[i]];
			store->folders[i] = discovery->folders[order[i]];
		}
	}
	for (size_t i = named; i < count; i++)
		name_parents(history, &history->commits[i], indexes);
	if (past)
		history->past = indexes;
	store->unread = arena_alloc(arena, (count - past + 1) * sizeof *store->unread);
	for (size_t i = 0; i < count; i++)
		if (order[i] >= past)
			store->unread[store->unread_count++] = (uint32_t)i;
	free(order);
}

/* The tree of the folder of that name in a commit's tree; zero when it has none. */
static bool find_folder(struct objects *objects, const git_oid *tree, const char *name, git_oid *out)
{
	struct object *object = object_open(objects, tree);
	if (!object)
		return false;
	struct chunk rest = object_bytes(object);
	struct tree_entry entry;
	*out = (git_oid){ { 0 } };
	for (; rest.len && tree_entry_read(rest, &entry);
	     rest = (struct chunk){ rest.data + entry.size, rest.len - entry.size })
		if (entry.is_folder && strcmp(entry.name, name) == 0)
			*out = *entry.id;
	object_release(object);
	return true;
}

static void find_piece(size_t index, size_t lane, void *context)
{
	struct history_work *work = context;
	struct history_store *store = work->history->store;
	bool fine = true;
	for (size_t i = index * HISTORY_PIECE; i < store->unread_count && i / HISTORY_PIECE == index && fine; i++) {
		git_oid *folder = &store->folders[store->unread[i]], tree = *folder;
		fine = find_folder(store->objects[lane], &tree, work->folder, folder);
	}
	history_turn(work, index, fine);
	turns_pass(&work->turns, index);
}

bool history_read_commits(struct history *history, const char *folder, struct diags *diags)
{
	struct history_store *store = history->store;
	struct discovery discovery = { .store = store, .objects = objects_open(store->git) };
	bool whole = discovery.objects ? read_mailmap(store, diags) : history_fail(diags);
	if (store->past)
		take_past(&discovery);
	discovery.tip = oid_table_put(&discovery.ids, &store->tip);
	for (size_t i = discovery.past; whole && i < discovery.ids.count; i++)
		whole = read_commit(&discovery, i, diags);
	bool starts_anew = whole && store->past && !reaches_past(&discovery);
	if (whole && !starts_anew)
		put_in_order(history, &discovery);
	objects_free(discovery.objects);
	oid_table_free(&discovery.ids);
	free(discovery.commits);
	free(discovery.folders);
	if (!starts_anew)
		return whole && history_in_pieces(history, folder, diags, find_piece);
	store->past = NULL;
	git_mailmap_free(store->mailmap);
	store->mailmap = NULL;
	return history_read_commits(history, folder, diags);
}
