/* Lives while they are gathered: events come in any order, sorted lives go out.
 *
 * Those that an earlier run kept come first in number and stay where they are; they are read when they are asked
 * for, so what most of them cost is nothing. */
#ifndef OPSLEDGER_PROOF_LIVES_H
#define OPSLEDGER_PROOF_LIVES_H

#include "proof/past.h"

/* A removal that a merge perhaps made: see one_sided of struct difference. */
struct doubt {
	uint32_t present_in, absent_in; /* the two parents' commits */
	struct event event;
};

struct lives {
	size_t count; /* numbers are below it */

	/* private */
	struct arena *arena;
	const struct past *past; /* or NULL */
	const struct history *history;
	size_t known;              /* that came from the past: the first ones */
	struct life_block *blocks; /* of those */
	pthread_mutex_t loading;
	struct life *items; /* the new ones, numbered from known on */
	size_t capacity;
	uint32_t *before; /* how many known ones come before each new one; NULL when none are known */
	struct life_slot *slots;
	size_t slot_count;
	struct event *events; /* that are new */
	size_t event_count, event_capacity;
	struct doubt *doubts;
	size_t doubt_count, doubt_capacity;
};

/* past: an earlier run's that the history was read with, or NULL; both have to outlive the lives. */
void lives_init(struct lives *lives, const struct past *past, const struct history *history);
void lives_free(struct lives *lives);

/* The number of a life, which is made when it is new; contract and type are borrowed. */
uint32_t lives_number(struct lives *lives, uint32_t group, const char *contract, const char *type, const char *id);
void lives_add_event(struct lives *lives, struct event event);
void lives_add_doubt(struct lives *lives, struct doubt doubt);

/* Settles the doubts, sorts lives by name and events by life and commit, and
 * marks what came back. Nothing may be added afterwards, and what follows may be asked, by threads at the same time. */
void lives_settle(struct lives *lives);

/* The life of that number, as events have it. */
const struct life *lives_at(struct lives *lives, size_t number);
/* The life at index by name. */
const struct life *lives_in_order(struct lives *lives, size_t index);
/* NULL when there is none. */
const struct life *lives_find(struct lives *lives, const char *contract, const char *type, const char *id);

#endif
