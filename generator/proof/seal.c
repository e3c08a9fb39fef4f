#include "proof/seal.h"

#include <stdlib.h>
#include <string.h>

#include "proof/lag.h"
#include "proof/state.h"

static const char SIGNOFFS[] = "signoffs", RETURNED[] = "退回";

static int by_signing(const void *left, const void *right)
{
	const struct seal *a = left, *b = right;
	int order = instant_compare(a->signed_at, b->signed_at);
	return order ? order : strcmp(a->record->id, b->record->id);
}

struct seal_list seals_read(struct arena *arena, const struct ledger *ledger, const struct provenance *provenance)
{
	struct seal_list seals = { 0 };
	const struct record_list *rows = ledger_records(ledger, SIGNOFFS);
	for (size_t i = 0; i < rows->count; i++) {
		const struct record *row = rows->items[i];
		const char *period = record_text(row, "period"), *verdict = record_text(row, "verdict");
		struct seal seal = { .record = row, .commit = record_text(row, "commit") };
		uint32_t commit;
		if (!ledger_record_at(ledger, row, &seal.signed_at))
			continue;
		seal.returned = verdict && strcmp(verdict, RETURNED) == 0;
		seal.has_period = period && period_parse(arena, period, ledger->contract->term, &seal.period);
		if (seal.commit && history_find(provenance->history, seal.commit, &commit)) {
			seal.has_behind = true;
			seal.behind = history_behind(arena, provenance->history, commit);
		}
		arena_push(arena, seals.items, seals.count, seals.capacity, seal);
	}
	if (seals.count)
		qsort(seals.items, seals.count, sizeof *seals.items, by_signing);
	return seals;
}

bool seal_precedes(const struct seal *seal, const struct provenance *provenance, const struct history_commit *commit)
{
	if (seal->has_behind)
		return !seal->behind[commit - provenance->history->commits];
	return instant_compare(commit->facts.committer.at, seal->signed_at) > 0;
}

/* When the record of a life happened, as its events tell it. */
struct dates {
	bool has_before, has_after;
	struct instant before, after; /* the event at hand */
};

struct search {
	struct arena *arena;
	const struct ledger *ledger;
	const struct provenance *provenance;
	const struct seal_list *seals;
	struct erratum_list *by_seal; /* errata, by seal */
	size_t events_before;         /* of lives that came before */
	struct diags *diags;
};

static const struct field_change *find_change(const struct field_change *changes, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(changes[i].name, name) == 0)
			return &changes[i];
	return NULL;
}

static bool lies_in(const struct seal *seal, const struct dates *dates, int32_t offset)
{
	return (dates->has_before && span_holds(seal->period.span, dates->before, offset)) ||
	       (dates->has_after && span_holds(seal->period.span, dates->after, offset));
}

static void judge_event(const struct search *search, const struct life *life, const struct event *event,
                        const struct dates *dates)
{
	for (size_t i = 0; i < search->seals->count; i++) {
		const struct seal *seal = &search->seals->items[i];
		struct erratum_list *errata = &search->by_seal[i];
		struct erratum erratum = { seal, life, event, search->events_before + (size_t)(event - life->events) };
		/* Signed on paper before the ledger was there: what an import brought had been signed. */
		if (!seal->has_behind && event == life_first(life) && dates->has_after &&
		    lag_import(search->ledger, dates->after, &event->commit->facts))
			continue;
		if (seal->has_period && !seal->returned && lies_in(seal, dates, search->ledger->contract->offset) &&
		    seal_precedes(seal, search->provenance, event->commit))
			arena_push(search->arena, errata->items, errata->count, errata->capacity, erratum);
	}
}

/* The date before event, of which the date after it is known. */
static void step_back(const struct search *search, const struct event *event, const struct schema_field *dated,
                      struct dates *dates)
{
	size_t count = 0;
	dates->before = dates->after;
	dates->has_before = dates->has_after && event->change == CHANGE_CHANGED;
	if (event->change == CHANGE_ADDED)
		return;
	const struct field_change *changes =
	    provenance_fields(search->provenance, event, search->arena, &count, search->diags);
	const struct field_change *change = changes ? find_change(changes, count, dated->name) : NULL;
	if (change)
		dates->has_before = change->before && text_instant(change->before, dated->type,
		                                                   search->ledger->contract->offset, &dates->before);
}

/* Walks the events from the last to the first. */
static void search_life(struct search *search, const struct life *life)
{
	const struct schema *schema = life_schema(search->provenance, life);
	if (!schema || schema->date_field == SIZE_MAX || strcmp(life->type, SIGNOFFS) == 0)
		return;
	const struct record *record = ledger_find(search->ledger, life->type, life->id);
	struct dates dates = { 0 };
	if (record)
		dates.has_after = ledger_record_at(search->ledger, record, &dates.after);
	for (size_t i = life->event_count; i-- > 0;) {
		step_back(search, &life->events[i], &schema->fields[schema->date_field], &dates);
		judge_event(search, life, &life->events[i], &dates);
		dates.after = dates.before;
		dates.has_after = dates.has_before;
	}
	search->events_before += life->event_count;
}

static int by_number(const void *left, const void *right)
{
	const struct erratum *a = left, *b = right;
	return a->number < b->number ? -1 : a->number > b->number;
}

struct erratum_list errata_find(struct arena *arena, const struct ledger *ledger, const struct provenance *provenance,
                                const struct seal_list *seals, struct diags *diags)
{
	struct erratum_list errata = { 0 };
	struct search search = {
		.arena = arena, .ledger = ledger, .provenance = provenance, .seals = seals, .diags = diags
	};
	search.by_seal = arena_alloc(arena, (seals->count + 1) * sizeof *search.by_seal);
	for (size_t i = 0; seals->count && i < provenance->life_count; i++) {
		const struct life *life = provenance_life(provenance, i);
		if (strcmp(life->contract, ledger->contract->id) == 0)
			search_life(&search, life);
	}
	for (size_t i = 0; i < seals->count; i++) {
		struct erratum_list *found = &search.by_seal[i];
		if (found->count)
			qsort(found->items, found->count, sizeof *found->items, by_number);
		for (size_t e = 0; e < found->count; e++)
			arena_push(arena, errata.items, errata.count, errata.capacity, found->items[e]);
	}
	return errata;
}
