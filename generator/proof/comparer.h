/* Whether two texts write the same value. */
#ifndef OPSLEDGER_PROOF_COMPARER_H
#define OPSLEDGER_PROOF_COMPARER_H

#include "source/field.h"

struct comparer {
	struct field_reader reader;
	struct diags *faults; /* of what history holds: nobody is told */
	struct arena *scratch;
	unsigned uses; /* of scratch */
};

/* offset: of times that have none, seconds east of UTC. */
void comparer_open(struct comparer *comparer, const struct schema *schema, int32_t offset);
void comparer_close(struct comparer *comparer);

/* By the type of the schema's field: numbers by value, instants by the point in
 * time, dates by the day, booleans and labelled values by what they mean. What
 * the type cannot read is the same only when its text is. */
bool comparer_same(struct comparer *comparer, size_t field, const char *a, const char *b);

#endif
