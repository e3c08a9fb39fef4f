/* Two views of one period, made from two commits: which figures differ, and on
 * which records each of them rests. */
#ifndef OPSLEDGER_REPORT_COMPARISON_H
#define OPSLEDGER_REPORT_COMPARISON_H

#include "base/map.h"
#include "proof/provenance.h"

struct figure_difference {
	const char *clause;         /* NULL: the figure comes of no clause */
	const char *name, *figure;  /* "恢复正常运行", "达标率" */
	const char *before, *after; /* as reports print them; "—" where there is none */
	struct map records;         /* "TYPE/ID" of those it rests on, before or after */
};

struct comparison {
	struct figure_difference *items; /* in the order of reports */
	size_t count, capacity;
};

/* The figures of clocks, duties, limits, staff, money, availability, incidents, backups, metrics, findings, requests,
 * risks, and the numbers of records, as view_figures makes them. arena owns the answer; the views are borrowed. */
struct comparison comparison_make(struct arena *arena, const struct value *before, const struct value *after);

/* {"clause", "name", "figure", "old", "new"} */
struct value *difference_json(struct arena *arena, const struct figure_difference *difference);

/* Whether the figure rests on the record of the life, or on one to which that
 * belongs, as a pause does to its incident. record: as either commit has it, or
 * NULL. */
bool difference_names(const struct figure_difference *difference, const struct life *life, const struct record *record);
/* Whether the figure may differ because of that event: it rests on the event's
 * record, and more than prose was changed. */
bool difference_rests_on(const struct figure_difference *difference, const struct provenance *provenance,
                         const struct event *event, const struct record *record);

#endif
