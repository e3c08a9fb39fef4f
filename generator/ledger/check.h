/* What only contract and records together tell (inside ledger/ only). */
#ifndef OPSLEDGER_LEDGER_CHECK_H
#define OPSLEDGER_LEDGER_CHECK_H

#include "ledger/ledger.h"

/* Reports systems, levels, targets and duties that records name and the
 * contract does not; times out of order; pauses that stop no clock; reopenings
 * that came too late to continue an incident; fields that the contract demands. */
void ledger_check(const struct ledger *ledger, struct diags *diags);

#endif
