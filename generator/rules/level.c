#include "rules/level.h"

#include <string.h>

#include "rules/course.h"

static const char *level_id(const struct contract *contract, const char *text)
{
	const struct level *level = contract_level(contract, text);
	return level ? level->id : text;
}

/* 0 is the most severe; a level that the contract does not name ranks last. */
static size_t severity_rank(const struct contract *contract, const char *id)
{
	const struct level *level = contract_level(contract, id);
	return level ? (size_t)(level - contract->levels) : contract->level_count;
}

/* Whether, at that instant, a clock of level that ends as target's does was missed. */
static bool missed_by(const struct ledger *ledger, const struct target *target, const struct record *record,
                      const char *level, struct instant at)
{
	const struct contract *contract = ledger->contract;
	for (size_t i = 0; i < contract->target_count; i++) {
		const struct target *other = &contract->targets[i];
		bool same_obligation =
		    other == target ||
		    (match_condition(&other->applies, "level") && match_condition(&target->applies, "level") &&
		     other->applies.schema == target->applies.schema && strcmp(other->to, target->to) == 0);
		if (same_obligation && target_applies_at_level(ledger, other, record, level) &&
		    clock_read_at_level(ledger, other, record, level, at, NULL).verdict == VERDICT_MISSED)
			return true;
	}
	return false;
}

const char *judged_level(const struct ledger *ledger, const struct target *target, const struct record *record,
                         struct instant as_of)
{
	const struct contract *contract = ledger->contract;
	const struct record_list *changes = course_rows(ledger, record, "level_changes");
	if (!changes->count)
		return level_id(contract, record_text(record, "level"));
	const char *level = level_id(contract, record_text(changes->items[0], "from_level"));
	for (size_t i = 0; i < changes->count; i++) {
		const struct record *change = changes->items[i];
		const char *to = level_id(contract, record_text(change, "to_level"));
		struct instant at;
		if (!to || !ledger_instant(ledger, change, "at", &at) || instant_compare(at, as_of) > 0)
			continue;
		bool lowered = severity_rank(contract, to) > severity_rank(contract, level);
		if (lowered && (!record_text(change, "approved_by") || missed_by(ledger, target, record, level, at)))
			continue;
		level = to;
	}
	return level;
}
