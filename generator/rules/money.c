#include "rules/money.h"

#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "text/numerals.h"

static int64_t to_fen(double yuan)
{
	return llround(yuan * 100);
}

/* The index-th invoice of a milestone known by as_of, or NULL. */
static const struct record *find_invoice(const struct ledger *ledger, const char *milestone, size_t index,
                                         struct instant as_of)
{
	const struct record_list *rows = ledger_records(ledger, "payments");
	for (size_t i = 0; i < rows->count; i++) {
		const char *of = record_text(rows->items[i], "milestone");
		struct instant at;
		if (of && strcmp(of, milestone) == 0 && ledger_record_at(ledger, rows->items[i], &at) &&
		    instant_compare(at, as_of) <= 0 && index-- == 0)
			return rows->items[i];
	}
	return NULL;
}

/* The moment plus within; false when the moment has not come or is not known. */
static bool find_moment(const struct ledger *ledger, const struct payment_state *state, enum payment_moment moment,
                        struct duration within, struct instant *out, bool *provisional)
{
	const struct contract *contract = ledger->contract;
	struct date day = state->period.span.from;
	struct deadline deadline;
	if (moment == PAID_AFTER_SIGNING && day.day == contract->term.from.day)
		day = contract->signed_on;
	else if (moment == PAID_AFTER_END)
		day.day = state->period.span.to.day - 1;
	else if (moment == PAID_AFTER_INVOICE && (!state->invoice || !record_date(state->invoice, "invoiced_on", &day)))
		return false;
	if (!deadline_of(NULL, instant_at(day, 0, contract->offset), within, &ledger->rules, &deadline))
		return false;
	*provisional |= deadline.provisional;
	*out = deadline.at;
	return true;
}

static enum payment_verdict judge(const struct payment_state *state, struct instant as_of)
{
	if (state->paid) {
		/* A plain date is some moment of its day. */
		struct instant paid = instant_at(state->paid_on, 0, state->due.offset);
		return state->has_due && instant_compare(paid, state->due) >= 0 ? PAYMENT_PAID_LATE : PAYMENT_PAID;
	}
	if (state->has_due && instant_compare(as_of, state->due) > 0)
		return PAYMENT_OVERDUE;
	return state->has_opens && instant_compare(as_of, state->opens) < 0 ? PAYMENT_NOT_OPEN : PAYMENT_OPEN;
}

static struct payment_state read_state(const struct ledger *ledger, const struct payment *payment,
                                       const struct period *period, size_t index, struct instant as_of)
{
	const struct contract *contract = ledger->contract;
	struct payment_state state = { .payment = payment, .period = *period, .has_amount = contract->has_amount };
	state.amount_fen = to_fen(contract->amount * payment->share / 100);
	state.invoice = find_invoice(ledger, payment->item.id, index, as_of);
	state.due.offset = contract->offset;
	state.paid = state.invoice && record_date(state.invoice, "paid_on", &state.paid_on) &&
	             instant_compare(instant_at(state.paid_on, 0, contract->offset), as_of) <= 0;
	state.has_opens = payment->has_opens && find_moment(ledger, &state, payment->opens_after, payment->opens,
	                                                    &state.opens, &state.provisional);
	state.has_due = payment->has_due &&
	                find_moment(ledger, &state, payment->due_after, payment->due, &state.due, &state.provisional);
	state.verdict = judge(&state, as_of);
	return state;
}

struct payment_list payment_states(const struct ledger *ledger, struct instant as_of, struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct payment_list list = { .count = 0 };
	struct date day = contract->term.from;
	for (size_t year = 0; day.day < contract->term.to.day; year++) {
		struct period contract_year = period_of(arena, PERIOD_CONTRACT_YEAR, day, contract->term);
		struct period term = period_of(arena, PERIOD_TERM, day, contract->term);
		if (year && instant_compare(span_from(contract_year.span, contract->offset), as_of) > 0)
			break;
		for (size_t i = 0; i < contract->payment_count; i++) {
			const struct payment *payment = &contract->payments[i];
			if (year && !payment->yearly)
				continue;
			struct payment_state state =
			    read_state(ledger, payment, payment->yearly ? &contract_year : &term, year, as_of);
			arena_push(arena, list.items, list.count, list.capacity, state);
		}
		day = contract_year.span.to;
	}
	return list;
}

static const struct record *find_grave(const struct ledger *ledger, const struct appraisal_month *month,
                                       struct instant as_of, struct arena *arena)
{
	const struct match *grave = &ledger->contract->appraisal.grave;
	if (!grave->schema)
		return NULL;
	if (month->assessment && grave->schema == month->assessment->schema)
		return match_holds(grave, month->assessment) ? month->assessment : NULL;
	struct record_list events = ledger_select(ledger, arena, grave->schema->type, month->window->span, grave);
	struct instant at;
	if (!events.count || !ledger_record_at(ledger, events.items[0], &at) || instant_compare(at, as_of) > 0)
		return NULL;
	return events.items[0];
}

static void deduct(const struct contract *contract, struct appraisal_month *month, struct arena *arena)
{
	const struct appraisal *appraisal = &contract->appraisal;
	month->deducted = month->has_score && (month->score < appraisal->pass_mark || month->grave);
	if (!month->deducted)
		return;
	month->deduction_fen = to_fen(contract->amount / appraisal->months * (100 - month->score) / 100);
	struct buf total = BUF_INIT;
	numeral_money(&total, to_fen(contract->amount));
	month->formula =
	    arena_printf(arena, "%s ÷ %u × (100 − %g)%%", buf_str(&total), appraisal->months, month->score);
	buf_free(&total);
}

struct appraisal_list appraisal_months(const struct ledger *ledger, const struct duty_list *windows,
                                       struct instant as_of, struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct appraisal_list list = { .count = 0 };
	for (size_t i = 0; contract->has_appraisal && i < windows->count; i++) {
		const struct duty_window *window = &windows->items[i];
		if (strcmp(window->duty->item.id, contract->appraisal.duty) != 0)
			continue;
		struct appraisal_month month = { .window = window };
		if (window->evidence_count)
			month.assessment = window->evidence[0];
		month.has_score =
		    month.assessment && record_number(month.assessment, contract->appraisal.score, &month.score);
		month.grave = find_grave(ledger, &month, as_of, arena);
		deduct(contract, &month, arena);
		arena_push(arena, list.items, list.count, list.capacity, month);
	}
	return list;
}

const char *payment_verdict_name(enum payment_verdict verdict)
{
	static const char *const names[] = { [PAYMENT_NOT_OPEN] = "not_open",
		                             [PAYMENT_OPEN] = "open",
		                             [PAYMENT_PAID] = "paid",
		                             [PAYMENT_PAID_LATE] = "paid_late",
		                             [PAYMENT_OVERDUE] = "overdue" };
	return names[verdict];
}

const char *payment_verdict_title(enum payment_verdict verdict)
{
	static const char *const titles[] = { [PAYMENT_NOT_OPEN] = N_("not payable yet"),
		                              [PAYMENT_OPEN] = N_("payable"),
		                              [PAYMENT_PAID] = N_("paid"),
		                              [PAYMENT_PAID_LATE] = N_("paid late"),
		                              [PAYMENT_OVERDUE] = N_("overdue") };
	return translate(titles[verdict]);
}
