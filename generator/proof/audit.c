#include "proof/audit.h"

#include <stdlib.h>
#include <string.h>

enum { SHORTEST_ID = 4 }; /* of a commit in a note */

static int compare_texts(const char *a, const char *b)
{
	if (!a || !b)
		return a ? -1 : b ? 1 : 0; /* what is of no record comes last */
	return strcmp(a, b);
}

static int by_record(const void *left, const void *right)
{
	const struct flag *a = left, *b = right;
	int order = compare_texts(a->record, b->record);
	if (order)
		return order;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->commit != b->commit)
		return a->commit < b->commit ? -1 : 1;
	return strcmp(a->fact, b->fact);
}

/* Whether a note that names what it explains names what the flag is of. */
static bool names(const char *named, const struct flag *flag, const char *contract)
{
	size_t len = strlen(named), contract_len = strlen(contract);
	if (!flag->record)
		return len >= SHORTEST_ID && strncmp(flag->commit->facts.id, named, len) == 0;
	return strcmp(flag->record, named) == 0 ||
	       (strncmp(flag->record, contract, contract_len) == 0 && flag->record[contract_len] == '/' &&
	        strcmp(flag->record + contract_len + 1, named) == 0);
}

static const char *reason_of(const struct ledger *ledger, const struct flag *flag)
{
	const struct record_list *notes = ledger_records(ledger, "audit_notes");
	for (size_t i = 0; i < notes->count; i++) {
		const char *named = record_text(notes->items[i], "record"),
		           *kind = record_text(notes->items[i], "flag");
		bool of_kind = !kind || strcmp(kind, flag_name(flag->kind)) == 0;
		if (named && of_kind && names(named, flag, ledger->contract->id))
			return record_text(notes->items[i], "reason");
	}
	return NULL;
}

struct audit *audit_run(struct arena *arena, const struct repository *repository, const struct provenance *provenance,
                        const struct ledger *ledger, struct diags *diags)
{
	static void (*const finders[])(const struct flag_source *, struct flag_list *) = {
		flag_recorded_late,   flag_future_dated,          flag_commit_before_parent,
		flag_miss_became_hit, flag_changed_after_signing, flag_id_reused,
		flag_edit_in_reorder, flag_dropped_by_merge,      flag_history_rewritten,
	};
	struct audit *audit = arena_alloc(arena, sizeof *audit);
	audit->ledger = ledger;
	audit->provenance = provenance;
	audit->grades = grades_read(arena, repository, provenance->history);
	audit->seals = seals_read(arena, ledger, provenance);
	audit->errata = errata_find(arena, ledger, provenance, &audit->seals, diags);
	audit->lags = lag_figures(arena, ledger, provenance);
	struct flag_source source = { arena, ledger, provenance, &audit->seals, &audit->errata, diags };
	struct flag_list *flags = &audit->flags;
	for (size_t i = 0; i < sizeof finders / sizeof *finders; i++)
		finders[i](&source, flags);
	for (size_t i = 0; i < flags->count; i++)
		flags->items[i].reason = reason_of(ledger, &flags->items[i]);
	if (flags->count)
		qsort(flags->items, flags->count, sizeof *flags->items, by_record);
	return audit;
}
