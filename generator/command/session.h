/* What most commands begin with: the repository opened, a commit resolved, its
 * records read, a ledger made of every contract. */
#ifndef OPSLEDGER_COMMAND_SESSION_H
#define OPSLEDGER_COMMAND_SESSION_H

#include "command/command.h"
#include "ledger/ledger.h"
#include "source/records.h"

enum reading {
	READ_COMMIT,
	READ_FRAME, /* of a commit, without the records and ledgers */
	READ_INDEX,
	READ_WORKTREE,
};

struct session {
	struct arena *arena;
	struct diags *diags;
	struct repository *repository;
	struct commit commit; /* what --at names, also when the index or the work tree is read */
	struct snapshot *snapshot;
	struct records *records;
	struct ledger **ledgers; /* of every contract that can be used, by id */
	size_t ledger_count;
	const char *cache;    /* for provenance_read; or NULL */
	struct instant as_of; /* --as-of, or the committer time of the commit that it names, or of the one read */
};

/* Opens; STATUS_FINE also when the records have errors, which session->diags
 * holds. Close it whatever the answer. */
enum status session_open(struct session *session, const struct request *request, enum reading reading);
/* As session_open for a commit, and STATUS_FAULTS after printing the errors
 * when the records have any: figures are never made of broken records. */
enum status session_open_sound(struct session *session, const struct request *request);
void session_close(struct session *session);
/* Opens a sound session, has answer use it, and closes it. */
enum status session_run(const struct request *request,
                        enum status (*answer)(struct session *session, const struct request *request));

/* When there are errors: prints all diagnostics on standard error, STATUS_FAULTS. */
enum status session_report(struct session *session);

/* Prints on standard error what there is to know of the repository as a whole:
 * replace refs, grafts, a history that does not go on from the last one read. */
void session_caution(struct session *session);

/* The ledger of that contract; NULL when there is none. */
const struct ledger *session_find_ledger(const struct session *session, const char *contract);
/* The ledger that --contract names, and the span of --period in it. Complain
 * and return false when there is none such. */
const struct ledger *session_ledger(const struct session *session, const struct request *request);
bool session_period(const struct session *session, const struct request *request, const struct ledger *ledger,
                    struct period *out);

#endif
