#include "rules/limit.h"

#include <string.h>

#include "base/diag.h"
#include "rules/course.h"

/* Whether record took so long, to its end or, while it has none, to as_of. */
static bool is_long_enough(const struct ledger *ledger, const struct limit *limit, const struct record *record,
                           struct instant as_of)
{
	struct event from = course_event(ledger, record, limit->from, as_of, NULL, NULL);
	struct event to = course_event(ledger, record, limit->to, as_of, NULL, NULL);
	struct deadline least;
	if (!from.happened || !deadline_of(NULL, from.at, limit->at_least, &ledger->rules, &least))
		return false;
	return instant_compare(to.happened ? to.at : as_of, least.at) >= 0;
}

static bool counts(const struct ledger *ledger, const struct limit *limit, const struct match *match,
                   const struct record *record, struct instant as_of)
{
	struct instant at;
	return ledger_item_covers(ledger, &limit->item, record) && ledger_record_at(ledger, record, &at) &&
	       instant_compare(at, as_of) <= 0 &&
	       (limit->kind == LIMIT_COUNT || match == &limit->also || is_long_enough(ledger, limit, record, as_of));
}

static void count(const struct ledger *ledger, const struct match *match, struct instant as_of,
                  struct limit_state *state, struct arena *arena)
{
	struct record_list records = ledger_select(ledger, arena, match->schema->type, state->period.span, match);
	for (size_t i = 0; i < records.count; i++)
		if (counts(ledger, state->limit, match, records.items[i], as_of))
			arena_push(arena, state->records, state->record_count, state->record_capacity,
			           records.items[i]);
}

static enum limit_verdict judge(const struct limit *limit, size_t counted)
{
	if (counted > limit->at_most)
		return LIMIT_PASSED;
	if (counted == limit->at_most)
		return LIMIT_REACHED;
	return limit->warn && counted >= limit->warn_at ? LIMIT_WARNING : LIMIT_WITHIN;
}

static struct limit_state read_limit_state(const struct ledger *ledger, const struct limit *limit, struct date day,
                                           struct instant as_of, struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct span term = limit->item.service ? limit->item.service->term : contract->term;
	struct limit_state state = { .limit = limit, .period = period_of(arena, limit->per, day, term) };
	count(ledger, &limit->count, as_of, &state, arena);
	if (limit->also.schema)
		count(ledger, &limit->also, as_of, &state, arena);
	state.counted = state.record_count;
	state.left = state.counted < limit->at_most ? limit->at_most - state.counted : 0;
	state.verdict = judge(limit, state.counted);
	return state;
}

struct limit_list limit_states(const struct ledger *ledger, struct span span, struct instant as_of, struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct limit_list list = { .count = 0 };
	struct instant local = { as_of.seconds, contract->offset };
	struct date day = date_of_instant(local);
	if (day.day >= span.to.day)
		day.day = span.to.day - 1;
	for (size_t i = 0; i < contract->limit_count; i++) {
		const struct limit *limit = &contract->limits[i];
		if (day.day < limit->item.valid.from.day || day.day >= limit->item.valid.to.day)
			continue;
		struct limit_state state = read_limit_state(ledger, limit, day, as_of, arena);
		arena_push(arena, list.items, list.count, list.capacity, state);
	}
	return list;
}

const char *limit_verdict_name(enum limit_verdict verdict)
{
	static const char *const names[] = { [LIMIT_WITHIN] = "within",
		                             [LIMIT_WARNING] = "warning",
		                             [LIMIT_REACHED] = "reached",
		                             [LIMIT_PASSED] = "passed" };
	return names[verdict];
}

const char *limit_verdict_title(enum limit_verdict verdict)
{
	static const char *const titles[] = { [LIMIT_WITHIN] = N_("within the limit"),
		                              [LIMIT_WARNING] = N_("near the limit"),
		                              [LIMIT_REACHED] = N_("limit reached"),
		                              [LIMIT_PASSED] = N_("limit passed") };
	return translate(titles[verdict]);
}
