/* Which record type a path of any time belongs to, as the newest commit calls
 * contract and type: renamed folders are followed. */
#ifndef OPSLEDGER_PROOF_FOLDERS_H
#define OPSLEDGER_PROOF_FOLDERS_H

#include "base/map.h"
#include "source/history.h"

struct folders {
	struct map renamed; /* "records/OLD/" or "records/CONTRACT/OLD/" → the new name, or NULL; no circles */
};

/* Finds the folders of contracts and types that a commit renamed: one is gone
 * and another has come, with at least half of the files the same, and the old
 * one is not there any more. */
void folders_find_renamed(struct folders *folders, struct arena *arena, const struct history *history);

/* The contract and the type of a file of records; false for any other file:
 * contract.json, calendars, schemas, other endings than .csv and .json. */
bool folders_place(const struct folders *folders, struct arena *arena, const char *path, const char **contract,
                   const char **type);

#endif
