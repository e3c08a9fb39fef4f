#include "report/icalendar.h"

#include <string.h>

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

void icalendar_print(struct arena *arena, const struct open_works *works, struct instant as_of, struct buf *out)
{
	buf_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//opsledger//due//ZH\r\n");
	for (size_t i = 0; i < works->count; i++) {
		const struct open_work *work = &works->items[i];
		buf_puts(out, "BEGIN:VTODO\r\n");
		put_line(out, "UID:",
		         arena_printf(arena, "%s.%s.%s%s%s@opsledger", work->contract->id, work->window->duty->item.id,
		                      work->window->name, work->window->subject ? "." : "",
		                      work->window->subject ? work->window->subject : ""));
		put_line(out, "DTSTAMP:", ics_time(arena, as_of));
		put_line(out, "DUE:", ics_time(arena, work->window->due));
		put_line(out, "SUMMARY:", open_work_title(arena, work));
		put_line(out, "DESCRIPTION:",
		         arena_printf(arena, "%s %s", work->contract->name, work->window->duty->item.clause));
		buf_puts(out, "END:VTODO\r\n");
	}
	buf_puts(out, "END:VCALENDAR\r\n");
}
