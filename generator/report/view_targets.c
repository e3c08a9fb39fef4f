/* Clocks: figures against clauses, compared with the period before, and every
 * record that missed one. */
#include <math.h>
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

/* The service whose systems are all among texts, which then names them. */
static const struct service *service_of(const struct view *view, const struct condition *condition)
{
	for (size_t i = 0; i < view->contract->service_count; i++) {
		const struct service *service = &view->contract->services[i];
		size_t systems = 0, named = 0;
		for (size_t j = 0; j < view->contract->system_count; j++) {
			const struct system *system = &view->contract->systems[j];
			systems += system->service == service;
			named += system->service == service && condition_holds_text(condition, system->id);
		}
		if (systems > 0 && systems == named)
			return service;
	}
	return NULL;
}

/* A condition says a level or a system by id and by name: both are worded alike. */
static const char *value_words(const struct view *view, const char *field, const char *text)
{
	const struct level *level = strcmp(field, "level") == 0 ? contract_level(view->contract, text) : NULL;
	if (level != NULL)
		return level->name;
	return strcmp(field, "system") == 0 ? view_system_name(view, text) : text;
}

static const char *values_words(const struct view *view, const struct condition *condition)
{
	const struct service *service = strcmp(condition->field, "system") == 0 ? service_of(view, condition) : NULL;
	if (service != NULL)
		return service->name;
	const char *words = "", *last = "";
	for (size_t i = 0; i < condition->text_count; i++) {
		const char *value = value_words(view, condition->field, condition->texts[i]);
		if (strcmp(value, last) != 0)
			words = arena_printf(view->arena, "%s%s%s", words, *words == '\0' ? "" : "或", value);
		last = value;
	}
	return words;
}

/* "非工作日", "行政管理系统P1 重大故障"; empty when there is no condition. */
static const char *condition_words(const struct view *view, const struct allowance *allowance)
{
	const char *words = allowance->on == ON_WORKDAY ? "工作日" : allowance->on == ON_RESTDAY ? "非工作日" : "";
	for (size_t i = 0; i < allowance->when.count; i++)
		words = arena_printf(view->arena, "%s%s", values_words(view, &allowance->when.conditions[i]), words);
	return words;
}

/* What the target allows: "2小时", "非工作日30分钟，其他1小时", "按商定完成时间", "逾期后2小时"
 * when its clock starts at another one's missed deadline. */
static const char *limit_words(const struct view *view, const struct target *target)
{
	if (target->by != NULL) {
		size_t index = schema_field_index(target->applies.schema, target->by);
		return arena_printf(view->arena, "按%s",
		                    index == SIZE_MAX ? target->by : target->applies.schema->fields[index].title);
	}
	const char *words = target->from_missed == NULL ? "" : "逾期后";
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

static void set_sources(const struct view *view, struct value *object, const struct target *target)
{
	struct sources sources = { 0 };
	for (size_t i = 0; i < view->clocks.count; i++)
		if (view->clocks.items[i].target == target)
			view_source(view, &sources, view->clocks.items[i].record);
	view_sources(view, object, &sources);
}

static struct value *target_value(const struct view *view, const struct target_figures *figures,
                                  const struct target_figures *before)
{
	/* those that do not apply are not among the readings */
	static const char *const names[VERDICT_COUNT] = {
		[VERDICT_MET] = "met",       [VERDICT_MISSED] = "missed",     [VERDICT_RUNNING] = "running",
		[VERDICT_PAUSED] = "paused", [VERDICT_EXCLUDED] = "excluded", [VERDICT_UNKNOWN] = "unknown",
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
		if (names[i] != NULL)
			view_count(view->arena, object, names[i], figures->verdicts[i]);
	view_text(view->arena, object, "attainment", attainment_text(view->arena, figures));
	view_flag(view->arena, object, "any_missed", figures->verdicts[VERDICT_MISSED] > 0);
	view_flag(view->arena, object, "provisional", figures->provisional);
	view_text(view->arena, object, "previous_attainment",
	          before == NULL ? WORDING_NONE : attainment_text(view->arena, before));
	view_text(view->arena, object, "trend", trend_words(view, figures, before));
	view_text(view->arena, object, "median", spread_words(view, &figures->spread, figures->spread.median));
	view_text(view->arena, object, "longest", spread_words(view, &figures->spread, figures->spread.maximum));
	set_sources(view, object, target);
	return object;
}

static const struct target_figures *same_target(const struct target_figures_list *list, const char *id)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].target->item.id, id) == 0)
			return &list->items[i];
	return NULL;
}

/* Whether field holds whole days, whose time of day says nothing. */
static bool is_day(const struct target *target, const char *field)
{
	size_t index = field == NULL ? SIZE_MAX : schema_field_index(target->applies.schema, field);
	return index != SIZE_MAX && target->applies.schema->fields[index].type == FIELD_DATE;
}

static const char *moment_words(const struct view *view, const struct target *target, const char *field,
                                struct instant at)
{
	if (!is_day(target, field))
		return wording_time(view->arena, at, view->offset, view_inner_year(view));
	return wording_day(view->arena, date_of_instant((struct instant){ at.seconds, view->offset }),
	                   view_inner_year(view));
}

/* Where the end is a day, days are counted as the calendar does: due on the 20th and
 * done on the 22nd is two days late. What is still open has no end to the second. */
static const char *overrun_words(const struct view *view, const struct clock_reading *reading)
{
	enum { MINUTE = 60 };
	struct date done, due = date_of_instant((struct instant){ reading->deadline.seconds - 1, view->offset });
	if (!is_day(reading->target, reading->target->to)) {
		int64_t odd = reading->open ? reading->overrun_seconds % MINUTE : 0;
		return wording_duration(view->arena, reading->overrun_seconds - odd);
	}
	if (reading->open || !record_date(reading->record, reading->target->to, &done))
		done = date_of_instant((struct instant){ view->as_of.seconds, view->offset });
	return arena_printf(view->arena, "%d天", done.day - due.day);
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
	          reading->has_from ? moment_words(view, reading->target, reading->target->from, reading->from) : NULL);
	view_text(arena, object, "deadline",
	          reading->has_deadline ? wording_end(arena, reading->deadline, view->offset, view_inner_year(view))
	                                : NULL);
	view_text(arena, object, "to",
	          reading->has_to ? moment_words(view, reading->target, reading->target->to, reading->to) : NULL);
	bool took = reading->has_from && reading->has_to && instant_compare(reading->to, reading->from) >= 0 &&
	            !is_day(reading->target, reading->target->to);
	view_text(arena, object, "took",
	          took ? wording_duration(arena, reading->to.seconds - reading->from.seconds) : NULL);
	view_text(arena, object, "paused",
	          reading->paused_seconds > 0 ? wording_duration(arena, reading->paused_seconds) : NULL);
	view_text(arena, object, "overrun", reading->verdict == VERDICT_MISSED ? overrun_words(view, reading) : NULL);
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
		view_text(view->arena, item, "title", view_title(view, reading->record));
		/* not every type has them */
		view_text(view->arena, item, "cause", view_field_text(view, reading->record, "cause"));
		view_text(view->arena, item, "remedy", view_field_text(view, reading->record, "remedy"));
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

static const char *previous_attainment(const struct view *view)
{
	size_t met = 0, judged = 0;
	for (size_t i = 0; i < view->previous_figures.count; i++) {
		met += view->previous_figures.items[i].verdicts[VERDICT_MET];
		judged += counted(&view->previous_figures.items[i]);
	}
	return wording_percent(view->arena, met, judged);
}

/* So many misses a summary tells one by one. */
enum { SUMMARY_MOST = 10 };

struct value *view_targets(const struct view *view)
{
	const struct clock_list *clocks = &view->clocks;
	const struct target_figures_list *figures = &view->figures;
	struct value *object = value_object(view->arena), *items = value_array(view->arena),
	             *faulty = value_array(view->arena);
	size_t sums[VERDICT_COUNT] = { 0 };
	for (size_t i = 0; i < figures->count; i++) {
		const struct target_figures *target = &figures->items[i];
		value_push(view->arena, items,
		           target_value(view, target, same_target(&view->previous_figures, target->target->item.id)));
		if (target->verdicts[VERDICT_MISSED] > 0)
			value_push(
			    view->arena, faulty,
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
	view_text(view->arena, object, "previous_attainment", previous_attainment(view));
	value_set(view->arena, object, "faulty", view_list(view->arena, faulty));
	view_flag(view->arena, object, "many", sums[VERDICT_MISSED] > SUMMARY_MOST);
	value_set(view->arena, object, "misses", readings_of(view, clocks, VERDICT_MISSED));
	value_set(view->arena, object, "running", readings_of(view, clocks, VERDICT_RUNNING));
	value_set(view->arena, object, "paused", readings_of(view, clocks, VERDICT_PAUSED));
	value_set(view->arena, object, "excluded", readings_of(view, clocks, VERDICT_EXCLUDED));
	value_set(view->arena, object, "unknown", readings_of(view, clocks, VERDICT_UNKNOWN));
	return object;
}
