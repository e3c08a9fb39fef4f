/* Provenance: the life of every record through all of history.
 *
 * A record is known by contract, type and id. That its row moved to another
 * place or file of its type, changed between CSV and JSON, or that its folder
 * was renamed, is no event. A record that a merge has as one of its parents has
 * it came by that parent: its events belong to the commits that made them. */
#ifndef OPSLEDGER_PROOF_PROVENANCE_H
#define OPSLEDGER_PROOF_PROVENANCE_H

#include "proof/difference.h"
#include "source/history.h"
#include "source/records.h"

struct event {
	enum change change;
	bool again; /* added: an earlier commit behind this one had removed it */
	uint32_t field_count;
	uint32_t moved;                    /* rows of the file that the commit put in another order */
	const struct field_change *fields; /* of a change; see provenance_fields for the others */
	const struct history_commit *commit;
	const char *path;      /* of the file, in the commit; of a removed record, before it */
	uint32_t life;         /* private, as what follows: see provenance_life_of */
	uint32_t blob, offset; /* where its row was read */
	uint32_t sequence;
};

struct life {
	const char *contract, *type, *id; /* as the newest commit calls them */
	const struct event *events;       /* parents' before children's; never empty */
	uint32_t event_count;
	uint32_t group; /* private */
};

struct provenance {
	size_t life_count;
	const struct history *history;
	struct provenance_store *store; /* private */
};

/* Walks all of history behind commit (a full id). records: that commit's, by
 * whose schemas heads are named and values compared. cache: the file that keeps
 * what was found for the next time, or NULL; the answer is the same with and
 * without. NULL after a diagnostic. The repository and the records have to outlive it. */
struct provenance *provenance_read(const struct repository *repository, const char *commit,
                                   const struct records *records, const char *cache, struct diags *diags);
void provenance_free(struct provenance *provenance);

/* The lives by contract, type, id in byte order: index is below life_count. What an earlier run kept is only read
 * when it is asked for. Of these, threads may ask at the same time. */
const struct life *provenance_life(const struct provenance *provenance, size_t index);
/* The life that an event is of. */
const struct life *provenance_life_of(const struct provenance *provenance, const struct event *event);
/* The life of CONTRACT/TYPE/ID, also of one that is gone, and by the names that
 * renamed folders had before; NULL when there never was such a record. */
const struct life *provenance_of(const struct provenance *provenance, const char *record);

/* The first event of all, and the last. */
const struct event *life_first(const struct life *life);
const struct event *life_last(const struct life *life);

/* The schema of the life's type; NULL when there is none any more. */
const struct schema *life_schema(const struct provenance *provenance, const struct life *life);

/* The fields that an event set, changed or took away: all of the record's when
 * it was added or removed, which are read again from history for it. Threads may ask at the same time. */
const struct field_change *provenance_fields(const struct provenance *provenance, const struct event *event,
                                             struct arena *arena, size_t *count, struct diags *diags);

#endif
