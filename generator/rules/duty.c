#include "rules/duty.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "rules/window.h"

static struct date date_later(struct date a, struct date b)
{
	return a.day > b.day ? a : b;
}

static struct date date_earlier(struct date a, struct date b)
{
	return a.day < b.day ? a : b;
}

/* A piece of work that may fill a window. */
struct candidate {
	const struct record *record;
	struct instant at;
	const char *period; /* the window it says it is for, or NULL */
};

/* All work done by as-of. */
struct candidates {
	struct candidate *items; /* by time, then id */
	size_t count, capacity;
	size_t start; /* where the next window looks first */
};

/* The windows of one duty for one subject, and what may fill them. */
struct filling {
	const struct ledger *ledger;
	const struct duty *first; /* version; the others follow it */
	size_t versions;
	struct duty_window *windows; /* by version, then time */
	bool *late;                  /* of each window */
	size_t count;
	struct candidates *candidates; /* of each version */
	struct map used;               /* by the record's name */
	struct arena *arena;
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
                                struct instant as_of, struct arena *arena)
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
		    instant_compare(candidate.at, as_of) <= 0) {
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

static bool is_full(const struct duty_window *window)
{
	return window->evidence_count == window->duty->times;
}

static void fill(struct filling *filling, struct duty_window *window, const struct candidate *candidate)
{
	if (!window->evidence)
		window->evidence = arena_alloc(filling->arena, window->duty->times * sizeof *window->evidence);
	window->evidence[window->evidence_count++] = candidate->record;
	map_put(&filling->used, candidate->record->name, window);
}

/* Work that names its window fills that one, in time or late. */
static void fill_named(struct filling *filling, const struct duty *version)
{
	const struct candidates *candidates = &filling->candidates[version - filling->first];
	struct map by_name;
	map_init(&by_name, filling->arena);
	for (size_t i = 0; i < filling->count; i++)
		if (filling->windows[i].duty == version)
			map_put(&by_name, filling->windows[i].name, &filling->windows[i]);
	for (size_t i = 0; i < candidates->count; i++) {
		const struct candidate *candidate = &candidates->items[i];
		struct duty_window *window = candidate->period ? map_get(&by_name, candidate->period) : NULL;
		if (!window || is_full(window) || map_get(&filling->used, candidate->record->name))
			continue;
		filling->late[window - filling->windows] |= instant_compare(candidate->at, window->due) > 0;
		fill(filling, window, candidate);
	}
}

/* Takes unused, unnamed work done in [from, until] into window. Windows ask in their order. */
static bool take(struct filling *filling, struct duty_window *window, struct instant from, struct instant until)
{
	struct candidates *candidates = &filling->candidates[window->duty - filling->first];
	bool taken = false;
	while (candidates->start < candidates->count &&
	       instant_compare(candidates->items[candidates->start].at, from) < 0)
		candidates->start++;
	for (size_t i = candidates->start; i < candidates->count && !is_full(window); i++) {
		const struct candidate *candidate = &candidates->items[i];
		if (instant_compare(candidate->at, until) > 0)
			break;
		if (candidate->period || map_get(&filling->used, candidate->record->name))
			continue;
		fill(filling, window, candidate);
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

/* The last second in which work fills the window in time: its deadline includes
 * its last instant (design 5.4), but where that is the window's end, it is the next one's begin. */
static struct instant last_in_time(const struct duty_window *window)
{
	struct instant end = span_to(window->span, window->due.offset);
	bool ends_with_window = instant_compare(window->due, end) == 0;
	return (struct instant){ window->due.seconds - ends_with_window, window->due.offset };
}

/* The last second in which work fills windows[i] late: until the next one's is
 * due; but the work of one day cannot be done on another. */
static struct instant last_late(const struct filling *filling, size_t i)
{
	const struct duty_window *window = &filling->windows[i];
	struct instant end = span_to(window->span, window->due.offset);
	if (window->span.to.day - window->span.from.day == 1 && window->duty->due_from == DUE_AT_END)
		return (struct instant){ end.seconds - 1, end.offset };
	return i + 1 < filling->count ? last_in_time(window + 1) : (struct instant){ INT64_MAX, end.offset };
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

static void look_from_start(struct filling *filling)
{
	for (size_t v = 0; v < filling->versions; v++)
		filling->candidates[v].start = 0;
}

static void fill_windows(struct filling *filling)
{
	for (size_t v = 0; v < filling->versions; v++)
		fill_named(filling, &filling->first[v]);
	look_from_start(filling);
	for (size_t i = 0; i < filling->count; i++) {
		struct duty_window *window = &filling->windows[i];
		take(filling, window, window_begin(filling->ledger, window), last_in_time(window));
	}
	look_from_start(filling);
	for (size_t i = 0; i < filling->count; i++) {
		struct instant after = last_in_time(&filling->windows[i]);
		after.seconds++;
		filling->late[i] |= take(filling, &filling->windows[i], after, last_late(filling, i));
	}
}

static bool is_same_duty(const struct duty *a, const struct duty *b)
{
	return strcmp(a->item.id, b->item.id) == 0;
}

/* The windows that belong to one version: a window is judged by the version of
 * its first day, and cut only where no other version goes on. */
static void unroll_version(const struct ledger *ledger, const struct duty *duty, const char *subject, struct span life,
                           struct arena *arena, struct duty_list *list)
{
	const struct contract *contract = ledger->contract;
	const struct duty *end = contract->duties + contract->duty_count;
	struct span term = duty->item.service ? duty->item.service->term : contract->term;
	struct span valid = duty->item.valid;
	bool continues_earlier =
	    duty > contract->duties && is_same_duty(duty, duty - 1) && duty[-1].item.valid.to.day == valid.from.day;
	bool goes_on_later =
	    duty + 1 < end && is_same_duty(duty, duty + 1) && duty[1].item.valid.from.day == valid.to.day;
	struct span whole = { date_later(term.from, life.from), date_earlier(term.to, life.to) };
	if (!continues_earlier)
		whole.from = date_later(whole.from, valid.from);
	if (!goes_on_later)
		whole.to = date_earlier(whole.to, valid.to);
	struct duty_list all = { .count = 0 };
	window_unroll(ledger, duty, subject, whole, term, arena, &all);
	for (size_t i = 0; i < all.count; i++)
		if (all.items[i].span.from.day >= valid.from.day && all.items[i].span.from.day < valid.to.day)
			arena_push(arena, list->items, list->count, list->capacity, all.items[i]);
}

/* Whether duty is owed for subject, which is asset's id when asset is not NULL. */
static bool is_owed_for(const struct duty *duty, const char *subject, const struct record *asset)
{
	if (asset)
		return duty->each_assets.schema && match_holds(&duty->each_assets, asset);
	for (size_t i = 0; subject && i < duty->each_value_count; i++)
		if (strcmp(duty->each_values[i], subject) == 0)
			return true;
	return !subject && !duty->each_field;
}

/* All versions of the duty at first, for one subject as long as it lives. */
static void judge_subject(const struct ledger *ledger, const struct duty *first, size_t versions, const char *subject,
                          const struct record *asset, struct span life, struct instant as_of, struct arena *arena,
                          struct duty_list *list)
{
	struct filling filling = { .ledger = ledger, .first = first, .versions = versions, .arena = arena };
	size_t begin = list->count;
	for (size_t v = 0; v < versions; v++)
		if (is_owed_for(&first[v], subject, asset))
			unroll_version(ledger, &first[v], subject, life, arena, list);
	filling.count = list->count - begin;
	if (!filling.count)
		return;
	filling.windows = list->items + begin;
	filling.late = arena_alloc(arena, filling.count * sizeof *filling.late);
	filling.candidates = arena_alloc(arena, versions * sizeof *filling.candidates);
	for (size_t v = 0; v < versions; v++)
		if (is_owed_for(&first[v], subject, asset))
			filling.candidates[v] = gather(ledger, &first[v], subject, as_of, arena);
	map_init(&filling.used, arena);
	fill_windows(&filling);
	for (size_t i = 0; i < filling.count; i++)
		filling.windows[i].verdict = judge(ledger, &filling.windows[i], filling.late[i], as_of);
}

static void judge_assets(const struct ledger *ledger, const struct duty *first, size_t versions, struct instant as_of,
                         struct arena *arena, struct duty_list *list)
{
	const struct record_list *assets = ledger_records(ledger, "assets");
	for (size_t i = 0; i < assets->count; i++) {
		const struct record *asset = assets->items[i];
		struct span life = ledger->contract->term;
		struct date date;
		if (record_date(asset, "installed_on", &date))
			life.from = date_later(life.from, date);
		if (record_date(asset, "retired_on", &date))
			life.to = date_earlier(life.to, date);
		judge_subject(ledger, first, versions, asset->id, asset, life, as_of, arena, list);
	}
}

/* The values of "each", those that a later version adds behind the earlier ones. */
static void judge_values(const struct ledger *ledger, const struct duty *first, size_t versions, struct instant as_of,
                         struct arena *arena, struct duty_list *list)
{
	struct map seen;
	map_init(&seen, arena);
	for (size_t v = 0; v < versions; v++) {
		for (size_t i = 0; i < first[v].each_value_count; i++) {
			const char *value = first[v].each_values[i];
			if (map_get(&seen, value))
				continue;
			map_put(&seen, value, &seen);
			judge_subject(ledger, first, versions, value, NULL, ledger->contract->term, as_of, arena, list);
		}
	}
}

struct duty_list duty_windows(const struct ledger *ledger, struct instant as_of, struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct duty_list list = { .count = 0 };
	for (size_t i = 0, versions; i < contract->duty_count; i += versions) {
		const struct duty *duty = &contract->duties[i];
		for (versions = 1; i + versions < contract->duty_count && is_same_duty(duty, duty + versions);)
			versions++;
		judge_assets(ledger, duty, versions, as_of, arena, &list);
		judge_values(ledger, duty, versions, as_of, arena, &list);
		judge_subject(ledger, duty, versions, NULL, NULL, contract->term, as_of, arena, &list);
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
