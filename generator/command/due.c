/* opsledger due: what has to be done soon and what is overdue, on all contracts. */
#include "command/session.h"
#include "command/table.h"
#include "report/icalendar.h"
#include "report/wording.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "within", 0, "DURATION", N_("how far to look ahead; 7d when not given"), false },
	{ "contract", 0, "ID", N_("only this contract"), false },
	{ "json", 0, NULL, N_("for programs"), false },
	{ "ics", 0, NULL, N_("as a calendar (iCalendar, RFC 5545)"), false },
	{ NULL, 0, NULL, NULL, false },
};

/* Work that is open: overdue in the last so many seconds, or due within them. */
static struct open_works find_works(const struct session *session, const struct ledger *only, int64_t within)
{
	struct open_works works = { 0 };
	for (size_t i = 0; i < session->ledger_count; i++) {
		const struct ledger *ledger = session->ledgers[i];
		if (only && ledger != only)
			continue;
		struct duty_list *list = arena_alloc(session->arena, sizeof *list);
		*list = duty_windows(ledger, session->as_of, session->arena);
		open_works_add(&works, ledger->contract, list, session->as_of, within, within, session->arena);
	}
	open_works_sort(&works);
	return works;
}

static void print_text(struct arena *arena, const struct open_works *works, struct buf *out)
{
	const char *heads[] = { translate("due"),  translate("contract"), translate("clause"),
		                translate("duty"), translate("window"),   translate("verdict") };
	struct table *table = table_new(heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < works->count; i++) {
		const struct open_work *work = &works->items[i];
		table_cell(table, wording_end(arena, work->window->due, work->contract->offset, 0));
		table_cell(table, work->contract->id);
		table_cell(table, work->window->duty->item.clause);
		table_cell(table, open_work_title(arena, work));
		table_cell(table, work->window->name);
		table_cell(table, duty_verdict_title(work->window->verdict));
	}
	table_print(table, out);
	table_free(table);
}

static void print_json(struct arena *arena, const struct session *session, const struct open_works *works,
                       struct buf *out)
{
	char text[INSTANT_TEXT];
	struct value *answer = value_object(arena);
	value_set(arena, answer, "as_of", value_string(arena, instant_format(session->as_of, text)));
	struct value *rows = value_set(arena, answer, "due", value_array(arena));
	for (size_t i = 0; i < works->count; i++) {
		const struct open_work *work = &works->items[i];
		struct value *row = value_push(arena, rows, value_object(arena));
		value_set(arena, row, "due", value_string(arena, instant_format(work->window->due, text)));
		value_set(arena, row, "contract", value_string(arena, work->contract->id));
		value_set(arena, row, "duty", value_string(arena, work->window->duty->item.id));
		value_set(arena, row, "clause", value_string(arena, work->window->duty->item.clause));
		value_set(arena, row, "name", value_string(arena, open_work_title(arena, work)));
		value_set(arena, row, "verdict", value_string(arena, duty_verdict_name(work->window->verdict)));
	}
	json_print(answer, 2, out);
	buf_putc(out, '\n');
}

static enum status answer(struct session *session, const struct request *request)
{
	const char *text = request_value(request, "within");
	struct duration within;
	if (!duration_parse(text ? text : "7d", &within) ||
	    (within.unit != UNIT_DAY && within.unit != UNIT_HOUR && within.unit != UNIT_WEEK))
		return complain(request->command,
		                translate("--within \"%s\" is no number of hours, days or weeks; write 12h, 7d or 2w"),
		                text);
	int64_t unit = within.unit == UNIT_HOUR ? 3600 : within.unit == UNIT_DAY ? DAY_SECONDS : 7 * DAY_SECONDS;
	const struct ledger *only = NULL;
	if (request_has(request, "contract") && !(only = session_ledger(session, request)))
		return STATUS_CANNOT;
	struct open_works works = find_works(session, only, within.amount * unit);
	struct buf out = BUF_INIT;
	if (request_has(request, "json"))
		print_json(session->arena, session, &works, &out);
	else if (request_has(request, "ics"))
		icalendar_print(session->arena, &works, session->as_of, &out);
	else
		print_text(session->arena, &works, &out);
	enum status status = print_out(&out);
	buf_free(&out);
	return status;
}

static enum status run(const struct request *request)
{
	return session_run(request, answer);
}

const struct command command_due = { "due",   NULL, 0, 0, N_("tell what has to be done soon, and what is overdue"),
	                             options, run };
