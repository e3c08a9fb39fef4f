#include "proof/versions.h"

#include <stdlib.h>
#include <string.h>

#include "proof/hunk.h"
#include "text/encoding.h"
#include "text/utf8.h"

enum { VERSIONS_KEPT = 4 };

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
	struct history_reader *blobs;
	struct written_reader rows;
	bool is_csv;
	struct version kept[VERSIONS_KEPT];
	uint64_t clock;
};

struct versions *versions_new(const struct history *history, struct turns *turns)
{
	struct history_reader *blobs = history_reader_new(history);
	if (!blobs)
		return NULL;
	struct versions *versions = xcalloc(1, sizeof *versions);
	versions->blobs = blobs;
	versions->rows = (struct written_reader){ .heads = arena_new(), .turns = turns };
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
	arena_free(versions->rows.heads);
	history_reader_free(versions->blobs);
	free(versions);
}

void versions_of_file(struct versions *versions, const char *path, struct written_type *type, size_t turn)
{
	size_t len = strlen(path);
	versions->is_csv = len > 4 && strcmp(path + len - 4, ".csv") == 0;
	for (size_t i = 0; i < VERSIONS_KEPT; i++)
		close_version(&versions->kept[i]);
	arena_free(versions->rows.heads);
	versions->rows.heads = arena_new();
	versions->rows.type = type;
	versions->rows.turn = turn;
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
	version->handle = history_open_blob(versions->blobs, blob, &version->bytes);
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

/* The starts of the rows of a text without quotes, which are those of its lines; the first is the
 * head. False when that does not hold. */
static bool find_starts(struct versions *versions, struct arena *arena, struct version *version)
{
	struct chunk text = version->text;
	const char *line = text.len ? memchr(text.data, '\n', text.len) : NULL, *end = text.data + text.len;
	if (!line || memchr(text.data, '"', text.len) || memchr(text.data, '\r', text.len))
		return false;
	struct written_piece piece = { .starts_only = true };
	size_t head = (size_t)(line - text.data) + 1;
	written_csv(arena, &versions->rows, text, 0, head, &version->head, &piece);
	if (!version->head || piece.start_count != 1 || piece.faulty)
		return false;
	version->starts[0] = piece.starts[0];
	version->start_count = 1;
	for (const char *at = line + 1; at < end; at = line + 1) {
		line = memchr(at, '\n', (size_t)(end - at));
		if (!line)
			line = end;
		if (*at == ' ' || *at == '\t')
			return false; /* perhaps a line of blanks, which is no row */
		if (line == at)
			continue; /* nor is an empty one */
		reserve_starts(version, version->start_count + 1);
		version->starts[version->start_count++] = (uint32_t)(at - text.data);
	}
	return true;
}

/* All rows of a version, unless rows is NULL; whatever is known of it afterwards comes from this parse. */
static void parse_whole(struct versions *versions, struct arena *arena, struct version *version,
                        struct written_rows *rows)
{
	if (!versions->is_csv) {
		if (rows)
			written_json(arena, &versions->rows, version->text, rows);
		return;
	}
	struct written_piece piece = { .starts_only = !rows };
	version->head = NULL;
	reserve_starts(version, 1);
	if (!rows && find_starts(versions, arena, version)) {
		version->trimmable = true;
		return;
	}
	version->head = NULL;
	written_csv(arena, &versions->rows, version->text, 0, version->text.len, &version->head, &piece);
	version->trimmable = version->head && !piece.faulty;
	reserve_starts(version, piece.start_count);
	if (piece.start_count)
		memcpy(version->starts, piece.starts, piece.start_count * sizeof *piece.starts);
	version->start_count = piece.start_count;
	if (rows)
		*rows = piece.rows;
}

/* Whether the pieces of the other version in the hunks are UTF-8. */
static bool are_well_formed(struct chunk text, const struct hunk_list *hunks)
{
	for (size_t i = 0; i < hunks->count; i++) {
		const struct hunk *hunk = &hunks->items[i];
		struct chunk piece = { text.data + hunk->other_from, hunk->other_to - hunk->other_from };
		if (utf8_first_fault(piece) < piece.len)
			return false;
	}
	return true;
}

/* False when the versions have to be parsed whole. */
static bool find_hunks(struct arena *arena, const struct version *known, struct version *other, struct hunk_list *hunks)
{
	struct row_map map = { known->text, known->starts, known->start_count, known->head->end };
	/* What lies outside the hunks is the known version's, well-formed; so the whole is if they are. */
	if (!known->decodes && !other->decoded && hunks_find(arena, &map, other->text, hunks) &&
	    are_well_formed(other->text, hunks))
		return true;
	if (!other->decoded)
		decode(other);
	return hunks_find(arena, &map, other->text, hunks);
}

/* Appends the starts of the known version's rows [first, after), moved by as many bytes as from
 * has moved to to. */
static void carry_starts(struct version *version, const struct version *known, size_t first, size_t after, size_t from,
                         size_t to)
{
	for (size_t i = first; i < after; i++)
		version->starts[version->start_count++] = (uint32_t)(known->starts[i] - from + to);
}

static void read_hunk(struct versions *versions, struct arena *arena, const struct version *version, size_t from,
                      size_t to, uint32_t number, struct written_piece *piece)
{
	size_t count = piece->rows.count;
	const struct written_head *head = version->head;
	if (from < to)
		written_csv(arena, &versions->rows, version->text, from, to, &head, piece);
	for (; count < piece->rows.count; count++)
		piece->rows.items[count].hunk = number;
}

/* Rows of the hunks of a known version and of another one, which is known afterwards. False when
 * they have to be parsed whole. */
static bool compare_hunks(struct versions *versions, struct arena *arena, const struct version *known,
                          struct version *other, struct written_rows *known_rows, struct written_rows *other_rows)
{
	struct hunk_list hunks;
	if (!known->trimmable || !find_hunks(arena, known, other, &hunks))
		return false;
	struct written_piece mine = { 0 }, its = { 0 };
	size_t row = 0, from = 0, to = 0; /* where the versions agree again */
	other->head = known->head;
	other->start_count = 0;
	for (size_t i = 0; i < hunks.count; i++) {
		const struct hunk *hunk = &hunks.items[i];
		size_t count = its.start_count;
		read_hunk(versions, arena, other, hunk->other_from, hunk->other_to, (uint32_t)i, &its);
		read_hunk(versions, arena, known, hunk->known_from, hunk->known_to, (uint32_t)i, &mine);
		if (its.faulty)
			return false;
		reserve_starts(other, other->start_count + hunk->first - row + its.start_count - count);
		carry_starts(other, known, row, hunk->first, from, to);
		while (count < its.start_count)
			other->starts[other->start_count++] = its.starts[count++];
		row = hunk->after;
		from = hunk->known_to;
		to = hunk->other_to;
	}
	reserve_starts(other, other->start_count + known->start_count - row);
	carry_starts(other, known, row, known->start_count, from, to);
	other->trimmable = true;
	*known_rows = mine.rows;
	*other_rows = its.rows;
	return true;
}

/* NULL when it cannot be read. */
static struct version *get_version(struct versions *versions, uint32_t blob)
{
	struct version *kept = find_kept(versions, blob);
	return kept ? kept : open_version(versions, blob);
}

/* All rows of a version, unless rows is NULL, or none of no version. */
static bool read_all(struct versions *versions, struct arena *arena, uint32_t blob, struct written_rows *rows)
{
	if (!blob)
		return true;
	struct version *version = get_version(versions, blob);
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
		/* Always from the newer one: from the other, equal rows could fall into other hunks. */
		if (!find_kept(versions, after) && !read_all(versions, arena, after, NULL))
			return false;
		struct version *new = find_kept(versions, after), *old = get_version(versions, before);
		if (!old)
			return false;
		if (compare_hunks(versions, arena, new, old, new_rows, old_rows))
			return true;
	}
	return read_all(versions, arena, before, old_rows) && read_all(versions, arena, after, new_rows);
}
