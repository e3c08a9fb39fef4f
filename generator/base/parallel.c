#define _GNU_SOURCE /* sched_getaffinity */
#include "base/parallel.h"

#include <sched.h>
#include <stdatomic.h>

#include "base/memory.h"

enum { MOST_LANES = 64, MOST_TRIES = 1000 };

struct crew {
	size_t count;
	atomic_size_t next;
	void (*work)(size_t index, size_t lane, void *context);
	void *context;
};

struct hand {
	struct crew *crew;
	size_t lane;
	pthread_t thread;
};

size_t parallel_lanes(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) != 0)
		return 1;
	int count = CPU_COUNT(&set);
	return count < MOST_LANES ? (size_t)count : MOST_LANES;
}

static void *labour(void *context)
{
	struct hand *hand = context;
	struct crew *crew = hand->crew;
	for (size_t index; (index = atomic_fetch_add(&crew->next, 1)) < crew->count;)
		crew->work(index, hand->lane, crew->context);
	return NULL;
}

void parallel_for(size_t count, void (*work)(size_t index, size_t lane, void *context), void *context)
{
	parallel_for_few(MOST_LANES, count, work, context);
}

void parallel_for_few(size_t lanes, size_t count, void (*work)(size_t index, size_t lane, void *context), void *context)
{
	struct crew crew = { .count = count, .work = work, .context = context };
	struct hand hands[MOST_LANES] = { { .crew = &crew } };
	size_t processors = parallel_lanes(), others = 1;
	for (; others < lanes && others < processors && others < count; others++) {
		hands[others] = (struct hand){ .crew = &crew, .lane = others };
		if (pthread_create(&hands[others].thread, NULL, labour, &hands[others]) != 0)
			break; /* with fewer hands, then */
	}
	labour(&hands[0]);
	for (size_t i = 1; i < others; i++)
		if (pthread_join(hands[i].thread, NULL) != 0)
			die("a thread cannot be joined");
}

void lock_briefly(pthread_mutex_t *lock)
{
	for (int tries = 0; tries < MOST_TRIES; tries++) {
		if (pthread_mutex_trylock(lock) == 0)
			return;
		sched_yield();
	}
	pthread_mutex_lock(lock);
}

void turns_init(struct turns *turns)
{
	pthread_mutex_init(&turns->lock, NULL);
	pthread_cond_init(&turns->passed, NULL);
	turns->next = 0;
}

void turns_free(struct turns *turns)
{
	pthread_cond_destroy(&turns->passed);
	pthread_mutex_destroy(&turns->lock);
}

void turns_wait(struct turns *turns, size_t index)
{
	pthread_mutex_lock(&turns->lock);
	while (turns->next != index)
		pthread_cond_wait(&turns->passed, &turns->lock);
	pthread_mutex_unlock(&turns->lock);
}

void turns_pass(struct turns *turns, size_t index)
{
	turns_wait(turns, index);
	pthread_mutex_lock(&turns->lock);
	turns->next++;
	pthread_cond_broadcast(&turns->passed);
	pthread_mutex_unlock(&turns->lock);
}
