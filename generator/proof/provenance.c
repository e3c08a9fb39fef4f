#include "proof/provenance.h"

#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "proof/digest.h"
#include "proof/keep.h"
#include "proof/provenance_store.h"
#include "text/encoding.h"

enum {
	QUICKLY_KEPT = 50000, /* lives: what was found is kept again whenever there is something new */
	WORTH_KEEPING = 50    /* of more, once a fiftieth of the commits is new */
};

/* Whose content decides what columns and people are called. */
static const char *const meaning_paths[] = { "records/schema", ".mailmap" };

static uint32_t group_of(struct provenance_store *store, const struct records *records, const char *contract,
                         const char *type)
{
	const char *name = arena_printf(store->arena, "%s/%s", contract, type);
	uint32_t *number = map_get(&store->group_numbers, name);
	if (!number) {
		struct group group = { .contract = contract, .type = type };
		const struct contract_records *known = records_contract(records, contract);
		written_type_open(&group.rows, map_get(&records->schemas, type), known ? known->offset : OFFSET_CHINA,
		                  store->arena);
		number = arena_alloc(store->arena, sizeof *number);
		*number = (uint32_t)store->group_count;
		arena_push(store->arena, store->groups, store->group_count, store->group_capacity, group);
		map_put(&store->group_numbers, name, number);
	}
	return *number;
}

static void place_paths(struct provenance_store *store, const struct records *records)
{
	const struct history *history = store->history;
	store->path_groups = arena_alloc(store->arena, (history->path_count + 1) * sizeof *store->path_groups);
	for (size_t i = 0; i < history->path_count; i++) {
		const char *contract, *type;
		store->path_groups[i] = NO_GROUP;
		if (folders_place(&store->folders, store->arena, history->paths[i], &contract, &type))
			store->path_groups[i] = group_of(store, records, contract, type);
	}
}

static struct provenance *fail(struct provenance_store *store)
{
	provenance_free(&store->provenance);
	return NULL;
}

/* What heads, values and people mean: what was found under another key is no help. */
static const char *key_of(struct provenance_store *store, const struct repository *repository, const char *commit,
                          const struct records *records)
{
	struct buf meaning = BUF_INIT;
	char digest[SHA256_TEXT];
	buf_puts(&meaning, program_name());
	for (size_t i = 0; i < sizeof meaning_paths / sizeof *meaning_paths; i++)
		buf_printf(&meaning, "\n%s", repository_entry(repository, store->arena, commit, meaning_paths[i]));
	for (size_t i = 0; i < records->contracts.count; i++) {
		const struct contract_records *contract = records->contracts.entries[i].value;
		buf_printf(&meaning, "\n%s %d", contract->id, contract->offset);
	}
	const char *key = arena_strdup(store->arena, sha256_hex(buf_chunk(&meaning), digest));
	buf_free(&meaning);
	return key;
}

/* Whether what the past found still holds: a folder that came or went may be a rename, by which
 * records are called otherwise through all their lives. */
static bool still_holds(const struct provenance_store *store)
{
	return store->history && store->history->past && !store->history->folder_count;
}

static void take_past(struct provenance_store *store, const struct records *records)
{
	const struct past *past = store->past;
	for (size_t i = 0; i < past->group_count; i++)
		group_of(store, records, past->groups[i].contract, past->groups[i].type);
	for (size_t i = 0; i < past->rename_count; i++)
		map_put(&store->folders.renamed, past->renames[i].folder, (void *)(uintptr_t)past->renames[i].name);
}

static bool knows(const struct past *past, const char *commit)
{
	for (size_t i = past->history.commit_count; i-- > 0;)
		if (strcmp(past->history.commits[i].facts.id, commit) == 0)
			return true;
	return false;
}

/* Reads history, from where the past ends if it can. */
static bool open_history(struct provenance_store *store, const struct repository *repository, const char *commit,
                         struct diags *diags)
{
	if (store->past) {
		const struct history_past *past = &store->past->history;
		const char *tip = arena_strdup(store->arena, past->commits[past->commit_count - 1].facts.id);
		store->looks_back = knows(store->past, commit);
		store->history = history_read(repository, commit, "records", &store->past->history, diags);
		if (store->history && !store->history->past && !store->looks_back)
			DIAG(diags, ((struct place){ 0 }), MSG_HISTORY_LEFT, tip);
	}
	if (!still_holds(store)) {
		history_free(store->history);
		past_close(store->past);
		store->past = NULL;
		store->history = history_read(repository, commit, "records", NULL, diags);
	}
	return store->history;
}

static void keep(struct provenance_store *store, const char *path, const char *key)
{
	const struct map *renamed = &store->folders.renamed;
	struct past past = { .history = history_as_past(store->history, store->arena),
		             .renames = arena_alloc(store->arena, (renamed->count + 1) * sizeof *past.renames),
		             .rename_count = renamed->count,
		             .groups = arena_alloc(store->arena, (store->group_count + 1) * sizeof *past.groups),
		             .group_count = store->group_count };
	for (size_t i = 0; i < renamed->count; i++)
		past.renames[i] = (struct past_rename){ renamed->entries[i].key, renamed->entries[i].value };
	for (size_t i = 0; i < store->group_count; i++)
		past.groups[i] = (struct past_group){ store->groups[i].contract, store->groups[i].type };
	past_keep(path, key, &past, store->history, &store->lives);
}

struct provenance *provenance_read(const struct repository *repository, const char *commit,
                                   const struct records *records, const char *cache, struct diags *diags)
{
	struct provenance_store *store = xcalloc(1, sizeof *store);
	store->provenance.store = store;
	pthread_mutex_init(&store->reading, NULL);
	store->arena = arena_new();
	map_init(&store->group_numbers, store->arena);
	const char *key = cache ? key_of(store, repository, commit, records) : NULL;
	store->past = cache ? past_open(store->arena, cache, key) : NULL;
	if (!open_history(store, repository, commit, diags))
		return fail(store);
	folders_find_renamed(&store->folders, store->arena, store->history);
	if (store->past)
		take_past(store, records);
	lives_init(&store->lives, store->past, store->history);
	place_paths(store, records);
	if (!provenance_read_changes(store, diags))
		return fail(store);
	lives_settle(&store->lives);
	size_t count = store->history->commit_count,
	       new = count - (store->past ? store->past->history.commit_count : 0);
	if (cache && !store->looks_back && new && (store->lives.count < QUICKLY_KEPT || new *WORTH_KEEPING > count))
		keep(store, cache, key);
	store->provenance.life_count = store->lives.count;
	store->provenance.history = store->history;
	return &store->provenance;
}

void provenance_free(struct provenance *provenance)
{
	if (!provenance)
		return;
	struct provenance_store *store = provenance->store;
	for (size_t i = 0; i < store->group_count; i++)
		written_type_close(&store->groups[i].rows);
	lives_free(&store->lives);
	history_reader_free(store->blobs);
	history_free(store->history);
	past_close(store->past);
	pthread_mutex_destroy(&store->reading);
	arena_free(store->arena);
	free(store);
}

const struct life *provenance_life(const struct provenance *provenance, size_t index)
{
	return lives_in_order(&provenance->store->lives, index);
}

const struct life *provenance_life_of(const struct provenance *provenance, const struct event *event)
{
	return lives_at(&provenance->store->lives, event->life);
}

const struct life *provenance_of(const struct provenance *provenance, const char *record)
{
	struct provenance_store *store = provenance->store;
	const char *slash = strchr(record, '/');
	slash = slash ? strchr(slash + 1, '/') : NULL;
	if (!slash)
		return NULL;
	struct arena *arena = arena_new();
	const char *contract, *type, *path = arena_printf(arena, "records/%.*s/.csv", (int)(slash - record), record);
	const struct life *life = folders_place(&store->folders, arena, path, &contract, &type)
	                              ? lives_find(&store->lives, contract, type, slash + 1)
	                              : NULL;
	arena_free(arena);
	return life;
}

const struct event *life_first(const struct life *life)
{
	return &life->events[0];
}

const struct event *life_last(const struct life *life)
{
	return &life->events[life->event_count - 1];
}

static struct written_type *type_of(const struct provenance *provenance, const struct life *life)
{
	return &provenance->store->groups[life->group].rows;
}

const struct schema *life_schema(const struct provenance *provenance, const struct life *life)
{
	return type_of(provenance, life)->schema;
}

/* The row that begins at offset of a file, in arena; NULL after a diagnostic. */
static const struct written_row *read_row(const struct provenance_store *store, struct written_type *type,
                                          const struct event *event, struct arena *arena, struct diags *diags)
{
	struct chunk bytes;
	struct history_blob *blob = store->blobs ? history_open_blob(store->blobs, event->blob, &bytes) : NULL;
	if (!blob) {
		history_fail(diags);
		return NULL;
	}
	struct written_reader reader = { .type = type, .heads = arena };
	struct written_piece piece = { 0 };
	struct chunk text = encoding_decode(arena, bytes).text;
	if (strcmp(event->path + strlen(event->path) - 4, ".csv") == 0) {
		const struct written_head *head = NULL;
		written_csv(arena, &reader, text, 0, text.len, &head, &piece);
	} else {
		written_json(arena, &reader, text, &piece.rows);
	}
	history_close_blob(blob);
	const struct written_row *rows = piece.rows.items;
	for (size_t i = 0; i < piece.rows.count; i++)
		if (rows[i].offset == event->offset)
			return &rows[i];
	die("provenance: no row at byte %u of %s", event->offset, event->path);
}

const struct field_change *provenance_fields(const struct provenance *provenance, const struct event *event,
                                             struct arena *arena, size_t *count, struct diags *diags)
{
	*count = event->field_count;
	if (event->change == CHANGE_CHANGED)
		return event->fields;
	struct written_type *type = type_of(provenance, provenance_life_of(provenance, event));
	pthread_mutex_lock(&provenance->store->reading);
	if (!provenance->store->blobs)
		provenance->store->blobs = history_reader_new(provenance->store->history);
	const struct written_row *row = read_row(provenance->store, type, event, arena, diags);
	bool added = event->change == CHANGE_ADDED;
	const struct field_change *fields =
	    row ? field_changes(arena, type, added ? NULL : row, added ? row : NULL, count) : NULL;
	pthread_mutex_unlock(&provenance->store->reading);
	return fields;
}
