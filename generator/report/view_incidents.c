/* Incidents: what was open, came and went; how long repair took; availability;
 * every incident of the period with its clocks. */
#include <math.h>
#include <string.h>

#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

/* An incident, with the verdicts of its clocks. */
static struct value *incident_value(const struct view *view, const struct record *record)
{
	struct value *row = view_record(view, record);
	struct value *readings = value_array(view->arena);
	size_t missed = 0;
	const struct clock_reading *clock = map_get(&view->clocks_of, record->name);
	const struct clock_reading *end = clock ? view->clocks.items + view->clocks.count : NULL;
	for (; clock && clock < end && clock->record == record; clock++) {
		value_push(view->arena, readings, view_clock(view, clock));
		missed += clock->verdict == VERDICT_MISSED;
	}
	value_set(view->arena, row, "clocks", view_list(view->arena, readings));
	view_count(view->arena, row, "missed", missed);
	view_flag(view->arena, row, "any_missed", missed > 0);
	struct instant reported, restored;
	bool took = record_instant(record, "reported_at", &reported) &&
	            record_instant(record, "restored_at", &restored) && instant_compare(restored, view->as_of) <= 0 &&
	            instant_compare(restored, reported) >= 0;
	view_text(view->arena, row, "took",
	          took ? wording_duration(view->arena, restored.seconds - reported.seconds) : NULL);
	view_flag(view->arena, row, "open", !took);
	return row;
}

static struct value *backlog(const struct view *view)
{
	struct backlog flow = incident_backlog(view->reporter->backlogs, view->span, view->as_of, view->arena);
	struct value *object = value_object(view->arena), *carried = value_array(view->arena);
	view_count(view->arena, object, "opening", flow.opening);
	view_count(view->arena, object, "reported", flow.reported);
	view_count(view->arena, object, "restored", flow.restored);
	view_count(view->arena, object, "closing", flow.closing);
	for (size_t i = 0; i < flow.carried_count; i++)
		value_push(view->arena, carried, view_record(view, flow.carried[i]));
	value_set(view->arena, object, "carried", view_list(view->arena, carried));
	return object;
}

static const char *seconds_words(const struct view *view, bool known, double seconds)
{
	return known ? wording_duration(view->arena, llround(seconds / 60) * 60) : WORDING_NONE;
}

static struct value *repair(const struct view *view)
{
	struct incident_figures figures = incident_figures(view->ledger, view->span, view->as_of, view->arena);
	struct incident_figures before = { 0 };
	if (view->has_previous)
		before = incident_figures(view->ledger, view->previous.span, view->as_of, view->arena);
	struct value *object = value_object(view->arena);
	bool any = figures.repair.count > 0;
	view_count(view->arena, object, "count", figures.repair.count);
	view_text(view->arena, object, "mean", seconds_words(view, any, figures.repair.mean));
	view_text(view->arena, object, "median", seconds_words(view, any, figures.repair.median));
	view_text(view->arena, object, "previous_median",
	          seconds_words(view, before.repair.count > 0, before.repair.median));
	view_text(view->arena, object, "p90", seconds_words(view, any, figures.repair.p90));
	view_text(view->arena, object, "longest", seconds_words(view, any, figures.repair.maximum));
	view_text(view->arena, object, "mtbf", seconds_words(view, figures.has_mtbf, figures.mtbf_seconds));
	view_count(view->arena, object, "reopened", figures.reopened);
	view_flag(view->arena, object, "any_reopened", figures.reopened > 0);
	return object;
}

struct value *view_availability(const struct view *view)
{
	struct availability_list list = system_availability(view->ledger, view->span, view->as_of, view->arena);
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < list.count; i++) {
		const struct availability *system = &list.items[i];
		double percent;
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "name", system->system->name);
		view_count(view->arena, item, "outages", system->outages);
		view_text(view->arena, item, "outage",
		          system->outage_seconds == 0 ? WORDING_NONE
		                                      : wording_duration(view->arena, system->outage_seconds));
		view_text(view->arena, item, "agreed", wording_duration(view->arena, system->agreed_seconds));
		/* Two decimals, cut, so that no outage is rounded away. */
		view_text(view->arena, item, "percent",
		          availability_percent(system, &percent)
		              ? arena_printf(view->arena, "%.2f%%", floor(percent * 100) / 100)
		              : WORDING_NONE);
		view_flag(view->arena, item, "provisional", system->provisional);
	}
	return view_list(view->arena, items);
}

struct value *view_incidents(const struct view *view)
{
	struct record_list list = ledger_select(view->ledger, view->arena, "incidents", view->span, NULL);
	struct value *object = value_object(view->arena), *items = value_array(view->arena),
	             *open = value_array(view->arena);
	for (size_t i = 0; i < list.count; i++) {
		struct value *row = value_push(view->arena, items, incident_value(view, list.items[i]));
		if (value_get(row, "open")->as.boolean)
			value_push(view->arena, open, view_record(view, list.items[i]));
	}
	view_count(view->arena, object, "times", list.count);
	value_set(view->arena, object, "list", view_list(view->arena, items));
	value_set(view->arena, object, "open", view_list(view->arena, open));
	value_set(view->arena, object, "backlog", backlog(view));
	value_set(view->arena, object, "repair", repair(view));
	return object;
}
