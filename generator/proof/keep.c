#include "proof/keep.h"

#include <string.h>

#include "proof/kept.h"
#include "source/stored.h"

/* A file while it is written. */
struct keeping {
	struct arena *arena;
	struct buf tables[TABLE_COUNT];
	size_t counts[TABLE_COUNT];
	struct map texts; /* those that recur, by what they say → byte + 1 */
};

static void put(struct keeping *keeping, enum table table, const void *item)
{
	buf_put(&keeping->tables[table], item, kept_item_size(table));
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
		                   .field_count = event->field_count & MOST_FIELDS,
		                   .change = event->change,
		                   .again = event->again };
	put(keeping, EVENTS, &kept);
	for (uint32_t i = 0; i < event->field_count; i++) {
		const struct field_change *change = &event->fields[i];
		struct kept_field field = { put_name(keeping, change->name), put_text(keeping, change->before),
			                    put_text(keeping, change->after) };
		put(keeping, FIELDS, &field);
	}
}

static size_t count_events(struct lives *lives)
{
	size_t count = 0;
	for (size_t i = 0; i < lives->count; i++)
		count += lives_in_order(lives, i)->event_count;
	return count;
}

static void keep_lives(struct keeping *keeping, const struct history *history, struct lives *lives)
{
	for (size_t i = 0; i < lives->count; i++) {
		const struct life *life = lives_in_order(lives, i);
		struct kept_life kept = { life->group, put_text(keeping, life->id), life->event_count };
		struct kept_block block = { (uint32_t)keeping->counts[EVENTS], (uint32_t)keeping->counts[FIELDS] };
		if (i % PAST_BLOCK == 0)
			put(keeping, BLOCKS, &block);
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
               struct lives *lives)
{
	struct keeping keeping = { .arena = arena_new() };
	map_init(&keeping.texts, keeping.arena);
	buf_putc(&keeping.tables[TEXTS], '\0');
	buf_reserve(&keeping.tables[COMMITS], history->commit_count * kept_item_size(COMMITS));
	buf_reserve(&keeping.tables[LIVES], lives->count * kept_item_size(LIVES));
	buf_reserve(&keeping.tables[EVENTS], count_events(lives) * kept_item_size(EVENTS));
	keep_commits(&keeping, history);
	put_ids(&keeping, IDS, past->history.ids, past->history.commit_count);
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
