/* Lives while they are gathered: events come in any order, sorted lives go out. */
#ifndef OPSLEDGER_PROOF_LIVES_H
#define OPSLEDGER_PROOF_LIVES_H

#include "proof/provenance.h"

/* A removal that a merge perhaps made: see one_sided of struct difference. */
struct doubt {
	uint32_t present_in, absent_in; /* the two parents' commits */
	struct event event;
};

struct lives {
	struct arena *arena; /* of the ids */
	struct life *items;
	uint32_t *groups; /* by life: number of its contract and type */
	size_t count, capacity;
	size_t known;            /* that came from the past, the first ones: sorted, as their events are */
	size_t sorted;           /* as many of the first ones are sorted by name */
	struct life_slot *slots; /* private */
	size_t slot_count;
	struct event *events;
	size_t event_count, event_capacity;
	size_t known_events; /* of the known lives, the first ones */
	struct doubt *doubts;
	size_t doubt_count, doubt_capacity;
};

/* All zero but for the arena to begin with. */
void lives_free(struct lives *lives);

/* Makes room for that many lives and events, and some more. */
void lives_reserve(struct lives *lives, size_t count, size_t event_count);

/* The number of a life, which is made when it is new; contract and type are borrowed. */
uint32_t lives_number(struct lives *lives, uint32_t group, const char *contract, const char *type, const char *id);
/* The life, once all is settled; or NULL. */
const struct life *lives_find(const struct lives *lives, const char *contract, const char *type, const char *id);

void lives_add_event(struct lives *lives, struct event event);
void lives_add_doubt(struct lives *lives, struct doubt doubt);

/* Settles the doubts, sorts lives by name and events by life and commit, and
 * marks what came back. Nothing may be added afterwards. */
void lives_settle(struct lives *lives, const struct history *history);

#endif
