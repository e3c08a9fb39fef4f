#include "site/kb_history.h"

#include "source/history.h"

struct kb_history *kb_history_read(struct arena *arena, const struct repository *repository, const char *commit,
                                   struct diags *diags)
{
	struct history *history = history_read(repository, commit, "kb", NULL, diags);
	if (!history)
		return NULL;
	struct kb_history *kb = arena_alloc(arena, sizeof *kb);
	map_init(&kb->by_path, arena);
	for (size_t i = 0; i < history->change_count; i++) {
		const struct history_change *change = &history->changes[i];
		const struct commit *facts = &history->commits[change->commit].facts;
		const char *path = history->paths[change->path];
		struct revisions *revisions = map_get(&kb->by_path, path);
		if (facts->parent_count > 1)
			continue;
		if (!revisions)
			map_put(&kb->by_path, path, revisions = arena_alloc(arena, sizeof *revisions));
		struct revision revision = { arena_strdup(arena, facts->id), arena_strdup(arena, facts->author.name),
			                     arena_strdup(arena, facts->subject), facts->committer.at };
		arena_push(arena, revisions->items, revisions->count, revisions->capacity, revision);
	}
	history_free(history);
	return kb;
}
