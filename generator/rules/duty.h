/* Duties: the windows in which work is due, and whether it was done.
 *
 * A duty unrolls over its term into windows; evidence is used once. Work done
 * in one window never fills a later one; done after it was due, it fills the
 * window it belongs to as late. */
#ifndef OPSLEDGER_RULES_DUTY_H
#define OPSLEDGER_RULES_DUTY_H

#include "ledger/ledger.h"

enum duty_verdict { DUTY_DONE, DUTY_LATE, DUTY_MISSED, DUTY_PENDING, DUTY_NOT_DUE, DUTY_WAIVED, DUTY_VERDICT_COUNT };

struct duty_window {
	const struct duty *duty;
	const char *name;    /* of the period: "2026-03"; the day for dates */
	const char *subject; /* the system, kind or asset it is owed for; NULL when the duty is not "each" */
	struct span span;    /* cut at the term */
	struct instant due;
	bool provisional;
	enum duty_verdict verdict;
	const struct record **evidence; /* at most duty->times */
	size_t evidence_count;
	const struct record *waiver; /* who waived it, or NULL */
};

struct duty_list {
	struct duty_window *items; /* by duty in the contract's order, subject, then time */
	size_t count, capacity;
};

/* All windows of all duties over the whole term. */
struct duty_list duty_windows(const struct ledger *ledger, struct instant as_of, struct arena *arena);
/* Those of list that share a day with span. */
struct duty_list duty_in_span(const struct duty_list *list, struct span span, struct arena *arena);

const char *duty_verdict_name(enum duty_verdict verdict);  /* "done" … */
const char *duty_verdict_title(enum duty_verdict verdict); /* "已完成" …, translated */

#endif
