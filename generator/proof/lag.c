#include "proof/lag.h"

#include <stdlib.h>
#include <string.h>

#include "rules/figures.h"

const char *lag_verdict_name(enum lag_verdict verdict)
{
	static const char *const names[] = { "on-time", "late", "imported", "unjudged" };
	return names[verdict];
}

const struct import *lag_import(const struct ledger *ledger, struct instant event, const struct commit *commit)
{
	const struct contract *contract = ledger->contract;
	for (size_t i = 0; i < contract->import_count; i++) {
		const struct import *import = &contract->imports[i];
		struct instant end = instant_at(import->until, DAY_SECONDS, contract->offset);
		bool by_commit = !import->commit || strncmp(commit->id, import->commit, strlen(import->commit)) == 0;
		if (by_commit && instant_compare(event, end) < 0)
			return import;
	}
	return NULL;
}

/* When a record could be written down first: at its time, or at the end of its day. */
static struct instant recordable(const struct record *record, struct instant event)
{
	const struct schema *schema = record->schema;
	bool whole_day = schema->fields[schema->date_field].type == FIELD_DATE;
	return whole_day ? (struct instant){ event.seconds + DAY_SECONDS, event.offset } : event;
}

struct lag lag_of(const struct ledger *ledger, const struct record *record, const struct life *life)
{
	const struct commit *commit = &life_first(life)->commit->facts;
	struct lag lag = { .verdict = LAG_UNJUDGED, .recorded = commit->committer.at };
	struct deadline limit;
	if (!ledger_record_at(ledger, record, &lag.event))
		return lag;
	lag.seconds = lag.recorded.seconds - lag.event.seconds;
	lag.import = lag_import(ledger, lag.event, commit);
	if (lag.import) {
		lag.verdict = LAG_IMPORTED;
		return lag;
	}
	if (!ledger->contract->has_recording || lag.seconds < 0 ||
	    !deadline_of(NULL, recordable(record, lag.event), ledger->contract->recording, &ledger->rules, &limit))
		return lag;
	lag.limit = limit.at;
	lag.provisional = limit.provisional;
	lag.verdict = instant_compare(lag.recorded, limit.at) <= 0 ? LAG_ON_TIME : LAG_LATE;
	return lag;
}

struct sample {
	const char *type, *author;
	struct lag lag;
};

struct sample_list {
	struct sample *items;
	size_t count, capacity;
};

static struct sample_list sample(struct arena *arena, const struct ledger *ledger, const struct provenance *provenance)
{
	struct sample_list samples = { 0 };
	const struct map *tables = &ledger->records->tables;
	for (size_t i = 0; i < tables->count; i++) {
		const struct record_list *list = &((const struct record_table *)tables->entries[i].value)->list;
		for (size_t j = 0; j < list->count; j++) {
			const struct life *life = provenance_of(provenance, list->items[j]->name);
			if (!life)
				continue;
			struct sample one = { life->type, life_first(life)->commit->facts.author.name,
				              lag_of(ledger, list->items[j], life) };
			if (one.lag.verdict != LAG_UNJUDGED)
				arena_push(arena, samples.items, samples.count, samples.capacity, one);
		}
	}
	return samples;
}

/* Of the samples [0, count). */
static struct lag_figures figures_of(const struct sample *samples, size_t count)
{
	struct lag_figures figures = { 0 };
	double *seconds = xcalloc(count, sizeof *seconds);
	for (size_t i = 0; i < count; i++) {
		figures.imported += samples[i].lag.verdict == LAG_IMPORTED;
		figures.on_time += samples[i].lag.verdict == LAG_ON_TIME;
		if (samples[i].lag.verdict != LAG_IMPORTED)
			seconds[figures.count++] = (double)samples[i].lag.seconds;
	}
	struct spread spread = spread_of(seconds, figures.count);
	figures.median = spread.median;
	figures.p90 = spread.p90;
	free(seconds);
	return figures;
}

static int by_type(const void *left, const void *right)
{
	const struct sample *a = left, *b = right;
	return strcmp(a->type, b->type);
}

static int by_author(const void *left, const void *right)
{
	const struct sample *a = left, *b = right;
	return strcmp(a->author, b->author);
}

struct lag_figures_list lag_figures(struct arena *arena, const struct ledger *ledger,
                                    const struct provenance *provenance)
{
	static int (*const orders[])(const void *, const void *) = { by_type, by_author };
	struct lag_figures_list list = { 0 };
	struct sample_list samples = sample(arena, ledger, provenance);
	struct lag_figures figures = figures_of(samples.items, samples.count);
	arena_push(arena, list.items, list.count, list.capacity, figures);
	for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
		if (samples.count)
			qsort(samples.items, samples.count, sizeof *samples.items, orders[o]);
		for (size_t from = 0, to; from < samples.count; from = to) {
			for (to = from; to < samples.count && orders[o](&samples.items[from], &samples.items[to]) == 0;)
				to++;
			figures = figures_of(samples.items + from, to - from);
			if (orders[o] == by_type)
				figures.type = samples.items[from].type;
			else
				figures.author = samples.items[from].author;
			arena_push(arena, list.items, list.count, list.capacity, figures);
		}
	}
	return list;
}
