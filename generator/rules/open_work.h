/* Duties that are still to be done, of several contracts. */
#ifndef OPSLEDGER_RULES_OPEN_WORK_H
#define OPSLEDGER_RULES_OPEN_WORK_H

#include "rules/duty.h"

struct open_work {
	const struct contract *contract;
	const struct duty_window *window;
};

struct open_works {
	struct open_work *items; /* by due, contract, duty once sorted */
	size_t count, capacity;
};

/* Adds the windows that are pending or missed and due within so many seconds
 * before and after as_of. The duties are borrowed. */
void open_works_add(struct open_works *works, const struct contract *contract, const struct duty_list *duties,
                    struct instant as_of, int64_t before, int64_t after, struct arena *arena);
void open_works_sort(struct open_works *works);

/* The duty's name, and the system or asset that it is for. */
const char *open_work_title(struct arena *arena, const struct open_work *work);

#endif
