#include "proof/lives.h"

#include <stdlib.h>
#include <string.h>

/* Room for one more item in a growing array that is not in an arena. */
#define GROW(items, count, capacity)                                                                                   \
	((count) < (capacity)                                                                                          \
	     ? (items)                                                                                                 \
	     : ((capacity) = (capacity) ? (capacity)*2 : 1024, xreallocarray((items), (capacity), sizeof *(items))))

void lives_free(struct lives *lives)
{
	free(lives->items);
	free(lives->groups);
	free(lives->slots);
	free(lives->events);
	free(lives->doubts);
}

/* The hash stands beside the number, so that a lookup touches the life itself only to confirm. */
struct life_slot {
	uint32_t life; /* number + 1; 0 is free */
	uint32_t hash;
};

static uint32_t hash_of(uint32_t group, const char *id)
{
	uint64_t hash = 0xcbf29ce484222325u ^ group; /* FNV-1a */
	for (; *id; id++)
		hash = (hash ^ (unsigned char)*id) * 0x100000001b3u;
	return (uint32_t)(hash ^ hash >> 32);
}

static struct life_slot *find_slot(const struct lives *lives, uint32_t group, const char *id, uint32_t hash)
{
	size_t at = hash & (lives->slot_count - 1);
	for (; lives->slots[at].life; at = (at + 1) & (lives->slot_count - 1)) {
		uint32_t life = lives->slots[at].life - 1;
		if (lives->slots[at].hash == hash && lives->groups[life] == group &&
		    strcmp(lives->items[life].id, id) == 0)
			break;
	}
	return &lives->slots[at];
}

/* Puts a slot where there is room. */
static void place_slot(struct lives *lives, struct life_slot slot)
{
	size_t at = slot.hash & (lives->slot_count - 1);
	while (lives->slots[at].life)
		at = (at + 1) & (lives->slot_count - 1);
	lives->slots[at] = slot;
}

static void grow_slots(struct lives *lives)
{
	struct life_slot *old = lives->slots;
	size_t old_count = lives->slot_count;
	lives->slot_count = old_count ? old_count * 2 : 1024;
	lives->slots = xcalloc(lives->slot_count, sizeof *lives->slots);
	for (size_t i = 0; i < old_count; i++)
		if (old[i].life)
			place_slot(lives, old[i]);
	free(old);
}

void lives_reserve(struct lives *lives, size_t count, size_t event_count)
{
	lives->capacity = count + count / 8 + 1024;
	lives->event_capacity = event_count + event_count / 8 + 1024;
	lives->items = xreallocarray_large(lives->items, lives->capacity, sizeof *lives->items);
	lives->groups = xreallocarray_large(lives->groups, lives->capacity, sizeof *lives->groups);
	lives->events = xreallocarray_large(lives->events, lives->event_capacity, sizeof *lives->events);
}

static int life_order(const struct life *a, const struct life *b)
{
	/* Of one group they share the very text. */
	int order = a->contract == b->contract ? 0 : strcmp(a->contract, b->contract);
	if (!order && a->type != b->type)
		order = strcmp(a->type, b->type);
	return order ? order : strcmp(a->id, b->id);
}

/* The number of the first sorted lives that come before life. */
static size_t lives_before(const struct lives *lives, size_t sorted, const struct life *life)
{
	size_t low = 0, high = sorted;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (life_order(&lives->items[middle], life) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The number of the sorted life of that name; count when there is none. */
static size_t find_sorted(const struct lives *lives, const struct life *life)
{
	size_t at = lives_before(lives, lives->sorted, life);
	return at < lives->sorted && life_order(&lives->items[at], life) == 0 ? at : lives->count;
}

uint32_t lives_number(struct lives *lives, uint32_t group, const char *contract, const char *type, const char *id)
{
	struct life life = { .contract = contract, .type = type, .id = id };
	size_t sorted = find_sorted(lives, &life);
	if (sorted < lives->count)
		return (uint32_t)sorted;
	if ((lives->count - lives->known) * 2 >= lives->slot_count)
		grow_slots(lives);
	uint32_t hash = hash_of(group, id);
	struct life_slot *slot = find_slot(lives, group, id, hash);
	if (!slot->life) {
		size_t capacity = lives->capacity;
		lives->items = GROW(lives->items, lives->count, lives->capacity);
		lives->groups = GROW(lives->groups, lives->count, capacity);
		lives->groups[lives->count] = group;
		lives->items[lives->count++] =
		    (struct life){ .contract = contract, .type = type, .id = arena_strdup(lives->arena, id) };
		*slot = (struct life_slot){ (uint32_t)lives->count, hash };
	}
	return slot->life - 1;
}

const struct life *lives_find(const struct lives *lives, const char *contract, const char *type, const char *id)
{
	size_t at = find_sorted(lives, &(struct life){ .contract = contract, .type = type, .id = id });
	return at < lives->count ? &lives->items[at] : NULL;
}

void lives_add_event(struct lives *lives, struct event event)
{
	lives->events = GROW(lives->events, lives->event_count, lives->event_capacity);
	event.sequence = (uint32_t)lives->event_count;
	lives->events[lives->event_count++] = event;
}

void lives_add_doubt(struct lives *lives, struct doubt doubt)
{
	lives->doubts = GROW(lives->doubts, lives->doubt_count, lives->doubt_capacity);
	lives->doubts[lives->doubt_count++] = doubt;
}

static int by_name(const void *left, const void *right)
{
	const struct life *const *a = left, *const *b = right;
	return life_order(*a, *b);
}

static void swap_lives(struct lives *lives, size_t a, size_t b)
{
	struct life life = lives->items[a];
	uint32_t group = lives->groups[a];
	lives->items[a] = lives->items[b];
	lives->groups[a] = lives->groups[b];
	lives->items[b] = life;
	lives->groups[b] = group;
}

/* Puts each life at the place that numbers says, which it uses up. In place: a second array
 * would be the largest of all. */
static void move_lives(struct lives *lives, uint32_t *numbers)
{
	for (size_t i = 0; i < lives->count; i++) {
		while (numbers[i] != i) {
			uint32_t to = numbers[i];
			swap_lives(lives, i, to);
			numbers[i] = numbers[to];
			numbers[to] = to;
		}
	}
}

/* The lives that are not sorted yet, in the order of their names. */
static const struct life **sort_new(const struct lives *lives)
{
	size_t count = lives->count - lives->sorted;
	const struct life **order = xcalloc(count, sizeof *order);
	for (size_t i = 0; i < count; i++)
		order[i] = &lives->items[lives->sorted + i];
	qsort(order, count, sizeof(const struct life *), by_name);
	return order;
}

static void renumber(struct lives *lives, const uint32_t *numbers)
{
	for (size_t i = 0; i < lives->event_count; i++)
		lives->events[i].life = numbers[lives->events[i].life];
	for (size_t i = 0; i < lives->doubt_count; i++)
		lives->doubts[i].event.life = numbers[lives->doubts[i].event.life];
}

/* Numbers the lives by name: each new one comes between two that are sorted. */
static void sort_lives(struct lives *lives)
{
	size_t count = lives->count, left = lives->sorted;
	if (left == count)
		return;
	const struct life **order = sort_new(lives);
	uint32_t *numbers = xcalloc(count, sizeof *numbers);
	for (size_t n = count - lives->sorted; n-- > 0;) {
		size_t before = lives_before(lives, left, order[n]);
		for (; left > before; left--)
			numbers[left - 1] = (uint32_t)(left + n);
		numbers[order[n] - lives->items] = (uint32_t)(left + n);
	}
	for (; left > 0; left--)
		numbers[left - 1] = (uint32_t)(left - 1);
	free(order);
	renumber(lives, numbers);
	move_lives(lives, numbers);
	lives->sorted = count;
	free(numbers);
}

static int event_order(const struct event *a, const struct event *b)
{
	if (a->life != b->life)
		return a->life < b->life ? -1 : 1;
	if (a->commit != b->commit)
		return a->commit < b->commit ? -1 : 1;
	return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

static int by_life(const void *left, const void *right)
{
	return event_order(left, right);
}

static int doubt_by_life(const void *left, const void *right)
{
	const struct doubt *a = left, *b = right;
	return event_order(&a->event, &b->event);
}

/* Merges the events behind the first sorted ones into those: whole runs move up at once. */
static void merge_events(struct lives *lives, size_t sorted)
{
	struct event *events = lives->events;
	size_t new = lives->event_count - sorted, to = lives->event_count;
	if (!sorted && new)
		qsort(events, new, sizeof *events, by_life);
	if (!sorted || !new)
		return;
	struct event *added = xreallocarray(NULL, new, sizeof *added);
	memcpy(added, events + sorted, new * sizeof *added);
	qsort(added, new, sizeof *added, by_life);
	while (new) {
		size_t low = 0, high = sorted;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (event_order(&events[middle], &added[new - 1]) < 0)
				low = middle + 1;
			else
				high = middle;
		}
		to -= sorted - low;
		memmove(events + to, events + low, (sorted - low) * sizeof *events);
		sorted = low;
		events[--to] = added[--new];
	}
	free(added);
}

/* Sorts the known events of each life again: commits that came by a merge may stand between those
 * that were known. */
static void restore_order(struct lives *lives)
{
	struct event *events = lives->events;
	for (size_t from = 0, to; from < lives->known_events; from = to) {
		bool sorted = true;
		for (to = from + 1; to < lives->known_events && events[to].life == events[from].life; to++)
			sorted &= event_order(&events[to - 1], &events[to]) < 0;
		if (!sorted)
			qsort(&events[from], to - from, sizeof *events, by_life);
	}
}

/* Sorts the events, of which the first ones are sorted already, and hands them to the lives. */
static void sort_events(struct lives *lives, size_t sorted)
{
	merge_events(lives, sorted);
	for (size_t from = 0, to; from < lives->event_count; from = to) {
		uint32_t life = lives->events[from].life;
		for (to = from; to < lives->event_count && lives->events[to].life == life;)
			to++;
		lives->items[life].events = &lives->events[from];
		lives->items[life].event_count = to - from;
	}
}

static uint32_t commit_index(const struct history *history, const struct event *event)
{
	return (uint32_t)(event->commit - history->commits);
}

/* Whether this removal is why the one parent has no record: it lies behind that parent, and not
 * behind the other. */
static bool explains(const struct history *history, const struct event *removal, const struct doubt *doubt)
{
	uint32_t commit = commit_index(history, removal);
	return removal->change == CHANGE_REMOVED && history_reaches(history, doubt->absent_in, commit) &&
	       !history_reaches(history, doubt->present_in, commit);
}

/* Which merges dropped records that no line had removed: those doubts become events. Parents'
 * merges come first, since a removal there explains a later one's. */
static void settle_doubts(struct lives *lives, const struct history *history)
{
	size_t kept = 0, first = 0; /* doubts[first, kept): kept, of the life at hand */
	if (lives->doubt_count)
		qsort(lives->doubts, lives->doubt_count, sizeof *lives->doubts, doubt_by_life);
	for (size_t i = 0; i < lives->doubt_count; i++) {
		const struct doubt doubt = lives->doubts[i];
		const struct life *life = &lives->items[doubt.event.life];
		if (kept && lives->doubts[kept - 1].event.life != doubt.event.life)
			first = kept;
		bool explained = false;
		for (size_t e = 0; e < life->event_count && !explained; e++)
			explained = explains(history, &life->events[e], &doubt);
		for (size_t k = first; k < kept && !explained; k++)
			explained = explains(history, &lives->doubts[k].event, &doubt);
		if (!explained)
			lives->doubts[kept++] = doubt;
	}
	size_t sorted = lives->event_count;
	for (size_t i = 0; i < kept; i++)
		lives_add_event(lives, lives->doubts[i].event);
	if (kept)
		sort_events(lives, sorted);
}

static void mark_returns(struct lives *lives, const struct history *history)
{
	for (size_t i = 1; i < lives->event_count; i++) {
		struct event *event = &lives->events[i];
		if (event->change != CHANGE_ADDED)
			continue;
		for (size_t e = i; e > 0 && lives->events[e - 1].life == event->life && !event->again; e--)
			event->again = lives->events[e - 1].change == CHANGE_REMOVED &&
			               history_reaches(history, commit_index(history, event),
			                               commit_index(history, &lives->events[e - 1]));
	}
}

void lives_settle(struct lives *lives, const struct history *history)
{
	if (!lives->count)
		return;
	free(lives->slots); /* from here on, lives are found by their order */
	lives->slots = NULL;
	lives->slot_count = 0;
	restore_order(lives);
	sort_lives(lives);
	sort_events(lives, lives->known_events);
	settle_doubts(lives, history);
	mark_returns(lives, history);
}
