/* Time stamps: an authority's signed word that something was there at a time
 * (RFC 3161), here over a signature (CAdES-T, ETSI EN 319 122-1, 5.3). */
#ifndef OPSLEDGER_PROOF_STAMP_H
#define OPSLEDGER_PROOF_STAMP_H

#include "proof/trust.h"
#include "time/instant.h"

/* Who carries a request to an authority and brings its response: this program
 * uses no network. */
struct stamper {
	/* Appends the response to the request, both in DER. False when there is none. */
	bool (*ask)(const char *command, struct chunk request, struct buf *response);
	const char *command;
};

/* Bytes that a token takes at most. */
enum { STAMP_ROOM = 16384 };

/* Appends a token over value that holds. False after a diagnostic. */
bool stamp_fetch(const struct stamper *stamper, struct chunk value, struct buf *token, struct diags *diags);

struct stamp {
	bool present;
	const char *fault;     /* why it does not hold, translated; NULL: it holds */
	const char *authority; /* its certificate's name; NULL when there is none */
	struct instant at;     /* when it says that the signature was there; set when it holds */
	enum chain chain;
	const char *chain_fault; /* OpenSSL's words, for CHAIN_NOT_TRUSTED */
};

/* Whether token, in DER, is a time stamp over value, and whether its certificate
 * leads to trust (NULL: not looked at) as one for time stamps, as of the time that
 * it tells. Texts in arena. */
struct stamp stamp_verify(struct arena *arena, struct chunk token, struct chunk value, const struct trust *trust);

#endif
