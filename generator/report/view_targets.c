/* Clocks: figures against clauses, compared with the period before, and every
 * record that missed one. */
#include <math.h>
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

static const char *condition_words(const struct view *view, const struct allowance *allowance)
{
	const char *words = allowance->on == ON_WORKDAY ? "工作日" : allowance->on == ON_RESTDAY ? "非工作日" : "";
	for (size_t i = 0; i < allowance->when.count; i++) {
		const struct condition *condition = &allowance->when.conditions[i];
		for (size_t j = 0; j < condition->text_count; j++) {
			const char *text = condition->texts[j];
			if (strcmp(condition->field, "level") == 0)
				text = view_level_name(view, text);
			else if (strcmp(condition->field, "system") == 0)
				text = view_system_name(view, text);
			words = arena_printf(view->arena, "%s%s%s", words, *words == '\0' ? "" : "、", text);
		}
	}
	return words;
}

/* What the target allows: "2小时", "非工作日30分钟，其他1小时", "按商定完成时间". */
static const char *limit_words(const struct view *view, const struct target *target)
{
	if (target->by != NULL) {
		size_t index = schema_field_index(target->applies.schema, target->by);
		return arena_printf(view->arena, "按%s",
		                    index == SIZE_MAX ? target->by : target->applies.schema->fields[index].title);
	}
	const char *words = "";
	for (size_t i = 0; i < target->allowance_count; i++) {
		const struct allowance *allowance = &target->allowances[i];
		const char *condition = condition_words(view, allowance);
		if (i > 0 && *condition == '\0')
			condition = "其他";
		words = arena_printf(view->arena, "%s%s%s%s", words, i == 0 ? "" : "，", condition,
		                     duration_format(view->arena, allowance->within));
	}
	return words;
}

static size_t counted(const struct target_figures *figures)
{
	return figures->verdicts[VERDICT_MET] + figures->verdicts[VERDICT_MISSED];
}

/* The change in percentage points: "↑5.0", "↓5.0", "持平"; none without both. */
static const char *trend_words(const struct view *view, const struct target_figures *now,
                               const struct target_figures *before)
{
	double percent, previous;
	if (before == NULL || !attainment(now, &percent) || !attainment(before, &previous))
		return WORDING_NONE;
	double change = percent - previous;
	if (fabs(change) < 0.05)
		return "持平";
	return arena_printf(view->arena, "%s%.1f", change > 0 ? "↑" : "↓", fabs(change));
}

static const char *spread_words(const struct view *view, const struct spread *spread, double seconds)
{
	return spread->count == 0 ? WORDING_NONE : wording_duration(view->arena, llround(seconds));
}

static struct value *target_value(const struct view *view, const struct target_figures *figures,
                                  const struct target_figures *before)
{
	static const char *const names[VERDICT_COUNT] = {
		[VERDICT_MET] = "met",           [VERDICT_MISSED] = "missed",
		[VERDICT_RUNNING] = "running",   [VERDICT_PAUSED] = "paused",
		[VERDICT_EXCLUDED] = "excluded", [VERDICT_NOT_APPLICABLE] = "not_applicable",
		[VERDICT_UNKNOWN] = "unknown",
	};
	const struct target *target = figures->target;
	struct value *object = value_object(view->arena);
	view_text(view->arena, object, "id", target->item.id);
	view_text(view->arena, object, "name", target->item.name);
	view_text(view->arena, object, "clause", target->item.clause);
	view_text(view->arena, object, "clause_text", contract_clause(view->contract, target->item.clause));
	view_text(view->arena, object, "limit", limit_words(view, target));
	view_count(view->arena, object, "counted", counted(figures));
	for (size_t i = 0; i < VERDICT_COUNT; i++)
		view_count(view->arena, object, names[i], figures->verdicts[i]);
	view_text(view->arena, object, "attainment", attainment_text(view->arena, figures));
	view_flag(view->arena, object, "any_missed", figures->verdicts[VERDICT_MISSED] > 0);
	view_flag(view->arena, object, "provisional", figures->provisional);
	view_text(view->arena, object, "previous_attainment",
	          before == NULL ? WORDING_NONE : attainment_text(view->arena, before));
	view_text(view->arena, object, "trend", trend_words(view, figures, before));
	view_text(view->arena, object, "median", spread_words(view, &figures->spread, figures->spread.median));
	view_text(view->arena, object, "longest", spread_words(view, &figures->spread, figures->spread.maximum));
	return object;
}

static const struct target_figures *same_target(const struct target_figures_list *list, const char *id)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].target->item.id, id) == 0)
			return &list->items[i];
	return NULL;
}

struct value *view_clock(const struct view *view, const struct clock_reading *reading)
{
	struct arena *arena = view->arena;
	struct value *object = value_object(arena);
	view_text(arena, object, "target", reading->target->item.name);
	view_text(arena, object, "clause", reading->target->item.clause);
	view_text(arena, object, "limit", limit_words(view, reading->target));
	view_text(arena, object, "verdict", wording_verdict(reading->verdict));
	view_flag(arena, object, "missed", reading->verdict == VERDICT_MISSED);
	view_flag(arena, object, "open", reading->open);
	view_flag(arena, object, "provisional", reading->provisional);
	view_text(arena, object, "from",
	          reading->has_from ? wording_time(arena, reading->from, view->offset, view->year) : NULL);
	view_text(arena, object, "deadline",
	          reading->has_deadline ? wording_end(arena, reading->deadline, view->offset, view->year) : NULL);
	view_text(arena, object, "to",
	          reading->has_to ? wording_time(arena, reading->to, view->offset, view->year) : NULL);
	bool took = reading->has_from && reading->has_to && instant_compare(reading->to, reading->from) >= 0;
	view_text(arena, object, "took",
	          took ? wording_duration(arena, reading->to.seconds - reading->from.seconds) : NULL);
	view_text(arena, object, "paused",
	          reading->paused_seconds > 0 ? wording_duration(arena, reading->paused_seconds) : NULL);
	view_text(arena, object, "overrun",
	          reading->overrun_seconds > 0 ? wording_duration(arena, reading->overrun_seconds) : NULL);
	return object;
}

static struct value *readings_of(const struct view *view, const struct clock_list *clocks, enum verdict verdict)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < clocks->count; i++) {
		const struct clock_reading *reading = &clocks->items[i];
		if (reading->verdict != verdict)
			continue;
		struct value *item = value_push(view->arena, items, view_clock(view, reading));
		value_set(view->arena, item, "record", view_record(view, reading->record));
	}
	return view_list(view->arena, items);
}

/* Records with a missed clock, each once. clocks are ordered by record. */
static size_t records_with(const struct clock_list *clocks, enum verdict verdict)
{
	size_t count = 0;
	const struct record *last = NULL;
	for (size_t i = 0; i < clocks->count; i++)
		if (clocks->items[i].verdict == verdict && clocks->items[i].record != last) {
			last = clocks->items[i].record;
			count++;
		}
	return count;
}

/* Bars of attainment for those that have one, in the contract's order. */
static struct value *bars(const struct view *view, const struct target_figures_list *figures)
{
	struct value *labels = value_array(view->arena), *now = value_array(view->arena);
	for (size_t i = 0; i < figures->count; i++) {
		double percent;
		if (!attainment(&figures->items[i], &percent))
			continue;
		value_push(view->arena, labels, value_string(view->arena, figures->items[i].target->item.name));
		value_push(view->arena, now, value_number(view->arena, floor(percent * 10) / 10));
	}
	if (labels->as.array.count == 0)
		return value_null(view->arena);
	struct value *chart = value_object(view->arena);
	value_set(view->arena, chart, "labels", labels);
	value_set(view->arena, chart, "values", now);
	return chart;
}

struct value *view_targets(const struct view *view)
{
	const struct clock_list *clocks = &view->clocks;
	const struct target_figures_list *figures = &view->figures;
	struct value *object = value_object(view->arena), *items = value_array(view->arena);
	size_t sums[VERDICT_COUNT] = { 0 };
	for (size_t i = 0; i < figures->count; i++) {
		const struct target_figures *target = &figures->items[i];
		value_push(view->arena, items,
		           target_value(view, target, same_target(&view->previous_figures, target->target->item.id)));
		for (size_t verdict = 0; verdict < VERDICT_COUNT; verdict++)
			sums[verdict] += target->verdicts[verdict];
	}
	value_set(view->arena, object, "list", view_list(view->arena, items));
	size_t judged = sums[VERDICT_MET] + sums[VERDICT_MISSED];
	view_count(view->arena, object, "counted", judged);
	view_count(view->arena, object, "met", sums[VERDICT_MET]);
	view_count(view->arena, object, "missed", sums[VERDICT_MISSED]);
	view_count(view->arena, object, "missed_records", records_with(clocks, VERDICT_MISSED));
	view_flag(view->arena, object, "any", judged > 0);
	view_text(view->arena, object, "attainment", wording_percent(view->arena, sums[VERDICT_MET], judged));
	value_set(view->arena, object, "misses", readings_of(view, clocks, VERDICT_MISSED));
	value_set(view->arena, object, "running", readings_of(view, clocks, VERDICT_RUNNING));
	value_set(view->arena, object, "paused", readings_of(view, clocks, VERDICT_PAUSED));
	value_set(view->arena, object, "excluded", readings_of(view, clocks, VERDICT_EXCLUDED));
	value_set(view->arena, object, "unknown", readings_of(view, clocks, VERDICT_UNKNOWN));
	value_set(view->arena, object, "bars", bars(view, figures));
	return object;
}
