/* Flags: what an auditor should look at. A flag states facts and never accuses. */
#ifndef OPSLEDGER_PROOF_FLAG_H
#define OPSLEDGER_PROOF_FLAG_H

#include "proof/grade.h"
#include "proof/seal.h"

enum flag_kind {
	FLAG_RECORDED_LATE,         /* first commit later than the contract's recording limit */
	FLAG_FUTURE_DATED,          /* a time later than the commit that wrote it, and not a planned one */
	FLAG_COMMIT_BEFORE_PARENT,  /* a commit that touched records, dated before its parent */
	FLAG_MISS_BECAME_HIT,       /* edited after the deadline, so that a missed target is met */
	FLAG_CHANGED_AFTER_SIGNING, /* a value replaced or a record removed after its period was signed */
	FLAG_ID_REUSED,             /* an id given to another record, or to two at once */
	FLAG_EDIT_IN_REORDER,       /* a value replaced or a record removed while the file's rows were re-sorted */
	FLAG_DROPPED_BY_MERGE,      /* a record lost in a merge that no side had removed */
	FLAG_HISTORY_REWRITTEN,     /* a signed commit that is not behind the newest one */
	FLAG_KIND_COUNT
};

/* Clocks of two machines may differ by so many seconds before it counts. */
enum { CLOCK_SKEW = 300 };

struct flag {
	enum flag_kind kind;
	const char *record;                  /* CONTRACT/TYPE/ID; NULL: it is of a commit */
	const struct history_commit *commit; /* that did it */
	const struct history_commit *other;  /* the commit it is held against, or NULL */
	const char *fact;                    /* for readers, translated */
	const char *title;                   /* flag_title, when it was filed */
	const char *reason;                  /* of note_reason, or NULL */
};

struct flag_list {
	struct flag *items;
	size_t count, capacity;
};

/* What flags are made of. */
struct flag_source {
	struct arena *arena; /* of the flags */
	const struct ledger *ledger;
	const struct provenance *provenance;
	const struct seal_list *seals;
	const struct erratum_list *errata;
	struct diags *diags;
};

/* Each appends the flags of its kind. */
void flag_recorded_late(const struct flag_source *source, struct flag_list *flags);
void flag_future_dated(const struct flag_source *source, struct flag_list *flags);
void flag_commit_before_parent(const struct flag_source *source, struct flag_list *flags);
void flag_miss_became_hit(const struct flag_source *source, struct flag_list *flags);
void flag_changed_after_signing(const struct flag_source *source, struct flag_list *flags);
void flag_id_reused(const struct flag_source *source, struct flag_list *flags);
void flag_edit_in_reorder(const struct flag_source *source, struct flag_list *flags);
void flag_dropped_by_merge(const struct flag_source *source, struct flag_list *flags);
void flag_history_rewritten(const struct flag_source *source, struct flag_list *flags);

/* Files one flag, with its title; the fact is a format. */
void flag_push(struct arena *arena, struct flag_list *flags, struct flag flag, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* "2026-03-09 08:05:00" in offset, seconds east of UTC. */
const char *flag_time(struct arena *arena, struct instant instant, int32_t offset);
const char *flag_record(struct arena *arena, const struct life *life); /* CONTRACT/TYPE/ID */
/* Whether the event took away something that was there: it removed the record,
 * or emptied or replaced a value. */
bool event_replaces(const struct event *event);
/* "title: old → new; …", or "removed", "added", translated. */
const char *event_words(struct arena *arena, const struct provenance *provenance, const struct event *event);

const char *flag_name(enum flag_kind kind);  /* "recorded-late" … */
const char *flag_title(enum flag_kind kind); /* translated */

#endif
