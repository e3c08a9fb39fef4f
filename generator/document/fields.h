/* Reading the JSON of a block (chart, form …) member by member, with a diagnostic
 * for what is missing, unknown or of the wrong kind. Reading goes on after one;
 * the reader looks at ok at the end. */
#ifndef OPSLEDGER_DOCUMENT_FIELDS_H
#define OPSLEDGER_DOCUMENT_FIELDS_H

#include "base/diag.h"
#include "base/value.h"

struct fields {
	const struct value *object; /* NULL when the value was no object */
	const char *what;           /* what is read, for messages: "chart", "form.cell" */
	struct diags *diags;
	bool ok;
};

/* Begins with value, which must be an object with no other members than names,
 * a list that ends in NULL. */
struct fields fields_of(const struct value *value, const char *what, const char *const names[], struct diags *diags);

/* The member; NULL when it is absent or null, which is a fault if it is needed,
 * or of the wrong kind, which always is. */
const char *fields_string(struct fields *fields, const char *name, bool needed);
const struct value *fields_list(struct fields *fields, const char *name, bool needed);
const struct value *fields_object(struct fields *fields, const char *name, bool needed);
/* The member, or fallback when it is absent. */
bool fields_bool(struct fields *fields, const char *name, bool fallback);
double fields_number(struct fields *fields, const char *name, double fallback);
/* An integer from least to most. */
int fields_count(struct fields *fields, const char *name, int fallback, int least, int most);

/* Reports value, an item of a list, as not being what is expected (an English
 * phrase, translated: "a string"). */
void fields_wrong(struct fields *fields, const struct value *value, const char *name, const char *expected);
/* The string that value is, or "" after a diagnostic. */
const char *fields_text(struct fields *fields, const struct value *value, const char *name);

#endif
