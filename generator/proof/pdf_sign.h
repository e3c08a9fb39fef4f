/* Signing a field of a PDF file: an incremental update behind bytes that stay as
 * they are (ISO 32000-1, 12.8; PAdES baseline B and T, ETSI EN 319 142-1).
 *
 * What is added: the signature dictionary, an appearance, and the field that leads
 * to both. */
#ifndef OPSLEDGER_PROOF_PDF_SIGN_H
#define OPSLEDGER_PROOF_PDF_SIGN_H

#include "proof/cms.h"
#include "proof/pdf_reader.h"

struct pdf_signing {
	const char *field;             /* its name in the form */
	const char *reason, *location; /* UTF-8, or NULL */
	struct instant at;             /* what the signer says the time is */
	const struct stamper *stamper; /* NULL: without a time stamp */
};

/* Appends the signed file to out. path is for diagnostics; false after one. */
bool pdf_sign(const struct pdf_reader *reader, const char *path, const struct cms_signer *signer,
              const struct pdf_signing *signing, struct buf *out, struct diags *diags);

#endif
