#define _GNU_SOURCE /* qsort_r */

#include "proof/difference.h"

#include <stdlib.h>
#include <string.h>

/* Walks the cells of two rows in step, by field. */
struct cell_pair {
	uint32_t i, j;
	uint32_t field;
	const char *before, *after;
};

static bool next_pair(const struct written_row *before, const struct written_row *after, struct cell_pair *at)
{
	const struct written_cell *a = at->i < before->cell_count ? &before->cells[at->i] : NULL;
	const struct written_cell *b = at->j < after->cell_count ? &after->cells[at->j] : NULL;
	if (!a && !b)
		return false;
	bool take_a = a && (!b || a->field <= b->field), take_b = b && (!a || b->field <= a->field);
	at->field = take_a ? a->field : b->field;
	at->before = take_a ? a->text : NULL;
	at->after = take_b ? b->text : NULL;
	at->i += take_a;
	at->j += take_b;
	return true;
}

static bool is_of_schema(const struct written_type *type, uint32_t field)
{
	return type->schema && field < type->schema->field_count;
}

static bool pair_differs(const struct written_type *type, const struct cell_pair *pair)
{
	if (!pair->before || !pair->after)
		return true;
	if (strcmp(pair->before, pair->after) == 0)
		return false;
	return !is_of_schema(type, pair->field) ||
	       !comparer_same(type->comparer, pair->field, pair->before, pair->after);
}

typedef bool equality(const struct written_type *type, const struct written_row *a, const struct written_row *b);

static bool same_text(const struct written_type *type, const struct written_row *a, const struct written_row *b)
{
	(void)type;
	struct cell_pair pair = { 0 };
	while (next_pair(a, b, &pair))
		if (!pair.before || !pair.after || strcmp(pair.before, pair.after) != 0)
			return false;
	return true;
}

static bool same_values(const struct written_type *type, const struct written_row *a, const struct written_row *b)
{
	struct cell_pair pair = { 0 };
	while (next_pair(a, b, &pair))
		if (pair_differs(type, &pair))
			return false;
	return true;
}

/* Fields of the schema come first, in its order; the others by name, since their numbers depend on what was read
 * first. */
static int field_order(const struct written_type *type, uint32_t a, uint32_t b)
{
	if (is_of_schema(type, a) || is_of_schema(type, b))
		return a < b ? -1 : a > b;
	return strcmp(type->names[a], type->names[b]);
}

static int by_name(const void *left, const void *right)
{
	const struct field_change *a = left, *b = right;
	return strcmp(a->name, b->name);
}

static const char *copy(struct arena *arena, const char *text)
{
	return text ? arena_strdup(arena, text) : NULL;
}

struct field_change *field_changes(struct arena *arena, const struct written_type *type,
                                   const struct written_row *before, const struct written_row *after, size_t *count)
{
	static const struct written_row none;
	struct field_change *changes = NULL;
	size_t capacity = 0, of_schema = 0;
	struct cell_pair pair = { 0 };
	*count = 0;
	while (next_pair(before ? before : &none, after ? after : &none, &pair)) {
		if (!pair_differs(type, &pair))
			continue;
		struct field_change change = { type->names[pair.field], copy(arena, pair.before),
			                       copy(arena, pair.after) };
		arena_push(arena, changes, *count, capacity, change);
		of_schema += is_of_schema(type, pair.field);
	}
	if (*count - of_schema > 1)
		qsort(changes + of_schema, *count - of_schema, sizeof *changes, by_name);
	return changes;
}

static int by_id(const void *left, const void *right)
{
	const struct side *a = left, *b = right;
	int order = strcmp(a->row->id, b->row->id);
	if (order)
		return order;
	if (a->parent != b->parent)
		return a->parent < b->parent ? -1 : 1;
	if (a->after != b->after)
		return a->after ? 1 : -1;
	return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

/* The rows of one id against one parent that are left when equal ones have cancelled out. */
struct residue {
	struct side *before, *after;
	size_t before_count, after_count;
};

static void remove_side(struct side *sides, size_t *count, size_t at)
{
	memmove(&sides[at], &sides[at + 1], (*count - at - 1) * sizeof *sides);
	--*count;
}

static void cancel(const struct written_type *type, struct residue *residue, equality *equal)
{
	for (size_t i = 0; i < residue->before_count;) {
		size_t j = 0;
		while (j < residue->after_count && !equal(type, residue->before[i].row, residue->after[j].row))
			j++;
		if (j == residue->after_count) {
			i++;
			continue;
		}
		remove_side(residue->before, &residue->before_count, i);
		remove_side(residue->after, &residue->after_count, j);
	}
}

/* By the first field in which two rows differ; an empty one comes first. */
static int by_content(const void *left, const void *right, void *context)
{
	const struct side *a = left, *b = right;
	const struct written_type *const *type = context;
	struct cell_pair pair = { 0 }, first = { .field = UINT32_MAX };
	while (next_pair(a->row, b->row, &pair)) {
		bool same = pair.before && pair.after && strcmp(pair.before, pair.after) == 0;
		if (!same && (first.field == UINT32_MAX || field_order(*type, pair.field, first.field) < 0))
			first = pair;
	}
	if (first.field == UINT32_MAX)
		return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
	return strcmp(first.before ? first.before : "", first.after ? first.after : "");
}

/* Splits off the sides of one parent, [*at …) of the sides of one id. */
static struct residue residue_of(const struct written_type *type, struct side *sides, size_t count, uint32_t parent,
                                 size_t *at)
{
	struct residue residue = { .before = sides + *at };
	for (; *at < count && sides[*at].parent == parent && !sides[*at].after; ++*at)
		residue.before_count++;
	residue.after = sides + *at;
	for (; *at < count && sides[*at].parent == parent; ++*at)
		residue.after_count++;
	cancel(type, &residue, same_text);
	/* Several rows are left only by mistake. They are paired by what they say, so that it does
	 * not matter which of two equal ones was cancelled. */
	if (residue.before_count > 1)
		qsort_r(residue.before, residue.before_count, sizeof *residue.before, by_content, &type);
	if (residue.after_count > 1)
		qsort_r(residue.after, residue.after_count, sizeof *residue.after, by_content, &type);
	cancel(type, &residue, same_values);
	return residue;
}

static void visit_residue(const struct residue *residue, difference_visit *visit, void *context)
{
	size_t most = residue->before_count > residue->after_count ? residue->before_count : residue->after_count;
	for (size_t i = 0; i < most; i++) {
		bool before = i < residue->before_count, after = i < residue->after_count;
		const struct side *held = before ? &residue->before[i] : &residue->after[i];
		struct difference difference = {
			.id = held->row->id,
			.change = !before ? CHANGE_ADDED
			          : after ? CHANGE_CHANGED
			                  : CHANGE_REMOVED,
			.before = before ? held : NULL,
			.after = after ? &residue->after[i] : NULL,
		};
		visit(&difference, context);
	}
}

/* What the commit did to one id: nothing when one parent has it as the commit has it. */
static void find_one(const struct written_type *type, struct side *sides, size_t count, uint32_t parents,
                     difference_visit *visit, void *context)
{
	struct residue chosen = { 0 };
	const struct side *removed = NULL;
	bool came_by_parent = false;
	uint32_t same_in = 0;
	size_t at = 0;
	for (uint32_t parent = 0; parent < parents; parent++) {
		struct residue residue = residue_of(type, sides, count, parent, &at);
		if (!residue.before_count && !residue.after_count) {
			came_by_parent = true;
			same_in = parent;
			continue;
		}
		if (!removed && residue.before_count && !residue.after_count)
			removed = residue.before;
		if (!chosen.before_count && (residue.before_count || !chosen.after_count))
			chosen = residue;
	}
	if (!came_by_parent) {
		visit_residue(&chosen, visit, context);
	} else if (removed) {
		struct difference difference = { .id = removed->row->id,
			                         .change = CHANGE_REMOVED,
			                         .before = removed,
			                         .one_sided = true,
			                         .absent_in = same_in };
		visit(&difference, context);
	}
}

void differences_find(const struct written_type *type, struct side *sides, size_t count, uint32_t parents,
                      difference_visit *visit, void *context)
{
	bool sorted = true; /* as they mostly are: ids rise down a file */
	for (size_t i = 0; i < count; i++) {
		sides[i].sequence = (uint32_t)i;
		sorted &= i == 0 || by_id(&sides[i - 1], &sides[i]) < 0;
	}
	if (!sorted)
		qsort(sides, count, sizeof *sides, by_id);
	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && strcmp(sides[to].row->id, sides[from].row->id) == 0;)
			to++;
		find_one(type, sides + from, to - from, parents ? parents : 1, visit, context);
	}
}
