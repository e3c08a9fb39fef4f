/* Periods: what a report is about. Half-open spans [from, to) of whole days. */
#ifndef OPSLEDGER_TIME_PERIOD_H
#define OPSLEDGER_TIME_PERIOD_H

#include "base/memory.h"
#include "time/instant.h"

enum period_kind {
	PERIOD_DAY,            /* 2026-11-21 */
	PERIOD_WEEK,           /* 2026-W47, ISO 8601 */
	PERIOD_MONTH,          /* 2026-11 */
	PERIOD_QUARTER,        /* 2026-Q4 */
	PERIOD_HALF_YEAR,      /* 2026-H2 */
	PERIOD_YEAR,           /* 2026 */
	PERIOD_CONTRACT_MONTH, /* Y1-M03, counted from the term's first day */
	PERIOD_CONTRACT_QUARTER,
	PERIOD_CONTRACT_HALF_YEAR, /* Y1-H2 */
	PERIOD_CONTRACT_YEAR,      /* Y1 */
	PERIOD_TERM                /* term */
};

struct span {
	struct date from, to; /* half-open: to is the day after the last one */
};

struct period {
	enum period_kind kind;
	const char *name;  /* as parsed: "2026-W47" */
	struct span whole; /* unclipped */
	struct span span;  /* clipped to the term; empty when outside it */
};

/* Reads a period's name for a contract of that term (its first day, and the day
 * after its last). Contract years and their parts begin on the day of the month
 * on which the term begins, or on the month's last day. False when it is no period or lies outside the term. */
bool period_parse(struct arena *arena, const char *name, struct span term, struct period *out);
/* The period of that kind that holds date; by contract year, a date outside the
 * term counts as the term's first or last day. Its name is the canonical one. */
struct period period_of(struct arena *arena, enum period_kind kind, struct date date, struct span term);
/* The one before or after; false at the term's ends. */
bool period_previous(struct arena *arena, const struct period *period, struct span term, struct period *out);
bool period_next(struct arena *arena, const struct period *period, struct span term, struct period *out);
/* "2026年3月", "2026年第11周（3月9日—3月15日）", "2026年上半年", "第1合同年下半年", "合同期" … whatever the language of
 * messages. */
const char *period_title(struct arena *arena, const struct period *period);

struct instant span_from(struct span span, int32_t offset);
struct instant span_to(struct span span, int32_t offset);
bool span_holds(struct span span, struct instant instant, int32_t offset);

#endif
