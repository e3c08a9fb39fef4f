/* Staff: who is there at the end of the period, and whether the contract's rules
 * on people were kept. */
#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "rules/staff.h"

static struct value *gaps(const struct view *view, const struct staff_state *state)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < state->gap_count; i++) {
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "days", wording_span(view->arena, state->gaps[i].days, view->year));
		view_count(view->arena, item, "people", state->gaps[i].count);
	}
	return view_list(view->arena, items);
}

static const char *required_words(const struct view *view, const struct staff_rule *rule)
{
	const char *when = rule->on == ON_WORKDAY ? "每个工作日" : rule->on == ON_RESTDAY ? "每个非工作日" : "";
	switch (rule->kind) {
	case STAFF_HEAD_COUNT:
	case STAFF_ROSTER:
		return arena_printf(view->arena, "%s不少于%u人", when, rule->at_least);
	case STAFF_CONSENT:
		return "变动须经许可";
	case STAFF_ABSENCE:
		break;
	}
	return "缺岗天数";
}

static struct value *rule_value(const struct view *view, const struct staff_state *state)
{
	const struct staff_rule *rule = state->rule;
	struct value *object = value_object(view->arena), *records = value_array(view->arena);
	view_text(view->arena, object, "name", rule->item.name);
	view_text(view->arena, object, "clause", rule->item.clause);
	view_text(view->arena, object, "required", required_words(view, rule));
	view_flag(view->arena, object, "kept", state->kept);
	view_flag(view->arena, object, "provisional", state->provisional);
	view_flag(view->arena, object, "counts_people", rule->kind == STAFF_HEAD_COUNT || rule->kind == STAFF_ROSTER);
	view_flag(view->arena, object, "counts_absence", rule->kind == STAFF_ABSENCE);
	view_count(view->arena, object, "people", state->count);
	view_count(view->arena, object, "lowest", state->lowest);
	view_count(view->arena, object, "absent_days", state->absent_days);
	view_count(view->arena, object, "uncovered_days", state->uncovered_days);
	for (size_t i = 0; i < state->record_count; i++)
		value_push(view->arena, records, view_record(view, state->records[i]));
	value_set(view->arena, object, "gaps", gaps(view, state));
	value_set(view->arena, object, "records", view_list(view->arena, records));
	return object;
}

static struct value *members(const struct view *view)
{
	const struct record_list *list = ledger_records(view->ledger, "staff");
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < list->count; i++) {
		struct date from, to;
		bool came = !record_date(list->items[i], "from", &from) || from.day < view->span.to.day;
		bool left = record_date(list->items[i], "to", &to) && to.day < view->span.to.day - 1;
		if (came && !left)
			value_push(view->arena, items, view_record(view, list->items[i]));
	}
	return view_list(view->arena, items);
}

struct value *view_staff(const struct view *view)
{
	struct staff_list list = staff_states(view->ledger, view->span, view->as_of, view->arena);
	struct value *object = value_object(view->arena), *rules = value_array(view->arena);
	for (size_t i = 0; i < list.count; i++)
		value_push(view->arena, rules, rule_value(view, &list.items[i]));
	value_set(view->arena, object, "rules", view_list(view->arena, rules));
	value_set(view->arena, object, "members", members(view));
	return object;
}
