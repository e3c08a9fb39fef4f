/* Lag: how long after an event its record reached the repository. */
#ifndef OPSLEDGER_PROOF_LAG_H
#define OPSLEDGER_PROOF_LAG_H

#include "ledger/ledger.h"
#include "proof/provenance.h"

enum lag_verdict {
	LAG_ON_TIME,  /* at or before the contract's recording limit */
	LAG_LATE,     /* after it */
	LAG_IMPORTED, /* by an import that the contract declares */
	LAG_UNJUDGED  /* undated, no limit agreed, or written down before the event */
};

struct lag {
	enum lag_verdict verdict;
	struct instant event;    /* by the schema's date field; a plain date counts from its 0:00 */
	struct instant recorded; /* committer time of the first commit that held the record */
	int64_t seconds;         /* recorded − event; negative where the record came first */
	struct instant limit;    /* on-time until then; of LAG_ON_TIME and LAG_LATE */
	bool provisional;        /* the limit rests on a year whose calendar is unknown */
	const struct import *import;
};

/* The import of the contract that covers an event by its date, and by the commit
 * if it names one; NULL when none does. */
const struct import *lag_import(const struct ledger *ledger, struct instant event, const struct commit *commit);

/* A date is over at its end: the limit of a record dated by a day alone runs from
 * the next day's 0:00. */
struct lag lag_of(const struct ledger *ledger, const struct record *record, const struct life *life);

/* The lags of one record type or one author; records that were imported or are
 * undated do not count. */
struct lag_figures {
	const char *type;   /* NULL: of all */
	const char *author; /* NULL: of all */
	size_t count, on_time, imported;
	double median, p90; /* seconds, of count; 0 when nothing counts */
};

struct lag_figures_list {
	struct lag_figures *items; /* all, then by type, then by author, in byte order */
	size_t count, capacity;
};

struct lag_figures_list lag_figures(struct arena *arena, const struct ledger *ledger,
                                    const struct provenance *provenance);

const char *lag_verdict_name(enum lag_verdict verdict); /* "on-time", "late", "imported", "unjudged" */

#endif
