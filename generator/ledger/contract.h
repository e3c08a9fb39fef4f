/* The contract as data: contract.json, read, checked and typed. Every key is
 * explained in docs/contract.md.
 *
 * Every item has an id, the clause it comes from, the contract's own words for
 * it and the days on which it is valid: an amendment replaces, adds or ends
 * items from its effective date, so one id may stand for several versions whose
 * validity does not overlap. What began before an amendment stays under the
 * version of its beginning. */
#ifndef OPSLEDGER_LEDGER_CONTRACT_H
#define OPSLEDGER_LEDGER_CONTRACT_H

#include "ledger/match.h"
#include "source/records.h"
#include "time/deadline.h"
#include "time/period.h"

struct service {
	const char *id, *name;
	struct span term; /* its own, or the contract's */
	struct place place;
};

struct system {
	const char *id, *name;         /* records write either */
	const struct service *service; /* NULL when the contract has no services */
	const char *provider;          /* a subcontractor's role, or NULL */
	bool has_service_time;         /* agreed hours of working days; else 24 hours of every day */
	struct shifts service_time;
	struct place place;
};

struct level {
	const char *id, *name, *description;
	struct place place;
};

struct item {
	const char *id;
	const char *clause;            /* a key of contract.clauses */
	const char *name;              /* the contract's own words */
	const struct service *service; /* only this service's term and systems, or NULL */
	struct span valid;
	struct place place;
};

enum day_condition { ON_ANY_DAY, ON_WORKDAY, ON_RESTDAY };

/* One of a target's limits; the first one that fits the record holds. */
struct allowance {
	enum day_condition on; /* the day of the clock's start */
	struct match when;     /* no conditions: every record */
	struct duration within;
};

/* A clock: from an event to another within a time. */
struct target {
	struct item item;
	struct match applies;         /* "for" */
	const char *excluded_by;      /* the clause under which a record is excluded, or NULL */
	struct match counts_if;       /* no conditions: always; else a record that fails it is excluded */
	const char *from;             /* a field; NULL when from_missed is set */
	const char *from_missed;      /* id of the target whose missed deadline starts this clock, or NULL */
	const char *to;               /* a field */
	const char *unless;           /* not applicable when this time came by the deadline, or NULL */
	const char *by;               /* the field that holds the agreed deadline, or NULL */
	struct allowance *allowances; /* "within"; none when by is set */
	size_t allowance_count;
	const char **pause_reasons; /* reasons that stop this clock */
	size_t pause_reason_count;
	bool each_ticket;            /* judged also on tickets that have a parent */
	bool has_rule, has_day_ends; /* whether the two below replace the contract's */
	enum day_rule rule;
	bool ends_at_close;
};

enum duty_kind { DUTY_EVERY, DUTY_EVERY_WORKDAY, DUTY_ON };
enum rest_day_shift { REST_DAY_KEEP, REST_DAY_BEFORE, REST_DAY_AFTER };

struct yearly_date {
	bool lunar;
	int month, day;
};

/* From which moment the time to do a duty's work is counted. */
enum due_from { DUE_AT_END, DUE_AFTER_END, DUE_AFTER_START, DUE_AFTER_SIGNING, DUE_LAST_WORKDAY };

/* Work that is due again and again. */
struct duty {
	struct item item;
	enum duty_kind kind;
	enum period_kind every;    /* DUTY_EVERY */
	struct yearly_date *dates; /* DUTY_ON */
	size_t date_count;
	int32_t offset_days; /* DUTY_ON: added to the date; working days when offset_workdays */
	bool offset_workdays;
	enum rest_day_shift rest_day;
	unsigned times; /* per window, 1 or more */
	enum due_from due_from;
	struct duration due; /* DUE_AFTER_… */
	struct match evidence;
	const char *evidence_at; /* the field that dates the work */
	/* "each": the duty is owed once for each value of this field, or of each
	 * asset that each_assets matches while it is installed. */
	const char *each_field;
	const char **each_values;
	size_t each_value_count;
	struct match each_assets; /* schema NULL when not said */
};

enum limit_kind { LIMIT_COUNT, LIMIT_LENGTH };

/* A count that must not be passed. */
struct limit {
	struct item item;
	enum limit_kind kind;
	struct match count, also; /* also: of another type, or schema NULL; its records count whatever they last */
	const char *from, *to;    /* LIMIT_LENGTH: only records at least so long count */
	struct duration at_least;
	enum period_kind per; /* PERIOD_TERM, PERIOD_CONTRACT_YEAR, PERIOD_YEAR, PERIOD_MONTH … */
	unsigned at_most;
	bool warn; /* whether reaching warn_at is told */
	unsigned warn_at;
};

enum staff_rule_kind {
	STAFF_HEAD_COUNT, /* at least so many people match, on every day */
	STAFF_ROSTER,     /* at least so many on duty on every such day */
	STAFF_CONSENT,    /* who joins or leaves in mid-term needs a consent */
	STAFF_ABSENCE     /* days of absence, by month */
};

struct staff_rule {
	struct item item;
	enum staff_rule_kind kind;
	struct match match; /* staff; roster; absences */
	enum day_condition on;
	unsigned at_least;
};

enum payment_moment { PAID_AFTER_SIGNING, PAID_AFTER_START, PAID_AFTER_END, PAID_AFTER_INVOICE };

struct payment {
	struct item item;
	double share;   /* percent of the contract's amount */
	bool yearly;    /* owed in every contract year, else once; the amount is then a year's */
	bool has_opens; /* payable only from then on */
	enum payment_moment opens_after;
	struct duration opens;
	bool has_due;
	enum payment_moment due_after;
	struct duration due;
	const char *condition; /* in words, or NULL */
};

/* A monthly score below the mark, or a grave event, costs amount ÷ months × (100 − score) %. */
struct appraisal {
	struct item item;
	const char *duty;  /* the id of the duty whose evidence is the month's assessment */
	const char *score; /* the assessment's field */
	double pass_mark;
	unsigned months;
	struct match grave; /* schema NULL when none: the assessment itself, or a record dated in the month */
};

struct signer {
	const char *id, *role;
	const char *party; /* "purchaser" or "provider" */
};

struct report_rule {
	struct item item;
	const char *kind;       /* weekly, monthly … */
	const char *template;   /* NULL: the kind's own */
	bool has_every;         /* the contract says which periods a periodic report is about … */
	enum period_kind every; /* … else its kind does (report/report.h) */
	unsigned copies;
	struct signer *signers;
	size_t signer_count;
	bool has_due;
	enum due_from due_from;
	struct duration due;
	struct match match; /* single documents: the records that get one; schema NULL for periodic ones */
};

/* Fields that a matching record must have. */
struct demand {
	struct item item;
	struct match match;
	const char *once; /* only when this field is filled, or NULL */
	const char **fields;
	size_t field_count;
};

struct import {
	struct date until;  /* records dated up to this day … */
	const char *commit; /* … that came by this commit, or NULL for any */
	const char *reason;
	struct place place;
};

struct clause {
	const char *id, *text;
	struct place place;
};

struct amendment {
	const char *id, *name;
	struct date effective;
	struct place place;
};

#define CONTRACT_LIST(type, plural, singular)                                                                          \
	type *plural;                                                                                                  \
	size_t singular##_count, singular##_capacity

struct contract {
	struct arena *arena;
	const char *id, *name, *seed;
	const char *purchaser, *provider;
	int32_t offset;
	struct date signed_on;
	struct span term;
	bool has_amount;
	double amount;        /* yuan */
	struct shifts shifts; /* business hours of a working day; 09:00–17:00 when not said */
	enum day_rule rule;
	bool ends_at_close;
	bool has_recording;
	struct duration recording; /* longest lag between an event and its first commit */
	bool has_reopen;
	struct duration reopen; /* a reopening within this time continues the incident */
	bool has_announced;
	struct duration announced; /* how long before its start maintenance is announced to count as such */
	CONTRACT_LIST(struct clause, clauses, clause);
	CONTRACT_LIST(struct service, services, service);
	CONTRACT_LIST(struct system, systems, system);
	const char **editions;
	size_t edition_count;
	const char **units; /* reporting units */
	size_t unit_count;
	CONTRACT_LIST(struct level, levels, level); /* the most severe first */
	CONTRACT_LIST(struct target, targets, target);
	CONTRACT_LIST(struct duty, duties, duty);
	CONTRACT_LIST(struct limit, limits, limit);
	CONTRACT_LIST(struct staff_rule, staff_rules, staff_rule);
	CONTRACT_LIST(struct payment, payments, payment);
	bool has_appraisal;
	struct appraisal appraisal;
	CONTRACT_LIST(struct report_rule, reports, report);
	CONTRACT_LIST(struct demand, demands, demand);
	CONTRACT_LIST(struct import, imports, import);
	CONTRACT_LIST(struct amendment, amendments, amendment);
	struct place place;
};

/* Reads contract.json, already parsed, of one contract. schemas: type → struct
 * schema. All that is wrong is reported; NULL only when there is no usable
 * contract: no object, no term. An item with a fault is left out. */
struct contract *contract_read(struct arena *arena, const struct contract_records *records, const struct map *schemas,
                               struct diags *diags);

/* By id or by name; NULL when there is none such or text is NULL. */
const struct system *contract_system(const struct contract *contract, const char *text);
const struct level *contract_level(const struct contract *contract, const char *text);
const struct service *contract_service(const struct contract *contract, const char *id);
/* The text of a clause that reports print; NULL when the contract declares none such. */
const char *contract_clause(const struct contract *contract, const char *id);
/* The version of target id valid on date, or NULL. */
const struct target *contract_target(const struct contract *contract, const char *id, struct date date);
/* Whether item is valid on some day of span; of two versions of an id both may be. */
bool item_valid_in(const struct item *item, struct span span);

#endif
