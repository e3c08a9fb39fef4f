/* A report in each of its formats. */
#ifndef OPSLEDGER_SITE_REPORT_FILES_H
#define OPSLEDGER_SITE_REPORT_FILES_H

#include "document/pdf.h"
#include "report/report.h"
#include "source/snapshot.h"

/* What printing needs beside the report; fonts are opened once for all. */
struct printer {
	const struct snapshot *snapshot;
	const struct commit *commit;
	struct instant as_of;
	const char *program; /* that makes the file: program_name, or what the file to be made again says */
	const struct page_setup *setup;
	struct fonts *fonts;
};

/* Reads templates/print.json and the fonts it names. False after a diagnostic. */
bool printer_open(struct printer *printer, struct arena *arena, const struct snapshot *snapshot,
                  const struct commit *commit, struct instant as_of, const char *program, struct diags *diags);
void printer_close(struct printer *printer);

/* Whether the file at path is of a kind that prints as a picture: PNG or JPEG. */
bool picture_prints(const char *path);

/* The report's Markdown as a tree, in arena. */
struct document *report_document(struct arena *arena, const struct report *report, struct diags *diags);
/* As PDF, with what is needed to make it again in its keywords (proof/pdf_verify.h
 * reads them). False after a diagnostic. */
bool report_pdf(const struct printer *printer, const struct contract *contract, const struct report *report,
                const struct document *document, struct sink sink, struct diags *diags);

#endif
