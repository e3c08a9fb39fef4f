#include "proof/past.h"

#include <stdlib.h>
#include <string.h>

#include "source/stored.h"

/* The file: a head, then a table each of these, then all texts, each ended by a NUL. Texts are
 * named by their byte in there; the first is empty and stands for none. */
struct kept_commit {
	char id[HISTORY_ID * 2 + 1];
	uint8_t signature;
	uint16_t parent_count;
	int64_t author_at, committer_at;
	int32_t author_offset, committer_offset;
	uint32_t author_name, author_email, committer_name, committer_email, subject;
	uint32_t first_parent; /* in the table of parents */
};

struct kept_group {
	uint32_t contract, type;
};

struct kept_rename {
	uint32_t folder, name;
};

struct kept_life {
	uint32_t group, id, event_count;
};

struct kept_event {
	uint32_t commit, path, blob, offset, moved, sequence;
	uint32_t field_count;
	uint8_t change, again, unused[2];
};

struct kept_field {
	uint32_t name, before, after;
};

enum table { COMMITS, PARENTS, FOLDERS, BLOBS, RENAMES, GROUPS, LIVES, EVENTS, FIELDS, TEXTS, TABLE_COUNT };

static const size_t item_sizes[TABLE_COUNT] = {
	[COMMITS] = sizeof(struct kept_commit),
	[PARENTS] = sizeof(uint32_t),
	[FOLDERS] = HISTORY_ID,
	[BLOBS] = HISTORY_ID,
	[RENAMES] = sizeof(struct kept_rename),
	[GROUPS] = sizeof(struct kept_group),
	[LIVES] = sizeof(struct kept_life),
	[EVENTS] = sizeof(struct kept_event),
	[FIELDS] = sizeof(struct kept_field),
	[TEXTS] = 1,
};

struct kept_head {
	uint64_t counts[TABLE_COUNT];
};

struct past_file {
	struct stored *stored;
	const char *tables[TABLE_COUNT];
	size_t counts[TABLE_COUNT];
};

/* Tables begin at multiples of 8. */
static size_t table_size(enum table table, size_t count)
{
	return (count * item_sizes[table] + 7) / 8 * 8;
}

static bool find_tables(struct past_file *file)
{
	struct chunk rest = stored_bytes(file->stored);
	if (rest.len < sizeof(struct kept_head))
		return false;
	const struct kept_head *head = (const void *)rest.data;
	rest = (struct chunk){ rest.data + sizeof *head, rest.len - sizeof *head };
	for (enum table i = 0; i < TABLE_COUNT; i++) {
		if (head->counts[i] > rest.len / item_sizes[i] || table_size(i, head->counts[i]) > rest.len)
			return false;
		size_t size = table_size(i, head->counts[i]);
		file->tables[i] = rest.data;
		file->counts[i] = head->counts[i];
		rest = (struct chunk){ rest.data + size, rest.len - size };
	}
	size_t texts = file->counts[TEXTS];
	return !rest.len && texts && !file->tables[TEXTS][texts - 1] && file->counts[COMMITS] &&
	       file->counts[FOLDERS] == file->counts[COMMITS];
}

static const char *text_at(const struct past_file *file, uint32_t at)
{
	if (at >= file->counts[TEXTS])
		die("past: a text lies outside the file");
	return file->tables[TEXTS] + at;
}

static const char *text_or_none(const struct past_file *file, uint32_t at)
{
	return at ? text_at(file, at) : NULL;
}

static struct person person_at(const struct past_file *file, uint32_t name, uint32_t email, int64_t at, int32_t offset)
{
	return (struct person){ text_at(file, name), text_at(file, email), { at, offset } };
}

static struct history_commit *read_commits(struct arena *arena, const struct past_file *file, size_t capacity)
{
	const struct kept_commit *kept = (const void *)file->tables[COMMITS];
	const uint32_t *parents = (const void *)file->tables[PARENTS];
	struct history_commit *commits = xreallocarray(NULL, capacity, sizeof *commits);
	const char **ids = arena_alloc(arena, (file->counts[PARENTS] + 1) * sizeof *ids);
	for (size_t i = 0; i < file->counts[PARENTS]; i++)
		ids[i] = kept[parents[i]].id;
	for (size_t i = 0; i < file->counts[COMMITS]; i++)
		commits[i] = (struct history_commit){
			.facts = { .id = kept[i].id,
			           .author = person_at(file, kept[i].author_name, kept[i].author_email,
			                               kept[i].author_at, kept[i].author_offset),
			           .committer = person_at(file, kept[i].committer_name, kept[i].committer_email,
			                                  kept[i].committer_at, kept[i].committer_offset),
			           .subject = text_at(file, kept[i].subject),
			           .parents = ids + kept[i].first_parent,
			           .parent_count = kept[i].parent_count },
			.signature = kept[i].signature,
			.parents = parents + kept[i].first_parent,
		};
	return commits;
}

struct past *past_open(struct arena *arena, const char *path, const char *key)
{
	struct stored *stored = stored_open(path, key);
	if (!stored)
		return NULL;
	struct past *past = arena_alloc(arena, sizeof *past);
	struct past_file *file = past->file = arena_alloc(arena, sizeof *file);
	file->stored = stored;
	if (!find_tables(file)) {
		past_close(past);
		return NULL;
	}
	size_t capacity = file->counts[COMMITS] + file->counts[COMMITS] / 8 + 256;
	past->history = (struct history_past){ .commits = read_commits(arena, file, capacity),
		                               .commit_count = file->counts[COMMITS],
		                               .capacity = capacity,
		                               .folders = (const unsigned char *)file->tables[FOLDERS],
		                               .blobs = (const unsigned char *)file->tables[BLOBS],
		                               .blob_count = file->counts[BLOBS] };
	const struct kept_group *groups = (const void *)file->tables[GROUPS];
	past->group_count = file->counts[GROUPS];
	past->groups = arena_alloc(arena, (past->group_count + 1) * sizeof *past->groups);
	for (size_t i = 0; i < past->group_count; i++)
		past->groups[i] =
		    (struct past_group){ text_at(file, groups[i].contract), text_at(file, groups[i].type) };
	const struct kept_rename *renames = (const void *)file->tables[RENAMES];
	past->rename_count = file->counts[RENAMES];
	past->renames = arena_alloc(arena, (past->rename_count + 1) * sizeof *past->renames);
	for (size_t i = 0; i < past->rename_count; i++)
		past->renames[i] =
		    (struct past_rename){ text_at(file, renames[i].folder), text_at(file, renames[i].name) };
	return past;
}

void past_close(struct past *past)
{
	if (!past)
		return;
	free(past->history.commits);
	stored_close(past->file->stored);
}

void past_lives(const struct past *past, const struct history *history, struct lives *lives)
{
	const struct past_file *file = past->file;
	const struct kept_life *kept = (const void *)file->tables[LIVES];
	const struct kept_event *events = (const void *)file->tables[EVENTS];
	const struct kept_field *fields = (const void *)file->tables[FIELDS];
	size_t event_count = file->counts[EVENTS], field_count = file->counts[FIELDS];
	struct field_change *changes = arena_alloc(lives->arena, (field_count + 1) * sizeof *changes);
	for (size_t i = 0; i < field_count; i++)
		changes[i] = (struct field_change){ text_at(file, fields[i].name), text_or_none(file, fields[i].before),
			                            text_or_none(file, fields[i].after) };
	lives_reserve(lives, file->counts[LIVES], event_count);
	for (size_t i = 0, e = 0; i < file->counts[LIVES]; i++) {
		const struct past_group *group = &past->groups[kept[i].group];
		lives->groups[i] = kept[i].group;
		lives->items[i] = (struct life){ group->contract, group->type, text_at(file, kept[i].id), NULL, 0 };
		for (size_t end = e + kept[i].event_count; e < end; e++) {
			const struct kept_event *event = &events[e];
			lives->events[e] = (struct event){ .change = event->change,
				                           .again = event->again,
				                           .field_count = event->field_count,
				                           .moved = event->moved,
				                           .fields = event->field_count ? changes : NULL,
				                           .commit = &history->commits[history->past[event->commit]],
				                           .path = text_at(file, event->path),
				                           .life = (uint32_t)i,
				                           .blob = event->blob,
				                           .offset = event->offset,
				                           .sequence = event->sequence };
			changes += event->field_count;
		}
	}
	lives->known = lives->sorted = lives->count = file->counts[LIVES];
	lives->known_events = lives->event_count = event_count;
}

/* A file while it is written. */
struct keeping {
	struct arena *arena;
	struct buf tables[TABLE_COUNT];
	size_t counts[TABLE_COUNT];
	struct map texts; /* those that recur, by what they say → byte + 1 */
};

static void put(struct keeping *keeping, enum table table, const void *item)
{
	buf_put(&keeping->tables[table], item, item_sizes[table]);
	keeping->counts[table]++;
}

static uint32_t put_text(struct keeping *keeping, const char *text)
{
	size_t at = keeping->tables[TEXTS].len;
	if (!text)
		return 0;
	buf_put(&keeping->tables[TEXTS], text, strlen(text) + 1);
	if (at > UINT32_MAX)
		die("past: more than 4 GB of text");
	return (uint32_t)at;
}

/* As put_text, for what is said again and again. */
static uint32_t put_name(struct keeping *keeping, const char *text)
{
	if (!text)
		return 0;
	uint32_t *known = map_get(&keeping->texts, text);
	if (!known) {
		known = arena_alloc(keeping->arena, sizeof *known);
		*known = put_text(keeping, text);
		map_put(&keeping->texts, text, known);
	}
	return *known;
}

static void keep_commits(struct keeping *keeping, const struct history *history)
{
	for (size_t i = 0; i < history->commit_count; i++) {
		const struct history_commit *commit = &history->commits[i];
		const struct commit *facts = &commit->facts;
		struct kept_commit kept = {
			.signature = (uint8_t)commit->signature,
			.parent_count = (uint16_t)facts->parent_count,
			.author_at = facts->author.at.seconds,
			.committer_at = facts->committer.at.seconds,
			.author_offset = facts->author.at.offset,
			.committer_offset = facts->committer.at.offset,
			.author_name = put_name(keeping, facts->author.name),
			.author_email = put_name(keeping, facts->author.email),
			.committer_name = put_name(keeping, facts->committer.name),
			.committer_email = put_name(keeping, facts->committer.email),
			.subject = put_name(keeping, facts->subject),
			.first_parent = (uint32_t)keeping->counts[PARENTS],
		};
		memcpy(kept.id, facts->id, sizeof kept.id);
		put(keeping, COMMITS, &kept);
		for (size_t p = 0; p < facts->parent_count; p++)
			put(keeping, PARENTS, &commit->parents[p]);
	}
}

static void keep_event(struct keeping *keeping, const struct history *history, const struct event *event)
{
	struct kept_event kept = { .commit = (uint32_t)(event->commit - history->commits),
		                   .path = put_name(keeping, event->path),
		                   .blob = event->blob,
		                   .offset = event->offset,
		                   .moved = event->moved,
		                   .sequence = event->sequence,
		                   .field_count = event->field_count,
		                   .change = (uint8_t)event->change,
		                   .again = event->again };
	put(keeping, EVENTS, &kept);
	for (uint32_t i = 0; i < event->field_count; i++) {
		const struct field_change *change = &event->fields[i];
		struct kept_field field = { put_name(keeping, change->name), put_text(keeping, change->before),
			                    put_text(keeping, change->after) };
		put(keeping, FIELDS, &field);
	}
}

static void keep_lives(struct keeping *keeping, const struct history *history, const struct lives *lives)
{
	for (size_t i = 0; i < lives->count; i++) {
		const struct life *life = &lives->items[i];
		struct kept_life kept = { lives->groups[i], put_text(keeping, life->id), (uint32_t)life->event_count };
		put(keeping, LIVES, &kept);
		for (size_t e = 0; e < life->event_count; e++)
			keep_event(keeping, history, &life->events[e]);
	}
}

static void put_ids(struct keeping *keeping, enum table table, const unsigned char *ids, size_t count)
{
	buf_put(&keeping->tables[table], ids, count * HISTORY_ID);
	keeping->counts[table] = count;
}

static void write_tables(struct keeping *keeping, const char *path, const char *key)
{
	struct kept_head head;
	struct chunk pieces[TABLE_COUNT + 1] = { { (const char *)&head, sizeof head } };
	for (enum table i = 0; i < TABLE_COUNT; i++) {
		struct buf *table = &keeping->tables[i];
		head.counts[i] = i == TEXTS ? table->len : keeping->counts[i];
		while (table->len % 8)
			buf_putc(table, '\0');
		pieces[i + 1] = buf_chunk(table);
	}
	stored_write(path, key, pieces, TABLE_COUNT + 1);
	for (enum table i = 0; i < TABLE_COUNT; i++)
		buf_free(&keeping->tables[i]);
}

void past_keep(const char *path, const char *key, const struct past *past, const struct history *history,
               const struct lives *lives)
{
	struct keeping keeping = { .arena = arena_new() };
	map_init(&keeping.texts, keeping.arena);
	buf_putc(&keeping.tables[TEXTS], '\0');
	buf_reserve(&keeping.tables[COMMITS], history->commit_count * item_sizes[COMMITS]);
	buf_reserve(&keeping.tables[LIVES], lives->count * item_sizes[LIVES]);
	buf_reserve(&keeping.tables[EVENTS], lives->event_count * item_sizes[EVENTS]);
	keep_commits(&keeping, history);
	put_ids(&keeping, FOLDERS, past->history.folders, past->history.commit_count);
	put_ids(&keeping, BLOBS, past->history.blobs, past->history.blob_count);
	for (size_t i = 0; i < past->group_count; i++) {
		const struct past_group *group = &past->groups[i];
		struct kept_group kept = { put_name(&keeping, group->contract), put_name(&keeping, group->type) };
		put(&keeping, GROUPS, &kept);
	}
	for (size_t i = 0; i < past->rename_count; i++) {
		const struct past_rename *rename = &past->renames[i];
		struct kept_rename kept = { put_name(&keeping, rename->folder), put_name(&keeping, rename->name) };
		put(&keeping, RENAMES, &kept);
	}
	keep_lives(&keeping, history, lives);
	write_tables(&keeping, path, key);
	arena_free(keeping.arena);
}
