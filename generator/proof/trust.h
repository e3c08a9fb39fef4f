/* The certificates that chains have to end in. */
#ifndef OPSLEDGER_PROOF_TRUST_H
#define OPSLEDGER_PROOF_TRUST_H

#include "base/diag.h"

struct trust;

/* From a PEM file's bytes; NULL after a diagnostic. */
struct trust *trust_open(const char *path, struct chunk pem, struct diags *diags);
void trust_free(struct trust *trust);

enum chain { CHAIN_NOT_CHECKED, CHAIN_TRUSTED, CHAIN_NOT_TRUSTED };

#endif
