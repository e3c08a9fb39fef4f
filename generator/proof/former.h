/* What a contract was called when a commit was made: its folder may have been renamed since. */
#ifndef OPSLEDGER_PROOF_FORMER_H
#define OPSLEDGER_PROOF_FORMER_H

#include "proof/provenance.h"

/* The folder of the contract as the last commit that behind holds (by commit:
 * see history_behind) and that touched its records had it; contract itself when
 * none did. */
const char *former_contract(struct arena *arena, const struct provenance *provenance, const char *contract,
                            const bool *behind);

#endif
