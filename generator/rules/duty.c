#include "rules/duty.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "rules/window.h"

/* A piece of work that may fill a window. */
struct candidate {
	const struct record *record;
	struct instant at;
	const char *period; /* the window it says it is for, or NULL */
	bool used;
};

struct candidates {
	struct candidate *items; /* by time, then id */
	size_t count, capacity;
};

static int by_time(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = instant_compare(x->at, y->at);
	return order ? order : strcmp(x->record->id, y->record->id);
}

static bool is_for_subject(const struct ledger *ledger, const struct duty *duty, const char *subject,
                           const struct record *record)
{
	if (!subject)
		return true;
	if (strcmp(duty->each_field, "system") == 0) {
		const struct system *system = ledger_system(ledger, record);
		return system && system == contract_system(ledger->contract, subject);
	}
	const char *text = record_text(record, duty->each_field);
	return text && strcmp(text, subject) == 0;
}

/* The window that record says it is for; NULL when it says none of the duty's kind,
 * as a yearly plan that names the month in which it was made. */
static const char *named_period(const struct ledger *ledger, const struct duty *duty, const struct record *record,
                                struct arena *arena)
{
	const char *name = record_text(record, "period");
	struct span term = duty->item.service ? duty->item.service->term : ledger->contract->term;
	struct period period;
	enum period_kind kind = duty->kind == DUTY_EVERY ? duty->every : PERIOD_DAY;
	if (!name || (period_parse(arena, name, term, &period) && period.kind != kind))
		return NULL;
	return name;
}

static struct candidates gather(const struct ledger *ledger, const struct duty *duty, const char *subject,
                                struct instant as_of, const struct map *used, struct arena *arena)
{
	const struct record_list *records = ledger_records(ledger, duty->evidence.schema->type);
	struct candidates found = { .count = 0 };
	for (size_t i = 0; i < records->count; i++) {
		const struct record *record = records->items[i];
		struct candidate candidate = { .record = record };
		struct date day;
		if (match_holds(&duty->evidence, record) && is_for_subject(ledger, duty, subject, record) &&
		    ledger_item_covers(ledger, &duty->item, record) &&
		    ledger_instant(ledger, record, duty->evidence_at, &candidate.at) &&
		    instant_compare(candidate.at, as_of) <= 0 && !map_get(used, record->name)) {
			/* A plain date is a moment of its day, not the 24:00 of the day before. */
			if (record_date(record, duty->evidence_at, &day))
				candidate.at.seconds++;
			candidate.period = named_period(ledger, duty, record, arena);
			arena_push(arena, found.items, found.count, found.capacity, candidate);
		}
	}
	if (found.count)
		qsort(found.items, found.count, sizeof *found.items, by_time);
	return found;
}

static void fill(struct duty_window *window, struct candidate *candidate, struct map *used, struct arena *arena)
{
	if (!window->evidence)
		window->evidence = arena_alloc(arena, window->duty->times * sizeof *window->evidence);
	window->evidence[window->evidence_count++] = candidate->record;
	candidate->used = true;
	map_put(used, candidate->record->name, window);
}

static bool is_full(const struct duty_window *window)
{
	return window->evidence_count == window->duty->times;
}

/* Work that names its window fills that one, in time or late. */
static void fill_named(struct duty_window *windows, size_t count, struct candidates *candidates, struct map *used,
                       struct arena *arena, bool *late)
{
	struct map by_name;
	map_init(&by_name, arena);
	for (size_t i = 0; i < count; i++)
		map_put(&by_name, windows[i].name, &windows[i]);
	for (size_t i = 0; i < candidates->count; i++) {
		struct candidate *candidate = &candidates->items[i];
		struct duty_window *window = candidate->period ? map_get(&by_name, candidate->period) : NULL;
		if (!window || is_full(window))
			continue;
		late[window - windows] |= instant_compare(candidate->at, window->due) > 0;
		fill(window, candidate, used, arena);
	}
}

/* Takes unused, unnamed work done in [from, until] into window; *start is where to look first. */
static bool take(struct duty_window *window, struct instant from, struct instant until, struct candidates *candidates,
                 size_t *start, struct map *used, struct arena *arena)
{
	bool taken = false;
	while (*start < candidates->count && instant_compare(candidates->items[*start].at, from) < 0)
		++*start;
	for (size_t i = *start; i < candidates->count && !is_full(window); i++) {
		struct candidate *candidate = &candidates->items[i];
		if (instant_compare(candidate->at, until) > 0)
			break;
		if (candidate->used || candidate->period)
			continue;
		fill(window, candidate, used, arena);
		taken = true;
	}
	return taken;
}

static struct instant window_begin(const struct ledger *ledger, const struct duty_window *window)
{
	struct span span = window->span;
	const struct contract *contract = ledger->contract;
	if (window->duty->due_from == DUE_AFTER_SIGNING && contract->signed_on.day < span.from.day)
		span.from = contract->signed_on;
	return span_from(span, contract->offset);
}

/* The last second in which work fills the window in time: a deadline of its own
 * includes its last instant (design 5.4), a window's end is the next one's begin. */
static struct instant last_in_time(const struct duty_window *window)
{
	bool ends_with_window = window->duty->due_from == DUE_AT_END;
	return (struct instant){ window->due.seconds - ends_with_window, window->due.offset };
}

/* Work of one day cannot be done on another. */
static bool can_be_late(const struct duty_window *window)
{
	return window->span.to.day - window->span.from.day > 1 || window->duty->due_from != DUE_AT_END;
}

static const struct record *find_waiver(const struct ledger *ledger, const struct duty_window *window)
{
	const struct record_list *waivers = ledger_referring(ledger, "waivers", "duty", window->duty->item.id);
	for (size_t i = 0; i < waivers->count; i++) {
		const struct record *waiver = waivers->items[i];
		struct date from, last;
		if (record_text(waiver, "approved_by") && record_date(waiver, "period_from", &from) &&
		    record_date(waiver, "period_to", &last) && from.day <= window->span.from.day &&
		    window->span.to.day - 1 <= last.day)
			return waiver;
	}
	return NULL;
}

static enum duty_verdict judge(const struct ledger *ledger, struct duty_window *window, bool late, struct instant as_of)
{
	if (is_full(window) && !late)
		return DUTY_DONE;
	window->waiver = find_waiver(ledger, window);
	if (window->waiver)
		return DUTY_WAIVED;
	if (is_full(window))
		return DUTY_LATE;
	if (instant_compare(as_of, window->due) > 0)
		return DUTY_MISSED;
	return instant_compare(as_of, window_begin(ledger, window)) < 0 ? DUTY_NOT_DUE : DUTY_PENDING;
}

/* Judges the windows of one version of a duty, for one subject. */
static void judge_windows(const struct ledger *ledger, struct duty_window *windows, size_t count, struct instant as_of,
                          struct map *used, struct arena *arena)
{
	if (!count)
		return;
	struct candidates candidates = gather(ledger, windows[0].duty, windows[0].subject, as_of, used, arena);
	bool *late = arena_alloc(arena, count * sizeof *late);
	fill_named(windows, count, &candidates, used, arena, late);
	size_t start = 0;
	for (size_t i = 0; i < count; i++)
		take(&windows[i], window_begin(ledger, &windows[i]), last_in_time(&windows[i]), &candidates, &start,
		     used, arena);
	start = 0;
	for (size_t i = 0; i < count; i++) {
		/* Late work is looked for until the next window's is due. */
		struct instant until = i + 1 < count ? last_in_time(&windows[i + 1]) : as_of;
		struct instant after = last_in_time(&windows[i]);
		after.seconds++;
		if (!is_full(&windows[i]) && can_be_late(&windows[i]))
			late[i] |= take(&windows[i], after, until, &candidates, &start, used, arena);
	}
	for (size_t i = 0; i < count; i++)
		windows[i].verdict = judge(ledger, &windows[i], late[i], as_of);
}

static bool is_same_duty(const struct duty *a, const struct duty *b)
{
	return strcmp(a->item.id, b->item.id) == 0;
}

/* The windows that belong to one version: a window is judged by the version of
 * its first day, and cut only where no other version goes on. */
static void unroll_version(const struct ledger *ledger, const struct duty *duty, const char *subject, struct span span,
                           struct span term, struct arena *arena, struct duty_list *list)
{
	const struct contract *contract = ledger->contract;
	const struct duty *end = contract->duties + contract->duty_count;
	bool continues_earlier = duty > contract->duties && is_same_duty(duty, duty - 1);
	bool goes_on_later = duty + 1 < end && is_same_duty(duty, duty + 1);
	struct span whole = span;
	if (!continues_earlier && whole.from.day < duty->item.valid.from.day)
		whole.from = duty->item.valid.from;
	if (!goes_on_later && whole.to.day > duty->item.valid.to.day)
		whole.to = duty->item.valid.to;
	struct duty_list all = { .count = 0 };
	window_unroll(ledger, duty, subject, whole, term, arena, &all);
	for (size_t i = 0; i < all.count; i++)
		if (all.items[i].span.from.day >= duty->item.valid.from.day &&
		    all.items[i].span.from.day < duty->item.valid.to.day)
			arena_push(arena, list->items, list->count, list->capacity, all.items[i]);
}

/* All versions of the duty at first, for one subject in span. */
static void judge_subject(const struct ledger *ledger, const struct duty *first, size_t versions, const char *subject,
                          struct span span, struct span term, struct instant as_of, struct arena *arena,
                          struct duty_list *list)
{
	struct map used;
	map_init(&used, arena);
	for (size_t i = 0; i < versions; i++) {
		size_t begin = list->count;
		unroll_version(ledger, &first[i], subject, span, term, arena, list);
		judge_windows(ledger, list->items + begin, list->count - begin, as_of, &used, arena);
	}
}

static void judge_assets(const struct ledger *ledger, const struct duty *first, size_t versions, struct span term,
                         struct instant as_of, struct arena *arena, struct duty_list *list)
{
	const struct record_list *assets = ledger_records(ledger, "assets");
	for (size_t i = 0; i < assets->count; i++) {
		const struct record *asset = assets->items[i];
		struct span span = term;
		struct date date;
		if (!match_holds(&first->each_assets, asset))
			continue;
		if (record_date(asset, "installed_on", &date) && date.day > span.from.day)
			span.from = date;
		if (record_date(asset, "retired_on", &date) && date.day < span.to.day)
			span.to = date;
		judge_subject(ledger, first, versions, asset->id, span, term, as_of, arena, list);
	}
}

struct duty_list duty_windows(const struct ledger *ledger, struct instant as_of, struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct duty_list list = { .count = 0 };
	for (size_t i = 0, versions; i < contract->duty_count; i += versions) {
		const struct duty *duty = &contract->duties[i];
		struct span term = duty->item.service ? duty->item.service->term : contract->term;
		for (versions = 1; i + versions < contract->duty_count && is_same_duty(duty, duty + versions);)
			versions++;
		if (duty->each_assets.schema)
			judge_assets(ledger, duty, versions, term, as_of, arena, &list);
		for (size_t v = 0; v < duty->each_value_count; v++)
			judge_subject(ledger, duty, versions, duty->each_values[v], term, term, as_of, arena, &list);
		if (!duty->each_field)
			judge_subject(ledger, duty, versions, NULL, term, term, as_of, arena, &list);
	}
	return list;
}

struct duty_list duty_in_span(const struct duty_list *list, struct span span, struct arena *arena)
{
	struct duty_list found = { .count = 0 };
	for (size_t i = 0; i < list->count; i++) {
		struct span own = list->items[i].span;
		if (own.from.day < span.to.day && own.to.day > span.from.day)
			arena_push(arena, found.items, found.count, found.capacity, list->items[i]);
	}
	return found;
}

const char *duty_verdict_name(enum duty_verdict verdict)
{
	static const char *const names[DUTY_VERDICT_COUNT] = {
		[DUTY_DONE] = "done",       [DUTY_LATE] = "late",       [DUTY_MISSED] = "missed",
		[DUTY_PENDING] = "pending", [DUTY_NOT_DUE] = "not_due", [DUTY_WAIVED] = "waived",
	};
	return names[verdict];
}

const char *duty_verdict_title(enum duty_verdict verdict)
{
	static const char *const titles[DUTY_VERDICT_COUNT] = {
		[DUTY_DONE] = N_("done"),           [DUTY_LATE] = N_("done late"),      [DUTY_MISSED] = N_("not done"),
		[DUTY_PENDING] = N_("due in time"), [DUTY_NOT_DUE] = N_("not due yet"), [DUTY_WAIVED] = N_("waived"),
	};
	return translate(titles[verdict]);
}
