/* Making again what a PDF file says it is, from the commit that it names. */
#ifndef OPSLEDGER_COMMAND_REMAKING_H
#define OPSLEDGER_COMMAND_REMAKING_H

#include "command/command.h"
#include "proof/pdf_verify.h"

enum remade { REMADE_SAME, REMADE_DIFFERENT, REMADE_NOT };

struct remaking {
	enum remade answer;
	size_t different_at; /* the first byte that differs, from 0; of REMADE_DIFFERENT */
	const char *kind,
	    *which; /* of the report: "monthly", and the period's name or the record's id; NULL when not made */
};

/* Makes the report in the repository that request names and compares it with the
 * reader's first revision; texts in the reader's arena. Why it cannot be made is
 * printed on standard error. */
struct remaking remake(const struct request *request, const struct pdf_reader *reader, const struct pdf_origin *origin);

#endif
