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

/* "30m", "2h", "4wh", "1wd", "10d", "1w", "6mo", "1y", amounts 1 to 99999 without
 * leading zero; nothing else. */
bool duration_parse(const char *text, struct duration *out);
/* "30分钟", "2个工作日" … for readers, whatever the language of messages. */
const char *duration_format(struct arena *arena, struct duration duration);

/* How the units from wd to y are counted. Every rule keeps the order of starts: a
 * later start never has an earlier deadline. */
enum day_rule {
	/* The first day does not count (201); months and years end on the day of the
	 * same number, else on the month's last day (202); a last day of d, w, mo, y
	 * that is a rest day moves to the next working day, and the last day ends at
	 * 24:00 or at close of business (203). */
	RULE_CIVIL_CODE,
	/* Agreed otherwise (204): ends at the start's time of day, so that nothing of
	 * 203 applies, neither rest days nor close of business. A month that has no
	 * day of that number ends it at 24:00 of its last day. A start on a rest day
	 * counts for wd as 0:00 of the next working day. */
	RULE_SAME_CLOCK,
	/* Agreed otherwise (204): the first day counts, else as the Civil Code. With
	 * close of business, a start at or after the close counts from the next day. */
	RULE_COUNT_FIRST_DAY
};

struct work_rules {
	const struct calendar *calendar;
	struct shifts shifts;
	enum day_rule rule;
	bool ends_at_close; /* the last day ends at the end of the last shift (203, second sentence) */
	int32_t offset;     /* zone in which days are counted and deadlines printed */
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

/* The instant at which seconds of working time (1 or more) have passed since from:
 * at the end of a shift, that end, not the next one's start. *provisional is set
 * when an unknown year was needed, else left alone; it may be NULL. False as for
 * deadline_of. */
bool working_time_after(const struct work_rules *rules, struct instant from, int64_t seconds, struct instant *out,
                        bool *provisional);

/* Seconds of working time (inside shifts of working days) in [from, to); 0 when to
 * is not after from. *provisional as above. */
int64_t working_seconds(const struct work_rules *rules, struct instant from, struct instant to, bool *provisional);

#endif
