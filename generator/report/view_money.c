/* Money: payments as they stand, and what the month's score costs. */
#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "rules/money.h"
#include "text/numerals.h"

static const char *day_words(const struct view *view, bool known, struct instant at)
{
	return known ? wording_end(view->arena, at, view->offset, 0) : NULL;
}

static const char *invoiced_words(const struct view *view, const struct record *invoice)
{
	struct date day;
	return invoice != NULL && record_date(invoice, "invoiced_on", &day) ? wording_date(view->arena, day) : NULL;
}

static struct value *payment_value(const struct view *view, const struct payment_state *state)
{
	const struct payment *payment = state->payment;
	struct value *object = value_object(view->arena);
	view_text(view->arena, object, "name", payment->item.name);
	view_text(view->arena, object, "clause", payment->item.clause);
	view_text(view->arena, object, "period", period_title(view->arena, &state->period));
	view_text(view->arena, object, "share",
	          arena_printf(view->arena, "%s%%", wording_number(view->arena, payment->share)));
	view_text(view->arena, object, "condition", payment->condition);
	view_text(view->arena, object, "amount",
	          state->has_amount ? wording_money(view->arena, state->amount_fen) : NULL);
	view_text(view->arena, object, "capital",
	          state->has_amount ? wording_capital_money(view->arena, state->amount_fen) : NULL);
	view_text(view->arena, object, "opens", day_words(view, state->has_opens, state->opens));
	view_text(view->arena, object, "due", day_words(view, state->has_due, state->due));
	view_text(view->arena, object, "invoiced", invoiced_words(view, state->invoice));
	view_text(view->arena, object, "paid", state->paid ? wording_date(view->arena, state->paid_on) : NULL);
	view_text(view->arena, object, "verdict", wording_payment_verdict(state->verdict));
	view_flag(view->arena, object, "late",
	          state->verdict == PAYMENT_PAID_LATE || state->verdict == PAYMENT_OVERDUE);
	view_flag(view->arena, object, "provisional", state->provisional);
	struct sources sources = { 0 };
	if (state->invoice != NULL)
		view_source(view, &sources, state->invoice);
	view_sources(view, object, &sources);
	return object;
}

struct value *view_payments(const struct view *view)
{
	struct payment_list list = payment_states(view->ledger, view->as_of, view->arena);
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < list.count; i++) {
		struct span owed = list.items[i].period.span;
		if (owed.from.day < view->span.to.day && owed.to.day > view->span.from.day)
			value_push(view->arena, items, payment_value(view, &list.items[i]));
	}
	return view_list(view->arena, items);
}

static struct value *month_value(const struct view *view, const struct appraisal_month *month)
{
	struct value *object = value_object(view->arena);
	view_text(view->arena, object, "window", view_window_name(view, month->window));
	view_text(view->arena, object, "score", month->has_score ? wording_number(view->arena, month->score) : NULL);
	view_flag(view->arena, object, "deducted", month->deducted);
	view_text(view->arena, object, "formula", month->formula);
	view_text(view->arena, object, "deduction",
	          month->deducted ? wording_money(view->arena, month->deduction_fen) : NULL);
	view_text(view->arena, object, "capital",
	          month->deducted ? wording_capital_money(view->arena, month->deduction_fen) : NULL);
	value_set(view->arena, object, "assessment",
	          month->assessment == NULL ? value_null(view->arena) : view_record(view, month->assessment));
	value_set(view->arena, object, "grave",
	          month->grave == NULL ? value_null(view->arena) : view_record(view, month->grave));
	return object;
}

struct value *view_appraisal(const struct view *view)
{
	if (!view->contract->has_appraisal)
		return value_null(view->arena);
	const struct appraisal *appraisal = &view->contract->appraisal;
	struct appraisal_list list = appraisal_months(view->ledger, &view->reporter->duties, view->as_of, view->arena);
	struct value *object = value_object(view->arena), *months = value_array(view->arena);
	int64_t sum = 0;
	for (size_t i = 0; i < list.count; i++) {
		struct date from = list.items[i].window->span.from;
		if (from.day < view->span.from.day || from.day >= view->span.to.day)
			continue;
		value_push(view->arena, months, month_value(view, &list.items[i]));
		sum += list.items[i].deducted ? list.items[i].deduction_fen : 0;
	}
	view_text(view->arena, object, "name", appraisal->item.name);
	view_text(view->arena, object, "clause", appraisal->item.clause);
	view_text(view->arena, object, "clause_text", contract_clause(view->contract, appraisal->item.clause));
	view_text(view->arena, object, "pass_mark", wording_number(view->arena, appraisal->pass_mark));
	view_text(view->arena, object, "deduction", wording_money(view->arena, sum));
	view_text(view->arena, object, "capital", wording_capital_money(view->arena, sum));
	view_flag(view->arena, object, "any_deduction", sum > 0);
	value_set(view->arena, object, "months", view_list(view->arena, months));
	return object;
}
