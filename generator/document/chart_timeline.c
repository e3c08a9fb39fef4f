/* What happened when, downwards; gaps grow with the time between, but gently. */
#include <math.h>
#include <stdlib.h>

#include "document/chart_parts.h"
#include "time/instant.h"

#define TIME_RIGHT 78.0 /* times end here */
#define AXIS 90.0
#define TEXT_LEFT 104.0
#define ELAPSED_WIDTH 74.0
#define GAP_LEAST 7.0
#define GAP_MOST 34.0

struct event {
	struct instant at;
	size_t index; /* in the JSON: events of one instant keep their order */
	const char *text;
	bool is_deadline;
};

static int by_time(const void *left, const void *right)
{
	const struct event *a = left, *b = right;
	int order = instant_compare(a->at, b->at);
	return order ? order : (a->index > b->index) - (a->index < b->index);
}

static void read_event(struct fields *fields, const struct value *value, struct event *event)
{
	static const char *const names[] = { "at", "text", "deadline", NULL };
	struct fields of_event = fields_of(value, "chart.event", names, fields->diags);
	const char *at = fields_string(&of_event, "at", true);
	event->text = fields_string(&of_event, "text", true);
	event->is_deadline = fields_bool(&of_event, "deadline", false);
	bool guessed;
	if (at && !instant_parse(chunk_of(at), OFFSET_CHINA, &event->at, &guessed)) {
		DIAG(fields->diags, value_get(value, "at")->place, MSG_CHART_TIME, at);
		of_event.ok = false;
	}
	fields->ok = fields->ok && of_event.ok;
}

static const char *clock_of(struct arena *arena, struct instant at)
{
	int32_t second = instant_second_of_day(at);
	return arena_printf(arena, "%02d:%02d", second / 3600, second / 60 % 60);
}

static const char *day_of(struct arena *arena, struct instant at)
{
	int year, month, day;
	date_to_ymd(date_of_instant(at), &year, &month, &day);
	return arena_printf(arena, "%d月%d日", month, day);
}

/* "1天2小时", "3小时5分", "12分", "不足1分" */
static const char *elapsed(struct arena *arena, int64_t seconds)
{
	long long minutes = (long long)(seconds / 60), hours = minutes / 60, days = hours / 24;
	if (days > 0)
		return hours % 24 ? arena_printf(arena, "%lld天%lld小时", days, hours % 24)
		                  : arena_printf(arena, "%lld天", days);
	if (hours > 0)
		return minutes % 60 ? arena_printf(arena, "%lld小时%lld分", hours, minutes % 60)
		                    : arena_printf(arena, "%lld小时", hours);
	return minutes > 0 ? arena_printf(arena, "%lld分", minutes) : "不足1分";
}

static double gap_for(int64_t seconds)
{
	return fmin(GAP_MOST, GAP_LEAST + 3.2 * log2(1 + (double)seconds / 300));
}

static void draw_dot(struct drawing *drawing, const struct event *event, double y)
{
	struct point diamond[] = { { AXIS, y - 4.5 }, { AXIS + 4.5, y }, { AXIS, y + 4.5 }, { AXIS - 4.5, y } };
	if (event->is_deadline)
		drawing_polygon(drawing, diamond, 4, CHART_PAPER, (struct stroke){ CHART_ALARM, 1.2, DASH_NONE });
	else
		drawing_circle(drawing, (struct point){ AXIS, y }, 3, series_look(0).fill, CHART_NO_STROKE);
}

/* Draws the event with its dot at y; returns the y below its text. */
static double draw_event(struct drawing *drawing, const struct event *event, const struct event *first,
                         const struct event *previous, double y)
{
	struct arena *arena = drawing->arena;
	const char *day = day_of(arena, event->at), **lines;
	double baseline = y + CHART_TEXT * 0.35;
	color ink = event->is_deadline ? CHART_ALARM : CHART_INK;
	if (!previous || date_of_instant(previous->at).day != date_of_instant(event->at).day)
		drawing_text(drawing, (struct point){ TIME_RIGHT - 28, baseline }, ANCHOR_END, CHART_TEXT, false,
		             CHART_MUTED, day);
	drawing_text(drawing, (struct point){ TIME_RIGHT, baseline }, ANCHOR_END, CHART_TEXT, false, ink,
	             clock_of(arena, event->at));
	if (event != first && !event->is_deadline)
		drawing_text(drawing, (struct point){ drawing->width, baseline }, ANCHOR_END, CHART_TEXT, false,
		             CHART_MUTED,
		             arena_printf(arena, "+%s", elapsed(arena, event->at.seconds - first->at.seconds)));
	draw_dot(drawing, event, y);
	size_t count = chart_wrap(arena, event->text, CHART_TEXT, drawing->width - TEXT_LEFT - ELAPSED_WIDTH, &lines);
	for (size_t i = 0; i < count; i++)
		drawing_text(drawing, (struct point){ TEXT_LEFT, baseline + CHART_LEADING * (double)i }, ANCHOR_START,
		             CHART_TEXT, false, ink, lines[i]);
	return y + CHART_LEADING * fmax(1, (double)count) - CHART_LEADING / 2;
}

static void describe(struct drawing *drawing, const struct event *events, size_t count)
{
	struct buf text = BUF_INIT;
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%s%s %s%s", day_of(drawing->arena, events[i].at),
		           clock_of(drawing->arena, events[i].at), events[i].text, i + 1 < count ? "；" : "。");
	drawing->description = arena_strdup(drawing->arena, buf_str(&text));
	buf_free(&text);
}

bool chart_timeline(struct drawing *drawing, struct fields *fields, double y)
{
	const struct value *list = fields_list(fields, "events", true);
	size_t count = list ? list->as.array.count : 0;
	struct event *events = arena_alloc(drawing->arena, (count + 1) * sizeof *events);
	for (size_t i = 0; i < count; i++) {
		events[i].index = i;
		read_event(fields, list->as.array.items[i], &events[i]);
	}
	if (!fields->ok)
		return false;
	if (count == 0) {
		drawing->height = chart_nothing(drawing, y);
		return true;
	}
	qsort(events, count, sizeof *events, by_time);
	double first_y = y + CHART_LEADING, below = first_y;
	for (size_t i = 0; i < count; i++) {
		double at = i == 0
		                ? first_y
		                : below + gap_for(events[i].at.seconds - events[i - 1].at.seconds) + CHART_LEADING / 2;
		if (i > 0)
			drawing_line(drawing, (struct point){ AXIS, y + 5 }, (struct point){ AXIS, at - 5 },
			             (struct stroke){ CHART_MUTED, 1, DASH_NONE });
		below = draw_event(drawing, &events[i], &events[0], i > 0 ? &events[i - 1] : NULL, at);
		y = at;
	}
	drawing->height = below + 4;
	describe(drawing, events, count);
	return true;
}
