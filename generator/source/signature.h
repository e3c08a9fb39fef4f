/* Signatures of commits and tags, checked by git, which runs gpg or ssh-keygen.
 *
 * A repository can name programs for git to run, and keys to trust. git is
 * therefore run in an empty repository of our own that only borrows the objects:
 * nothing that the repository says is read, only what the user's and the
 * machine's own configuration say. */
#ifndef OPSLEDGER_SOURCE_SIGNATURE_H
#define OPSLEDGER_SOURCE_SIGNATURE_H

#include "source/repository.h"

enum signature_verdict {
	SIGNATURE_GOOD,
	SIGNATURE_BAD,      /* it is not of what it signs */
	SIGNATURE_UNPROVED, /* the key is not known or not trusted, or nothing could check it */
};

struct signature {
	enum signature_verdict verdict;
	const char *signer; /* as the keys call him, or NULL */
	const char *key;    /* fingerprint, or NULL */
	const char *detail; /* what git said of one that is not good, one line; else NULL */
};

struct signature_checker;

/* allowed_signers: a file as ssh-keygen(1) describes, or NULL: that of the user's
 * configuration. NULL after a diagnostic. */
struct signature_checker *signature_checker_open(const struct repository *repository, const char *allowed_signers,
                                                 struct diags *diags);
void signature_checker_close(struct signature_checker *checker);

/* Checks the signature of a commit, or of a tag object, of that full id. Takes some
 * milliseconds; keeps nothing. */
struct signature signature_check(struct signature_checker *checker, struct arena *arena, const char *id, bool is_tag);

#endif
