#include "rules/agreement.h"

struct check {
	const struct ledger *ledger;
	const struct backlog_index *backlogs;
	struct arena *arena;
	struct diags *diags;
	bool agree;
};

static void expect(struct check *check, const char *what, size_t one, size_t other)
{
	if (one == other)
		return;
	check->agree = false;
	DIAG(check->diags, check->ledger->contract->place, MSG_FIGURES_DISAGREE, what,
	     arena_printf(check->arena, "%zu", one), arena_printf(check->arena, "%zu", other));
}

static void check_backlog(struct check *check, struct span span, struct instant as_of)
{
	struct backlog own = incident_backlog(check->backlogs, span, as_of, check->arena);
	struct span day_before = { { span.from.day - 1 }, span.from };
	struct backlog before = incident_backlog(check->backlogs, day_before, as_of, check->arena);
	expect(check, translate("incidents open at the end"), own.opening + own.reported + own.reopened,
	       own.closing + own.restored);
	expect(check, translate("incidents carried over"), before.closing, own.opening);
}

static size_t tally_sum(struct check *check, const struct record_list *incidents, const char *field)
{
	struct tally tally = tally_by(check->ledger, incidents, field, check->arena);
	size_t sum = 0;
	for (size_t i = 0; i < tally.count; i++)
		sum += tally.items[i].count;
	return sum;
}

static void check_tallies(struct check *check, struct span span)
{
	static const char *const fields[] = { "level", "system", "cause" };
	struct record_list incidents = ledger_select(check->ledger, check->arena, "incidents", span, NULL);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		expect(check, fields[i], incidents.count, tally_sum(check, &incidents, fields[i]));
}

static struct target_figures_list figures_of(struct check *check, struct span figures, struct span readings,
                                             struct instant as_of)
{
	struct clock_list clocks = clock_read_all(check->ledger, readings, as_of, check->arena);
	return target_figures(check->ledger, &clocks, figures, check->arena);
}

/* The verdicts of the months in span, added up, against those of span. */
static void check_months(struct check *check, struct span span, struct instant as_of)
{
	struct target_figures_list whole = figures_of(check, span, span, as_of);
	size_t *sums = arena_alloc(check->arena, (whole.count + 1) * VERDICT_COUNT * sizeof *sums);
	for (struct date day = span.from; day.day < span.to.day;) {
		struct period month = period_of(check->arena, PERIOD_MONTH, day, span);
		struct target_figures_list part = figures_of(check, span, month.span, as_of);
		for (size_t i = 0; i < whole.count; i++)
			for (size_t v = 0; v < VERDICT_COUNT; v++)
				sums[i * VERDICT_COUNT + v] += part.items[i].verdicts[v];
		day = month.span.to;
	}
	for (size_t i = 0; i < whole.count; i++)
		for (size_t v = 0; v < VERDICT_COUNT; v++)
			expect(check, whole.items[i].target->item.name, whole.items[i].verdicts[v],
			       sums[i * VERDICT_COUNT + v]);
}

bool figures_agree(const struct ledger *ledger, const struct backlog_index *backlogs, struct span span,
                   struct instant as_of, struct diags *diags)
{
	struct check check = {
		.ledger = ledger, .backlogs = backlogs, .arena = arena_new(), .diags = diags, .agree = true
	};
	check_backlog(&check, span, as_of);
	check_tallies(&check, span);
	check_months(&check, span, as_of);
	arena_free(check.arena);
	return check.agree;
}
