/* What to know of the data before relying on the figures: what is not known,
 * what rests on an unknown calendar, what was imported, what was recorded late. */
#include "proof/lag.h"
#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

/* More late records than this are told by type, not one by one. */
enum { TOLD_SINGLY = 6 };

struct lags {
	size_t *imported; /* by index of the contract's imports */
	size_t on_time;
	struct value *late, *late_types;
	size_t late_of_type; /* of the type that is being judged */
	int64_t longest;     /* of those, in seconds */
};

static void judge(const struct view *view, const struct record *record, const struct life *life, struct lags *lags)
{
	struct lag lag = lag_of(view->ledger, record, life);
	switch (lag.verdict) {
	case LAG_IMPORTED:
		lags->imported[lag.import - view->contract->imports]++;
		return;
	case LAG_ON_TIME:
		lags->on_time++;
		return;
	case LAG_UNJUDGED:
		return;
	case LAG_LATE:
		break;
	}
	struct value *item = value_push(view->arena, lags->late, value_object(view->arena));
	view_text(view->arena, item, "id", record->id);
	view_text(view->arena, item, "record", record->name);
	view_text(view->arena, item, "type", record->schema->title);
	view_text(view->arena, item, "at", wording_time(view->arena, lag.event, view->offset, view->year));
	view_text(view->arena, item, "lag", wording_duration(view->arena, lag.seconds));
	view_commit(view, item, life_first(life)->commit);
	lags->late_of_type++;
	if (lag.seconds > lags->longest)
		lags->longest = lag.seconds;
}

static void end_type(const struct view *view, const struct schema *schema, struct lags *lags)
{
	if (lags->late_of_type > 0) {
		struct value *item = value_push(view->arena, lags->late_types, value_object(view->arena));
		view_text(view->arena, item, "type", schema->title);
		view_count(view->arena, item, "times", lags->late_of_type);
		view_text(view->arena, item, "longest", wording_duration(view->arena, lags->longest));
	}
	lags->late_of_type = 0;
	lags->longest = 0;
}

static struct value *imports(const struct view *view, const struct lags *lags)
{
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < view->contract->import_count; i++) {
		const struct import *import = &view->contract->imports[i];
		if (lags->imported[i] == 0)
			continue;
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_count(view->arena, item, "times", lags->imported[i]);
		view_text(view->arena, item, "until", wording_date(view->arena, import->until));
		view_text(view->arena, item, "reason", import->reason);
	}
	return view_list(view->arena, items);
}

struct value *view_notes(const struct view *view)
{
	struct lags lags = { .imported =
		                 arena_alloc(view->arena, (view->contract->import_count + 1) * sizeof *lags.imported),
		             .late = value_array(view->arena),
		             .late_types = value_array(view->arena) };
	const struct provenance *provenance = view->reporter->source.provenance;
	const struct map *tables = &view->ledger->records->tables;
	for (size_t i = 0; provenance != NULL && view->contract->has_recording && i < tables->count; i++) {
		const struct record_table *table = tables->entries[i].value;
		struct record_list list = { 0 };
		if (table->schema->date_field != SIZE_MAX)
			list = ledger_select(view->ledger, view->arena, table->schema->type, view->span, NULL);
		for (size_t j = 0; j < list.count; j++) {
			const struct life *life = provenance_of(provenance, list.items[j]->name);
			if (life != NULL)
				judge(view, list.items[j], life, &lags);
		}
		end_type(view, table->schema, &lags);
	}
	bool provisional = false;
	for (size_t i = 0; i < view->figures.count; i++)
		provisional = provisional || view->figures.items[i].provisional;
	struct value *object = value_object(view->arena);
	view_flag(view->arena, object, "provisional", provisional);
	view_text(view->arena, object, "recording",
	          view->contract->has_recording ? duration_format(view->arena, view->contract->recording) : NULL);
	view_count(view->arena, object, "on_time", lags.on_time);
	value_set(view->arena, object, "errata", view_errata(view));
	value_set(view->arena, object, "imports", imports(view, &lags));
	view_flag(view->arena, object, "many_late", lags.late->as.array.count > TOLD_SINGLY);
	value_set(view->arena, object, "late", view_list(view->arena, lags.late));
	value_set(view->arena, object, "late_types", view_list(view->arena, lags.late_types));
	return object;
}
