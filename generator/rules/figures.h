/* Figures: what a period's clocks, incidents and systems come to.
 *
 * Rates and medians are computed from records, never from other figures. */
#ifndef OPSLEDGER_RULES_FIGURES_H
#define OPSLEDGER_RULES_FIGURES_H

#include "rules/clock.h"

/* Seconds that clocks took, from → to without pauses. Nothing counted: all 0. */
struct spread {
	size_t count;
	double mean, median, p90, maximum;
};

struct target_figures {
	const struct target *target; /* the version valid at the end of the span */
	size_t verdicts[VERDICT_COUNT];
	bool provisional;
	struct spread spread; /* of the records whose clock has ended */
};

/* met ÷ (met + missed) in percent, at full precision; false when there is nothing to divide. */
bool attainment(const struct target_figures *figures, double *percent);
/* "75.0%", or "—"; one decimal, rounded so that a miss never becomes 100.0% and a hit never 0.0%. */
const char *attainment_text(struct arena *arena, const struct target_figures *figures);

struct target_figures_list {
	struct target_figures *items; /* in the contract's order, one an id */
	size_t count, capacity;
};

struct target_figures_list target_figures(const struct ledger *ledger, const struct clock_list *clocks,
                                          struct span span, struct arena *arena);

/* Records of one value of a field: level, system, cause … */
struct tally_row {
	const char *id, *name;
	size_t count;
};

struct tally {
	struct tally_row *items;
	size_t count, capacity;
};

/* Counts list by the text of field. Levels and systems that the contract names
 * come first in its order, also those with none; others follow by first
 * occurrence; empty fields are counted under id "". */
struct tally tally_by(const struct ledger *ledger, const struct record_list *list, const char *field,
                      struct arena *arena);

struct backlog {
	size_t opening; /* open at the start of the span */
	size_t reported;
	size_t reopened; /* earlier ones, restored at the start, open again at the end */
	size_t restored;
	size_t closing;                /* open at its end: opening + reported + reopened − restored */
	const struct record **carried; /* those open at the start */
	size_t carried_count, carried_capacity;
};

/* When the incidents of a ledger were in motion, so that a backlog looks at few of them. Lives in arena. */
struct backlog_index *backlog_index_new(const struct ledger *ledger, struct arena *arena);
struct backlog incident_backlog(const struct backlog_index *index, struct span span, struct instant as_of,
                                struct arena *arena);

struct availability {
	const struct system *system;
	int64_t agreed_seconds; /* service time less announced maintenance */
	int64_t outage_seconds; /* union of outages in it */
	size_t outages;
	bool provisional;
};

struct availability_list {
	struct availability *items; /* in the contract's order of systems */
	size_t count, capacity;
};

/* Of each system, from the span's start to its end or as_of. Outages are those of
 * incidents marked so, from outage_from or the report to outage_to or the
 * restoration. Maintenance is every approved change, announced as long before as
 * the contract says, in its planned window and not beyond. */
struct availability_list system_availability(const struct ledger *ledger, struct span span, struct instant as_of,
                                             struct arena *arena);
bool availability_percent(const struct availability *availability, double *percent);

struct incident_figures {
	size_t count;
	struct spread repair; /* reported → restored: MTTR is its mean */
	bool has_mtbf;
	double mtbf_seconds; /* time in service ÷ number of outages */
	size_t reopened;     /* of count */
};

struct incident_figures incident_figures(const struct ledger *ledger, struct span span, struct instant as_of,
                                         struct arena *arena);

/* The spread of seconds, which is sorted in place. P90 by the nearest rank. */
struct spread spread_of(double *seconds, size_t count);

#endif
