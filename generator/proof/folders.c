#include "proof/folders.h"

#include <stdlib.h>
#include <string.h>

#include "base/bisect.h"

static const char ROOT[] = "records/";

static size_t depth_of(const char *path)
{
	size_t depth = 0;
	for (; *path; path++)
		depth += *path == '/';
	return depth;
}

/* Bytes of the path of the folder that folder ("a/b/") lies in. */
static size_t parent_length(const char *folder)
{
	size_t len = strlen(folder) - 1;
	while (len && folder[len - 1] != '/')
		len--;
	return len;
}

static bool are_siblings(const char *a, const char *b)
{
	size_t len = parent_length(a);
	return len == parent_length(b) && strncmp(a, b, len) == 0;
}

static int by_number(const void *left, const void *right)
{
	const uint32_t *a = left, *b = right;
	return *a < *b ? -1 : *a > *b;
}

/* The contents, in order, of the files below folder that the changes take away or bring. */
static size_t contents_below(const struct history *history, size_t first, size_t last,
                             const struct history_folder *folder, uint32_t *out)
{
	size_t count = 0, len = strlen(folder->path);
	for (size_t i = first; i < last; i++) {
		const struct history_change *change = &history->changes[i];
		if (change->parent == folder->parent && strncmp(history->paths[change->path], folder->path, len) == 0)
			out[count++] = folder->added ? change->after : change->before;
	}
	qsort(out, count, sizeof *out, by_number);
	return count;
}

static bool is_rename(const struct history *history, size_t first, size_t last, const struct history_folder *gone,
                      const struct history_folder *come)
{
	uint32_t *before = xcalloc(2 * (last - first), sizeof *before), *after = before + (last - first);
	size_t before_count = contents_below(history, first, last, gone, before);
	size_t after_count = contents_below(history, first, last, come, after), same = 0;
	for (size_t i = 0, j = 0; i < before_count && j < after_count;) {
		same += before[i] == after[j];
		bool step = before[i] <= after[j];
		j += before[i] >= after[j];
		i += step;
	}
	free(before);
	return same && same * 2 >= before_count;
}

/* What a folder is called in the end. */
static const char *last_name(const struct folders *folders, struct arena *arena, const char *folder)
{
	for (const char *name; (name = map_get(&folders->renamed, folder)) != NULL;)
		folder = arena_printf(arena, "%.*s%s/", (int)parent_length(folder), folder, name);
	return folder;
}

/* gone is called as come from here on. If come had been renamed to gone before, that rename is undone. */
static void rename_folder(struct folders *folders, struct arena *arena, const char *gone, const char *come)
{
	size_t parent = parent_length(come);
	map_put(&folders->renamed, gone, NULL);
	if (strcmp(last_name(folders, arena, come), gone) == 0)
		map_put(&folders->renamed, come, NULL);
	map_put(&folders->renamed, gone, arena_strndup(arena, come + parent, strlen(come) - parent - 1));
}

/* The renames among the folder changes [from, to) of one commit. */
static void take_commit(struct folders *folders, struct arena *arena, const struct history *history, size_t from,
                        size_t to)
{
	uint32_t commit = history->folders[from].commit;
	size_t first;
	bisect(first, history->change_count, history->changes[first].commit < commit);
	size_t last = first;
	while (last < history->change_count && history->changes[last].commit == commit)
		last++;
	for (size_t i = from; i < to; i++) {
		const struct history_folder *gone = &history->folders[i];
		if (gone->added || depth_of(gone->path) > 3 || history_tip_has(history, gone->path))
			continue;
		for (size_t j = from; j < to; j++) {
			const struct history_folder *come = &history->folders[j];
			if (!come->added || come->parent != gone->parent || !are_siblings(gone->path, come->path) ||
			    !is_rename(history, first, last, gone, come))
				continue;
			rename_folder(folders, arena, gone->path, come->path);
			break;
		}
	}
}

void folders_find_renamed(struct folders *folders, struct arena *arena, const struct history *history)
{
	map_init(&folders->renamed, arena);
	for (size_t from = 0, to; from < history->folder_count; from = to) {
		for (to = from; to < history->folder_count; to++)
			if (history->folders[to].commit != history->folders[from].commit)
				break;
		take_commit(folders, arena, history, from, to);
	}
}

static bool ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);
	return len > end_len && strcmp(text + len - end_len, end) == 0;
}

static bool is_record_file(const char *contract, const char *type, bool in_folder)
{
	return strcmp(contract, "calendar") != 0 && strcmp(contract, "schema") != 0 &&
	       (in_folder || strcmp(type, "contract") != 0);
}

bool folders_place(const struct folders *folders, struct arena *arena, const char *path, const char **contract,
                   const char **type)
{
	if (strncmp(path, ROOT, strlen(ROOT)) != 0 || !(ends_in(path, ".csv") || ends_in(path, ".json")))
		return false;
	const char *name = path + strlen(ROOT), *slash = strchr(name, '/');
	if (!slash)
		return false;
	const char *rest = slash + 1, *end = strchr(rest, '/');
	bool in_folder = end != NULL;
	if (!end)
		end = strrchr(rest, '.');
	*contract = arena_strndup(arena, name, (size_t)(slash - name));
	*type = arena_strndup(arena, rest, (size_t)(end - rest));
	if (!is_record_file(*contract, *type, in_folder))
		return false;
	for (;;) {
		const char *folder = arena_printf(arena, "%s%s/%s/", ROOT, *contract, *type);
		const char *renamed = map_get(&folders->renamed, folder);
		if (renamed) {
			*type = renamed;
			continue;
		}
		renamed = map_get(&folders->renamed, arena_printf(arena, "%s%s/", ROOT, *contract));
		if (!renamed)
			break;
		*contract = renamed;
	}
	return true;
}
