/* Money: what is to be paid and when, and what a bad month costs. */
#ifndef OPSLEDGER_RULES_MONEY_H
#define OPSLEDGER_RULES_MONEY_H

#include "rules/duty.h"

enum payment_verdict {
	PAYMENT_NOT_OPEN, /* not payable yet */
	PAYMENT_OPEN,
	PAYMENT_PAID,
	PAYMENT_PAID_LATE,
	PAYMENT_OVERDUE
};

struct payment_state {
	const struct payment *payment;
	struct period period; /* the contract year, or the term */
	bool has_amount;
	int64_t amount_fen; /* the share of the contract's amount, in 1/100 yuan */
	bool has_opens, has_due;
	struct instant opens, due;
	const struct record *invoice; /* the row of payments, or NULL */
	bool paid;
	struct date paid_on;
	enum payment_verdict verdict;
	bool provisional;
};

struct payment_list {
	struct payment_state *items; /* by contract year, then in the contract's order */
	size_t count, capacity;
};

/* The payments of the contract years that have begun by as_of. The rows of a
 * milestone belong to its years in the order of their invoices. */
struct payment_list payment_states(const struct ledger *ledger, struct instant as_of, struct arena *arena);

struct appraisal_month {
	const struct duty_window *window;
	const struct record *assessment; /* NULL while there is none */
	bool has_score;
	double score;
	const struct record *grave; /* the first grave event of the month, or NULL */
	bool deducted;
	int64_t deduction_fen;
	const char *formula; /* "480000.00 ÷ 12 × (100 − 76.5)%", or NULL */
};

struct appraisal_list {
	struct appraisal_month *items; /* in order of time */
	size_t count, capacity;
};

/* The months of the contract's appraisal (C-M1) among windows; none when the
 * contract has no appraisal. Fractions of a fen are rounded half up. */
struct appraisal_list appraisal_months(const struct ledger *ledger, const struct duty_list *windows,
                                       struct instant as_of, struct arena *arena);

const char *payment_verdict_name(enum payment_verdict verdict);  /* "not_open" … */
const char *payment_verdict_title(enum payment_verdict verdict); /* translated */

#endif
