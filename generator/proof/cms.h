/* Signatures after the Cryptographic Message Syntax (RFC 5652) with OpenSSL, as
 * CAdES has them for PDF (ETSI EN 319 122-1 and EN 319 142-1, baseline B).
 *
 * The signed attributes are content type, digest (SHA-256) and the signing
 * certificate (ESS version 2, RFC 5035); the time of signing is not among them,
 * as the PDF's own dictionary says it. Keys are RSA and EC; SM2 gets a
 * diagnostic, as OpenSSL 3.0 has no CMS for it. Content is given in two parts,
 * what stands before and behind the place of the signature. */
#ifndef OPSLEDGER_PROOF_CMS_H
#define OPSLEDGER_PROOF_CMS_H

#include "proof/stamp.h"

struct cms_signer; /* a key, its certificate, and the chain that came with it */

/* From a PKCS #12 file's bytes; path is for diagnostics. The password is
 * borrowed. NULL after a diagnostic. */
struct cms_signer *cms_signer_open(const char *path, struct chunk p12, const char *password, struct diags *diags);
void cms_signer_free(struct cms_signer *signer);
/* The certificate's common name, else its whole subject; UTF-8, in arena. */
const char *cms_signer_name(const struct cms_signer *signer, struct arena *arena);
/* Bytes that a signature takes at most, without a time stamp. */
size_t cms_signer_room(const struct cms_signer *signer);
/* Whether the certificate holds at that instant. */
bool cms_signer_holds_at(const struct cms_signer *signer, struct instant at);
/* Appends the signature of the parts, in DER, with a time stamp over it unless
 * stamper is NULL. False after a diagnostic about that. */
bool cms_sign(const struct cms_signer *signer, const struct chunk parts[2], const struct stamper *stamper,
              struct buf *out, struct diags *diags);

struct cms_verdict {
	const char *fault;  /* why the signature does not hold, translated; NULL: it holds */
	const char *signer; /* as cms_signer_name; NULL when there is no certificate */
	const char *issuer;
	const char *digest; /* "SHA256" */
	enum chain chain;
	const char *chain_fault; /* OpenSSL's words, for CHAIN_NOT_TRUSTED */
	struct stamp stamp;
};

/* Whether der (bytes behind its end are padding) is the signature of the parts,
 * and whether its certificate leads to trust (NULL: not looked at) as of the
 * instant, or of the time stamp where that holds. Revocation is not looked at. cades: the signing certificate has to be
 * among what is signed. Texts in arena. */
struct cms_verdict cms_verify(struct arena *arena, struct chunk der, const struct chunk parts[2], bool cades,
                              const struct trust *trust, struct instant at);

#endif
