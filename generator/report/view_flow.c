/* What comes and goes: findings, requests and risks, open at the start of the
 * period, new, closed, open at its end. */
#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

struct flow {
	size_t opening, opened, closed, closing;
	struct value *closed_rows, *open_rows;
	size_t overdue;
};

static bool happened_before(const struct view *view, const struct record *record, const char *field,
                            struct instant limit)
{
	struct instant at;
	return ledger_instant(view->ledger, record, field, &at) && instant_compare(at, limit) < 0;
}

/* The end of the day that field names lies before the limit. */
static bool day_is_over(const struct view *view, const struct record *record, const char *field, struct instant limit)
{
	struct date day;
	return record_date(record, field, &day) &&
	       instant_compare(instant_at(day, DAY_SECONDS, view->offset), limit) <= 0;
}

static void count_record(const struct view *view, const struct flow_fields *fields, const struct record *record,
                         struct instant from, struct instant to, struct flow *flow)
{
	bool opened_before = happened_before(view, record, fields->opened, from);
	bool closed_before = happened_before(view, record, fields->closed, from);
	bool opened = happened_before(view, record, fields->opened, to);
	bool closed = happened_before(view, record, fields->closed, to);
	flow->opening += opened_before && !closed_before;
	flow->opened += opened && !opened_before;
	flow->closed += closed && !closed_before;
	flow->closing += opened && !closed;
	if (closed && !closed_before)
		value_push(view->arena, flow->closed_rows, view_record(view, record));
	if (opened && !closed) {
		bool overdue = fields->due != NULL && day_is_over(view, record, fields->due, to);
		struct value *row = value_push(view->arena, flow->open_rows, view_record(view, record));
		view_flag(view->arena, row, "overdue", overdue);
		flow->overdue += overdue;
	}
}

struct value *view_flow(const struct view *view, const struct flow_fields *fields)
{
	struct flow flow = { .closed_rows = value_array(view->arena), .open_rows = value_array(view->arena) };
	const struct record_list *list = ledger_records(view->ledger, fields->type);
	struct instant from = span_from(view->span, view->offset), to = span_to(view->span, view->offset);
	struct instant just_after = { view->as_of.seconds + 1, view->as_of.offset };
	if (instant_compare(just_after, to) < 0)
		to = just_after;
	for (size_t i = 0; i < list->count; i++)
		count_record(view, fields, list->items[i], from, to, &flow);
	if (flow.opening + flow.opened - flow.closed != flow.closing)
		DIAG(view->diags, ((struct place){ 0 }), MSG_REPORT_SUMS, fields->type, view->subject.period.name);
	struct value *object = value_object(view->arena);
	view_count(view->arena, object, "opening", flow.opening);
	view_count(view->arena, object, "opened", flow.opened);
	view_count(view->arena, object, "closed", flow.closed);
	view_count(view->arena, object, "closing", flow.closing);
	view_count(view->arena, object, "overdue", flow.overdue);
	view_flag(view->arena, object, "any_overdue", flow.overdue > 0);
	value_set(view->arena, object, "closed_list", view_list(view->arena, flow.closed_rows));
	value_set(view->arena, object, "open_list", view_list(view->arena, flow.open_rows));
	return object;
}
