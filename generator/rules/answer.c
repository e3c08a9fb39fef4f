#include "rules/answer.h"

#include "rules/figures.h"

static void set_text(struct arena *arena, struct value *object, const char *name, const char *text)
{
	value_set(arena, object, name, value_string(arena, text));
}

static void set_instant(struct arena *arena, struct value *object, const char *name, bool known, struct instant instant)
{
	char text[INSTANT_TEXT];
	value_set(arena, object, name, known ? value_string(arena, instant_format(instant, text)) : value_null(arena));
}

static void set_minutes(struct arena *arena, struct value *object, const char *name, int64_t seconds)
{
	value_set(arena, object, name, value_number(arena, (double)seconds / 60));
}

static struct value *head(struct arena *arena, const struct ledger *ledger, const struct period *period,
                          struct instant as_of)
{
	struct value *answer = value_object(arena);
	set_text(arena, answer, "contract", ledger->contract->id);
	set_text(arena, answer, "period", period->name);
	set_instant(arena, answer, "as_of", true, as_of);
	return answer;
}

static struct value *target_row(struct arena *arena, const struct target_figures *figures)
{
	static const enum verdict shown[] = { VERDICT_MET,    VERDICT_MISSED,   VERDICT_RUNNING,
		                              VERDICT_PAUSED, VERDICT_EXCLUDED, VERDICT_UNKNOWN };
	struct value *row = value_object(arena);
	set_text(arena, row, "id", figures->target->item.id);
	set_text(arena, row, "clause", figures->target->item.clause);
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		value_set(arena, row, verdict_name(shown[i]), value_number(arena, (double)figures->verdicts[shown[i]]));
	double percent;
	value_set(arena, row, "attainment",
	          attainment(figures, &percent) ? value_number(arena, percent) : value_null(arena));
	return row;
}

static struct value *item_row(struct arena *arena, const struct clock_reading *reading)
{
	struct value *row = value_object(arena);
	set_text(arena, row, "record", reading->record->name);
	set_text(arena, row, "target", reading->target->item.id);
	set_instant(arena, row, "from", reading->has_from, reading->from);
	set_instant(arena, row, "deadline", reading->has_deadline, reading->deadline);
	set_instant(arena, row, "to", reading->has_to, reading->to);
	set_minutes(arena, row, "paused_minutes", reading->paused_seconds);
	set_text(arena, row, "verdict", verdict_name(reading->verdict));
	set_minutes(arena, row, "overrun_minutes", reading->overrun_seconds);
	value_set(arena, row, "provisional", value_bool(arena, reading->provisional));
	return row;
}

struct value *sla_answer(struct arena *arena, const struct ledger *ledger, const struct period *period,
                         struct instant as_of, const char *commit)
{
	struct clock_list clocks = clock_read_all(ledger, period->span, as_of, arena);
	struct target_figures_list figures = target_figures(ledger, &clocks, period->span, arena);
	struct value *answer = head(arena, ledger, period, as_of);
	set_text(arena, answer, "commit", commit);
	struct value *targets = value_set(arena, answer, "targets", value_array(arena));
	for (size_t i = 0; i < figures.count; i++)
		value_push(arena, targets, target_row(arena, &figures.items[i]));
	struct value *items = value_set(arena, answer, "items", value_array(arena));
	for (size_t i = 0; i < clocks.count; i++)
		value_push(arena, items, item_row(arena, &clocks.items[i]));
	return answer;
}

struct value *attainment_answer(struct arena *arena, const struct ledger *ledger, struct instant as_of,
                                const char *commit)
{
	const struct contract *contract = ledger->contract;
	struct value *answer = value_object(arena);
	set_text(arena, answer, "contract", contract->id);
	set_instant(arena, answer, "as_of", true, as_of);
	set_text(arena, answer, "commit", commit);
	struct value *months = value_set(arena, answer, "months", value_array(arena));
	struct period period = period_of(arena, PERIOD_MONTH, contract->term.from, contract->term);
	do {
		if (instant_compare(span_from(period.span, contract->offset), as_of) > 0)
			break;
		struct arena *scratch = arena_new();
		struct clock_list clocks = clock_read_all(ledger, period.span, as_of, scratch);
		struct target_figures_list figures = target_figures(ledger, &clocks, period.span, scratch);
		struct value *month = value_push(arena, months, value_object(arena));
		set_text(arena, month, "period", period.name);
		struct value *targets = value_set(arena, month, "targets", value_array(arena));
		for (size_t i = 0; i < figures.count; i++)
			value_push(arena, targets, target_row(arena, &figures.items[i]));
		arena_free(scratch);
	} while (period_next(arena, &period, contract->term, &period));
	return answer;
}

struct value *duties_answer(struct arena *arena, const struct ledger *ledger, const struct period *period,
                            struct instant as_of)
{
	struct duty_list all = duty_windows(ledger, as_of, arena);
	struct duty_list windows = duty_in_span(&all, period->span, arena);
	struct value *answer = head(arena, ledger, period, as_of);
	struct value *rows = value_set(arena, answer, "windows", value_array(arena));
	for (size_t i = 0; i < windows.count; i++) {
		const struct duty_window *window = &windows.items[i];
		struct value *row = value_push(arena, rows, value_object(arena));
		set_text(arena, row, "duty", window->duty->item.id);
		set_text(arena, row, "clause", window->duty->item.clause);
		if (window->subject)
			set_text(arena, row, "subject", window->subject);
		set_instant(arena, row, "from", true, span_from(window->span, ledger->contract->offset));
		set_instant(arena, row, "to", true, span_to(window->span, ledger->contract->offset));
		set_instant(arena, row, "due", true, window->due);
		set_text(arena, row, "verdict", duty_verdict_name(window->verdict));
		value_set(arena, row, "provisional", value_bool(arena, window->provisional));
		struct value *evidence = value_set(arena, row, "evidence", value_array(arena));
		for (size_t j = 0; j < window->evidence_count; j++)
			value_push(arena, evidence, value_string(arena, window->evidence[j]->name));
	}
	return answer;
}
