#include "site/data_files.h"

#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"
#include "rules/answer.h"
#include "site/record_words.h"
#include "source/csv_print.h"
#include "source/json.h"

/* A file being made of rows, once as JSON and once as CSV. */
struct making {
	struct page *page;
	const struct ledger *ledger;
	struct arena *arena; /* of one period */
	struct value *list;  /* what the page shows */
	struct buf csv;
};

static void put(struct making *making, const char *name, const char *title, const struct value *json)
{
	struct site *site = making->page->site;
	const char *base = arena_printf(making->arena, "data/%s/%s", making->ledger->contract->id, name);
	struct buf text = BUF_INIT;
	json_print(json, 1, &text);
	buf_putc(&text, '\n');
	site_put(site, arena_printf(making->arena, "%s.json", base), buf_chunk(&text));
	site_put(site, arena_printf(making->arena, "%s.csv", base), buf_chunk(&making->csv));
	buf_free(&text);
	buf_clear(&making->csv);
	struct value *entry = value_push(making->page->arena, making->list, value_object(making->page->arena));
	view_text(making->page->arena, entry, "title", title);
	view_text(making->page->arena, entry, "url", base);
}

/* "2026-03-02 09:30:00", which spreadsheets take for a time. */
static const char *at_text(const struct making *making, bool known, struct instant at)
{
	enum { SECONDS = sizeof "2026-03-02T09:30:00" - 1 };
	char text[INSTANT_TEXT];
	if (!known)
		return NULL;
	at.offset = making->ledger->contract->offset;
	char *local = arena_strndup(making->arena, instant_format(at, text), SECONDS);
	*strchr(local, 'T') = ' ';
	return local;
}

static const char *minutes_text(const struct making *making, int64_t seconds)
{
	return arena_printf(making->arena, "%g", (double)seconds / 60);
}

#define PRINT_HEADS(making, heads) csv_print_heads(heads, sizeof(heads) / sizeof *(heads), &(making)->csv)
#define PRINT_ROW(making, cells) csv_print_row(cells, sizeof(cells) / sizeof *(cells), &(making)->csv)

static void put_clocks(struct making *making, const struct period *period)
{
	static const char *const heads[] = { "记录", "名称", "条款", "时限",         "起算",        "截止",
		                             "完成", "判定", "暂定", "暂停（分钟）", "超时（分钟）" };
	struct site *site = making->page->site;
	struct clock_list clocks = clock_read_all(making->ledger, period->span, site->as_of, making->arena);
	PRINT_HEADS(making, heads);
	for (size_t i = 0; i < clocks.count; i++) {
		const struct clock_reading *reading = &clocks.items[i];
		const char *const cells[] = { reading->record->id,
			                      record_summary(making->arena, reading->record),
			                      reading->target->item.clause,
			                      reading->target->item.name,
			                      at_text(making, reading->has_from, reading->from),
			                      at_text(making, reading->has_deadline, reading->deadline),
			                      at_text(making, reading->has_to, reading->to),
			                      wording_verdict(reading->verdict),
			                      reading->provisional ? "是" : "否",
			                      minutes_text(making, reading->paused_seconds),
			                      minutes_text(making, reading->overrun_seconds) };
		PRINT_ROW(making, cells);
	}
	put(making, arena_printf(making->arena, "%s-clocks", period->name),
	    arena_printf(making->arena, "%s各项计时", period_title(making->arena, period)),
	    sla_answer(making->arena, making->ledger, period, site->as_of, site->commit->id));
}

static const char *evidence_text(struct arena *arena, const struct duty_window *window)
{
	const char *text = "";
	for (size_t i = 0; i < window->evidence_count; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? " " : "", window->evidence[i]->id);
	return text;
}

static void put_duties(struct making *making, const struct duty_list *duties, const struct period *period)
{
	static const char *const heads[] = { "条款", "任务", "对象", "时段", "截止", "判定", "暂定", "依据记录" };
	struct site *site = making->page->site;
	struct duty_list windows = duty_in_span(duties, period->span, making->arena);
	PRINT_HEADS(making, heads);
	for (size_t i = 0; i < windows.count; i++) {
		const struct duty_window *window = &windows.items[i];
		const char *const cells[] = { window->duty->item.clause,
			                      window->duty->item.name,
			                      window->subject,
			                      window->name,
			                      at_text(making, true, window->due),
			                      wording_duty_verdict(window->verdict),
			                      window->provisional ? "是" : "否",
			                      evidence_text(making->arena, window) };
		PRINT_ROW(making, cells);
	}
	put(making, arena_printf(making->arena, "%s-duties", period->name),
	    arena_printf(making->arena, "%s周期性任务", period_title(making->arena, period)),
	    duties_answer(making->arena, making->ledger, period, site->as_of));
}

/* The target's name at the end of the month. */
static const char *name_of(const struct contract *contract, const struct value *month, const struct value *target)
{
	struct arena *arena = arena_new();
	struct period period;
	if (!period_parse(arena, value_get_string(month, "period"), contract->term, &period))
		die("%s is no month of the term", value_get_string(month, "period"));
	struct date last = { period.span.to.day - 1 };
	arena_free(arena);
	return contract_target(contract, value_get_string(target, "id"), last)->item.name;
}

/* A row for each target of each month. */
static void put_attainment(struct making *making)
{
	static const char *const heads[] = { "月份",   "条款", "时限", "达标",   "未达标",
		                             "计时中", "暂停", "不计", "缺时间", "达标率（%）" };
	static const char *const columns[] = {
		"met", "missed", "running", "paused", "excluded", "unknown", "attainment"
	};
	enum { NAMED = 3, COUNTED = sizeof columns / sizeof *columns };
	struct site *site = making->page->site;
	const struct contract *contract = making->ledger->contract;
	struct value *answer = attainment_answer(making->arena, making->ledger, site->as_of, site->commit->id);
	const struct value *months = value_get(answer, "months");
	PRINT_HEADS(making, heads);
	for (size_t i = 0; i < months->as.array.count; i++) {
		const struct value *month = months->as.array.items[i], *targets = value_get(month, "targets");
		for (size_t j = 0; j < targets->as.array.count; j++) {
			const struct value *target = targets->as.array.items[j];
			const char *cells[NAMED + COUNTED] = { value_get_string(month, "period"),
				                               value_get_string(target, "clause"),
				                               name_of(contract, month, target) };
			for (size_t k = 0; k < COUNTED; k++) {
				const struct value *number = value_get(target, columns[k]);
				if (number->kind == VALUE_NUMBER)
					cells[NAMED + k] = arena_printf(making->arena, "%.15g", number->as.number);
			}
			PRINT_ROW(making, cells);
		}
	}
	put(making, "attainment", "各月达标率", answer);
}

void data_files_put(struct page *page, const struct ledger *ledger)
{
	struct span term = ledger->contract->term;
	struct instant as_of = page->site->as_of;
	struct arena *arena = arena_new();
	struct making making = { .page = page, .ledger = ledger, .arena = arena };
	making.list = value_set(page->arena, page->view, "data", value_array(page->arena));
	put_attainment(&making);
	struct duty_list duties = duty_windows(ledger, as_of, arena);
	struct period year = period_of(arena, PERIOD_CONTRACT_YEAR, term.from, term);
	do {
		making.arena = arena_new();
		put_clocks(&making, &year);
		put_duties(&making, &duties, &year);
		arena_free(making.arena);
	} while (period_next(arena, &year, term, &year) &&
	         instant_compare(span_from(year.span, ledger->contract->offset), as_of) <= 0);
	buf_free(&making.csv);
	arena_free(arena);
}
