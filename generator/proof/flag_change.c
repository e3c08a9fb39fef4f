/* Flags about what was changed: after signing, under an old id, unseen, lost. */
#include <stdlib.h>
#include <string.h>

#include "proof/flag.h"

static int by_event(const void *left, const void *right)
{
	const struct erratum *const *a = left, *const *b = right;
	if ((*a)->number != (*b)->number)
		return (*a)->number < (*b)->number ? -1 : 1;
	return (*a)->seal < (*b)->seal ? -1 : (*a)->seal > (*b)->seal; /* seals are by the time of signing */
}

/* One flag an event, against the first signature that it came after. */
void flag_changed_after_signing(const struct flag_source *source, struct flag_list *flags)
{
	struct arena *arena = source->arena;
	size_t count = source->errata->count;
	const struct erratum **errata = arena_alloc(arena, (count + 1) * sizeof *errata);
	for (size_t i = 0; i < count; i++)
		errata[i] = &source->errata->items[i];
	if (count)
		qsort(errata, count, sizeof(const struct erratum *), by_event);
	for (size_t i = 0; i < count; i++) {
		const struct seal *seal = errata[i]->seal;
		const struct event *event = errata[i]->event;
		if (!event_replaces(event) || (i && errata[i - 1]->event == event))
			continue;
		const char *signer = record_text(seal->record, "signer"), *report = record_text(seal->record, "report");
		struct flag flag = { .kind = FLAG_CHANGED_AFTER_SIGNING,
			             .record = flag_record(arena, errata[i]->life),
			             .commit = event->commit };
		flag_push(arena, flags, flag, translate("%s of %s, signed %s by %s (%s): %s"), report ? report : "",
		          seal->period.name, flag_time(arena, seal->signed_at, source->ledger->contract->offset),
		          signer ? signer : "", seal->record->id, event_words(arena, source->provenance, event));
	}
}

typedef void life_visit(const struct flag_source *source, struct flag_list *flags, const struct life *life);

static void for_each_life(const struct flag_source *source, struct flag_list *flags, life_visit *visit)
{
	for (size_t i = 0; i < source->provenance->life_count; i++) {
		const struct life *life = provenance_life(source->provenance, i);
		if (strcmp(life->contract, source->ledger->contract->id) == 0)
			visit(source, flags, life);
	}
}

static const char *value_of(const struct field_change *fields, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(fields[i].name, name) == 0)
			return fields[i].after ? fields[i].after : fields[i].before;
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether two events speak of different things: their dates differ, or most of what they say. */
static bool are_strangers(const struct flag_source *source, const struct life *life, const struct event *one,
                          const struct event *other)
{
	size_t count, other_count, differ = 0, all = 0;
	const struct provenance *provenance = source->provenance;
	const struct schema *schema = life_schema(provenance, life);
	const struct field_change *fields = provenance_fields(provenance, one, source->arena, &count, source->diags);
	const struct field_change *others =
	    provenance_fields(provenance, other, source->arena, &other_count, source->diags);
	if (!fields || !others)
		return false;
	if (schema && schema->date_field != SIZE_MAX) {
		const char *name = schema->fields[schema->date_field].name;
		if (!same_text(value_of(fields, count, name), value_of(others, other_count, name)))
			return true;
	}
	for (size_t i = 0; i < count; i++, all++)
		differ +=
		    !same_text(value_of(others, other_count, fields[i].name), value_of(fields + i, 1, fields[i].name));
	for (size_t i = 0; i < other_count; i++) {
		bool only = !value_of(fields, count, others[i].name);
		all += only;
		differ += only;
	}
	return differ * 2 > all;
}

static bool reaches(const struct flag_source *source, const struct event *event, const struct event *earlier)
{
	const struct history *history = source->provenance->history;
	return history_reaches(history, (uint32_t)(event->commit - history->commits),
	                       (uint32_t)(earlier->commit - history->commits));
}

/* The last event behind this one that added or removed the record. */
static const struct event *state_behind(const struct flag_source *source, const struct life *life, size_t at)
{
	for (size_t i = at; i-- > 0;)
		if (life->events[i].change != CHANGE_CHANGED && reaches(source, &life->events[at], &life->events[i]))
			return &life->events[i];
	return NULL;
}

/* Whether a change replaced the date and most of what the record said. */
static bool is_overwritten(const struct flag_source *source, const struct life *life, const struct event *event)
{
	const struct schema *schema = life_schema(source->provenance, life);
	const struct record *record = ledger_find(source->ledger, life->type, life->id);
	if (!schema || schema->date_field == SIZE_MAX || !record)
		return false;
	size_t replaced = 0, present = 0;
	bool redated = false;
	for (uint32_t i = 0; i < event->field_count; i++) {
		bool both = event->fields[i].before && event->fields[i].after;
		replaced += both;
		redated |= both && strcmp(event->fields[i].name, schema->fields[schema->date_field].name) == 0;
	}
	for (size_t i = 0; i < schema->field_count; i++)
		present += record->fields[i].present && i != schema->id_field;
	return redated && replaced * 2 > present;
}

static void judge_reuse(const struct flag_source *source, struct flag_list *flags, const struct life *life)
{
	for (size_t i = 1; i < life->event_count; i++) {
		const struct event *event = &life->events[i], *before = NULL;
		struct flag flag = { .kind = FLAG_ID_REUSED, .commit = event->commit };
		if (event->change == CHANGE_CHANGED && is_overwritten(source, life, event)) {
			flag.record = flag_record(source->arena, life);
			flag_push(source->arena, flags, flag, translate("overwritten by another record: %s"),
			          event_words(source->arena, source->provenance, event));
		}
		if (event->change == CHANGE_ADDED)
			before = state_behind(source, life, i);
		if (!before || !are_strangers(source, life, before, event))
			continue;
		flag.record = flag_record(source->arena, life);
		flag.other = before->commit;
		if (before->change == CHANGE_REMOVED)
			flag_push(source->arena, flags, flag,
			          translate("removed by commit %.*s, then given to another record"), COMMIT_SHORT,
			          before->commit->facts.id);
		else
			flag_push(source->arena, flags, flag,
			          translate("given to a second record beside the one of commit %.*s"), COMMIT_SHORT,
			          before->commit->facts.id);
	}
}

void flag_id_reused(const struct flag_source *source, struct flag_list *flags)
{
	for_each_life(source, flags, judge_reuse);
}

/* From how many moved rows on a file counts as re-sorted. */
enum { ROWS_RESORTED = 2 };

static void judge_reorder(const struct flag_source *source, struct flag_list *flags, const struct life *life)
{
	for (size_t i = 0; i < life->event_count; i++) {
		const struct event *event = &life->events[i];
		if (event->moved < ROWS_RESORTED || !event_replaces(event) || event->commit->facts.parent_count > 1)
			continue;
		struct flag flag = { .kind = FLAG_EDIT_IN_REORDER,
			             .record = flag_record(source->arena, life),
			             .commit = event->commit };
		flag_push(source->arena, flags, flag, translate("the commit moved %u rows of %s: %s"), event->moved,
		          event->path, event_words(source->arena, source->provenance, event));
	}
}

void flag_edit_in_reorder(const struct flag_source *source, struct flag_list *flags)
{
	for_each_life(source, flags, judge_reorder);
}

static void judge_drop(const struct flag_source *source, struct flag_list *flags, const struct life *life)
{
	for (size_t i = 0; i < life->event_count; i++) {
		const struct event *event = &life->events[i];
		if (event->change != CHANGE_REMOVED || event->commit->facts.parent_count < 2)
			continue;
		struct flag flag = { .kind = FLAG_DROPPED_BY_MERGE,
			             .record = flag_record(source->arena, life),
			             .commit = event->commit };
		flag_push(source->arena, flags, flag, translate("the merge has no row of it in %s"), event->path);
	}
}

void flag_dropped_by_merge(const struct flag_source *source, struct flag_list *flags)
{
	for_each_life(source, flags, judge_drop);
}

void flag_history_rewritten(const struct flag_source *source, struct flag_list *flags)
{
	for (size_t i = 0; i < source->seals->count; i++) {
		const struct seal *seal = &source->seals->items[i];
		const struct life *life = provenance_of(source->provenance, seal->record->name);
		struct flag flag = { .kind = FLAG_HISTORY_REWRITTEN,
			             .record = seal->record->name,
			             .commit = life ? life_first(life)->commit : NULL };
		if (seal->commit && !seal->has_behind)
			flag_push(source->arena, flags, flag,
			          translate("the signed commit %.*s is not in this history"), COMMIT_SHORT,
			          seal->commit);
	}
}
