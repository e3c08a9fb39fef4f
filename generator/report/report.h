/* Reports: what a contract's "reports" call for, as Markdown made from a template
 * and the figures of a period, or from one record.
 *
 * A report kind is a line in the contract and a template, templates/KIND.md: a
 * new one needs no C. document_read turns the Markdown into a tree. */
#ifndef OPSLEDGER_REPORT_REPORT_H
#define OPSLEDGER_REPORT_REPORT_H

#include "ledger/ledger.h"
#include "proof/provenance.h"
#include "report/template.h"
#include "rules/knowledge.h"

struct reporter;

/* What reports of one contract are made from; all is borrowed. */
struct report_source {
	const struct ledger *ledger;
	const struct map *schemas;               /* type → struct schema, of all the types there are */
	const struct provenance *provenance;     /* NULL: records that no commit holds */
	const struct template_loader *templates; /* "monthly", "partials/cover" */
	struct instant as_of;
	const char *commit;                  /* full id; NULL when the records are of no commit */
	const struct repository *repository; /* where signed commits are read again; NULL: they are not */
	const struct knowledge *knowledge;   /* of the commit; NULL: views tell nothing of it */
};

/* Compiles the templates of the contract's reports and computes once what they
 * share. Lives in arena; faults of templates are reported. */
struct reporter *reporter_new(struct arena *arena, const struct report_source *source, struct diags *diags);

/* Which report: a rule of the contract, and the period it is about, or the
 * record (then the period is the day of it). */
struct report_subject {
	const struct report_rule *rule;
	struct period period;
	const struct record *record; /* NULL: a periodic report */
	bool draft;                  /* the period, or the work on the record, is not over as of the instant */
};

struct report_subjects {
	struct report_subject *items; /* in the contract's order of reports, then by time */
	size_t count, capacity;
};

/* All reports that the contract calls for up to the as-of instant: those of
 * complete periods, a draft of each running one, one for each record asked for. */
struct report_subjects report_subjects(const struct reporter *reporter, struct arena *arena);

/* The subject that a user names: kind, and a period's name or, for single
 * documents, a record's id. False after a diagnostic. */
bool report_subject_find(const struct reporter *reporter, struct arena *arena, const char *kind, const char *which,
                         struct report_subject *out, struct diags *diags);

/* The subject of the report whose files have that stem; see struct report. False
 * when the contract calls for none such. */
bool report_subject_of_stem(const struct reporter *reporter, struct arena *arena, const char *stem,
                            struct report_subject *out);

/* The name of its files; see struct report. */
const char *report_stem(struct arena *arena, const struct report_subject *subject);

/* "系统维护及优化记录月报（2026年3月）", "故障分析处理记录（INC-2026-0301）" */
const char *report_title(struct arena *arena, const struct report_subject *subject);

struct report {
	struct report_subject subject;
	const char *title; /* report_title */
	/* Of its files: "2026-03" for the kinds daily, weekly, monthly, quarterly,
	 * half-year, annual, term; else "KIND-PERIOD" or "KIND-RECORD". */
	const char *stem;
	const struct value *view; /* docs/templates.md; what --format json prints */
	struct chunk markdown;    /* as the template left it */
	const char *path;         /* "templates/monthly.md", for diagnostics */
};

/* Makes a report into arena; NULL after a diagnostic. Threads may make reports of one reporter at the
 * same time. */
struct report *report_make(const struct reporter *reporter, struct arena *arena, struct report_subject subject,
                           struct diags *diags);

#endif
