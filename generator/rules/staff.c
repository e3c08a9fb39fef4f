#include "rules/staff.h"

#include <string.h>

static bool is_asked(const struct ledger *ledger, enum day_condition on, struct date day, bool *provisional)
{
	if (on == ON_ANY_DAY)
		return true;
	*provisional |= !calendar_knows(ledger->calendar, date_year(day));
	return calendar_is_workday(ledger->calendar, day) == (on == ON_WORKDAY);
}

/* Whether the person is with the project on day; both ends count. */
static bool is_there(const struct record *person, struct date day)
{
	struct date date;
	if (record_date(person, "from", &date) && date.day > day.day)
		return false;
	return !record_date(person, "to", &date) || date.day >= day.day;
}

static size_t count_people(const struct ledger *ledger, const struct match *match, struct date day)
{
	const struct record_list *people = ledger_records(ledger, match->schema->type);
	size_t count = 0;
	for (size_t i = 0; i < people->count; i++)
		count += match_holds(match, people->items[i]) && is_there(people->items[i], day);
	return count;
}

/* Rows of one day in a list ordered by date; *next is where the day's begin. */
static size_t count_on_duty(const struct ledger *ledger, const struct match *match, struct date day, size_t *next)
{
	const struct record_list *rows = ledger_records(ledger, match->schema->type);
	struct date date;
	size_t count = 0;
	while (*next < rows->count && (!record_date(rows->items[*next], "date", &date) || date.day < day.day))
		++*next;
	for (size_t i = *next; i < rows->count && record_date(rows->items[i], "date", &date) && date.day == day.day;
	     i++) {
		const char *person = record_text(rows->items[i], "staff");
		bool counted = !match_holds(match, rows->items[i]) || !person;
		/* Two shifts of one person are one person. */
		for (size_t j = *next; j < i && !counted; j++)
			counted = match_holds(match, rows->items[j]) &&
			          strcmp(record_text(rows->items[j], "staff"), person) == 0;
		count += !counted;
	}
	return count;
}

static void note_gap(struct staff_state *state, struct date day, size_t count, struct arena *arena)
{
	struct staff_gap *last = state->gap_count ? &state->gaps[state->gap_count - 1] : NULL;
	struct staff_gap gap = { { day, { day.day + 1 } }, count };
	if (last && last->days.to.day == day.day && last->count == count)
		last->days.to.day++;
	else
		arena_push(arena, state->gaps, state->gap_count, state->gap_capacity, gap);
}

static void count_days(const struct ledger *ledger, struct staff_state *state, struct span span, struct arena *arena)
{
	const struct staff_rule *rule = state->rule;
	size_t next = 0;
	for (struct date day = span.from; day.day < span.to.day; day.day++) {
		if (!is_asked(ledger, rule->on, day, &state->provisional))
			continue;
		size_t count = rule->kind == STAFF_ROSTER ? count_on_duty(ledger, &rule->match, day, &next)
		                                          : count_people(ledger, &rule->match, day);
		if (count < rule->at_least)
			note_gap(state, day, count, arena);
		if (!state->days++ || count < state->lowest)
			state->lowest = count;
		state->count = count;
	}
	state->kept = state->gap_count == 0;
}

static bool in_span(struct span span, struct date day)
{
	return day.day >= span.from.day && day.day < span.to.day;
}

static bool is_replaced(const struct record_list *people, const char *id)
{
	for (size_t i = 0; i < people->count; i++) {
		const char *replaces = record_text(people->items[i], "replaces");
		if (replaces && strcmp(replaces, id) == 0)
			return true;
	}
	return false;
}

/* Who came in mid-term without consent, and who left without a successor. */
static void find_changes(const struct ledger *ledger, struct staff_state *state, struct span span, struct span term,
                         struct arena *arena)
{
	const struct match *match = &state->rule->match;
	const struct record_list *people = ledger_records(ledger, match->schema->type);
	for (size_t i = 0; i < people->count; i++) {
		const struct record *person = people->items[i];
		struct date date;
		if (!match_holds(match, person))
			continue;
		bool came = record_date(person, "from", &date) && date.day > term.from.day && in_span(span, date) &&
		            !record_text(person, "consent");
		bool left = record_date(person, "to", &date) && date.day < term.to.day - 1 && in_span(span, date) &&
		            !is_replaced(people, person->id);
		if (came || left)
			arena_push(arena, state->records, state->record_count, state->record_capacity, person);
	}
	state->kept = state->record_count == 0;
}

static void count_absences(const struct ledger *ledger, struct staff_state *state, struct span span,
                           struct arena *arena)
{
	const struct match *match = &state->rule->match;
	const struct record_list *absences = ledger_records(ledger, match->schema->type);
	for (size_t i = 0; i < absences->count; i++) {
		const struct record *absence = absences->items[i];
		struct date from, last;
		size_t days = 0;
		if (!match_holds(match, absence) || !record_date(absence, "from", &from) ||
		    !record_date(absence, "to", &last))
			continue;
		for (struct date day = from; day.day <= last.day; day.day++)
			days += in_span(span, day) && is_asked(ledger, ON_WORKDAY, day, &state->provisional);
		if (!days)
			continue;
		state->absent_days += days;
		if (!record_text(absence, "substitute"))
			state->uncovered_days += days;
		arena_push(arena, state->records, state->record_count, state->record_capacity, absence);
	}
	state->kept = state->uncovered_days == 0;
}

static struct span cut(struct span span, struct span by)
{
	if (span.from.day < by.from.day)
		span.from = by.from;
	if (span.to.day > by.to.day)
		span.to = by.to;
	return span;
}

struct staff_list staff_states(const struct ledger *ledger, struct span span, struct instant as_of, struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct staff_list list = { .count = 0 };
	struct date today = date_of_instant((struct instant){ as_of.seconds, contract->offset });
	if (span.to.day > today.day + 1)
		span.to.day = today.day + 1;
	for (size_t i = 0; i < contract->staff_rule_count; i++) {
		const struct staff_rule *rule = &contract->staff_rules[i];
		struct span term = rule->item.service ? rule->item.service->term : contract->term;
		struct span own = cut(cut(span, term), rule->item.valid);
		struct staff_state state = { .rule = rule };
		switch (rule->kind) {
		case STAFF_HEAD_COUNT:
		case STAFF_ROSTER:
			count_days(ledger, &state, own, arena);
			break;
		case STAFF_CONSENT:
			find_changes(ledger, &state, own, term, arena);
			break;
		case STAFF_ABSENCE:
			count_absences(ledger, &state, own, arena);
			break;
		}
		if (item_valid_in(&rule->item, span))
			arena_push(arena, list.items, list.count, list.capacity, state);
	}
	return list;
}
