#include "command/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum status session_report(struct session *session)
{
	if (!diags_errors(session->diags))
		return STATUS_FINE;
	struct buf text = BUF_INIT;
	diags_print(session->diags, &text);
	fputs(buf_str(&text), stderr);
	buf_free(&text);
	return STATUS_FAULTS;
}

void session_caution(struct session *session)
{
	size_t count;
	const struct diag *all = diags_sorted(session->diags, &count);
	for (size_t i = 0; i < count; i++)
		if (message_severity(all[i].message) == SEVERITY_WARNING && !all[i].place.path)
			fprintf(stderr, "warning: %s\n", all[i].text);
}

static struct snapshot *take_snapshot(struct session *session, enum reading reading)
{
	switch (reading) {
	case READ_INDEX:
		return snapshot_of_index(session->arena, session->repository, session->diags);
	case READ_WORKTREE:
		return snapshot_of_worktree(session->arena, session->repository, session->diags);
	case READ_COMMIT:
	case READ_FRAME:
		break;
	}
	return snapshot_of_commit(session->arena, session->repository, session->commit.id, session->diags);
}

/* Finds the commit to read and the instant to judge as of; --as-of COMMIT tells
 * what was known then. False after a diagnostic. */
static bool resolve(struct session *session, const struct request *request, enum reading reading)
{
	const char *as_of = request->as_of, *revision = request->revision ? request->revision : "HEAD";
	struct commit known;
	bool of_commit = reading == READ_COMMIT || reading == READ_FRAME;
	bool guessed, by_commit = as_of && !instant_parse(chunk_of(as_of), OFFSET_CHINA, &session->as_of, &guessed);
	struct diags *unheard = diags_new();
	bool fine = !by_commit || repository_resolve(session->repository, session->arena, as_of, &known, unheard);
	if (!fine)
		DIAG(session->diags, ((struct place){ 0 }), MSG_AS_OF, as_of);
	if (by_commit && !request->revision)
		revision = as_of;
	/* The index and the work tree can be checked before there is any commit. */
	fine = fine && (repository_resolve(session->repository, session->arena, revision, &session->commit,
	                                   of_commit ? session->diags : unheard) ||
	                !of_commit);
	diags_free(unheard);
	if (fine && (!as_of || by_commit))
		session->as_of = by_commit ? known.committer.at : session->commit.committer.at;
	return fine;
}

/* Beside the history that it is of, so that it is neither committed nor published; elsewhere, or
 * nowhere when empty, where the environment says so. */
static const char *cache_path(const struct session *session)
{
	const char *path = getenv("OPSLEDGER_CACHE");
	if (path)
		return *path ? path : NULL;
	return arena_printf(session->arena, "%sopsledger-cache", repository_git_dir(session->repository));
}

enum status session_open(struct session *session, const struct request *request, enum reading reading)
{
	*session = (struct session){ .arena = arena_new(), .diags = diags_new() };
	session->repository = repository_open(request->directory, session->diags);
	if (!session->repository || !resolve(session, request, reading)) {
		session_report(session);
		return STATUS_CANNOT;
	}
	session->cache = cache_path(session);
	session->snapshot = take_snapshot(session, reading);
	if (!session->snapshot) {
		session_report(session);
		return STATUS_CANNOT;
	}
	if (reading == READ_FRAME) {
		session->records = records_read_frame(session->arena, session->snapshot, session->diags);
		return STATUS_FINE;
	}
	session->records = records_read(session->arena, session->snapshot, session->diags);
	const struct map *contracts = &session->records->contracts;
	session->ledgers = arena_alloc(session->arena, (contracts->count + 1) * sizeof *session->ledgers);
	for (size_t i = 0; i < contracts->count; i++) {
		struct ledger *ledger =
		    ledger_new(session->arena, session->records, contracts->entries[i].key, session->diags);
		if (ledger)
			session->ledgers[session->ledger_count++] = ledger;
	}
	return STATUS_FINE;
}

enum status session_open_sound(struct session *session, const struct request *request)
{
	enum status status = session_open(session, request, READ_COMMIT);
	return status == STATUS_FINE ? session_report(session) : status;
}

void session_close(struct session *session)
{
	repository_free(session->repository);
	arena_free(session->arena);
	diags_free(session->diags);
}

const struct ledger *session_find_ledger(const struct session *session, const char *contract)
{
	for (size_t i = 0; i < session->ledger_count; i++)
		if (strcmp(session->ledgers[i]->contract->id, contract) == 0)
			return session->ledgers[i];
	return NULL;
}

enum status session_run(const struct request *request,
                        enum status (*answer)(struct session *session, const struct request *request))
{
	struct session session;
	enum status status = session_open_sound(&session, request);
	if (status == STATUS_FINE)
		status = answer(&session, request);
	session_close(&session);
	return status;
}

const struct ledger *session_ledger(const struct session *session, const struct request *request)
{
	const char *id = request_value(request, "contract");
	const struct ledger *ledger = session_find_ledger(session, id);
	if (ledger)
		return ledger;
	struct buf known = BUF_INIT;
	for (size_t i = 0; i < session->ledger_count; i++)
		buf_printf(&known, "%s%s", i ? ", " : "", session->ledgers[i]->contract->id);
	complain(request->command, translate("there is no contract \"%s\"; there are: %s"), id, buf_str(&known));
	buf_free(&known);
	return NULL;
}

bool session_period(const struct session *session, const struct request *request, const struct ledger *ledger,
                    struct period *out)
{
	const char *name = request_value(request, "period");
	if (period_parse(session->arena, name, ledger->contract->term, out))
		return true;
	complain(request->command,
	         translate("\"%s\" is no period within the contract's term; write 2026-03, 2026-W11, 2026-Q1, "
	                   "2026-H1, 2026, Y1, Y1-H2 or term"),
	         name);
	return false;
}
