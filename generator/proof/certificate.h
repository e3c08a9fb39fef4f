/* What signatures and time stamps ask of certificates; for the files that use
 * OpenSSL. */
#ifndef OPSLEDGER_PROOF_CERTIFICATE_H
#define OPSLEDGER_PROOF_CERTIFICATE_H

#include <openssl/cms.h>

#include "proof/trust.h"
#include "time/instant.h"

/* Dies with what OpenSSL has to say: out of memory, or a bug. */
_Noreturn void openssl_broken(void);
/* To read the bytes, which are borrowed. */
BIO *openssl_reading(struct chunk bytes);

/* Its bytes, borrowed; of NULL, none. */
struct chunk openssl_chunk(const ASN1_STRING *string);

/* The digest of the parts, one behind the other. */
void openssl_digest(const EVP_MD *md, const struct chunk parts[2], unsigned char out[EVP_MAX_MD_SIZE], unsigned *len);
/* The digest of that name; NULL when it is not known or too weak to prove anything. */
const EVP_MD *openssl_strong_digest(const X509_ALGOR *algorithm);

/* The common name, else the whole name; UTF-8, in arena. */
const char *certificate_name(struct arena *arena, const X509_NAME *name);

/* The only signer, and its certificate, which is borrowed from certificates; NULL
 * when there is another number of signers or no certificate. */
CMS_SignerInfo *certificate_of_signer(CMS_ContentInfo *cms, STACK_OF(X509) * certificates, X509 **certificate);

/* Whether what is signed says which certificate signs (ESS, RFC 2634 and RFC 5035),
 * and whether it is this one. What is named behind it has to be among the others.
 * sha1_too: in the older form too, which names by SHA-1. */
enum naming { NAMES_NONE, NAMES_THIS, NAMES_ANOTHER };
enum naming certificate_naming(CMS_SignerInfo *info, X509 *certificate, STACK_OF(X509) * others, bool sha1_too);

/* Whether the certificate leads to trust (NULL: not looked at) over the others as
 * of the instant, for an X509_PURPOSE_… or 0. Revocation is not looked at. fault:
 * OpenSSL's words for CHAIN_NOT_TRUSTED, in arena. */
enum chain certificate_chain(struct arena *arena, X509 *certificate, STACK_OF(X509) * others, int purpose,
                             const struct trust *trust, struct instant at, const char **fault);

#endif
