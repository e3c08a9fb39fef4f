#include "report/past.h"

#include "proof/former.h"
#include "report/view.h"

bool past_read(const struct report_source *now, struct arena *arena, const char *commit, const bool *behind,
               struct past *out)
{
	struct diags *unheard = diags_new(); /* what was wrong then is not told now */
	*out = (struct past){ 0 };
	if (repository_resolve(now->repository, arena, commit, &out->commit, unheard)) {
		const char *contract = former_contract(arena, now->provenance, now->ledger->contract->id, behind);
		struct snapshot *snapshot = snapshot_of_commit(arena, now->repository, out->commit.id, unheard);
		out->records = snapshot ? records_read(arena, snapshot, unheard) : NULL;
		out->ledger = out->records ? ledger_new(arena, out->records, contract, unheard) : NULL;
	}
	diags_free(unheard);
	return out->ledger != NULL;
}

static struct comparison compare(const struct report_source *now, struct arena *arena, const struct seal *seal)
{
	struct past past;
	struct diags *unheard = diags_new();
	struct comparison comparison = { 0 };
	if (past_read(now, arena, seal->commit, seal->behind, &past)) {
		struct report_source then = { .ledger = past.ledger,
			                      .schemas = &past.records->schemas,
			                      .as_of = past.commit.committer.at,
			                      .commit = past.commit.id };
		comparison = comparison_make(arena, view_figures(&then, arena, seal->period, unheard),
		                             view_figures(now, arena, seal->period, unheard));
	}
	diags_free(unheard);
	return comparison;
}

static bool rests_on_errata(const struct report_source *now, const struct figure_difference *difference,
                            const struct seal *seal, const struct erratum_list *errata)
{
	for (size_t i = 0; i < errata->count; i++) {
		const struct erratum *erratum = &errata->items[i];
		const struct record *record = ledger_find(now->ledger, erratum->life->type, erratum->life->id);
		if (erratum->seal == seal && difference_rests_on(difference, now->provenance, erratum->event, record))
			return true;
	}
	return false;
}

struct comparison *past_comparisons(const struct report_source *now, struct arena *arena, const struct seal_list *seals,
                                    const struct erratum_list *errata)
{
	struct comparison *by_seal = arena_alloc(arena, (seals->count + 1) * sizeof *by_seal);
	for (size_t i = 0; i < errata->count && now->repository; i++) {
		const struct seal *seal = errata->items[i].seal;
		if (!seal->has_behind || (i > 0 && errata->items[i - 1].seal == seal))
			continue;
		struct comparison *found = &by_seal[seal - seals->items];
		*found = compare(now, arena, seal);
		size_t kept = 0;
		for (size_t j = 0; j < found->count; j++)
			if (rests_on_errata(now, &found->items[j], seal, errata))
				found->items[kept++] = found->items[j];
		found->count = kept;
	}
	return by_seal;
}

struct value *past_figures(struct arena *arena, const struct comparison *by_seal, size_t seals)
{
	struct value *lists = value_array(arena);
	for (size_t i = 0; i < seals; i++) {
		struct value *list = value_push(arena, lists, value_array(arena));
		for (size_t j = 0; j < by_seal[i].count; j++)
			value_push(arena, list, difference_json(arena, &by_seal[i].items[j]));
	}
	return lists;
}
