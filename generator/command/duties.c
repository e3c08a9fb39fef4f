/* opsledger duties: the windows of a period in which work was due, with verdicts. */
#include "command/session.h"
#include "command/table.h"
#include "report/wording.h"
#include "rules/answer.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "contract", 0, "ID", N_("the contract"), true },
	{ "period", 0, "PERIOD", N_("2026-03, 2026-W11, 2026-Q1, Y1, term …"), true },
	{ "json", 0, NULL, N_("for programs"), false },
	{ NULL, 0, NULL, NULL, false },
};

static void print_text(struct arena *arena, const struct ledger *ledger, const struct period *period,
                       struct instant as_of, struct buf *out)
{
	const char *heads[] = { translate("clause"), translate("duty"),    translate("window"),
		                translate("due"),    translate("verdict"), translate("evidence") };
	struct duty_list all = duty_windows(ledger, as_of, arena);
	struct duty_list windows = duty_in_span(&all, period->span, arena);
	struct table *table = table_new(heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < windows.count; i++) {
		const struct duty_window *window = &windows.items[i];
		struct buf evidence = BUF_INIT;
		for (size_t j = 0; j < window->evidence_count; j++)
			buf_printf(&evidence, "%s%s", j ? " " : "", window->evidence[j]->id);
		table_cell(table, window->duty->item.clause);
		table_cell(table, window->subject
		                      ? arena_printf(arena, "%s（%s）", window->duty->item.name, window->subject)
		                      : window->duty->item.name);
		table_cell(table, window->name);
		table_cell(table,
		           wording_end(arena, window->due, ledger->contract->offset, date_year(window->span.from)));
		table_cell(table, duty_verdict_title(window->verdict));
		table_cell(table, buf_str(&evidence));
		buf_free(&evidence);
	}
	table_print(table, out);
	table_free(table);
}

static enum status answer(struct session *session, const struct request *request)
{
	const struct ledger *ledger = session_ledger(session, request);
	struct period period;
	if (!ledger || !session_period(session, request, ledger, &period))
		return STATUS_CANNOT;
	struct buf out = BUF_INIT;
	if (request_has(request, "json")) {
		json_print(duties_answer(session->arena, ledger, &period, session->as_of), 2, &out);
		buf_putc(&out, '\n');
	} else {
		print_text(session->arena, ledger, &period, session->as_of, &out);
	}
	enum status status = print_out(&out);
	buf_free(&out);
	return status;
}

static enum status run(const struct request *request)
{
	return session_run(request, answer);
}

const struct command command_duties = { "duties", NULL, 0, 0, N_("show what was due in a period, and what was done"),
	                                options,  run };
