#include "report/view.h"

#include "report/view_value.h"
#include "report/wording.h"

static const struct flow_fields FINDINGS = { "findings", "found_on", "closed_on", "due_on" };
static const struct flow_fields REQUESTS = { "requests", "requested_at", "solved_at", NULL };
static const struct flow_fields RISKS = { "risks", "identified_on", "closed_on", NULL };

static struct target_figures_list figures_of(const struct view *view, struct span span, struct clock_list *clocks)
{
	*clocks = clock_read_all(view->ledger, span, view->as_of, view->arena);
	return target_figures(view->ledger, clocks, span, view->arena);
}

static struct view view_begin(const struct reporter *reporter, struct arena *arena, struct report_subject subject,
                              struct diags *diags)
{
	const struct report_source *source = &reporter->source;
	struct view view = { .arena = arena,
		             .reporter = reporter,
		             .ledger = source->ledger,
		             .contract = source->ledger->contract,
		             .subject = subject,
		             .span = subject.period.span,
		             .as_of = source->as_of,
		             .offset = source->ledger->contract->offset,
		             .diags = diags };
	/* a single document has no period in its title: its dates show their year */
	view.year = subject.record == NULL ? date_year((struct date){ view.span.to.day - 1 }) : 0;
	view.has_previous = period_previous(arena, &subject.period, view.contract->term, &view.previous);
	struct clock_list earlier;
	view.figures = figures_of(&view, view.span, &view.clocks);
	map_init(&view.clocks_of, arena);
	for (size_t i = 0; i < view.clocks.count; i++)
		if (i == 0 || view.clocks.items[i].record != view.clocks.items[i - 1].record)
			map_put(&view.clocks_of, view.clocks.items[i].record->name, &view.clocks.items[i]);
	if (view.has_previous && subject.record == NULL)
		view.previous_figures = figures_of(&view, view.previous.span, &earlier);
	return view;
}

struct instant view_closing(const struct view *view)
{
	struct instant closing = { span_to(view->span, view->offset).seconds - 1, view->offset };
	return instant_compare(view->as_of, closing) < 0 ? view->as_of : closing;
}

int view_inner_year(const struct view *view)
{
	return view->subject.record == NULL ? view->year : date_year(view->span.from);
}

static void set_source(const struct view *view, struct value *root)
{
	const char *commit = view->reporter->source.commit;
	view_text(view->arena, root, "as_of", wording_instant(view->arena, view->as_of, view->offset));
	view_text(view->arena, root, "commit",
	          commit == NULL ? NULL : arena_strndup(view->arena, commit, COMMIT_SHORT));
	view_text(view->arena, root, "commit_full", commit);
}

static void set_figures(const struct view *view, struct value *root)
{
	value_set(view->arena, root, "targets", view_targets(view));
	value_set(view->arena, root, "duties", view_duties(view));
	value_set(view->arena, root, "trend", view_trend(view));
	value_set(view->arena, root, "limits", view_limits(view));
	value_set(view->arena, root, "incidents", view_incidents(view));
	value_set(view->arena, root, "availability", view_availability(view));
	value_set(view->arena, root, "backups", view_backups(view));
	value_set(view->arena, root, "metrics", view_metrics(view));
	value_set(view->arena, root, "findings", view_flow(view, &FINDINGS));
	value_set(view->arena, root, "requests", view_flow(view, &REQUESTS));
	value_set(view->arena, root, "risks", view_flow(view, &RISKS));
	value_set(view->arena, root, "staff", view_staff(view));
	value_set(view->arena, root, "payments", view_payments(view));
	value_set(view->arena, root, "appraisal", view_appraisal(view));
	value_set(view->arena, root, "records", view_records(view));
}

const struct value *view_make(const struct reporter *reporter, struct arena *arena, struct report_subject subject,
                              struct diags *diags)
{
	struct view view = view_begin(reporter, arena, subject, diags);
	struct value *root = value_object(arena);
	value_set(arena, root, "contract", view_contract(&view));
	value_set(arena, root, "report", view_report(&view));
	value_set(arena, root, "period", view_period(&view));
	set_source(&view, root);
	if (subject.record != NULL) {
		value_set(arena, root, "subject", view_subject(&view, subject.record));
		return root;
	}
	set_figures(&view, root);
	value_set(arena, root, "knowledge", view_knowledge(&view));
	value_set(arena, root, "notes", view_notes(&view));
	value_set(arena, root, "appendix", view_appendix(&view, root));
	return root;
}

const struct value *view_figures(const struct report_source *source, struct arena *arena, struct period period,
                                 struct diags *diags)
{
	struct reporter reporter = { .arena = arena,
		                     .source = *source,
		                     .duties = duty_windows(source->ledger, source->as_of, arena),
		                     .backlogs = backlog_index_new(source->ledger, arena) };
	struct report_subject subject = { NULL, period, NULL, false };
	struct view view = view_begin(&reporter, arena, subject, diags);
	struct value *root = value_object(arena);
	set_figures(&view, root);
	return root;
}
