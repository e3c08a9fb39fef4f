/* Conditions on records: {"type": "incidents", "level": ["P1", "P2"], "onsite": true}.
 *
 * A record matches when it is of the type and every field holds one of the
 * values said. null stands for an empty field; false also matches an empty
 * boolean. A system or a level may be said by its id or by its name. */
#ifndef OPSLEDGER_LEDGER_MATCH_H
#define OPSLEDGER_LEDGER_MATCH_H

#include "source/record.h"

struct condition {
	const char *field;
	size_t index;       /* of the field in the schema */
	const char **texts; /* any of these, canonical */
	size_t text_count;
	double *numbers; /* or any of these, in a numeric field */
	size_t number_count;
	bool has_boolean, boolean;
	bool absent; /* or the field is empty */
};

struct match {
	const struct schema *schema; /* the type; NULL when the contract names none */
	struct condition *conditions;
	size_t count;
	struct place place;
};

/* Whether record is of match's type and meets every condition. */
bool match_holds(const struct match *match, const struct record *record);
/* As match_holds, but for the condition on that field, which is not asked. */
bool match_holds_but(const struct match *match, const struct record *record, const char *field);
/* Whether a field that record has filled says otherwise than match. An empty
 * field denies nothing, but an empty boolean is false. */
bool match_denied(const struct match *match, const struct record *record);
/* The condition on that field, or NULL. */
const struct condition *match_condition(const struct match *match, const char *field);
/* Whether text meets a condition on a text field; NULL stands for empty. */
bool condition_holds_text(const struct condition *condition, const char *text);

#endif
