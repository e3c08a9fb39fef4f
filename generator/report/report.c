#include "report/report.h"

#include <string.h>

#include "report/past.h"
#include "report/view.h"
#include "rules/agreement.h"

/* The kinds that are named after their period, whose files are too. */
static const struct {
	const char *kind;
	enum period_kind every;
} PERIODIC[] = {
	{ "daily", PERIOD_DAY },         { "weekly", PERIOD_WEEK },         { "monthly", PERIOD_MONTH },
	{ "quarterly", PERIOD_QUARTER }, { "half-year", PERIOD_HALF_YEAR }, { "annual", PERIOD_CONTRACT_YEAR },
	{ "term", PERIOD_TERM },
};

enum { PERIODIC_COUNT = sizeof PERIODIC / sizeof *PERIODIC };

static size_t periodic_index(const char *kind)
{
	for (size_t i = 0; i < PERIODIC_COUNT; i++)
		if (strcmp(PERIODIC[i].kind, kind) == 0)
			return i;
	return PERIODIC_COUNT;
}

/* Whether rule calls for periodic reports; then of which periods. */
static bool is_periodic(const struct report_rule *rule, enum period_kind *every)
{
	size_t index = periodic_index(rule->kind);
	if (rule->match.schema != NULL || (!rule->has_every && index == PERIODIC_COUNT))
		return false;
	*every = rule->has_every ? rule->every : PERIODIC[index].every;
	return true;
}

static struct template *compile(struct arena *arena, const struct report_source *source, const struct report_rule *rule,
                                struct diags *diags)
{
	const char *name = rule->template == NULL ? rule->kind : rule->template, *path;
	struct chunk text;
	if (!source->templates->load(name, &path, &text, source->templates->context)) {
		DIAG(diags, rule->item.place, MSG_REPORT_TEMPLATE_MISSING, arena_printf(arena, "templates/%s.md", name),
		     rule->kind);
		return NULL;
	}
	return template_compile(arena, path, text, source->templates, diags);
}

struct reporter *reporter_new(struct arena *arena, const struct report_source *source, struct diags *diags)
{
	const struct contract *contract = source->ledger->contract;
	struct reporter *reporter = arena_alloc(arena, sizeof *reporter);
	reporter->source = *source;
	reporter->duties = duty_windows(source->ledger, source->as_of, arena);
	reporter->backlogs = backlog_index_new(source->ledger, arena);
	if (source->provenance != NULL) {
		reporter->seals = seals_read(arena, source->ledger, source->provenance);
		reporter->errata = errata_find(arena, source->ledger, source->provenance, &reporter->seals, diags);
		reporter->since = past_comparisons(source, arena, &reporter->seals, &reporter->errata);
	}
	if (source->knowledge != NULL) {
		reporter->gaps =
		    knowledge_gaps(arena, source->knowledge, lessons_gather(arena, &source->ledger, 1, source->as_of));
		reporter->concerning = knowledge_concerning(arena, source->knowledge, source->ledger);
	}
	reporter->templates = arena_alloc(arena, (contract->report_count + 1) * sizeof(struct template *));
	for (size_t i = 0; i < contract->report_count; i++) {
		const struct report_rule *rule = &contract->reports[i];
		enum period_kind every;
		if (rule->match.schema == NULL && !is_periodic(rule, &every))
			DIAG(diags, rule->item.place, MSG_REPORT_EVERY_MISSING, rule->kind);
		else
			reporter->templates[i] = compile(arena, source, rule, diags);
	}
	return reporter;
}

static struct span both(struct span a, struct span b)
{
	struct span span = { { a.from.day > b.from.day ? a.from.day : b.from.day },
		             { a.to.day < b.to.day ? a.to.day : b.to.day } };
	return span;
}

static struct report_subject period_subject(const struct reporter *reporter, const struct report_rule *rule,
                                            struct period period)
{
	struct instant end = span_to(period.span, reporter->source.ledger->contract->offset);
	return (struct report_subject){ rule, period, NULL, instant_compare(reporter->source.as_of, end) < 0 };
}

static void add_periods(const struct reporter *reporter, struct arena *arena, const struct report_rule *rule,
                        enum period_kind every, struct report_subjects *subjects)
{
	const struct contract *contract = reporter->source.ledger->contract;
	struct span span = both(rule->item.valid, contract->term);
	if (rule->item.service != NULL)
		span = both(span, rule->item.service->term);
	if (span.from.day >= span.to.day)
		return;
	struct period period = period_of(arena, every, span.from, contract->term);
	do {
		if (instant_compare(reporter->source.as_of, span_from(period.span, contract->offset)) <= 0 ||
		    period.span.from.day >= span.to.day)
			return;
		arena_push(arena, subjects->items, subjects->count, subjects->capacity,
		           period_subject(reporter, rule, period));
	} while (period_next(arena, &period, contract->term, &period));
}

/* Work on a record goes on while one of its clocks has not ended. */
static bool is_in_work(const struct reporter *reporter, const struct record *record)
{
	const struct contract *contract = reporter->source.ledger->contract;
	for (size_t i = 0; i < contract->target_count; i++) {
		enum verdict verdict =
		    clock_read(reporter->source.ledger, &contract->targets[i], record, reporter->source.as_of, NULL)
		        .verdict;
		if (verdict == VERDICT_RUNNING || verdict == VERDICT_PAUSED)
			return true;
	}
	return false;
}

/* False when the rule does not ask for a document on record. */
static bool record_subject(const struct reporter *reporter, struct arena *arena, const struct report_rule *rule,
                           const struct record *record, struct report_subject *out)
{
	const struct ledger *ledger = reporter->source.ledger;
	struct instant at;
	if (!match_holds(&rule->match, record) || !ledger_item_covers(ledger, &rule->item, record) ||
	    !ledger_record_at(ledger, record, &at) || instant_compare(at, reporter->source.as_of) > 0)
		return false;
	struct date day = date_of_instant((struct instant){ at.seconds, ledger->contract->offset });
	*out = (struct report_subject){ rule, period_of(arena, PERIOD_DAY, day, ledger->contract->term), record,
		                        is_in_work(reporter, record) };
	return true;
}

struct report_subjects report_subjects(const struct reporter *reporter, struct arena *arena)
{
	const struct ledger *ledger = reporter->source.ledger;
	struct report_subjects subjects = { 0 };
	for (size_t i = 0; i < ledger->contract->report_count; i++) {
		const struct report_rule *rule = &ledger->contract->reports[i];
		enum period_kind every;
		if (is_periodic(rule, &every)) {
			add_periods(reporter, arena, rule, every, &subjects);
			continue;
		}
		if (rule->match.schema == NULL)
			continue;
		const struct record_list *list = ledger_records(ledger, rule->match.schema->type);
		for (size_t j = 0; j < list->count; j++) {
			struct report_subject subject;
			if (record_subject(reporter, arena, rule, list->items[j], &subject))
				arena_push(arena, subjects.items, subjects.count, subjects.capacity, subject);
		}
	}
	return subjects;
}

static const struct report_rule *rule_of(const struct reporter *reporter, struct arena *arena, const char *kind,
                                         struct diags *diags)
{
	const struct contract *contract = reporter->source.ledger->contract;
	const char *kinds = "";
	for (size_t i = 0; i < contract->report_count; i++) {
		if (strcmp(contract->reports[i].kind, kind) == 0)
			return &contract->reports[i];
		kinds = arena_printf(arena, "%s%s%s", kinds, i == 0 ? "" : ", ", contract->reports[i].kind);
	}
	DIAG(diags, contract->place, MSG_REPORT_KIND_UNKNOWN, contract->id, kind, kinds);
	return NULL;
}

bool report_subject_find(const struct reporter *reporter, struct arena *arena, const char *kind, const char *which,
                         struct report_subject *out, struct diags *diags)
{
	const struct contract *contract = reporter->source.ledger->contract;
	const struct report_rule *rule = rule_of(reporter, arena, kind, diags);
	enum period_kind every;
	if (rule == NULL)
		return false;
	if (is_periodic(rule, &every)) {
		struct period period;
		if (period_parse(arena, which, contract->term, &period) && period.kind == every) {
			*out = period_subject(reporter, rule, period);
			return true;
		}
		DIAG(diags, rule->item.place, MSG_REPORT_PERIOD_WRONG, which, kind, contract->id,
		     period_of(arena, every, contract->term.from, contract->term).name);
		return false;
	}
	const struct record *record =
	    rule->match.schema == NULL ? NULL : ledger_find(reporter->source.ledger, rule->match.schema->type, which);
	if (record != NULL && record_subject(reporter, arena, rule, record, out))
		return true;
	DIAG(diags, rule->item.place, MSG_REPORT_RECORD_UNKNOWN, kind, which);
	return false;
}

const char *report_stem(struct arena *arena, const struct report_subject *subject)
{
	const char *kind = subject->rule->kind;
	if (subject->record != NULL)
		return arena_printf(arena, "%s-%s", kind, subject->record->id);
	if (periodic_index(kind) < PERIODIC_COUNT)
		return subject->period.name;
	return arena_printf(arena, "%s-%s", kind, subject->period.name);
}

bool report_subject_of_stem(const struct reporter *reporter, struct arena *arena, const char *stem,
                            struct report_subject *out)
{
	const struct contract *contract = reporter->source.ledger->contract;
	struct diags *unheard = diags_new();
	bool found = false;
	for (size_t i = 0; i < contract->report_count && !found; i++) {
		const char *kind = contract->reports[i].kind, *which = stem;
		size_t len = strlen(kind);
		if (periodic_index(kind) >= PERIODIC_COUNT) {
			if (strncmp(stem, kind, len) != 0 || stem[len] != '-')
				continue;
			which = stem + len + 1;
		}
		/* Of two kinds, one may begin with the other's name. */
		found = report_subject_find(reporter, arena, kind, which, out, unheard) &&
		        strcmp(report_stem(arena, out), stem) == 0;
	}
	diags_free(unheard);
	return found;
}

const char *report_title(struct arena *arena, const struct report_subject *subject)
{
	const char *name = subject->rule->item.name;
	if (subject->record != NULL)
		return arena_printf(arena, "%s（%s）", name, subject->record->id);
	const char *period = period_title(arena, &subject->period);
	/* the title of a week ends in brackets already */
	return arena_printf(arena, strstr(period, "（") == NULL ? "%s（%s）" : "%s %s", name, period);
}

struct report *report_make(const struct reporter *reporter, struct arena *arena, struct report_subject subject,
                           struct diags *diags)
{
	const struct contract *contract = reporter->source.ledger->contract;
	const struct template *template = reporter->templates[subject.rule - contract->reports];
	if (template == NULL)
		return NULL;
	size_t errors = diags_errors(diags);
	struct report *report = arena_alloc(arena, sizeof *report);
	report->subject = subject;
	report->title = report_title(arena, &subject);
	report->stem = report_stem(arena, &subject);
	if (!subject.record)
		figures_agree(reporter->source.ledger, reporter->backlogs, subject.period.span, reporter->source.as_of,
		              diags);
	report->view = view_make(reporter, arena, subject, diags);
	report->path = arena_printf(arena, "templates/%s.md",
	                            subject.rule->template == NULL ? subject.rule->kind : subject.rule->template);
	struct buf text = BUF_INIT;
	template_render(template, report->view, TEMPLATE_MARKDOWN, &text, diags);
	report->markdown = (struct chunk){ arena_strndup(arena, buf_str(&text), text.len), text.len };
	buf_free(&text);
	return diags_errors(diags) == errors ? report : NULL;
}
