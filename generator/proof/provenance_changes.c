/* What commits did to records: files are read one by one, the newest version first. */
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "proof/provenance_store.h"
#include "proof/reorder.h"
#include "proof/versions.h"

enum { ROWS_A_TURN = PIECE(4096) };

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

/* Changes that one thread reads in a row: at least so many, if they are of several files; of one at most. */
enum { PIECE_OF_FILES = PIECE(64), PIECE_OF_FILE = PIECE(512) };

/* A walk through the changes by file, the newest first. */
struct reading {
	struct provenance_store *store;
	struct diags *diags;
	const uint32_t *order; /* indexes of changes, by path, commit (newest first), parent */
	const size_t *pieces;  /* where in order each begins, and the last one ends */
	const bool *waits;
	struct lane *lanes;
	struct turns turns;
	struct arena *waiting; /* of the rows that wait; what is below is for the piece whose turn it is */
	bool failed;
};

/* The rows of one commit in one file. */
struct commit_rows {
	size_t first; /* of its changes, in order */
	struct side_list sides;
};

/* What one thread read, until it is its turn to judge that. */
struct lane {
	struct versions *versions;
	struct arena *rows;
	size_t row_count;
	struct commit_rows *commits;
	size_t count, capacity;
};

/* In turn. */
static void judge_rows(struct reading *reading, struct lane *lane)
{
	struct provenance_store *store = reading->store;
	for (size_t c = 0; c < lane->count && !reading->failed; c++) {
		size_t index = reading->order[lane->commits[c].first];
		const struct history_change *first = &store->history->changes[index];
		uint32_t group = store->path_groups[first->path];
		const struct side_list *sides = &lane->commits[c].sides;
		if (!reading->waits[index]) {
			find_differences(store, first->commit, group, sides->items, sides->count);
			continue;
		}
		for (size_t i = 0; i < sides->count; i++) {
			struct waiting waiting = { first->commit, group, sides->items[i] };
			waiting.side.row = copy_row(reading->waiting, sides->items[i].row);
			arena_push(reading->waiting, store->waiting, store->waiting_count, store->waiting_capacity,
			           waiting);
		}
	}
	arena_free(lane->rows);
	lane->rows = arena_new();
	lane->commits = NULL;
	lane->row_count = lane->count = lane->capacity = 0;
}

/* One commit's changes of one file, order[from, to). */
static bool read_commit(const struct reading *reading, struct lane *lane, size_t from, size_t to)
{
	struct commit_rows commit = { .first = from };
	for (size_t i = from; i < to; i++) {
		const struct history_change *change = &reading->store->history->changes[reading->order[i]];
		struct written_rows before, after;
		if (!versions_compare(lane->versions, lane->rows, change->before, change->after, &before, &after))
			return false;
		uint32_t moved = rows_moved(&before, &after);
		add_sides(lane->rows, &commit.sides, &before, change, false, moved);
		add_sides(lane->rows, &commit.sides, &after, change, true, moved);
	}
	lane->row_count += commit.sides.count;
	arena_push(lane->rows, lane->commits, lane->count, lane->capacity, commit);
	return true;
}

static void read_piece(size_t piece, size_t number, void *context)
{
	struct reading *reading = context;
	struct lane *lane = &reading->lanes[number];
	struct provenance_store *store = reading->store;
	const struct history_change *changes = store->history->changes;
	uint32_t path = UINT32_MAX;
	bool fine = lane->versions != NULL;
	for (size_t from = reading->pieces[piece], to; fine && from < reading->pieces[piece + 1]; from = to) {
		const struct history_change *first = &changes[reading->order[from]];
		for (to = from + 1; to < reading->pieces[piece + 1]; to++) {
			const struct history_change *next = &changes[reading->order[to]];
			if (next->path != first->path || next->commit != first->commit)
				break;
		}
		if (first->path != path) {
			path = first->path;
			versions_of_file(lane->versions, store->history->paths[path],
			                 &store->groups[store->path_groups[path]].rows, piece);
		}
		fine = read_commit(reading, lane, from, to);
		if (lane->row_count > ROWS_A_TURN) {
			turns_wait(&reading->turns, piece);
			judge_rows(reading, lane);
		}
	}
	turns_wait(&reading->turns, piece);
	if (!fine && !reading->failed)
		reading->failed = !history_fail(reading->diags);
	judge_rows(reading, lane);
	turns_pass(&reading->turns, piece);
}

/* Cuts order between commits: after some files, and within a long one. */
static size_t *cut_pieces(const struct provenance_store *store, const uint32_t *order, size_t count, size_t *pieces)
{
	const struct history_change *changes = store->history->changes;
	size_t *starts = xcalloc(count / PIECE_OF_FILES + 2, sizeof *starts), begin = 0;
	*pieces = 0;
	for (size_t i = 1; i < count; i++) {
		const struct history_change *before = &changes[order[i - 1]], *change = &changes[order[i]];
		bool other_file = change->path != before->path,
		     other_commit = other_file || change->commit != before->commit;
		if ((other_file && i - begin >= PIECE_OF_FILES) || (other_commit && i - begin >= PIECE_OF_FILE))
			starts[++*pieces] = begin = i;
	}
	starts[++*pieces] = count;
	return starts;
}

static bool read_pieces(struct reading *reading, size_t count)
{
	reading->lanes = xcalloc(HISTORY_LANES, sizeof *reading->lanes);
	reading->waiting = arena_new();
	turns_init(&reading->turns);
	for (size_t i = 0; i < HISTORY_LANES; i++) {
		reading->lanes[i].versions = versions_new(reading->store->history, &reading->turns);
		reading->lanes[i].rows = arena_new();
	}
	parallel_for_few(HISTORY_LANES, count, read_piece, reading);
	for (size_t i = 0; i < HISTORY_LANES; i++) {
		versions_free(reading->lanes[i].versions);
		arena_free(reading->lanes[i].rows);
	}
	turns_free(&reading->turns);
	free(reading->lanes);
	return !reading->failed;
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

bool provenance_read_changes(struct provenance_store *store, struct diags *diags)
{
	size_t count, piece_count;
	uint32_t *order = order_changes(store, &count);
	size_t *pieces = cut_pieces(store, order, count, &piece_count);
	bool *waits = xcalloc(store->history->change_count, sizeof *waits);
	mark_waiting(store, waits);
	struct reading reading = { .store = store, .diags = diags, .order = order, .pieces = pieces, .waits = waits };
	bool whole = read_pieces(&reading, piece_count);
	free(order);
	free(pieces);
	free(waits);
	if (whole)
		judge_waiting(store);
	arena_free(reading.waiting);
	store->waiting = NULL;
	return whole;
}
