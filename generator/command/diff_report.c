/* opsledger diff-report: what two commits make of one period, figure by figure,
 * and the changes of records between them. */
#include <string.h>

#include "command/session.h"
#include "command/table.h"
#include "proof/flag.h"
#include "proof/former.h"
#include "proof/trace.h"
#include "report/comparison.h"
#include "report/view.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "contract", 0, "ID", N_("the contract"), true },
	{ "period", 0, "PERIOD", N_("2026-03, 2026-W11, 2026-Q1, Y1, term …"), true },
	{ "json", 0, NULL, N_("for programs"), false },
	{ NULL, 0, NULL, NULL, false },
};

struct half {
	struct session session;
	const struct ledger *ledger;
};

struct answer {
	struct arena *arena;
	struct half before, after;
	struct period period;
	struct comparison comparison;
	const struct provenance *provenance; /* of the second commit */
	const bool *known;           /* by its commits: whether the first one has it behind it; NULL: unrelated */
	const struct event **events; /* that the first commit did not know, in order */
	size_t event_count, event_capacity;
};

/* The record of an event's life, as either side has it, or NULL. */
static const struct record *record_of(const struct answer *answer, const struct life *life)
{
	const struct record *record = ledger_find(answer->after.ledger, life->type, life->id);
	return record ? record : ledger_find(answer->before.ledger, life->type, life->id);
}

static bool rests_on(const struct answer *answer, const struct figure_difference *difference, const struct event *event)
{
	const struct life *life = provenance_life_of(answer->provenance, event);
	return difference_rests_on(difference, answer->provenance, event, record_of(answer, life));
}

static bool matters(const struct answer *answer, const struct event *event)
{
	for (size_t i = 0; i < answer->comparison.count; i++)
		if (rests_on(answer, &answer->comparison.items[i], event))
			return true;
	return false;
}

/* All records behind figures that differ, in one, since most lives are behind none. */
static struct figure_difference all_of(const struct answer *answer)
{
	struct figure_difference all = { .figure = NULL };
	map_init(&all.records, answer->arena);
	for (size_t i = 0; i < answer->comparison.count; i++) {
		const struct map *records = &answer->comparison.items[i].records;
		for (size_t j = 0; j < records->count; j++)
			map_put(&all.records, records->entries[j].key, answer->arena);
	}
	return all;
}

/* What was done since the first commit to records that are dated in the period,
 * and to others on which a figure rests that differs. */
static void find_events(struct answer *answer, struct diags *diags)
{
	const struct provenance *provenance = answer->provenance;
	struct seal seal = {
		.has_period = true, .period = answer->period, .has_behind = true, .behind = answer->known
	};
	struct seal_list seals = { &seal, 1, 1 };
	struct erratum_list dated = errata_find(answer->arena, answer->after.ledger, provenance, &seals, diags);
	struct figure_difference all = all_of(answer);
	size_t next = 0; /* of dated, which is by life and event as well */
	for (size_t i = 0; i < provenance->life_count; i++) {
		const struct life *life = provenance_life(provenance, i);
		bool behind = strcmp(life->contract, answer->after.ledger->contract->id) == 0 &&
		              difference_names(&all, life, record_of(answer, life));
		for (size_t e = 0; e < life->event_count; e++) {
			const struct event *event = &life->events[e];
			bool is_dated = next < dated.count && dated.items[next].event == event;
			next += is_dated;
			if (is_dated || (behind && !answer->known[event->commit - provenance->history->commits] &&
			                 matters(answer, event)))
				arena_push(answer->arena, answer->events, answer->event_count, answer->event_capacity,
				           event);
		}
	}
}

static struct value *half_json(struct arena *arena, const struct half *half)
{
	char as_of[INSTANT_TEXT];
	struct value *json = value_object(arena);
	value_set(arena, json, "commit", value_string(arena, half->session.commit.id));
	value_set(arena, json, "as_of", value_string(arena, instant_format(half->session.as_of, as_of)));
	return json;
}

static void put_json(const struct answer *answer, struct buf *out, struct diags *diags)
{
	struct arena *arena = answer->arena;
	struct value *json = value_object(arena);
	value_set(arena, json, "contract", value_string(arena, answer->after.ledger->contract->id));
	value_set(arena, json, "period", value_string(arena, answer->period.name));
	value_set(arena, json, "from", half_json(arena, &answer->before));
	value_set(arena, json, "to", half_json(arena, &answer->after));
	value_set(arena, json, "related", value_bool(arena, answer->known != NULL));
	struct value *figures = value_set(arena, json, "figures", value_array(arena));
	struct value *changes = value_set(arena, json, "changes", value_array(arena));
	for (size_t i = 0; i < answer->event_count; i++)
		value_push(arena, changes, trace_event(arena, answer->provenance, answer->events[i], diags));
	for (size_t i = 0; i < answer->comparison.count; i++) {
		const struct figure_difference *difference = &answer->comparison.items[i];
		struct value *figure = value_push(arena, figures, difference_json(arena, difference));
		struct value *because = value_set(arena, figure, "changes", value_array(arena));
		for (size_t e = 0; e < answer->event_count; e++)
			if (rests_on(answer, difference, answer->events[e]))
				value_push(arena, because, value_number(arena, (double)e));
	}
	json_print(json, 2, out);
	buf_putc(out, '\n');
}

static const char *half_text(struct arena *arena, const struct half *half)
{
	return arena_printf(arena, "%.*s (%s)", COMMIT_SHORT, half->session.commit.id,
	                    flag_time(arena, half->session.as_of, half->ledger->contract->offset));
}

/* "1, 3": the numbers of the changes that a figure rests on. */
static const char *because_text(const struct answer *answer, const struct figure_difference *difference)
{
	const char *text = "";
	for (size_t e = 0; e < answer->event_count; e++)
		if (rests_on(answer, difference, answer->events[e]))
			text = arena_printf(answer->arena, "%s%s%zu", text, *text ? ", " : "", e + 1);
	return text;
}

static void put_figures(const struct answer *answer, struct buf *out)
{
	const char *heads[] = { translate("clause"), translate("name"), translate("figure"),
		                translate("old"),    translate("new"),  translate("changes") };
	struct table *table = table_new(heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < answer->comparison.count; i++) {
		const struct figure_difference *difference = &answer->comparison.items[i];
		table_cell(table, difference->clause);
		table_cell(table, difference->name);
		table_cell(table, difference->figure);
		table_cell(table, difference->before);
		table_cell(table, difference->after);
		table_cell(table, because_text(answer, difference));
	}
	table_print(table, out);
	table_free(table);
}

static void put_text(const struct answer *answer, struct buf *out)
{
	struct arena *arena = answer->arena;
	buf_printf(out, translate("%s, %s: %zu figures differ, %zu changes of records\n"),
	           answer->after.ledger->contract->id, answer->period.name, answer->comparison.count,
	           answer->event_count);
	buf_printf(out, "%s → %s\n", half_text(arena, &answer->before), half_text(arena, &answer->after));
	if (!answer->known)
		buf_printf(out, "%s\n",
		           translate("The first commit is not behind the second, so changes cannot be told."));
	if (answer->comparison.count) {
		buf_putc(out, '\n');
		put_figures(answer, out);
	}
	for (size_t i = 0; i < answer->event_count; i++) {
		const struct event *event = answer->events[i];
		const struct commit *commit = &event->commit->facts;
		buf_printf(out, "\n%zu. %s  %s\n   %s %.*s, %s, %s, %s\n", i + 1,
		           flag_record(arena, provenance_life_of(answer->provenance, event)),
		           event_words(arena, answer->provenance, event), translate("commit"), COMMIT_SHORT, commit->id,
		           flag_time(arena, commit->committer.at, answer->after.ledger->contract->offset),
		           commit->author.name, commit->subject);
	}
}

static const struct value *figures_of(struct half *half, struct arena *arena, struct period period)
{
	struct report_source source = { .ledger = half->ledger,
		                        .schemas = &half->session.records->schemas,
		                        .as_of = half->session.as_of,
		                        .commit = half->session.commit.id };
	return view_figures(&source, arena, period, half->session.diags);
}

/* The contract as the first commit has it, under the name that its folder had then. */
static const struct ledger *former_ledger(const struct answer *answer)
{
	const char *contract = answer->after.ledger->contract->id;
	if (answer->known)
		contract = former_contract(answer->arena, answer->provenance, contract, answer->known);
	return session_find_ledger(&answer->before.session, contract);
}

static enum status put_answer(struct answer *answer, const struct request *request)
{
	struct diags *diags = answer->after.session.diags;
	struct buf out = BUF_INIT;
	answer->comparison = comparison_make(answer->arena, figures_of(&answer->before, answer->arena, answer->period),
	                                     figures_of(&answer->after, answer->arena, answer->period));
	if (answer->known)
		find_events(answer, diags);
	if (request_has(request, "json"))
		put_json(answer, &out, diags);
	else
		put_text(answer, &out);
	enum status status = print_out(&out);
	buf_free(&out);
	return status;
}

static enum status compare(struct answer *answer, const struct request *request)
{
	struct session *session = &answer->after.session;
	answer->arena = session->arena;
	answer->after.ledger = session_ledger(session, request);
	if (!answer->after.ledger || !session_period(session, request, answer->after.ledger, &answer->period))
		return STATUS_CANNOT;
	struct provenance *provenance =
	    provenance_read(session->repository, session->commit.id, session->records, session->cache, session->diags);
	enum status status = STATUS_CANNOT;
	uint32_t first;
	if (!provenance) {
		session_report(session);
		return status;
	}
	answer->provenance = provenance;
	if (history_find(provenance->history, answer->before.session.commit.id, &first))
		answer->known = history_behind(answer->arena, provenance->history, first);
	answer->before.ledger = former_ledger(answer);
	if (answer->before.ledger)
		status = put_answer(answer, request);
	else
		complain(request->command, translate("commit %.*s has no contract \"%s\""), COMMIT_SHORT,
		         answer->before.session.commit.id, answer->after.ledger->contract->id);
	provenance_free(provenance);
	return status;
}

static enum status open_half(struct half *half, const struct request *request, size_t argument)
{
	struct request source = *request;
	source.revision = request->arguments[argument];
	return session_open_sound(&half->session, &source);
}

static enum status run(const struct request *request)
{
	struct answer answer = { 0 };
	enum status status = open_half(&answer.before, request, 0);
	if (status == STATUS_FINE) {
		status = open_half(&answer.after, request, 1);
		if (status == STATUS_FINE)
			status = compare(&answer, request);
		session_close(&answer.after.session);
	}
	session_close(&answer.before.session);
	return status;
}

const struct command command_diff_report = {
	"diff-report", "A B", 2, 2, N_("tell which figures of a period differ between two commits, and why"),
	options,       run
};
