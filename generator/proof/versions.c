#include "proof/versions.h"

#include <stdlib.h>
#include <string.h>

#include "text/encoding.h"
#include "text/utf8.h"

enum { VERSIONS_KEPT = 4, BLOCK = 4096 };

struct version {
	uint32_t blob; /* 0: a free slot */
	struct history_blob *handle;
	struct chunk bytes;    /* of the file */
	struct chunk text;     /* without byte order mark; UTF-8 once it was decoded */
	struct arena *decoded; /* owns the text that had to be changed, or NULL */
	bool decodes;          /* another text than the file's bytes */
	bool trimmable;        /* CSV, parsed without fault: head and starts hold */
	const struct written_head *head;
	uint32_t *starts; /* of the rows, the head's first */
	size_t start_count, start_capacity;
	uint64_t used; /* when it was last asked for */
};

struct versions {
	const struct history *history;
	struct diags *diags;
	bool is_csv;
	struct written_type *type;
	struct version kept[VERSIONS_KEPT];
	uint64_t clock;
};

struct versions *versions_new(const struct history *history, struct diags *diags)
{
	struct versions *versions = xcalloc(1, sizeof *versions);
	versions->history = history;
	versions->diags = diags;
	return versions;
}

static void close_version(struct version *version)
{
	history_close_blob(version->handle);
	arena_free(version->decoded);
	*version = (struct version){ .starts = version->starts, .start_capacity = version->start_capacity };
}

void versions_free(struct versions *versions)
{
	if (!versions)
		return;
	for (size_t i = 0; i < VERSIONS_KEPT; i++) {
		close_version(&versions->kept[i]);
		free(versions->kept[i].starts);
	}
	free(versions);
}

void versions_of_file(struct versions *versions, const char *path, struct written_type *type)
{
	size_t len = strlen(path);
	versions->is_csv = len > 4 && strcmp(path + len - 4, ".csv") == 0;
	versions->type = type;
	for (size_t i = 0; i < VERSIONS_KEPT; i++)
		close_version(&versions->kept[i]);
}

static struct version *find_kept(struct versions *versions, uint32_t blob)
{
	for (size_t i = 0; i < VERSIONS_KEPT; i++) {
		if (versions->kept[i].blob == blob) {
			versions->kept[i].used = ++versions->clock;
			return &versions->kept[i];
		}
	}
	return NULL;
}

/* In the slot that was not asked for the longest; not decoded yet. */
static struct version *open_version(struct versions *versions, uint32_t blob)
{
	struct version *version = &versions->kept[0];
	for (size_t i = 1; i < VERSIONS_KEPT; i++)
		if (versions->kept[i].used < version->used)
			version = &versions->kept[i];
	close_version(version);
	version->handle = history_open_blob(versions->history, blob, &version->bytes, versions->diags);
	if (!version->handle)
		return NULL;
	size_t mark = version->bytes.len >= 3 && memcmp(version->bytes.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	version->text = (struct chunk){ version->bytes.data + mark, version->bytes.len - mark };
	version->blob = blob;
	version->used = ++versions->clock;
	return version;
}

static void decode(struct version *version)
{
	struct arena *arena = arena_new();
	struct decoded decoded = encoding_decode(arena, version->bytes);
	version->decodes = decoded.text.data != version->text.data;
	version->text = decoded.text;
	version->decoded = arena;
}

static void reserve_starts(struct version *version, size_t count)
{
	if (count <= version->start_capacity)
		return;
	version->start_capacity = count + count / 2;
	version->starts = xreallocarray(version->starts, version->start_capacity, sizeof *version->starts);
}

/* All rows of a version; whatever is known of it afterwards comes from this parse. */
static void parse_whole(struct versions *versions, struct arena *arena, struct version *version,
                        struct written_rows *rows)
{
	if (!versions->is_csv) {
		written_json(arena, versions->type, version->text, rows);
		return;
	}
	struct written_piece piece = { 0 };
	version->head = NULL;
	written_csv(arena, versions->type, version->text, 0, version->text.len, &version->head, &piece);
	version->trimmable = version->head && !piece.faulty;
	reserve_starts(version, piece.start_count);
	if (piece.start_count)
		memcpy(version->starts, piece.starts, piece.start_count * sizeof *piece.starts);
	version->start_count = piece.start_count;
	*rows = piece.rows;
}

static size_t common_head(struct chunk a, struct chunk b)
{
	size_t most = a.len < b.len ? a.len : b.len, at = 0;
	while (most - at >= BLOCK && memcmp(a.data + at, b.data + at, BLOCK) == 0)
		at += BLOCK;
	while (at < most && a.data[at] == b.data[at])
		at++;
	return at;
}

/* Not reaching below byte from of either. */
static size_t common_tail(struct chunk a, struct chunk b, size_t from)
{
	size_t most = (a.len < b.len ? a.len : b.len) - from, len = 0;
	const char *a_end = a.data + a.len, *b_end = b.data + b.len;
	while (most - len >= BLOCK && memcmp(a_end - len - BLOCK, b_end - len - BLOCK, BLOCK) == 0)
		len += BLOCK;
	while (len < most && a_end[-(ptrdiff_t)len - 1] == b_end[-(ptrdiff_t)len - 1])
		len++;
	return len;
}

/* The number of rows that start below offset. */
static size_t starts_below(const struct version *version, size_t offset)
{
	size_t low = 0, high = version->start_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (version->starts[middle] < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Where two versions differ: from `from` on, until their common tail of whole rows. */
struct middle {
	size_t from, known_to, other_to;
	size_t first, after; /* rows of the known version: the first of the middle, the first behind it */
};

/* False when the difference reaches into the head row. */
static bool find_middle(const struct version *known, const struct version *other, struct middle *out)
{
	struct chunk a = known->text, b = other->text;
	size_t same = common_head(a, b);
	if (same == a.len && a.len && a.data[a.len - 1] == '\n') {
		out->first = known->start_count;
		out->from = a.len;
	} else {
		out->first = starts_below(known, same + 1);
		if (!out->first)
			return false;
		out->from = known->starts[--out->first];
	}
	if (out->first == 0 || out->from < known->head->end)
		return false;
	size_t tail = common_tail(a, b, out->from);
	out->after = starts_below(known, a.len - tail);
	for (;; out->after++) {
		out->known_to = out->after < known->start_count ? known->starts[out->after] : a.len;
		out->other_to = b.len - (a.len - out->known_to);
		/* The parser is fresh there in the other version too: a line ended, and outside quotes,
		 * or the piece up to there would be faulty. */
		if (out->known_to == a.len || out->other_to == out->from || b.data[out->other_to - 1] == '\n')
			return true;
	}
}

static void carry_starts(struct version *to, const struct version *from, const struct middle *middle,
                         const struct written_piece *piece)
{
	size_t behind = from->start_count - middle->after;
	reserve_starts(to, middle->first + piece->start_count + behind);
	memcpy(to->starts, from->starts, middle->first * sizeof *to->starts);
	if (piece->start_count)
		memcpy(to->starts + middle->first, piece->starts, piece->start_count * sizeof *to->starts);
	to->start_count = middle->first + piece->start_count;
	for (size_t i = 0; i < behind; i++)
		to->starts[to->start_count++] =
		    (uint32_t)(from->starts[middle->after + i] - middle->known_to + middle->other_to);
}

/* Rows of the middle of a known version and of another one, which is known afterwards. False
 * when they have to be parsed whole. */
static bool compare_middles(struct versions *versions, struct arena *arena, const struct version *known,
                            struct version *other, struct written_rows *known_rows, struct written_rows *other_rows)
{
	struct middle middle;
	if (!known->trimmable)
		return false;
	if (known->decodes && !other->decoded)
		decode(other);
	bool found = find_middle(known, other, &middle);
	if (found && !other->decoded) {
		/* Head and tail are the known version's, well-formed; so the whole is if the middle is. */
		struct chunk piece = { other->text.data + middle.from, middle.other_to - middle.from };
		if (utf8_first_fault(piece) < piece.len) {
			decode(other);
			found = find_middle(known, other, &middle);
		}
	}
	if (!found)
		return false;
	struct written_piece mine = { 0 }, its = { 0 };
	const struct written_head *head = known->head;
	written_csv(arena, versions->type, other->text, middle.from, middle.other_to, &head, &its);
	if (its.faulty)
		return false;
	written_csv(arena, versions->type, known->text, middle.from, middle.known_to, &head, &mine);
	carry_starts(other, known, &middle, &its);
	other->head = head;
	other->trimmable = true;
	*known_rows = mine.rows;
	*other_rows = its.rows;
	return true;
}

/* All rows of a version, or none of no version. */
static bool read_all(struct versions *versions, struct arena *arena, uint32_t blob, struct written_rows *rows)
{
	if (!blob)
		return true;
	struct version *version = find_kept(versions, blob);
	if (!version)
		version = open_version(versions, blob);
	if (!version)
		return false;
	if (!version->decoded && !version->trimmable)
		decode(version);
	parse_whole(versions, arena, version, rows);
	return true;
}

bool versions_compare(struct versions *versions, struct arena *arena, uint32_t before, uint32_t after,
                      struct written_rows *old_rows, struct written_rows *new_rows)
{
	*old_rows = *new_rows = (struct written_rows){ 0 };
	if (before && after && versions->is_csv) {
		struct version *old = find_kept(versions, before), *new = find_kept(versions, after);
		struct written_rows ignored;
		if (!old && !new) {
			if (!read_all(versions, arena, after, &ignored))
				return false;
			new = find_kept(versions, after);
		}
		if (!old)
			old = open_version(versions, before);
		else if (!new)
			new = open_version(versions, after);
		if (!old || !new)
			return false;
		if (new->trimmable ? compare_middles(versions, arena, new, old, new_rows, old_rows)
		                   : compare_middles(versions, arena, old, new, old_rows, new_rows))
			return true;
	}
	return read_all(versions, arena, before, old_rows) && read_all(versions, arena, after, new_rows);
}
