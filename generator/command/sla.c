/* opsledger sla: each clock of a period: from, deadline, to, verdict, overrun. */
#include <string.h>

#include "command/session.h"
#include "command/table.h"
#include "report/wording.h"
#include "rules/answer.h"
#include "rules/figures.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "contract", 0, "ID", N_("the contract"), true },
	{ "period", 0, "PERIOD", N_("2026-03, 2026-W11, 2026-Q1, Y1, term …"), true },
	{ "record", 0, "ID", N_("only clocks of this record"), false },
	{ "explain", 0, NULL, N_("tell for each clock which rules led to its deadline and verdict"), false },
	{ "json", 0, NULL, N_("for programs"), false },
	{ "csv", 0, NULL, N_("for spreadsheets"), false },
	{ NULL, 0, NULL, NULL, false },
};

/* The columns of items in sla_answer, which CSV prints as they are. */
static void print_csv(const struct value *answer, struct buf *out)
{
	const struct value *items = value_get(answer, "items");
	buf_puts(out, "record,target,from,deadline,to,paused_minutes,verdict,overrun_minutes,provisional\r\n");
	for (size_t i = 0; i < items->as.array.count; i++) {
		const struct value *item = items->as.array.items[i];
		for (size_t j = 0; j < item->as.object.count; j++) {
			struct buf text = BUF_INIT;
			const struct value *cell = item->as.object.members[j].value;
			if (cell->kind == VALUE_STRING)
				buf_puts(&text, cell->as.string);
			else if (cell->kind != VALUE_NULL)
				json_print(cell, 0, &text);
			buf_puts(out, buf_str(&text));
			buf_puts(out, j + 1 < item->as.object.count ? "," : "\r\n");
			buf_free(&text);
		}
	}
}

static void print_targets(struct arena *arena, const struct target_figures_list *figures, struct buf *out)
{
	const char *heads[] = { translate("clause"),    translate("target"),   translate(">met"),
		                translate(">missed"),   translate(">running"), translate(">paused"),
		                translate(">excluded"), translate(">unknown"), translate(">attainment") };
	static const enum verdict shown[] = { VERDICT_MET,    VERDICT_MISSED,   VERDICT_RUNNING,
		                              VERDICT_PAUSED, VERDICT_EXCLUDED, VERDICT_UNKNOWN };
	struct table *table = table_new(heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < figures->count; i++) {
		const struct target_figures *item = &figures->items[i];
		table_cell(table, item->target->item.clause);
		table_cell(table, item->target->item.name);
		for (size_t j = 0; j < sizeof shown / sizeof *shown; j++)
			table_cell(table, arena_printf(arena, "%zu", item->verdicts[shown[j]]));
		table_cell(table, attainment_text(arena, item));
	}
	table_print(table, out);
	table_free(table);
}

static const char *instant_text(struct arena *arena, bool known, struct instant instant, int32_t offset)
{
	return known ? wording_instant(arena, instant, offset) : WORDING_NONE;
}

static void print_items(struct arena *arena, const struct clock_list *clocks, int32_t offset, struct buf *out)
{
	const char *heads[] = { translate("record"), translate("target"),  translate("from"),    translate("deadline"),
		                translate("to"),     translate("verdict"), translate(">overrun") };
	struct table *table = table_new(heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < clocks->count; i++) {
		const struct clock_reading *reading = &clocks->items[i];
		table_cell(table, reading->record->id);
		table_cell(table, reading->target->item.name);
		table_cell(table, instant_text(arena, reading->has_from, reading->from, offset));
		table_cell(table, instant_text(arena, reading->has_deadline, reading->deadline, offset));
		table_cell(table, instant_text(arena, reading->has_to, reading->to, offset));
		table_cell(table, arena_printf(arena, "%s%s", verdict_title(reading->verdict),
		                               reading->provisional ? translate(" (provisional)") : ""));
		table_cell(table, reading->overrun_seconds ? wording_duration(arena, reading->overrun_seconds) : "");
	}
	table_print(table, out);
	table_free(table);
}

static void print_steps(const struct clock_list *clocks, struct buf *out)
{
	for (size_t i = 0; i < clocks->count; i++) {
		const struct clock_reading *reading = &clocks->items[i];
		buf_printf(out, "%s · %s（%s）：%s\n", reading->record->name, reading->target->item.name,
		           reading->target->item.clause, verdict_title(reading->verdict));
		for (size_t j = 0; j < reading->step_count; j++)
			buf_printf(out, "  %s\n", reading->steps[j]);
	}
}

static void explain(const struct session *session, const struct ledger *ledger, struct clock_list *clocks)
{
	for (size_t i = 0; i < clocks->count; i++)
		clocks->items[i] = clock_read(ledger, clocks->items[i].target, clocks->items[i].record, session->as_of,
		                              session->arena);
}

static enum status answer(struct session *session, const struct request *request)
{
	const struct ledger *ledger = session_ledger(session, request);
	struct period period;
	if (!ledger || !session_period(session, request, ledger, &period))
		return STATUS_CANNOT;
	const char *id = request_value(request, "record");
	struct buf out = BUF_INIT;
	struct arena *arena = session->arena;
	if (request_has(request, "json") || request_has(request, "csv")) {
		struct value *answer = sla_answer(arena, ledger, &period, session->as_of, session->commit.id);
		if (request_has(request, "csv")) {
			print_csv(answer, &out);
		} else {
			json_print(answer, 2, &out);
			buf_putc(&out, '\n');
		}
	} else {
		struct clock_list clocks = clock_read_all(ledger, period.span, session->as_of, arena);
		size_t kept = 0;
		for (size_t i = 0; i < clocks.count; i++)
			if (!id || strcmp(clocks.items[i].record->id, id) == 0)
				clocks.items[kept++] = clocks.items[i];
		clocks.count = kept;
		if (request_has(request, "explain")) {
			explain(session, ledger, &clocks);
			print_steps(&clocks, &out);
		} else {
			struct target_figures_list figures = target_figures(ledger, &clocks, period.span, arena);
			print_targets(arena, &figures, &out);
			buf_putc(&out, '\n');
			print_items(arena, &clocks, ledger->contract->offset, &out);
		}
	}
	enum status status = print_out(&out);
	buf_free(&out);
	return status;
}

static enum status run(const struct request *request)
{
	return session_run(request, answer);
}

const struct command command_sla = { "sla",   NULL, 0, 0, N_("show which clocks of a period were met and missed"),
	                             options, run };
