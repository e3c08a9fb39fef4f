#include "proof/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/bisect.h"
#include "proof/note.h"

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

struct audit *audit_run(struct arena *arena, const struct repository *repository, const struct provenance *provenance,
                        const struct ledger *ledger, const struct check_list *checks, struct diags *diags)
{
	static void (*const finders[])(const struct flag_source *, struct flag_list *) = {
		flag_recorded_late,   flag_future_dated,          flag_commit_before_parent,
		flag_miss_became_hit, flag_changed_after_signing, flag_id_reused,
		flag_edit_in_reorder, flag_dropped_by_merge,      flag_history_rewritten,
	};
	struct audit *audit = arena_alloc(arena, sizeof *audit);
	audit->ledger = ledger;
	audit->provenance = provenance;
	audit->grades = grades_read(arena, repository, provenance->history, checks);
	audit->seals = seals_read(arena, ledger, provenance);
	audit->errata = errata_find(arena, ledger, provenance, &audit->seals, diags);
	audit->lags = lag_figures(arena, ledger, provenance);
	struct flag_source source = { arena, ledger, provenance, &audit->seals, &audit->errata, diags };
	struct flag_list *flags = &audit->flags;
	for (size_t i = 0; i < sizeof finders / sizeof *finders; i++)
		finders[i](&source, flags);
	for (size_t i = 0; i < flags->count; i++) {
		struct flag *flag = &flags->items[i];
		flag->reason = note_reason(ledger, flag->record, flag->commit ? flag->commit->facts.id : NULL,
		                           flag_name(flag->kind));
	}
	if (flags->count)
		qsort(flags->items, flags->count, sizeof *flags->items, by_record);
	return audit;
}

size_t audit_flags_of(const struct audit *audit, const char *record, const struct flag **first)
{
	const struct flag_list *flags = &audit->flags;
	size_t at, count = 0;
	bisect(at, flags->count, compare_texts(flags->items[at].record, record) < 0);
	*first = flags->items + at;
	while (at + count < flags->count && compare_texts(flags->items[at + count].record, record) == 0)
		count++;
	return count;
}
