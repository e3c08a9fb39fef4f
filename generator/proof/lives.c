#include "proof/lives.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/bisect.h"

/* Room for one more item in a growing array that is not in an arena. */
#define GROW(items, count, capacity)                                                                                   \
	((count) < (capacity)                                                                                          \
	     ? (items)                                                                                                 \
	     : ((capacity) = (capacity) ? (capacity)*2 : 1024, xreallocarray((items), (capacity), sizeof *(items))))

struct life_block {
	_Atomic(struct life *) lives; /* NULL until one of them is asked for */
};

void lives_init(struct lives *lives, const struct past *past, const struct history *history)
{
	*lives = (struct lives){ .arena = arena_new(), .past = past, .history = history };
	pthread_mutex_init(&lives->loading, NULL);
	lives->known = lives->count = past ? past->life_count : 0;
	lives->blocks = xcalloc(lives->known / PAST_BLOCK + 1, sizeof *lives->blocks);
}

void lives_free(struct lives *lives)
{
	if (!lives->arena)
		return;
	free(lives->blocks);
	free(lives->items);
	free(lives->before);
	free(lives->slots);
	free(lives->events);
	free(lives->doubts);
	pthread_mutex_destroy(&lives->loading);
	arena_free(lives->arena);
}

/* The hash stands beside the number, so that a lookup touches the life itself only to confirm. */
struct life_slot {
	uint32_t life; /* index among the new ones + 1; 0 is free */
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
		const struct life *life = &lives->items[lives->slots[at].life - 1];
		if (lives->slots[at].hash == hash && life->group == group && strcmp(life->id, id) == 0)
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

static int life_order(const struct life *a, const struct life *b)
{
	/* Of one group they share the very text. */
	int order = a->contract == b->contract ? 0 : strcmp(a->contract, b->contract);
	if (!order && a->type != b->type)
		order = strcmp(a->type, b->type);
	return order ? order : strcmp(a->id, b->id);
}

/* How the known life of that number stands to a name. */
static int known_order(const struct lives *lives, size_t number, const struct life *name)
{
	struct life known = past_name(lives->past, number);
	return life_order(&known, name);
}

/* How many of the known lives come before a name. */
static size_t known_before(const struct lives *lives, const struct life *name)
{
	size_t number;
	bisect(number, lives->known, known_order(lives, number, name) < 0);
	return number;
}

/* The number of the known life of that name; false when there is none. */
static bool find_known(const struct lives *lives, const struct life *name, size_t *number)
{
	*number = known_before(lives, name);
	return *number < lives->known && known_order(lives, *number, name) == 0;
}

uint32_t lives_number(struct lives *lives, uint32_t group, const char *contract, const char *type, const char *id)
{
	struct life life = { .contract = contract, .type = type, .id = id, .group = group };
	size_t known, number = lives->count - lives->known;
	if (find_known(lives, &life, &known))
		return (uint32_t)known;
	if (number * 2 >= lives->slot_count)
		grow_slots(lives);
	uint32_t hash = hash_of(group, id);
	struct life_slot *slot = find_slot(lives, group, id, hash);
	if (!slot->life) {
		life.id = arena_strdup(lives->arena, id);
		lives->items = GROW(lives->items, number, lives->capacity);
		lives->items[number] = life;
		lives->count++;
		*slot = (struct life_slot){ (uint32_t)number + 1, hash };
	}
	return (uint32_t)lives->known + slot->life - 1;
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

/* Puts each new life at the place that places says, which it uses up. In place: a second array
 * would be the largest of all. */
static void move_lives(struct lives *lives, uint32_t *places)
{
	for (size_t i = 0; i < lives->count - lives->known; i++) {
		while (places[i] != i) {
			uint32_t to = places[i];
			struct life life = lives->items[i];
			lives->items[i] = lives->items[to];
			lives->items[to] = life;
			places[i] = places[to];
			places[to] = to;
		}
	}
}

static void renumber(const struct lives *lives, const uint32_t *places, struct event *event)
{
	if (event->life >= lives->known)
		event->life = (uint32_t)lives->known + places[event->life - lives->known];
}

/* Numbers the new lives by name, and finds where among the known ones they come. */
static void sort_lives(struct lives *lives)
{
	size_t count = lives->count - lives->known;
	const struct life **order = xcalloc(count, sizeof *order);
	uint32_t *places = xcalloc(count, sizeof *places);
	for (size_t i = 0; i < count; i++)
		order[i] = &lives->items[i];
	if (count)
		qsort(order, count, sizeof(const struct life *), by_name);
	for (size_t i = 0; i < count; i++)
		places[order[i] - lives->items] = (uint32_t)i;
	free(order);
	for (size_t i = 0; i < lives->event_count; i++)
		renumber(lives, places, &lives->events[i]);
	for (size_t i = 0; i < lives->doubt_count; i++)
		renumber(lives, places, &lives->doubts[i].event);
	move_lives(lives, places);
	free(places);
	if (lives->known)
		lives->before = xcalloc(count, sizeof *lives->before);
	for (size_t i = 0; lives->known && i < count; i++)
		lives->before[i] = (uint32_t)known_before(lives, &lives->items[i]);
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
	if (!new)
		return;
	struct event *added = xreallocarray(NULL, new, sizeof *added);
	memcpy(added, events + sorted, new * sizeof *added);
	qsort(added, new, sizeof *added, by_life);
	while (new) {
		size_t at;
		bisect(at, sorted, event_order(&events[at], &added[new - 1]) < 0);
		to -= sorted - at;
		memmove(events + to, events + at, (sorted - at) * sizeof *events);
		sorted = at;
		events[--to] = added[--new];
	}
	free(added);
}

/* The events of a known life and new ones in one row. */
static struct event *join_events(const struct lives *lives, const struct life *life, const struct event *new,
                                 size_t count)
{
	struct event *events = arena_alloc(lives->arena, (life->event_count + count) * sizeof *events);
	memcpy(events, life->events, life->event_count * sizeof *events);
	if (count)
		memcpy(events + life->event_count, new, count * sizeof *events);
	qsort(events, life->event_count + count, sizeof *events, by_life);
	return events;
}

/* Sorts the events of a known life again: commits that came by a merge may stand between those that were known. */
static void restore_order(const struct lives *lives, struct life *life)
{
	bool sorted = true;
	for (size_t i = 1; i < life->event_count; i++)
		sorted &= event_order(&life->events[i - 1], &life->events[i]) < 0;
	if (!sorted)
		life->events = join_events(lives, life, NULL, 0);
}

/* The life of that number, which may be changed while lives are settled. */
static struct life *life_at(struct lives *lives, size_t number)
{
	if (number >= lives->known)
		return &lives->items[number - lives->known];
	size_t block = number / PAST_BLOCK;
	struct life *loaded = atomic_load_explicit(&lives->blocks[block].lives, memory_order_acquire);
	if (loaded)
		return &loaded[number % PAST_BLOCK];
	pthread_mutex_lock(&lives->loading);
	loaded = atomic_load_explicit(&lives->blocks[block].lives, memory_order_relaxed);
	if (!loaded) {
		loaded = past_block(lives->past, block, lives->history, lives->arena);
		for (size_t i = 0; i < PAST_BLOCK && block * PAST_BLOCK + i < lives->known; i++)
			restore_order(lives, &loaded[i]);
		atomic_store_explicit(&lives->blocks[block].lives, loaded, memory_order_release);
	}
	pthread_mutex_unlock(&lives->loading);
	return &loaded[number % PAST_BLOCK];
}

const struct life *lives_at(struct lives *lives, size_t number)
{
	return life_at(lives, number);
}

const struct life *lives_in_order(struct lives *lives, size_t index)
{
	if (!lives->known)
		return &lives->items[index];
	size_t at, count = lives->count - lives->known;
	bisect(at, count, lives->before[at] + at < index);
	return life_at(lives, at < count && lives->before[at] + at == index ? lives->known + at : index - at);
}

const struct life *lives_find(struct lives *lives, const char *contract, const char *type, const char *id)
{
	const struct life name = { .contract = contract, .type = type, .id = id };
	size_t known, at, count = lives->count - lives->known;
	if (find_known(lives, &name, &known))
		return life_at(lives, known);
	bisect(at, count, life_order(&lives->items[at], &name) < 0);
	return at < count && life_order(&lives->items[at], &name) == 0 ? &lives->items[at] : NULL;
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

/* Whether one of the known events of the doubt's life explains it, or one of the first sorted new ones. */
static bool is_explained(struct lives *lives, size_t sorted, const struct doubt *doubt)
{
	uint32_t number = doubt->event.life;
	if (number < lives->known) {
		const struct life *life = life_at(lives, number);
		for (size_t i = 0; i < life->event_count; i++)
			if (explains(lives->history, &life->events[i], doubt))
				return true;
	}
	size_t at;
	bisect(at, sorted, lives->events[at].life < number);
	for (; at < sorted && lives->events[at].life == number; at++)
		if (explains(lives->history, &lives->events[at], doubt))
			return true;
	return false;
}

/* Which merges dropped records that no line had removed: those doubts become events. Parents'
 * merges come first, since a removal there explains a later one's. */
static void settle_doubts(struct lives *lives)
{
	size_t sorted = lives->event_count, kept = 0, first = 0; /* doubts[first, kept): kept, of the life at hand */
	if (lives->doubt_count)
		qsort(lives->doubts, lives->doubt_count, sizeof *lives->doubts, doubt_by_life);
	for (size_t i = 0; i < lives->doubt_count; i++) {
		const struct doubt doubt = lives->doubts[i];
		if (kept && lives->doubts[kept - 1].event.life != doubt.event.life)
			first = kept;
		bool explained = is_explained(lives, sorted, &doubt);
		for (size_t k = first; k < kept && !explained; k++)
			explained = explains(lives->history, &lives->doubts[k].event, &doubt);
		if (!explained)
			lives->doubts[kept++] = doubt;
	}
	for (size_t i = 0; i < kept; i++)
		lives_add_event(lives, lives->doubts[i].event);
	merge_events(lives, sorted);
}

/* Marks what an earlier commit behind this one had removed. */
static void mark_returns(const struct history *history, struct event *events, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t e = i; events[i].change == CHANGE_ADDED && e > 0 && !events[i].again; e--)
			events[i].again = events[e - 1].change == CHANGE_REMOVED &&
			                  history_reaches(history, commit_index(history, &events[i]),
			                                  commit_index(history, &events[e - 1]));
}

/* Hands the new events to their lives. */
static void hand_out(struct lives *lives)
{
	for (size_t from = 0, to; from < lives->event_count; from = to) {
		uint32_t number = lives->events[from].life;
		for (to = from; to < lives->event_count && lives->events[to].life == number;)
			to++;
		struct life *life = life_at(lives, number);
		struct event *events = &lives->events[from];
		if (number < lives->known)
			events = join_events(lives, life, events, to - from);
		life->events = events;
		life->event_count += (uint32_t)(to - from);
		mark_returns(lives->history, events, life->event_count);
	}
}

void lives_settle(struct lives *lives)
{
	free(lives->slots); /* from here on, lives are found by their order */
	lives->slots = NULL;
	lives->slot_count = 0;
	sort_lives(lives);
	if (lives->event_count)
		qsort(lives->events, lives->event_count, sizeof *lives->events, by_life);
	settle_doubts(lives);
	hand_out(lives);
}
