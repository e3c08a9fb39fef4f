#include "proof/past.h"

#include <stdlib.h>
#include <string.h>

#include "proof/kept.h"
#include "source/stored.h"

struct past_file {
	struct stored *stored;
	const char *tables[TABLE_COUNT];
	size_t counts[TABLE_COUNT];
};

static bool find_tables(struct past_file *file)
{
	struct chunk rest = stored_bytes(file->stored);
	if (rest.len < sizeof(struct kept_head))
		return false;
	const struct kept_head *head = (const void *)rest.data;
	rest = (struct chunk){ rest.data + sizeof *head, rest.len - sizeof *head };
	for (enum table i = 0; i < TABLE_COUNT; i++) {
		if (head->counts[i] > rest.len / kept_item_size(i) || kept_size(i, head->counts[i]) > rest.len)
			return false;
		size_t size = kept_size(i, head->counts[i]);
		file->tables[i] = rest.data;
		file->counts[i] = head->counts[i];
		rest = (struct chunk){ rest.data + size, rest.len - size };
	}
	size_t texts = file->counts[TEXTS];
	return !rest.len && texts && !file->tables[TEXTS][texts - 1] && file->counts[COMMITS] &&
	       file->counts[IDS] == file->counts[COMMITS] && file->counts[FOLDERS] == file->counts[COMMITS] &&
	       file->counts[BLOCKS] == (file->counts[LIVES] + PAST_BLOCK - 1) / PAST_BLOCK;
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
	struct history_commit *commits = xreallocarray_large(NULL, capacity, sizeof *commits);
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
		                               .ids = (const unsigned char *)file->tables[IDS],
		                               .folders = (const unsigned char *)file->tables[FOLDERS],
		                               .blobs = (const unsigned char *)file->tables[BLOBS],
		                               .blob_count = file->counts[BLOBS] };
	past->life_count = file->counts[LIVES];
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
		    (struct past_rename){ text_at(file, renames[i].folder), text_or_none(file, renames[i].name) };
	return past;
}

void past_close(struct past *past)
{
	if (!past)
		return;
	free(past->history.commits);
	stored_close(past->file->stored);
}

struct life past_name(const struct past *past, size_t number)
{
	const struct kept_life *kept = (const struct kept_life *)(const void *)past->file->tables[LIVES] + number;
	const struct past_group *group = &past->groups[kept->group];
	return (struct life){ .contract = group->contract,
		              .type = group->type,
		              .id = text_at(past->file, kept->id),
		              .group = kept->group,
		              .event_count = kept->event_count };
}

/* The changed fields of an event, which begin at kept. */
static const struct field_change *read_fields(const struct past_file *file, const struct kept_field *kept, size_t count,
                                              struct arena *arena)
{
	struct field_change *fields = count ? arena_alloc(arena, count * sizeof *fields) : NULL;
	for (size_t i = 0; i < count; i++)
		fields[i] = (struct field_change){ text_at(file, kept[i].name), text_or_none(file, kept[i].before),
			                           text_or_none(file, kept[i].after) };
	return fields;
}

struct life *past_block(const struct past *past, size_t block, const struct history *history, struct arena *arena)
{
	const struct past_file *file = past->file;
	const struct kept_block *start = (const struct kept_block *)(const void *)file->tables[BLOCKS] + block;
	const struct kept_event *kept =
	    (const struct kept_event *)(const void *)file->tables[EVENTS] + start->first_event;
	const struct kept_field *fields =
	    (const struct kept_field *)(const void *)file->tables[FIELDS] + start->first_field;
	size_t first = block * PAST_BLOCK, left = past->life_count - first;
	size_t count = left < PAST_BLOCK ? left : PAST_BLOCK;
	struct life *lives = arena_alloc(arena, count * sizeof *lives);
	for (size_t i = 0; i < count; i++) {
		lives[i] = past_name(past, first + i);
		struct event *events = arena_alloc(arena, lives[i].event_count * sizeof *events);
		lives[i].events = events;
		for (size_t e = 0; e < lives[i].event_count; e++, kept++) {
			events[e] = (struct event){ .change = kept->change,
				                    .again = kept->again,
				                    .field_count = kept->field_count,
				                    .moved = kept->moved,
				                    .fields = read_fields(file, fields, kept->field_count, arena),
				                    .commit = &history->commits[history->past[kept->commit]],
				                    .path = text_at(file, kept->path),
				                    .life = (uint32_t)(first + i),
				                    .blob = kept->blob,
				                    .offset = kept->offset,
				                    .sequence = (uint32_t)e };
			fields += kept->field_count;
		}
	}
	return lives;
}
