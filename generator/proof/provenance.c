#include "proof/provenance.h"

#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "proof/digest.h"
#include "proof/folders.h"
#include "proof/lives.h"
#include "proof/past.h"
#include "proof/reorder.h"
#include "proof/versions.h"
#include "text/encoding.h"

enum {
	NO_GROUP = UINT32_MAX,
	ROWS_A_TURN = 4096,
	QUICKLY_KEPT = 50000, /* lives: what was found is kept again whenever there is something new */
	WORTH_KEEPING = 50    /* of more, once a fiftieth of the commits is new */
};

/* Whose content decides what columns and people are called. */
static const char *const meaning_paths[] = { "records/schema", ".mailmap" };

/* The records of one type in one contract. */
struct group {
	const char *contract, *type;
	struct written_type rows;
};

/* Rows of a commit that touched more than one file of a group: they wait until all are read. */
struct waiting {
	uint32_t commit, group;
	struct side side;
};

struct provenance_store {
	struct provenance provenance;
	struct arena *arena;
	struct history *history;
	struct folders folders;
	struct group *groups;
	size_t group_count, group_capacity;
	struct map group_numbers; /* "CONTRACT/TYPE" → its number, uint32_t */
	uint32_t *path_groups;    /* by path: group or NO_GROUP */
	struct lives lives;
	struct past *past; /* what an earlier run found; or NULL */
	bool looks_back;   /* the commit asked about is one that the earlier run knew */
	struct waiting *waiting;
	size_t waiting_count, waiting_capacity;
};

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

/* The commit and group whose differences are visited. */
struct visiting {
	struct provenance_store *store;
	uint32_t commit, group;
};

static void take_difference(const struct difference *difference, void *context)
{
	const struct visiting *visiting = context;
	struct provenance_store *store = visiting->store;
	const struct group *group = &store->groups[visiting->group];
	const struct side *side = difference->after ? difference->after : difference->before;
	struct event event = { .change = difference->change,
		               .commit = &store->history->commits[visiting->commit],
		               .path = store->history->paths[side->path],
		               .life = lives_number(&store->lives, visiting->group, group->contract, group->type,
		                                    difference->id),
		               .moved = side->moved,
		               .blob = side->blob,
		               .offset = side->row->offset };
	if (difference->one_sided) {
		const uint32_t *parents = event.commit->parents;
		lives_add_doubt(&store->lives,
		                (struct doubt){ parents[side->parent], parents[difference->absent_in], event });
		return;
	}
	if (difference->before && difference->after) {
		size_t count;
		event.fields =
		    field_changes(store->arena, &group->rows, difference->before->row, difference->after->row, &count);
		event.field_count = (uint32_t)count;
	}
	lives_add_event(&store->lives, event);
}

static void find_differences(struct provenance_store *store, uint32_t commit, uint32_t group, struct side *sides,
                             size_t count)
{
	struct visiting visiting = { store, commit, group };
	differences_find(&store->groups[group].rows, sides, count,
	                 (uint32_t)store->history->commits[commit].facts.parent_count, take_difference, &visiting);
}

/* Whether all the files that a commit touched in a group can be judged one by one: there is
 * only one, or rows only came or only went. */
struct commit_group {
	uint32_t commit, path;
	bool touched, one_path, only_added, only_removed;
};

static void mark_waiting(struct provenance_store *store, bool *waits)
{
	const struct history *history = store->history;
	struct commit_group *groups = xcalloc(store->group_count + 1, sizeof *groups);
	for (size_t from = 0, to; from < history->change_count; from = to) {
		uint32_t commit = history->changes[from].commit;
		bool merge = history->commits[commit].facts.parent_count > 1;
		for (to = from; to < history->change_count && history->changes[to].commit == commit; to++) {
			const struct history_change *change = &history->changes[to];
			if (store->path_groups[change->path] == NO_GROUP)
				continue;
			struct commit_group *group = &groups[store->path_groups[change->path]];
			if (!group->touched || group->commit != commit)
				*group = (struct commit_group){ commit, change->path, true, true, !merge, !merge };
			group->one_path &= group->path == change->path;
			group->only_added &= !change->before;
			group->only_removed &= !change->after;
		}
		for (size_t i = from; i < to; i++) {
			uint32_t number = store->path_groups[history->changes[i].path];
			const struct commit_group *group = &groups[number == NO_GROUP ? store->group_count : number];
			waits[i] = number != NO_GROUP && !group->one_path && !group->only_added && !group->only_removed;
		}
	}
	free(groups);
}

static const struct written_row *copy_row(struct arena *arena, const struct written_row *row)
{
	struct written_row *copy = arena_alloc(arena, sizeof *copy);
	struct written_cell *cells = arena_alloc(arena, (row->cell_count + 1) * sizeof *cells);
	*copy = *row;
	copy->id = arena_strdup(arena, row->id);
	copy->cells = cells;
	for (uint32_t i = 0; i < row->cell_count; i++)
		cells[i] = (struct written_cell){ row->cells[i].field, arena_strdup(arena, row->cells[i].text) };
	return copy;
}

/* The sides of one commit in one file. */
struct side_list {
	struct side *items;
	size_t count, capacity;
};

static void add_sides(struct arena *arena, struct side_list *sides, const struct written_rows *rows,
                      const struct history_change *change, bool after, uint32_t moved)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct side side = { .row = &rows->items[i],
			             .parent = change->parent,
			             .after = after,
			             .path = change->path,
			             .blob = after ? change->after : change->before,
			             .moved = moved };
		arena_push(arena, sides->items, sides->count, sides->capacity, side);
	}
}

/* A walk through the changes by file, the newest first. */
struct reading {
	struct provenance_store *store;
	struct versions *versions;
	const uint32_t *order; /* indexes of changes, by path, commit (newest first), parent */
	size_t order_count;
	const bool *waits;
	struct arena *rows;    /* of the last few commits */
	size_t row_count;      /* in it */
	struct arena *waiting; /* of the rows that wait */
};

/* One commit's changes of one file, order[from, to). */
static bool read_commit(struct reading *reading, size_t from, size_t to)
{
	struct provenance_store *store = reading->store;
	const struct history_change *first = &store->history->changes[reading->order[from]];
	uint32_t group = store->path_groups[first->path];
	struct side_list sides = { 0 };
	if (reading->row_count > ROWS_A_TURN) {
		arena_free(reading->rows);
		reading->rows = arena_new();
		reading->row_count = 0;
	}
	for (size_t i = from; i < to; i++) {
		const struct history_change *change = &store->history->changes[reading->order[i]];
		struct written_rows before, after;
		if (!versions_compare(reading->versions, reading->rows, change->before, change->after, &before, &after))
			return false;
		uint32_t moved = rows_moved(&before, &after);
		add_sides(reading->rows, &sides, &before, change, false, moved);
		add_sides(reading->rows, &sides, &after, change, true, moved);
	}
	reading->row_count += sides.count;
	if (!reading->waits[reading->order[from]]) {
		find_differences(store, first->commit, group, sides.items, sides.count);
		return true;
	}
	for (size_t i = 0; i < sides.count; i++) {
		struct waiting waiting = { first->commit, group, sides.items[i] };
		waiting.side.row = copy_row(reading->waiting, sides.items[i].row);
		arena_push(reading->waiting, store->waiting, store->waiting_count, store->waiting_capacity, waiting);
	}
	return true;
}

static bool read_paths(struct reading *reading)
{
	struct provenance_store *store = reading->store;
	const struct history_change *changes = store->history->changes;
	uint32_t path = UINT32_MAX;
	for (size_t from = 0, to; from < reading->order_count; from = to) {
		const struct history_change *first = &changes[reading->order[from]];
		for (to = from + 1; to < reading->order_count; to++) {
			const struct history_change *next = &changes[reading->order[to]];
			if (next->path != first->path || next->commit != first->commit)
				break;
		}
		if (first->path != path) {
			path = first->path;
			versions_of_file(reading->versions, store->history->paths[path],
			                 &store->groups[store->path_groups[path]].rows);
		}
		if (!read_commit(reading, from, to))
			return false;
	}
	return true;
}

static int by_commit_and_group(const void *left, const void *right)
{
	const struct waiting *a = left, *b = right;
	if (a->commit != b->commit)
		return a->commit < b->commit ? -1 : 1;
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->side.path != b->side.path)
		return a->side.path < b->side.path ? -1 : 1;
	return a->side.sequence < b->side.sequence ? -1 : a->side.sequence > b->side.sequence;
}

static void judge_waiting(struct provenance_store *store)
{
	for (size_t i = 0; i < store->waiting_count; i++)
		store->waiting[i].side.sequence = (uint32_t)i;
	if (store->waiting_count)
		qsort(store->waiting, store->waiting_count, sizeof *store->waiting, by_commit_and_group);
	struct side *sides = xcalloc(store->waiting_count, sizeof *sides);
	for (size_t from = 0, to; from < store->waiting_count; from = to) {
		const struct waiting *first = &store->waiting[from];
		for (to = from; to < store->waiting_count && store->waiting[to].commit == first->commit &&
		                store->waiting[to].group == first->group;
		     to++)
			sides[to - from] = store->waiting[to].side;
		find_differences(store, first->commit, first->group, sides, to - from);
	}
	free(sides);
}

/* The changes of record files, by path, then commit, the newest first, then parent: a counting
 * sort over paths keeps the order of changes, which is turned round commit by commit. */
static uint32_t *order_changes(const struct provenance_store *store, size_t *count)
{
	const struct history *history = store->history;
	size_t *next = xcalloc(history->path_count + 1, sizeof *next);
	uint32_t *order = xcalloc(history->change_count, sizeof *order);
	for (size_t i = 0; i < history->change_count; i++)
		if (store->path_groups[history->changes[i].path] != NO_GROUP)
			next[history->changes[i].path + 1]++;
	for (size_t i = 0; i < history->path_count; i++)
		next[i + 1] += next[i];
	*count = next[history->path_count];
	for (size_t to = history->change_count, from; to > 0; to = from) {
		for (from = to - 1; from > 0 && history->changes[from - 1].commit == history->changes[to - 1].commit;)
			from--;
		for (size_t i = from; i < to; i++)
			if (store->path_groups[history->changes[i].path] != NO_GROUP)
				order[next[history->changes[i].path]++] = (uint32_t)i;
	}
	free(next);
	return order;
}

static bool read_changes(struct provenance_store *store, struct diags *diags)
{
	struct reading reading = { .store = store, .versions = versions_new(store->history, diags) };
	uint32_t *order = order_changes(store, &reading.order_count);
	bool *waits = xcalloc(store->history->change_count, sizeof *waits);
	mark_waiting(store, waits);
	reading.order = order;
	reading.waits = waits;
	reading.rows = arena_new();
	reading.waiting = arena_new();
	bool whole = read_paths(&reading);
	versions_free(reading.versions);
	arena_free(reading.rows);
	free(order);
	free(waits);
	if (whole)
		judge_waiting(store);
	arena_free(reading.waiting);
	store->waiting = NULL;
	return whole;
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
	past_lives(past, store->history, &store->lives);
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

static void keep(const struct provenance_store *store, const char *path, const char *key)
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
	store->arena = store->lives.arena = arena_new();
	map_init(&store->group_numbers, store->arena);
	const char *key = cache ? key_of(store, repository, commit, records) : NULL;
	store->past = cache ? past_open(store->arena, cache, key) : NULL;
	if (!open_history(store, repository, commit, diags))
		return fail(store);
	folders_find_renamed(&store->folders, store->arena, store->history);
	if (store->past)
		take_past(store, records);
	place_paths(store, records);
	if (!read_changes(store, diags))
		return fail(store);
	lives_settle(&store->lives, store->history);
	size_t count = store->history->commit_count,
	       new = count - (store->past ? store->past->history.commit_count : 0);
	if (cache && !store->looks_back && new && (store->lives.count < QUICKLY_KEPT || new *WORTH_KEEPING > count))
		keep(store, cache, key);
	store->provenance.lives = store->lives.items;
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
	history_free(store->history);
	arena_free(store->arena);
	past_close(store->past);
	free(store);
}

const struct life *provenance_of(const struct provenance *provenance, const char *record)
{
	const struct provenance_store *store = provenance->store;
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
	const struct lives *lives = &provenance->store->lives;
	return &provenance->store->groups[lives->groups[life - lives->items]].rows;
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
	struct history_blob *blob = history_open_blob(store->history, event->blob, &bytes, diags);
	if (!blob)
		return NULL;
	struct written_piece piece = { 0 };
	struct chunk text = encoding_decode(arena, bytes).text;
	if (strcmp(event->path + strlen(event->path) - 4, ".csv") == 0) {
		const struct written_head *head = NULL;
		written_csv(arena, type, text, 0, text.len, &head, &piece);
	} else {
		written_json(arena, type, text, &piece.rows);
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
	struct written_type *type = type_of(provenance, &provenance->lives[event->life]);
	const struct written_row *row = read_row(provenance->store, type, event, arena, diags);
	if (!row)
		return NULL;
	bool added = event->change == CHANGE_ADDED;
	return field_changes(arena, type, added ? NULL : row, added ? row : NULL, count);
}
