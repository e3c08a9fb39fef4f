/* The inside of provenance, for the files that make it. */
#ifndef OPSLEDGER_PROOF_PROVENANCE_STORE_H
#define OPSLEDGER_PROOF_PROVENANCE_STORE_H

#include <pthread.h>

#include "proof/folders.h"
#include "proof/lives.h"
#include "proof/past.h"

enum { NO_GROUP = UINT32_MAX };

/* The records of one type in one contract. */
struct group {
	const char *contract, *type;
	struct written_type rows;
};

/* Rows of a commit that touched more than one file of a group: they wait until all are read. */
struct waiting {
	uint32_t commit, group;
	struct side side;
};

struct provenance_store {
	struct provenance provenance;
	struct arena *arena;
	struct history *history;
	pthread_mutex_t reading;      /* rows again, which keeps what was read of the history */
	struct history_reader *blobs; /* for that; NULL until it is needed */
	struct folders folders;
	struct group *groups;
	size_t group_count, group_capacity;
	struct map group_numbers; /* "CONTRACT/TYPE" → its number, uint32_t */
	uint32_t *path_groups;    /* by path: group or NO_GROUP */
	struct lives lives;
	struct past *past; /* what an earlier run found; or NULL */
	bool looks_back;   /* the commit asked about is one that the earlier run knew */
	struct waiting *waiting;
	size_t waiting_count, waiting_capacity;
};

/* Reads what the changes of the history did to records, and adds it to the lives.
 * False after a diagnostic. */
bool provenance_read_changes(struct provenance_store *store, struct diags *diags);

#endif
