/* What people say to a flag or to a change: rows of audit_notes, and the record's own column for it. */
#ifndef OPSLEDGER_PROOF_NOTE_H
#define OPSLEDGER_PROOF_NOTE_H

#include "ledger/ledger.h"

/* The reason that explains flag (a name of flag.h) of a record ("CONTRACT/TYPE/ID"; NULL: of the commit alone) by a
 * commit (a full id, or NULL): of the first note on the record ("TYPE/ID" or its whole name) or else on the commit
 * (4 digits of its id or more), for this flag or for all; else what the record has in the field whose schema says
 * "explains". NULL when nobody says anything. */
const char *note_reason(const struct ledger *ledger, const char *record, const char *commit, const char *flag);

#endif
