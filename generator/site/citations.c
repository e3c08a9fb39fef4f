#include "site/citations.h"

struct citations *citations_gather(struct arena *arena, struct ledger *const *ledgers, size_t count,
                                   const struct knowledge *knowledge, struct diags *diags)
{
	static const char *const types[] = { "incidents", "requests" };
	enum { TYPES = sizeof types / sizeof *types };
	struct citations *citations = arena_alloc(arena, sizeof *citations);
	map_init(&citations->by_path, arena);
	for (size_t i = 0; i < count * TYPES; i++) {
		const struct record_list *records = ledger_records(ledgers[i / TYPES], types[i % TYPES]);
		for (size_t j = 0; j < records->count; j++) {
			struct knowledge_list cited = knowledge_cited(arena, knowledge, records->items[j], diags);
			for (size_t k = 0; k < cited.count; k++) {
				struct record_list *list = map_get(&citations->by_path, cited.items[k]->path);
				if (!list)
					map_put(&citations->by_path, cited.items[k]->path,
					        list = arena_alloc(arena, sizeof *list));
				arena_push(arena, list->items, list->count, list->capacity, records->items[j]);
			}
		}
	}
	return citations;
}

struct record_list citations_of(const struct citations *citations, const char *path)
{
	const struct record_list *list = map_get(&citations->by_path, path);
	return list ? *list : (struct record_list){ 0 };
}
