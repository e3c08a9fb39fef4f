/* The contract, the report and the period: what a cover and a header say. */
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

/* Systems of a service (NULL: of any); those only that another than the provider looks after. */
static struct value *systems(const struct view *view, const struct service *service, bool subcontracted)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < view->contract->system_count; i++) {
		const struct system *system = &view->contract->systems[i];
		if ((service != NULL && system->service != service) || (subcontracted && system->provider == NULL))
			continue;
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "id", system->id);
		view_text(view->arena, item, "name", system->name);
		view_text(view->arena, item, "provider", system->provider);
		view_text(view->arena, item, "service", system->service == NULL ? NULL : system->service->name);
	}
	return view_list(view->arena, items);
}

static struct value *services(const struct view *view)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < view->contract->service_count; i++) {
		const struct service *service = &view->contract->services[i];
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "id", service->id);
		view_text(view->arena, item, "name", service->name);
		view_text(view->arena, item, "term", wording_span(view->arena, service->term, 0));
		value_set(view->arena, item, "systems", systems(view, service, false));
	}
	return view_list(view->arena, items);
}

static struct value *levels(const struct view *view)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < view->contract->level_count; i++) {
		const struct level *level = &view->contract->levels[i];
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "id", level->id);
		view_text(view->arena, item, "name", level->name);
		view_text(view->arena, item, "description", level->description);
	}
	return view_list(view->arena, items);
}

struct value *view_contract(const struct view *view)
{
	const struct contract *contract = view->contract;
	struct value *object = value_object(view->arena);
	view_text(view->arena, object, "id", contract->id);
	view_text(view->arena, object, "name", contract->name);
	view_text(view->arena, object, "purchaser", contract->purchaser);
	view_text(view->arena, object, "provider", contract->provider);
	view_text(view->arena, object, "signed_on", wording_date(view->arena, contract->signed_on));
	view_text(view->arena, object, "term", wording_span(view->arena, contract->term, 0));
	view_text(view->arena, object, "amount",
	          contract->has_amount ? wording_number(view->arena, contract->amount) : NULL);
	value_set(view->arena, object, "services", services(view));
	value_set(view->arena, object, "systems", systems(view, NULL, false));
	value_set(view->arena, object, "subcontracted", systems(view, NULL, true));
	value_set(view->arena, object, "levels", levels(view));
	return object;
}

/* An array of exactly what a signature block takes. */
static struct value *signers(const struct view *view, const struct report_rule *rule)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < rule->signer_count; i++) {
		const struct signer *signer = &rule->signers[i];
		bool purchaser = strcmp(signer->party, "purchaser") == 0;
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "id", signer->id);
		view_text(view->arena, item, "role", signer->role);
		view_text(view->arena, item, "organisation",
		          purchaser ? view->contract->purchaser : view->contract->provider);
		view_flag(view->arena, item, "seal", true);
	}
	return items;
}

/* Whether both parties sign, rather than one of them. */
static bool is_mutual(const struct report_rule *rule)
{
	for (size_t i = 1; i < rule->signer_count; i++)
		if (strcmp(rule->signers[i].party, rule->signers[0].party) != 0)
			return true;
	return false;
}

static const char *copies_text(struct arena *arena, unsigned copies)
{
	static const char *const words[] = {
		"", "一式一份", "一式两份", "一式三份", "一式四份", "一式五份", "一式六份"
	};
	if (copies < sizeof words / sizeof *words)
		return words[copies];
	return arena_printf(arena, "一式%u份", copies);
}

struct value *view_report(const struct view *view)
{
	const struct report_rule *rule = view->subject.rule;
	struct value *object = value_object(view->arena);
	view_text(view->arena, object, "kind", rule->kind);
	view_text(view->arena, object, "name", rule->item.name);
	view_text(view->arena, object, "title", report_title(view->arena, &view->subject));
	view_text(view->arena, object, "clause", rule->item.clause);
	view_text(view->arena, object, "clause_text", contract_clause(view->contract, rule->item.clause));
	view_text(view->arena, object, "copies", rule->copies == 0 ? NULL : copies_text(view->arena, rule->copies));
	view_flag(view->arena, object, "draft", view->subject.draft);
	value_set(view->arena, object, "signers", signers(view, rule));
	view_flag(view->arena, object, "signed", rule->signer_count > 0);
	view_flag(view->arena, object, "mutual", is_mutual(rule));
	return object;
}

static struct value *period_value(const struct view *view, const struct period *period)
{
	struct value *object = value_object(view->arena);
	struct date last = { period->span.to.day - 1 };
	view_text(view->arena, object, "id", period->name);
	view_text(view->arena, object, "title", period_title(view->arena, period));
	view_text(view->arena, object, "from", wording_date(view->arena, period->span.from));
	view_text(view->arena, object, "to", wording_date(view->arena, last));
	view_text(view->arena, object, "span", wording_span(view->arena, period->span, 0));
	view_text(view->arena, object, "weekday", wording_weekday(period->span.from));
	view_count(view->arena, object, "days", (size_t)(period->span.to.day - period->span.from.day));
	view_flag(view->arena, object, "clipped",
	          period->span.from.day != period->whole.from.day || period->span.to.day != period->whole.to.day);
	return object;
}

struct value *view_period(const struct view *view)
{
	struct value *object = period_value(view, &view->subject.period);
	struct period next;
	bool has_next = period_next(view->arena, &view->subject.period, view->contract->term, &next);
	value_set(view->arena, object, "previous",
	          view->has_previous ? period_value(view, &view->previous) : value_null(view->arena));
	value_set(view->arena, object, "next", has_next ? period_value(view, &next) : value_null(view->arena));
	return object;
}
