/* Flags about time: late, in the future, before the parent, after the deadline. */
#include <string.h>

#include "proof/flag.h"
#include "proof/lag.h"
#include "proof/state.h"
#include "rules/clock.h"

typedef void record_visit(const struct flag_source *source, struct flag_list *flags, const struct record *record,
                          const struct life *life);

static void for_each_record(const struct flag_source *source, struct flag_list *flags, record_visit *visit)
{
	const struct map *tables = &source->ledger->records->tables;
	for (size_t i = 0; i < tables->count; i++) {
		const struct record_list *list = &((const struct record_table *)tables->entries[i].value)->list;
		for (size_t j = 0; j < list->count; j++) {
			const struct life *life = provenance_of(source->provenance, list->items[j]->name);
			if (life)
				visit(source, flags, list->items[j], life);
		}
	}
}

static const char *time_words(const struct flag_source *source, struct instant instant)
{
	return flag_time(source->arena, instant, source->ledger->contract->offset);
}

static void judge_lag(const struct flag_source *source, struct flag_list *flags, const struct record *record,
                      const struct life *life)
{
	struct lag lag = lag_of(source->ledger, record, life);
	struct flag flag = { .kind = FLAG_RECORDED_LATE, .record = record->name, .commit = life_first(life)->commit };
	if (lag.verdict == LAG_LATE)
		flag_push(source->arena, flags, flag, translate("happened %s, recorded %s, to be recorded by %s"),
		          time_words(source, lag.event), time_words(source, lag.recorded),
		          time_words(source, lag.limit));
}

void flag_recorded_late(const struct flag_source *source, struct flag_list *flags)
{
	for_each_record(source, flags, judge_lag);
}

static bool sets_field(const struct event *event, const char *name)
{
	if (event->change == CHANGE_ADDED)
		return true;
	for (uint32_t i = 0; i < event->field_count; i++)
		if (strcmp(event->fields[i].name, name) == 0)
			return true;
	return false;
}

/* The event that wrote what the field holds now. */
static const struct event *writer_of(const struct life *life, const char *name)
{
	size_t at = life->event_count - 1;
	while (at > 0 && !sets_field(&life->events[at], name))
		at--;
	return &life->events[at];
}

static void judge_times(const struct flag_source *source, struct flag_list *flags, const struct record *record,
                        const struct life *life)
{
	for (size_t i = 0; i < record->schema->field_count; i++) {
		const struct schema_field *field = &record->schema->fields[i];
		struct instant at;
		bool timed = field->type == FIELD_DATE || field->type == FIELD_DATETIME;
		if (!timed || field->planned || !ledger_instant(source->ledger, record, field->name, &at))
			continue;
		const struct history_commit *commit = writer_of(life, field->name)->commit;
		struct instant committed = commit->facts.committer.at;
		struct flag flag = { .kind = FLAG_FUTURE_DATED, .record = record->name, .commit = commit };
		if (at.seconds > committed.seconds + CLOCK_SKEW)
			flag_push(source->arena, flags, flag, translate("%s is %s, written by a commit of %s"),
			          field->title, time_words(source, at), time_words(source, committed));
	}
}

void flag_future_dated(const struct flag_source *source, struct flag_list *flags)
{
	for_each_record(source, flags, judge_times);
}

/* What an edit of a record, or of one that belongs to it, made of its clocks. */
struct comparison {
	const struct ledger *before, *after;
	const struct record *record_before, *record_after;
};

static void compare_clocks(const struct flag_source *source, struct flag_list *flags, const struct event *event,
                           const struct comparison *comparison)
{
	const struct contract *contract = source->ledger->contract;
	struct instant committed = event->commit->facts.committer.at;
	for (size_t i = 0; i < contract->target_count; i++) {
		const struct target *target = &contract->targets[i];
		struct clock_reading before =
		    clock_read(comparison->before, target, comparison->record_before, committed, NULL);
		struct flag flag = { .kind = FLAG_MISS_BECAME_HIT,
			             .record = comparison->record_after->name,
			             .commit = event->commit };
		if (before.verdict != VERDICT_MISSED || before.open || instant_compare(committed, before.deadline) <= 0)
			continue;
		struct clock_reading after =
		    clock_read(comparison->after, target, comparison->record_after, committed, NULL);
		if (after.verdict != VERDICT_MET)
			continue;
		const char *name = flag_record(source->arena, provenance_life_of(source->provenance, event));
		bool own = strcmp(name, flag.record) == 0;
		flag_push(
		    source->arena, flags, flag,
		    translate("%s (%s): deadline %s, done %s; since the commit of %s deadline %s, done %s. %s%s%s"),
		    target->item.name, target->item.id, time_words(source, before.deadline),
		    time_words(source, before.to), time_words(source, committed), time_words(source, after.deadline),
		    time_words(source, after.to), own ? "" : name, own ? "" : " ",
		    event_words(source->arena, source->provenance, event));
	}
}

static void judge_edits(const struct flag_source *source, struct flag_list *flags, const struct record *record,
                        const struct life *life)
{
	int32_t offset = source->ledger->contract->offset;
	for (size_t i = life->event_count; i-- > 0 && life->events[i].change == CHANGE_CHANGED;) {
		struct comparison comparison = { source->ledger, source->ledger,
			                         record_before(source->arena, record, life, i, offset),
			                         record_before(source->arena, record, life, i + 1, offset) };
		compare_clocks(source, flags, &life->events[i], &comparison);
	}
}

/* Pauses, changes of level and the like, entered after the deadline. */
static void judge_addition(const struct flag_source *source, struct flag_list *flags, const struct record *record,
                           const struct life *life)
{
	const char *id = record_text(record, "incident");
	const struct record *incident = id ? ledger_find(source->ledger, "incidents", id) : NULL;
	const struct event *added = life_first(life);
	struct instant reported;
	if (!incident || !ledger_record_at(source->ledger, incident, &reported))
		return;
	const struct life *whole = provenance_of(source->provenance, incident->name);
	/* One that came with the incident itself is part of what was first said. */
	if (!whole || life_first(whole)->commit >= added->commit)
		return;
	struct ledger without = ledger_without(source->arena, source->ledger, record);
	struct comparison comparison = { &without, source->ledger, incident, incident };
	compare_clocks(source, flags, added, &comparison);
}

void flag_miss_became_hit(const struct flag_source *source, struct flag_list *flags)
{
	for_each_record(source, flags, judge_edits);
	for_each_record(source, flags, judge_addition);
}

/* By commit: whether it did something to a record of the contract. */
static bool *find_touched(const struct flag_source *source)
{
	const struct provenance *provenance = source->provenance;
	const struct history_commit *commits = provenance->history->commits;
	bool *touched = arena_alloc(source->arena, provenance->history->commit_count * sizeof *touched);
	for (size_t i = 0; i < provenance->life_count; i++) {
		const struct life *life = provenance_life(provenance, i);
		if (strcmp(life->contract, source->ledger->contract->id) == 0)
			for (size_t e = 0; e < life->event_count; e++)
				touched[life->events[e].commit - commits] = true;
	}
	return touched;
}

void flag_commit_before_parent(const struct flag_source *source, struct flag_list *flags)
{
	const struct history *history = source->provenance->history;
	const bool *touched = find_touched(source);
	for (size_t i = 0; i < history->commit_count; i++) {
		const struct history_commit *commit = &history->commits[i];
		for (size_t p = 0; touched[i] && p < commit->facts.parent_count; p++) {
			const struct history_commit *parent = &history->commits[commit->parents[p]];
			struct instant at = commit->facts.committer.at, parent_at = parent->facts.committer.at;
			struct flag flag = { .kind = FLAG_COMMIT_BEFORE_PARENT, .commit = commit, .other = parent };
			if (at.seconds + CLOCK_SKEW < parent_at.seconds)
				flag_push(source->arena, flags, flag, translate("commit of %s, its parent of %s"),
				          time_words(source, at), time_words(source, parent_at));
		}
	}
}
