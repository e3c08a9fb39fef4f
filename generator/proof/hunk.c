#define _GNU_SOURCE /* memmem */

#include "proof/hunk.h"

#include <string.h>

#include "base/bisect.h"

enum {
	BLOCK = 4096,     /* compared at once */
	ROWS_TRIED = 3,   /* behind a difference, to find where the versions agree again */
	SHORTEST_ROW = 8, /* bytes that are taken for a sign of that */
	WINDOW = 2048     /* bytes searched beyond those that the known rows take */
};

static size_t common_tail(struct chunk a, struct chunk b)
{
	size_t most = a.len < b.len ? a.len : b.len, len = 0;
	const char *a_end = a.data + a.len, *b_end = b.data + b.len;
	while (most - len >= BLOCK && memcmp(a_end - len - BLOCK, b_end - len - BLOCK, BLOCK) == 0)
		len += BLOCK;
	while (len < most && a_end[-(ptrdiff_t)len - 1] == b_end[-(ptrdiff_t)len - 1])
		len++;
	return len;
}

static struct chunk rest(struct chunk text, size_t from)
{
	return (struct chunk){ text.data + from, text.len - from };
}

/* The number of rows that start below offset. */
static size_t starts_below(const struct row_map *map, size_t offset)
{
	size_t row;
	bisect(row, map->count, map->starts[row] < offset);
	return row;
}

/* Where row begins; behind the last one, the end of the text. */
static size_t row_start(const struct row_map *map, size_t row)
{
	return row < map->count ? map->starts[row] : map->text.len;
}

/* Where the hunk begins that holds the first difference, known byte at. False in the head. */
static bool begin_hunk(const struct row_map *known, size_t at, struct hunk *hunk)
{
	bool behind_last = at == known->text.len && at && known->text.data[at - 1] == '\n';
	hunk->first = behind_last ? known->count : starts_below(known, at + 1);
	if (!behind_last && hunk->first)
		hunk->first--;
	hunk->known_from = row_start(known, hunk->first);
	return hunk->first && hunk->known_from >= known->head_end;
}

/* Whether a row can begin at byte at of the other version, as far as one sees: the parse of the
 * hunk decides. */
static bool begins_row(const struct hunk *hunk, struct chunk other, size_t at)
{
	return at == hunk->other_from || other.data[at - 1] == '\n';
}

/* Ends the hunk where one of the next known rows is found again close by. */
static bool end_at_row(const struct row_map *known, struct chunk other, struct hunk *hunk)
{
	for (size_t row = hunk->first + 1; row <= hunk->first + ROWS_TRIED && row < known->count; row++) {
		struct chunk sign = { known->text.data + known->starts[row],
			              row_start(known, row + 1) - known->starts[row] };
		size_t room = known->starts[row] - hunk->known_from + WINDOW + sign.len;
		struct chunk window = rest(other, hunk->other_from);
		window.len = window.len < room ? window.len : room;
		const char *found =
		    sign.len < SHORTEST_ROW ? NULL : memmem(window.data, window.len, sign.data, sign.len);
		if (!found || !begins_row(hunk, other, (size_t)(found - other.data)))
			continue;
		hunk->after = row;
		hunk->known_to = known->starts[row];
		hunk->other_to = (size_t)(found - other.data);
		return true;
	}
	return false;
}

/* Ends the hunk where the common tail begins. */
static void end_at_tail(const struct row_map *known, struct chunk other, struct hunk *hunk)
{
	size_t tail = common_tail(rest(known->text, hunk->known_from), rest(other, hunk->other_from));
	hunk->after = starts_below(known, known->text.len - tail);
	for (;; hunk->after++) {
		hunk->known_to = row_start(known, hunk->after);
		hunk->other_to = other.len - (known->text.len - hunk->known_to);
		if (hunk->known_to == known->text.len || begins_row(hunk, other, hunk->other_to))
			return;
	}
}

bool hunks_find(struct arena *arena, const struct row_map *known, struct chunk other, struct hunk_list *out)
{
	size_t at = 0, other_at = 0; /* a row begins there in both */
	*out = (struct hunk_list){ 0 };
	for (;;) {
		size_t same = chunk_common_head(rest(known->text, at), rest(other, other_at));
		struct hunk hunk;
		if (at + same == known->text.len && other_at + same == other.len)
			return true;
		if (!begin_hunk(known, at + same, &hunk))
			return false;
		hunk.other_from = other_at + hunk.known_from - at;
		bool resumed = end_at_row(known, other, &hunk);
		if (!resumed)
			end_at_tail(known, other, &hunk);
		arena_push(arena, out->items, out->count, out->capacity, hunk);
		if (!resumed)
			return true;
		at = hunk.known_to;
		other_at = hunk.other_to;
	}
}
