/* YAML front matter: the lines between --- and --- at the head of an article. */
#ifndef OPSLEDGER_DOCUMENT_FRONT_MATTER_H
#define OPSLEDGER_DOCUMENT_FRONT_MATTER_H

#include "base/buffer.h"
#include "base/diag.h"
#include "base/value.h"

/* Cuts the front matter off *text and reads it into an object; *first_line
 * becomes the line of the file on which the rest begins. NULL when there is none
 * or, after a diagnostic, when it is no mapping.
 *
 * Scalars without quotes are null (also ~), true, false or a JSON number where
 * they are written so, else strings: a date stays text. Aliases, tags and merge
 * keys are refused. */
const struct value *front_matter_read(struct arena *arena, const char *path, struct chunk *text, unsigned *first_line,
                                      struct diags *diags);

#endif
