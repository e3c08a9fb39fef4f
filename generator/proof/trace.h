/* The life of one record, told to people and to programs. */
#ifndef OPSLEDGER_PROOF_TRACE_H
#define OPSLEDGER_PROOF_TRACE_H

#include "base/value.h"
#include "proof/provenance.h"

/* {"record": "CONTRACT/TYPE/ID", "events": [{"commit", "subject", "author", "author_time", "committer",
 * "commit_time", "signature", "path", "change": "added|changed|removed", "again", "fields": {"name": [old, new]}}]}.
 * Times are ISO 8601 with the offset the commit has; an empty field is null. "signature" says of which kind the
 * commit's is (openpgp, ssh, x509) or is null: it is not verified. "again" is true where a removed record came
 * back. */
struct value *trace_json(struct arena *arena, const struct provenance *provenance, const struct life *life,
                         struct diags *diags);

/* One event by itself: {"record", "change", "commit", "subject", "author", "commit_time", "fields"}. */
struct value *trace_event(struct arena *arena, const struct provenance *provenance, const struct event *event,
                          struct diags *diags);

/* The "fields" of one event. */
struct value *trace_fields(struct arena *arena, const struct provenance *provenance, const struct event *event,
                           struct diags *diags);

/* The same as lines of text, translated: a head, then for each event what, when, who, and each field as
 * "title: old → new". Line ends inside a field are shown as ⏎. */
void trace_text(const struct provenance *provenance, const struct life *life, struct buf *out, struct diags *diags);

const char *change_name(enum change change);               /* "added", "changed", "removed" */
const char *signature_name(enum signature_kind signature); /* "openpgp", "ssh", "x509"; NULL for none */

#endif
