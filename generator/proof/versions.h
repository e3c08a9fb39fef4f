/* What changed between two versions of one file, as rows.
 *
 * Reading whole files is the cost of provenance, parsing them would double it.
 * So of two versions only the hunks are parsed that lie between what they have
 * in common (hunk.h), cut at row starts that are carried over from version to
 * version. Quoted line ends stay exact, because a start is only ever taken from
 * a parse or from a neighbour whose bytes before it are the same. */
#ifndef OPSLEDGER_PROOF_VERSIONS_H
#define OPSLEDGER_PROOF_VERSIONS_H

#include "proof/written.h"
#include "source/history.h"

struct versions;

/* For one thread. NULL when the repository cannot be read, which history_fail tells. turns: of several threads that
 * read the same types, or NULL. */
struct versions *versions_new(const struct history *history, struct turns *turns);
void versions_free(struct versions *versions);

/* Turns to another file, or to the same one in another turn: path ends in .csv or .json. type is borrowed. */
void versions_of_file(struct versions *versions, const char *path, struct written_type *type, size_t turn);

/* The rows in which two versions of the file differ, and perhaps some in which
 * they do not: of before and of after (0: no file), allocated in arena. Which those are depends on nothing but
 * the two. False when one cannot be read, which history_fail tells. Cheap when after was among the last few asked
 * for, so ask for the newest first. */
bool versions_compare(struct versions *versions, struct arena *arena, uint32_t before, uint32_t after,
                      struct written_rows *old_rows, struct written_rows *new_rows);

#endif
