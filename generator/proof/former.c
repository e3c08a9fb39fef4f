#include "proof/former.h"

#include <string.h>

const char *former_contract(struct arena *arena, const struct provenance *provenance, const char *contract,
                            const bool *behind)
{
	static const char root[] = "records/";
	const struct event *last = NULL;
	for (size_t i = 0; i < provenance->life_count; i++) {
		const struct life *life = provenance_life(provenance, i);
		for (size_t e = 0; strcmp(life->contract, contract) == 0 && e < life->event_count; e++)
			if (behind[life->events[e].commit - provenance->history->commits] &&
			    (!last || life->events[e].commit > last->commit))
				last = &life->events[e];
	}
	if (!last || strncmp(last->path, root, strlen(root)) != 0)
		return contract;
	const char *folder = last->path + strlen(root);
	return arena_strndup(arena, folder, strcspn(folder, "/"));
}
