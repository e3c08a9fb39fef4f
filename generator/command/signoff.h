/* The row of signoffs that records a signature. */
#ifndef OPSLEDGER_COMMAND_SIGNOFF_H
#define OPSLEDGER_COMMAND_SIGNOFF_H

#include "command/remaking.h"

/* What the row says, beside the id, which is the next one of the year. */
struct signoff {
	const char *contract, *kind, *which, *commit;
	const char *signer, *role, *verdict;
	struct instant at;
	struct chunk file; /* that was signed; its digest is recorded */
};

/* Where it goes and what stands there then. */
struct signoff_file {
	const char *path; /* absolute */
	const char *name; /* from the repository's root */
	const char *id;   /* of the row */
	struct buf bytes; /* owned */
};

/* Prepares records/CONTRACT/signoffs.csv of the work tree with the row added, the
 * rest as it was. Nothing is written. False, after saying why, when there is no
 * work tree or schema, or the file would not be free of errors. Texts in arena. */
bool signoff_prepare(const struct request *request, struct arena *arena, const struct signoff *signoff,
                     struct signoff_file *out);

#endif
