#include <string.h>

#include "rules/figures.h"

/* What a record's text counts under: the contract's id where it names it. */
static struct tally_row row_for(const struct ledger *ledger, const struct record *record, const char *field)
{
	const char *text = record_text(record, field);
	if (strcmp(field, "system") == 0) {
		const struct system *system = ledger_system(ledger, record);
		if (system)
			return (struct tally_row){ system->id, system->name, 0 };
	} else if (strcmp(field, "level") == 0) {
		const struct level *level = contract_level(ledger->contract, text);
		if (level)
			return (struct tally_row){ level->id, level->name, 0 };
	}
	return (struct tally_row){ text ? text : "", text ? text : "", 0 };
}

static void count_in(struct tally *tally, struct map *by_id, struct tally_row row, size_t by, struct arena *arena)
{
	size_t *index = map_get(by_id, row.id);
	if (!index) {
		index = arena_alloc(arena, sizeof *index);
		*index = tally->count;
		map_put(by_id, row.id, index);
		arena_push(arena, tally->items, tally->count, tally->capacity, row);
	}
	tally->items[*index].count += by;
}

struct tally tally_by(const struct ledger *ledger, const struct record_list *list, const char *field,
                      struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct tally tally = { .count = 0 };
	struct map by_id;
	map_init(&by_id, arena);
	for (size_t i = 0; strcmp(field, "level") == 0 && i < contract->level_count; i++)
		count_in(&tally, &by_id, (struct tally_row){ contract->levels[i].id, contract->levels[i].name, 0 }, 0,
		         arena);
	for (size_t i = 0; strcmp(field, "system") == 0 && i < contract->system_count; i++)
		count_in(&tally, &by_id, (struct tally_row){ contract->systems[i].id, contract->systems[i].name, 0 }, 0,
		         arena);
	for (size_t i = 0; i < list->count; i++)
		count_in(&tally, &by_id, row_for(ledger, list->items[i], field), 1, arena);
	return tally;
}
