/* Which rows of signoffs speak of a report's file. */
#ifndef OPSLEDGER_COMMAND_SIGNED_H
#define OPSLEDGER_COMMAND_SIGNED_H

#include "command/remaking.h"

/* The sign-offs of the report that the file says it is, as the commit of the
 * request has them: a list of {"record", "signed_at", "signer", "role",
 * "verdict", "commit", "names_file"}. names_file: whether the row's digest is
 * that of the file or of one of its earlier revisions; null when it has none.
 * Empty when the report is not known. Lives in arena. */
struct value *signed_rows(const struct request *request, struct arena *arena, const struct pdf_reader *reader,
                          const struct pdf_origin *origin, const struct remaking *remaking);

/* A line each. */
void signed_rows_text(const struct value *rows, struct buf *out);

#endif
