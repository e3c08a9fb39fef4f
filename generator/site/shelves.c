#include "site/shelves.h"

#include <string.h>

static const char *const titles[] = { "手册", "巡检记录", "案例", "故障记录", "应急预案", "问答", "其他" };

enum { TITLE_COUNT = sizeof titles / sizeof *titles, OTHERS = TITLE_COUNT - 1 };

static size_t shelf_of(const struct article *article)
{
	size_t shelf = 0;
	while (shelf < OTHERS && strcmp(titles[shelf], article->kind) != 0)
		shelf++;
	return shelf;
}

struct shelves *shelves_of(struct arena *arena, const struct articles *articles)
{
	struct shelves *shelves = arena_alloc(arena, sizeof *shelves);
	size_t *numbers = arena_alloc(arena, (articles->count + 1) * sizeof *numbers), placed = 0;
	shelves->articles = arena_alloc(arena, (articles->count + 1) * sizeof *shelves->articles);
	shelves->items = arena_alloc(arena, TITLE_COUNT * sizeof *shelves->items);
	for (size_t i = 0; i < articles->count; i++)
		numbers[i] = shelf_of(&articles->items[i]);
	for (size_t number = 0; number < TITLE_COUNT; number++) {
		struct shelf shelf = { .title = titles[number], .items = shelves->articles + placed };
		for (size_t i = 0; i < articles->count; i++)
			if (numbers[i] == number)
				shelves->articles[placed++] = &articles->items[i];
		shelf.count = (size_t)(shelves->articles + placed - shelf.items);
		if (shelf.count > 0)
			shelves->items[shelves->count++] = shelf;
	}
	return shelves;
}

const struct article *shelves_before(const struct shelves *shelves, size_t index)
{
	const struct article *const *at = shelves->articles + index;
	for (size_t i = 0; i < shelves->count; i++)
		if (shelves->items[i].items == at)
			return NULL;
	return at[-1];
}

const struct article *shelves_behind(const struct shelves *shelves, size_t index)
{
	const struct article *const *next = shelves->articles + index + 1;
	for (size_t i = 0; i < shelves->count; i++)
		if (shelves->items[i].items + shelves->items[i].count == next)
			return NULL;
	return *next;
}
