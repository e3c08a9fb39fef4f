/* Limits: counts that must not be passed, as they stood at the end of the period. */
#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "rules/limit.h"

static struct value *limit_value(const struct view *view, const struct limit_state *state)
{
	const struct limit *limit = state->limit;
	struct value *object = value_object(view->arena), *records = value_array(view->arena);
	struct span counted = state->period.span;
	if (counted.to.day > view->span.to.day)
		counted.to = view->span.to;
	view_text(view->arena, object, "id", limit->item.id);
	view_text(view->arena, object, "name", limit->item.name);
	view_text(view->arena, object, "clause", limit->item.clause);
	view_text(view->arena, object, "clause_text", contract_clause(view->contract, limit->item.clause));
	view_text(view->arena, object, "period", wording_span(view->arena, counted, 0));
	view_count(view->arena, object, "at_most", limit->at_most);
	view_count(view->arena, object, "used", state->counted);
	view_count(view->arena, object, "left", state->left);
	view_count(view->arena, object, "over", state->counted > limit->at_most ? state->counted - limit->at_most : 0);
	view_text(view->arena, object, "verdict", wording_limit_verdict(state->verdict));
	view_flag(view->arena, object, "passed", state->verdict == LIMIT_PASSED);
	view_flag(view->arena, object, "reached", state->verdict == LIMIT_REACHED);
	for (size_t i = 0; i < state->record_count; i++) {
		struct value *row = value_push(view->arena, records, view_record(view, state->records[i]));
		view_text(view->arena, row, "title", view_title(view, state->records[i]));
	}
	value_set(view->arena, object, "records", view_list(view->arena, records));
	return object;
}

struct value *view_limits(const struct view *view)
{
	struct limit_list limits = limit_states(view->ledger, view->span, view_closing(view), view->arena);
	struct value *object = value_object(view->arena), *all = value_array(view->arena),
	             *used_up = value_array(view->arena);
	for (size_t i = 0; i < limits.count; i++) {
		value_push(view->arena, all, limit_value(view, &limits.items[i]));
		if (limits.items[i].verdict == LIMIT_PASSED || limits.items[i].verdict == LIMIT_REACHED)
			value_push(view->arena, used_up, limit_value(view, &limits.items[i]));
	}
	value_set(view->arena, object, "list", view_list(view->arena, all));
	value_set(view->arena, object, "used_up", view_list(view->arena, used_up));
	return object;
}
