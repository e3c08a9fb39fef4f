/* Work that is spread over the processors.
 *
 * What is asked of a run never depends on how many processors there are: each
 * piece of work writes only what is its own, or into what its header says may
 * be shared: diagnostics and the output set. */
#ifndef OPSLEDGER_BASE_PARALLEL_H
#define OPSLEDGER_BASE_PARALLEL_H

#include <pthread.h>
#include <stddef.h>

/* How many pieces may be worked on at once: the processors that this process may use. */
size_t parallel_lanes(void);

/* Calls work once for every index below count, in no order, and returns when
 * all are done. Calls with the same lane, below parallel_lanes(), never overlap,
 * so a lane may have tools of its own. */
void parallel_for(size_t count, void (*work)(size_t index, size_t lane, void *context), void *context);

/* Takes a lock that others hold for some microseconds at a time: asks again for a while before it sleeps, as
 * falling asleep and being woken take longer than such a wait. */
void lock_briefly(pthread_mutex_t *lock);

#endif
