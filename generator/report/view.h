/* Views: all that a report template can print, as one tree of values, each ready
 * to print. docs/templates.md lists the values; `opsledger report … --format json` shows them.
 *
 * Each view_*.c makes one branch and knows nothing of the others. */
#ifndef OPSLEDGER_REPORT_VIEW_H
#define OPSLEDGER_REPORT_VIEW_H

#include "proof/seal.h"
#include "report/report.h"
#include "rules/clock.h"
#include "rules/duty.h"
#include "rules/figures.h"

struct comparison; /* report/comparison.h */

/* What all reports of a contract share. */
struct reporter {
	struct arena *arena;
	struct report_source source;
	struct duty_list duties; /* of the whole term */
	struct backlog_index *backlogs;
	struct seal_list seals;
	struct erratum_list errata;       /* of all sealed periods */
	struct comparison *since;         /* by seal: how its figures differ now, where there are errata */
	struct gaps *gaps;                /* of this contract alone; NULL without knowledge, as the next */
	struct knowledge_list concerning; /* the articles that concern the contract */
	struct template **templates;      /* of each of the contract's reports; NULL where it has faults */
};

/* What one report is about; every branch takes it from here. */
struct view {
	struct arena *arena;
	const struct reporter *reporter;
	const struct ledger *ledger;
	const struct contract *contract;
	struct report_subject subject;
	struct span span; /* the period's */
	bool has_previous;
	struct period previous; /* the period before, to compare with */
	struct instant as_of;
	int32_t offset;
	struct clock_list clocks; /* of the records of the period */
	struct map clocks_of;     /* a record's name → the first of its clocks; the others follow it */
	struct target_figures_list figures, previous_figures; /* of this period, and of the one before */
	struct diags *diags;
	int year; /* that the reader is in: dates of it go without their year */
};

struct value *view_contract(const struct view *view);
struct value *view_report(const struct view *view);
struct value *view_period(const struct view *view);
/* Records of every type in the period: {TYPE: {title, times, list, of, by, matrix}}. */
struct value *view_records(const struct view *view);
/* Counts of list, records of one type, by each field that groups them: {FIELD: list of
 * {name, times, share, previous, sum, rate}}; previous are the records to compare with, or NULL. */
struct value *view_counts(const struct view *view, const struct record_list *list, const struct record_list *previous,
                          const struct schema *schema);
/* Rows of list, records of one type, by each value that a field's schema allows, also those that do not occur:
 * {FIELD: list of {name, list}}. */
struct value *view_each(const struct view *view, const struct record_list *list, const struct schema *schema);
/* {sum: {FIELD}, rate: {FIELD: {OTHER}}} of the whole-number fields of list. */
struct value *view_sums(const struct view *view, const struct record_list *list, const struct schema *schema);
struct value *view_record(const struct view *view, const struct record *record);

/* {list, counted, met, missed, missed_records, attainment, misses, running …} */
struct value *view_targets(const struct view *view);
/* One clock on one record: {target, clause, limit, from, deadline, to, took, verdict, overrun …} */
struct value *view_clock(const struct view *view, const struct clock_reading *reading);
/* {judged, done, late, missed, on_time, list, faults, waived, map, next} */
struct value *view_duties(const struct view *view);
/* The windows that are due in span, by duty, subject and time. */
struct duty_list view_duties_due(const struct view *view, struct span span);
/* {figures, entries, changed, changed_records}. root has all other branches; every item of it that has figures
 * gets behind, the anchor of its row in the appendix, or null when it rests on no record. */
struct value *view_appendix(const struct view *view, const struct value *root);
/* {count, labels, attainment, incidents}, data for charts; null for days and first periods */
struct value *view_trend(const struct view *view);
/* {list, used_up} */
struct value *view_limits(const struct view *view);
/* {times, list, open, backlog, repair} */
struct value *view_incidents(const struct view *view);
/* A list of systems: {name, percent, outages, outage, agreed} */
struct value *view_availability(const struct view *view);
/* {failed, series} */
struct value *view_backups(const struct view *view);
/* {rules, members} */
struct value *view_staff(const struct view *view);
/* A list of the payments of the contract years that the period touches: {name, clause, period, amount, due, paid,
 * verdict …} */
struct value *view_payments(const struct view *view);
/* {name, clause, pass_mark, deduction, months}; null when the contract has none */
struct value *view_appraisal(const struct view *view);
/* {list, watched, exceeded}: metrics of inspections */
struct value *view_metrics(const struct view *view);

/* Records that are opened, may be due, and are closed. */
struct flow_fields {
	const char *type, *opened, *closed;
	const char *due; /* a date field, or NULL */
};

/* {opening, opened, closed, closing, overdue, closed_list, open_list} */
struct value *view_flow(const struct view *view, const struct flow_fields *fields);

/* The record of a single document: its fields, and {clocks, misses, related, history}. */
struct value *view_subject(const struct view *view, const struct record *record);
/* What was changed in a sealed period after it was signed: {id, report, period, signed_at, signer, role, verdict,
 * commit, figures, changes}. year: that dates go without, or 0. */
struct value *view_seal(const struct reporter *reporter, struct arena *arena, const struct seal *seal, int year,
                        struct diags *diags);
/* The seals with changes that a report has to tell: those of its own period, and those with changes made in it. */
struct value *view_errata(const struct view *view);
/* {any, articles, until, incidents, requests, used, repeats, overdue, changed}: whether knowledge is used and looked
 * after. */
struct value *view_knowledge(const struct view *view);
/* {unknown, provisional, imports, late …}: what to know of the data. */
struct value *view_notes(const struct view *view);

/* The whole tree. */
const struct value *view_make(const struct reporter *reporter, struct arena *arena, struct report_subject subject,
                              struct diags *diags);

/* The figures of a period alone, as the templates' periodic reports have them:
 * targets, duties, limits … and records; for comparison_make. */
const struct value *view_figures(const struct report_source *source, struct arena *arena, struct period period,
                                 struct diags *diags);

/* The records that a figure rests on. */
struct sources {
	const struct record **items;
	size_t count, capacity;
};

void view_source(const struct view *view, struct sources *sources, const struct record *record);
/* Sets records: a list of {record, id}, each once; null when there are none. */
void view_sources(const struct view *view, struct value *object, const struct sources *sources);

/* Sets commit (short), committed_at and author. */
void view_commit(const struct view *view, struct value *object, const struct history_commit *commit);

/* The record's title; where its type has none its kind, "权限配置", else the type's own name. */
const char *view_title(const struct view *view, const struct record *record);
/* "2026年3月", "3月9日": what a duty's window is called. */
const char *view_window_name(const struct view *view, const struct duty_window *window);

/* The last moment of the period that has been: as of which its end is told. */
struct instant view_closing(const struct view *view);

/* The year that tables inside a single document leave out: its record's; else the
 * reader's. */
int view_inner_year(const struct view *view);

/* Display helpers that several branches need. */

/* "P1 重大故障"; text itself when the contract knows no such level. */
const char *view_level_name(const struct view *view, const char *text);
const char *view_system_name(const struct view *view, const char *text);
/* The text of a field as a reader sees it; NULL when the record has none. */
const char *view_field_text(const struct view *view, const struct record *record, const char *name);

#endif
