/* What a PDF file proves by itself: the report it says it is, its signatures, and
 * what was changed after it was first written. */
#ifndef OPSLEDGER_PROOF_PDF_VERIFY_H
#define OPSLEDGER_PROOF_PDF_VERIFY_H

#include "proof/cms.h"
#include "proof/pdf_changes.h"

/* What the file's keywords say it was made from:
 * "report CONTRACT/STEM, commit ID, figures SHA256, as-of INSTANT, program NAME". */
struct pdf_origin {
	const char *contract, *stem, *commit, *figures, *as_of, *program;
};

/* From the first revision; in the reader's arena. False when it does not say all of it. */
bool pdf_origin_read(const struct pdf_reader *reader, struct pdf_origin *out);

struct pdf_signature {
	const char *field;
	size_t revision; /* that brought it, from 0 */
	bool covers;     /* it signs every byte up to the end of its revision */
	struct cms_verdict verdict;
	bool timed; /* whether it says when it was made: the signer's word */
	struct instant at;
	const char *reason, *location; /* "" for none */
};

struct pdf_signatures {
	struct pdf_signature *items; /* by revision */
	size_t count, capacity;
};

struct pdf_proof {
	bool originates; /* the first revision says what it was made from */
	struct pdf_origin origin;
	struct pdf_signatures signatures;
	size_t unsigned_fields;
	struct pdf_changes changes;
};

/* In the reader's arena. */
struct pdf_proof pdf_verify(const struct pdf_reader *reader, const struct trust *trust);

/* The bytes that were written first. */
struct chunk pdf_first_revision(const struct pdf_reader *reader);

/* Whether it and its time stamp hold, and no chain is known to be bad. */
bool pdf_signature_holds(const struct pdf_signature *signature);
/* Whether all signatures that there are hold, and nothing else was changed. */
bool pdf_proof_holds(const struct pdf_proof *proof);

#endif
