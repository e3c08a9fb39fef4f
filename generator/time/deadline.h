/* Durations, and the deadline that a duration gives from a start.
 *
 * Source of the rules: Civil Code of the PRC, articles 200–204; design chapter 5. */
#ifndef OPSLEDGER_TIME_DEADLINE_H
#define OPSLEDGER_TIME_DEADLINE_H

#include "time/calendar.h"
#include "time/instant.h"

enum unit {
	UNIT_MINUTE,       /* m: runs without pause */
	UNIT_HOUR,         /* h: runs without pause */
	UNIT_WORKING_HOUR, /* wh: runs inside the shifts of working days */
	UNIT_WORKING_DAY,  /* wd */
	UNIT_DAY,          /* d */
	UNIT_WEEK,         /* w */
	UNIT_MONTH,        /* mo */
	UNIT_YEAR          /* y */
};

struct duration {
	int32_t amount; /* 1 or more */
	enum unit unit;
};

/* "30m", "2h", "4wh", "1wd", "10d", "1w", "6mo", "1y"; nothing else. */
bool duration_parse(const char *text, struct duration *out);
/* "30分钟", "2个工作日" … for readers. */
const char *duration_format(struct arena *arena, struct duration duration);

enum day_rule {
	RULE_CIVIL_CODE,     /* first day not counted (201), last day ends at 24:00 (203) */
	RULE_SAME_CLOCK,     /* agreed otherwise (204): ends at the start's time of day */
	RULE_COUNT_FIRST_DAY /* agreed otherwise (204): the first day counts */
};

struct work_rules {
	const struct calendar *calendar;
	struct shifts shifts;
	enum day_rule rule;
	bool ends_at_close; /* the last day ends at the end of the last shift (203) */
	int32_t offset;     /* zone in which days are counted */
};

/* One rule that moved a deadline, for "opsledger when" and --explain. */
struct deadline_step {
	const char *rule; /* "民法典第201条", "国办通知", "合同" … */
	const char *text; /* what it did, translated, with dates */
};

struct deadline {
	struct instant at;
	bool provisional; /* an unknown year was needed */
	struct deadline_step *steps;
	size_t step_count, step_capacity;
};

/* The deadline of duration from start. arena owns the steps; with arena NULL
 * none are kept (the fast way). False when there is no such deadline: working
 * time in a calendar or shifts that have none within ten years. */
bool deadline_of(struct arena *arena, struct instant start, struct duration within, const struct work_rules *rules,
                 struct deadline *out);

/* Seconds of working time (inside shifts of working days) in [from, to). */
int64_t working_seconds(const struct work_rules *rules, struct instant from, struct instant to, bool *provisional);

#endif
