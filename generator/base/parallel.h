/* Work that is spread over the processors.
 *
 * What is asked of a run never depends on how many processors there are: each
 * piece of work writes only what is its own, or into what its header says may
 * be shared: diagnostics and the output set. */
#ifndef OPSLEDGER_BASE_PARALLEL_H
#define OPSLEDGER_BASE_PARALLEL_H

#include <pthread.h>
#include <stddef.h>

/* How much of a long row of work makes one piece. Tests are built with SMALL_PIECES too, so that what is found
 * hangs together across pieces even where there is little. */
#ifdef SMALL_PIECES
#define PIECE(size) 3
#else
#define PIECE(size) (size)
#endif

/* How many pieces may be worked on at once: the processors that this process may use. */
size_t parallel_lanes(void);

/* Calls work once for every index below count, in no order, and returns when
 * all are done. Calls with the same lane, below parallel_lanes(), never overlap,
 * so a lane may have tools of its own. */
void parallel_for(size_t count, void (*work)(size_t index, size_t lane, void *context), void *context);

/* The same with at most so many lanes, for work whose lanes each hold much. */
void parallel_for_few(size_t lanes, size_t count, void (*work)(size_t index, size_t lane, void *context),
                      void *context);

/* Turns, for work whose outcome must not depend on who is first: pieces go on one at a time, in the order of
 * their indexes, while others are still at what comes before. Each piece has to pass its turn on; lanes are
 * given pieces in order, so the one whose turn it is is always at work. */
struct turns {
	pthread_mutex_t lock;
	pthread_cond_t passed;
	size_t next;
};
void turns_init(struct turns *turns);
void turns_free(struct turns *turns);
/* Returns when it is the turn of index, which lasts until it is passed on. */
void turns_wait(struct turns *turns, size_t index);
/* Waits for the turn first, if need be. */
void turns_pass(struct turns *turns, size_t index);

/* Takes a lock that others hold for some microseconds at a time: asks again for a while before it sleeps, as
 * falling asleep and being woken take longer than such a wait. */
void lock_briefly(pthread_mutex_t *lock);

#endif
