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

static bool pair_differs(const struct written_type *type, const struct cell_pair *pair)
{
	if (!pair->before || !pair->after)
		return true;
	if (strcmp(pair->before, pair->after) == 0)
		return false;
	const struct schema *schema = type->schema;
	return !schema || pair->field >= schema->field_count ||
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

static const char *copy(struct arena *arena, const char *text)
{
	return text ? arena_strdup(arena, text) : NULL;
}

struct field_change *field_changes(struct arena *arena, const struct written_type *type,
                                   const struct written_row *before, const struct written_row *after, size_t *count)
{
	static const struct written_row none;
	struct field_change *changes = NULL;
	size_t capacity = 0;
	struct cell_pair pair = { 0 };
	*count = 0;
	while (next_pair(before ? before : &none, after ? after : &none, &pair)) {
		if (!pair_differs(type, &pair))
			continue;
		struct field_change change = { type->names[pair.field], copy(arena, pair.before),
			                       copy(arena, pair.after) };
		arena_push(arena, changes, *count, capacity, change);
	}
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

static int by_content(const void *left, const void *right)
{
	const struct side *a = left, *b = right;
	for (uint32_t i = 0; i < a->row->cell_count && i < b->row->cell_count; i++) {
		const struct written_cell *one = &a->row->cells[i], *other = &b->row->cells[i];
		int order =
		    one->field != other->field ? (one->field < other->field ? -1 : 1) : strcmp(one->text, other->text);
		if (order)
			return order;
	}
	if (a->row->cell_count != b->row->cell_count)
		return a->row->cell_count < b->row->cell_count ? -1 : 1;
	return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
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
		qsort(residue.before, residue.before_count, sizeof *residue.before, by_content);
	if (residue.after_count > 1)
		qsort(residue.after, residue.after_count, sizeof *residue.after, by_content);
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
