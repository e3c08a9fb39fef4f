/* Keeps provenance in a file for the next run, which past.h reads. */
#ifndef OPSLEDGER_PROOF_KEEP_H
#define OPSLEDGER_PROOF_KEEP_H

#include "proof/lives.h"
#include "proof/past.h"

/* Keeps the history, what the past has of renames and groups, and the lives, which are settled. Nothing happens
 * where that cannot be done. */
void past_keep(const char *path, const char *key, const struct past *past, const struct history *history,
               struct lives *lives);

#endif
