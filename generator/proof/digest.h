/* SHA-256, the digest by which seals and manifests name a file. */
#ifndef OPSLEDGER_PROOF_DIGEST_H
#define OPSLEDGER_PROOF_DIGEST_H

#include "base/buffer.h"

enum { SHA256_BYTES = 32, SHA256_TEXT = 2 * SHA256_BYTES + 1 };

void sha256(struct chunk bytes, unsigned char out[SHA256_BYTES]);
/* In lower-case hexadecimal with its NUL. Returns out. */
const char *sha256_hex(struct chunk bytes, char out[SHA256_TEXT]);

#endif
