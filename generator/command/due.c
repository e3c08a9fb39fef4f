/* opsledger due: what has to be done soon and what is overdue, on all contracts. */
#include <stdlib.h>
#include <string.h>

#include "command/session.h"
#include "command/table.h"
#include "report/wording.h"
#include "rules/duty.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "within", 0, "DURATION", N_("how far to look ahead; 7d when not given"), false },
	{ "contract", 0, "ID", N_("only this contract"), false },
	{ "json", 0, NULL, N_("for programs"), false },
	{ "ics", 0, NULL, N_("as a calendar (iCalendar, RFC 5545)"), false },
	{ NULL, 0, NULL, NULL, false },
};

struct work {
	const struct contract *contract;
	const struct duty_window *window;
};

struct works {
	struct work *items;
	size_t count, capacity;
};

static int compare(const void *left, const void *right)
{
	const struct work *a = left, *b = right;
	int order = instant_compare(a->window->due, b->window->due);
	if (!order)
		order = strcmp(a->contract->id, b->contract->id);
	return order ? order : strcmp(a->window->duty->item.id, b->window->duty->item.id);
}

/* Work that is open: overdue in the last so many seconds, or due within them. */
static struct works find_works(const struct session *session, const struct ledger *only, int64_t within)
{
	struct works works = { 0 };
	for (size_t i = 0; i < session->ledger_count; i++) {
		const struct ledger *ledger = session->ledgers[i];
		if (only && ledger != only)
			continue;
		struct duty_list *list = arena_alloc(session->arena, sizeof *list);
		*list = duty_windows(ledger, session->as_of, session->arena);
		for (size_t j = 0; j < list->count; j++) {
			const struct duty_window *window = &list->items[j];
			int64_t left = window->due.seconds - session->as_of.seconds;
			bool open = window->verdict == DUTY_PENDING || window->verdict == DUTY_MISSED;
			struct work work = { ledger->contract, window };
			if (open && left <= within && left >= -within)
				arena_push(session->arena, works.items, works.count, works.capacity, work);
		}
	}
	if (works.count)
		qsort(works.items, works.count, sizeof *works.items, compare);
	return works;
}

static const char *title_of(struct arena *arena, const struct work *work)
{
	const struct duty_window *window = work->window;
	return window->subject ? arena_printf(arena, "%s（%s）", window->duty->item.name, window->subject)
	                       : window->duty->item.name;
}

static void print_text(struct arena *arena, const struct works *works, struct buf *out)
{
	const char *heads[] = { translate("due"),  translate("contract"), translate("clause"),
		                translate("duty"), translate("window"),   translate("verdict") };
	struct table *table = table_new(heads, sizeof heads / sizeof *heads);
	for (size_t i = 0; i < works->count; i++) {
		const struct work *work = &works->items[i];
		table_cell(table, wording_end(arena, work->window->due, work->contract->offset, 0));
		table_cell(table, work->contract->id);
		table_cell(table, work->window->duty->item.clause);
		table_cell(table, title_of(arena, work));
		table_cell(table, work->window->name);
		table_cell(table, duty_verdict_title(work->window->verdict));
	}
	table_print(table, out);
	table_free(table);
}

static void print_json(struct arena *arena, const struct session *session, const struct works *works, struct buf *out)
{
	char text[INSTANT_TEXT];
	struct value *answer = value_object(arena);
	value_set(arena, answer, "as_of", value_string(arena, instant_format(session->as_of, text)));
	struct value *rows = value_set(arena, answer, "due", value_array(arena));
	for (size_t i = 0; i < works->count; i++) {
		const struct work *work = &works->items[i];
		struct value *row = value_push(arena, rows, value_object(arena));
		value_set(arena, row, "due", value_string(arena, instant_format(work->window->due, text)));
		value_set(arena, row, "contract", value_string(arena, work->contract->id));
		value_set(arena, row, "duty", value_string(arena, work->window->duty->item.id));
		value_set(arena, row, "clause", value_string(arena, work->window->duty->item.clause));
		value_set(arena, row, "name", value_string(arena, title_of(arena, work)));
		value_set(arena, row, "verdict", value_string(arena, duty_verdict_name(work->window->verdict)));
	}
	json_print(answer, 2, out);
	buf_putc(out, '\n');
}

/* One content line: specials escaped, folded before 75 bytes between characters (RFC 5545, 3.1 and 3.3.11). */
static void put_line(struct buf *out, const char *name, const char *text)
{
	enum { LONGEST = 74 };
	struct buf line = BUF_INIT;
	buf_puts(&line, name);
	for (; *text; text++) {
		if (strchr("\\;,", *text))
			buf_putc(&line, '\\');
		buf_putc(&line, *text);
	}
	size_t width = 0;
	for (size_t i = 0, next; i < line.len; i = next) {
		for (next = i + 1; next < line.len && ((unsigned char)line.data[next] & 0xc0) == 0x80; next++)
			;
		if (width + next - i > LONGEST) {
			buf_puts(out, "\r\n ");
			width = 1;
		}
		buf_put(out, line.data + i, next - i);
		width += next - i;
	}
	buf_puts(out, "\r\n");
	buf_free(&line);
}

static const char *ics_time(struct arena *arena, struct instant instant)
{
	struct instant utc = { instant.seconds, 0 };
	int year, month, day;
	date_to_ymd(date_of_instant(utc), &year, &month, &day);
	int second = instant_second_of_day(utc);
	return arena_printf(arena, "%04d%02d%02dT%02d%02d%02dZ", year, month, day, second / 3600, second / 60 % 60,
	                    second % 60);
}

static void print_ics(struct arena *arena, const struct session *session, const struct works *works, struct buf *out)
{
	buf_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//opsledger//due//ZH\r\n");
	for (size_t i = 0; i < works->count; i++) {
		const struct work *work = &works->items[i];
		buf_puts(out, "BEGIN:VTODO\r\n");
		put_line(out, "UID:",
		         arena_printf(arena, "%s.%s.%s.%zu@opsledger", work->contract->id, work->window->duty->item.id,
		                      work->window->name, i));
		put_line(out, "DTSTAMP:", ics_time(arena, session->as_of));
		put_line(out, "DUE:", ics_time(arena, work->window->due));
		put_line(out, "SUMMARY:", title_of(arena, work));
		put_line(out, "DESCRIPTION:",
		         arena_printf(arena, "%s %s", work->contract->name, work->window->duty->item.clause));
		buf_puts(out, "END:VTODO\r\n");
	}
	buf_puts(out, "END:VCALENDAR\r\n");
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
	struct works works = find_works(session, only, within.amount * unit);
	struct buf out = BUF_INIT;
	if (request_has(request, "json"))
		print_json(session->arena, session, &works, &out);
	else if (request_has(request, "ics"))
		print_ics(session->arena, session, &works, &out);
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
