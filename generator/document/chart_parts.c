#include "document/chart_parts.h"

#include <math.h>
#include <string.h>

#include "text/linebreak.h"
#include "text/numerals.h"
#include "text/utf8.h"

#define MARK_RADIUS 2.6
#define LEGEND_GAP 14.0
#define LEGEND_LEADING 13.0
#define LEGEND_SYMBOL_GAP 4.0

static const struct look looks[] = {
	{ 0x1F4E79, 0x1F4E79, PATTERN_NONE, DASH_NONE },    { 0x7FA3C7, 0x4F7CAC, PATTERN_RISING, DASH_LONG },
	{ 0xD5E0EA, 0x8A5A2B, PATTERN_NONE, DASH_SHORT },   { 0x4E7F6D, 0x3B7A63, PATTERN_HORIZONTAL, DASH_DOT },
	{ 0xB99A5B, 0x9A7B33, PATTERN_CROSSED, DASH_NONE }, { 0x8C8C8C, 0x777777, PATTERN_FALLING, DASH_LONG },
	{ 0xEFE6D2, 0x222222, PATTERN_NONE, DASH_SHORT },   { 0x6B5876, 0x6B5876, PATTERN_VERTICAL, DASH_DOT },
};

struct look series_look(size_t index)
{
	return looks[index % (sizeof looks / sizeof *looks)];
}

void chart_mark(struct drawing *drawing, size_t index, struct point at, bool hollow)
{
	const double r = MARK_RADIUS;
	color ink = hollow ? CHART_ALARM : series_look(index).line;
	color fill = hollow ? CHART_PAPER : ink;
	struct stroke stroke = { ink, 1.2, DASH_NONE };
	struct point square[] = { { at.x - r, at.y - r }, { at.x + r, at.y + r } };
	struct point triangle[] = { { at.x, at.y - 1.3 * r },
		                    { at.x + 1.2 * r, at.y + r },
		                    { at.x - 1.2 * r, at.y + r } };
	struct point diamond[] = {
		{ at.x, at.y - 1.4 * r }, { at.x + 1.4 * r, at.y }, { at.x, at.y + 1.4 * r }, { at.x - 1.4 * r, at.y }
	};
	switch (index % 4) {
	case 0:
		drawing_circle(drawing, at, r, fill, stroke);
		break;
	case 1:
		drawing_rect(drawing, square[0], square[1], fill, PATTERN_NONE, stroke);
		break;
	case 2:
		drawing_polygon(drawing, triangle, 3, fill, stroke);
		break;
	default:
		drawing_polygon(drawing, diamond, 4, fill, stroke);
	}
}

double chart_title(struct drawing *drawing, const char *title)
{
	const char **lines;
	size_t count = chart_wrap(drawing->arena, title, CHART_TITLE, drawing->width, &lines);
	for (size_t i = 0; i < count; i++)
		drawing_text(drawing, (struct point){ drawing->width / 2, CHART_TITLE * (1 + 1.3 * (double)i) },
		             ANCHOR_MIDDLE, CHART_TITLE, true, CHART_INK, lines[i]);
	return CHART_TITLE * (0.3 + 1.3 * (double)count) + 4;
}

const char *chart_number(struct arena *arena, double number)
{
	struct buf text = BUF_INIT;
	long long hundredths = llround(fabs(number) * 100);
	if (number < 0 && hundredths > 0)
		buf_putc(&text, '-');
	if (hundredths >= 1000000)
		numeral_count(&text, hundredths / 100);
	else
		buf_printf(&text, "%lld", hundredths / 100);
	if (hundredths % 10)
		buf_printf(&text, ".%02lld", hundredths % 100);
	else if (hundredths % 100)
		buf_printf(&text, ".%lld", hundredths % 100 / 10);
	const char *copy = arena_strndup(arena, text.data, text.len);
	buf_free(&text);
	return copy;
}

void chart_text(struct drawing *drawing, struct point at, enum anchor anchor, double width, color fill,
                const char *text)
{
	struct chunk chunk = chunk_of(text);
	size_t fits = 0;
	if (drawing_text_width(text, CHART_TEXT) > width) {
		for (size_t next = 0; next < chunk.len;) {
			utf8_next(chunk, &next);
			const char *head = arena_printf(drawing->arena, "%.*s…", (int)next, text);
			if (drawing_text_width(head, CHART_TEXT) > width)
				break;
			fits = next;
		}
		text = arena_printf(drawing->arena, "%.*s…", (int)fits, text);
	}
	drawing_text(drawing, at, anchor, CHART_TEXT, false, fill, text);
}

struct wrapper {
	struct arena *arena;
	double size, width;
	const char **lines;
	size_t count, capacity;
};

static double width_of(const struct wrapper *wrapper, const char *text, size_t len)
{
	return drawing_text_width(arena_strndup(wrapper->arena, text, len), wrapper->size);
}

/* The bytes of text that fit on a line, a character at least. */
static size_t fitting(const struct wrapper *wrapper, struct chunk text)
{
	size_t fits = 0;
	utf8_next(text, &fits);
	for (size_t next = fits; next < text.len;) {
		utf8_next(text, &next);
		if (width_of(wrapper, text.data, next) > wrapper->width)
			break;
		fits = next;
	}
	return fits;
}

/* What has no opportunity to break is broken between characters. */
static void add_line(struct wrapper *wrapper, struct chunk line)
{
	line = chunk_trim(line);
	do {
		size_t fits = line.len;
		if (line.len > 0 && width_of(wrapper, line.data, line.len) > wrapper->width)
			fits = fitting(wrapper, line);
		const char *copy = arena_strndup(wrapper->arena, fits > 0 ? line.data : "", fits);
		arena_push(wrapper->arena, wrapper->lines, wrapper->count, wrapper->capacity, copy);
		line = (struct chunk){ line.data + fits, line.len - fits };
	} while (line.len > 0);
}

static bool is_too_wide(const struct wrapper *wrapper, const char *from, size_t len)
{
	struct chunk line = chunk_trim((struct chunk){ from, len });
	return line.len > 0 && width_of(wrapper, line.data, line.len) > wrapper->width;
}

size_t chart_wrap(struct arena *arena, const char *text, double size, double width, const char ***lines)
{
	struct wrapper wrapper = { .arena = arena, .size = size, .width = width };
	struct line_breaker *breaker = line_breaker_new();
	size_t count, from = 0, end = 0;
	const struct line_break *breaks = line_breaks(breaker, chunk_of(text), &count);
	for (size_t i = 0; i < count; i++) {
		if (end > from && is_too_wide(&wrapper, text + from, breaks[i].offset - from)) {
			add_line(&wrapper, (struct chunk){ text + from, end - from });
			from = end;
		}
		end = breaks[i].offset;
		if (breaks[i].must) {
			add_line(&wrapper, (struct chunk){ text + from, end - from });
			from = end;
		}
	}
	line_breaker_free(breaker);
	*lines = wrapper.lines;
	return wrapper.count;
}

struct point legend_entry(struct legend *legend, double symbol, const char *text)
{
	double width = symbol + LEGEND_SYMBOL_GAP + drawing_text_width(text, CHART_TEXT);
	if (legend->x > 0 && legend->x + width > legend->drawing->width) {
		legend->x = 0;
		legend->y += legend->leading;
	}
	struct point at = { legend->x, legend->y };
	chart_text(legend->drawing, (struct point){ at.x + symbol + LEGEND_SYMBOL_GAP, at.y + CHART_TEXT * 0.35 },
	           ANCHOR_START, legend->drawing->width - symbol - LEGEND_SYMBOL_GAP, CHART_INK, text);
	legend->x += width + LEGEND_GAP;
	return at;
}

static void line_symbol(struct drawing *drawing, struct point at, double width, struct stroke stroke)
{
	drawing_line(drawing, at, (struct point){ at.x + width, at.y }, stroke);
}

double chart_legend(struct drawing *drawing, const struct chart *chart, bool lines, double y)
{
	const double box = 10, line = 24;
	struct legend legend = { drawing, LEGEND_LEADING, 0, y + LEGEND_LEADING / 2 };
	bool misses = false;
	for (size_t i = 0; i < chart->series_count; i++) {
		for (size_t j = 0; j < chart->label_count; j++)
			misses = misses || misses_threshold(&chart->threshold, chart->series[i].values[j]);
		if (!*chart->series[i].name)
			continue;
		struct look look = series_look(i);
		struct point at = legend_entry(&legend, lines ? line : box, chart->series[i].name);
		if (lines) {
			line_symbol(drawing, at, line, (struct stroke){ look.line, 1.2, look.dash });
			chart_mark(drawing, i, (struct point){ at.x + line / 2, at.y }, false);
		} else {
			drawing_rect(drawing, (struct point){ at.x, at.y - 4 }, (struct point){ at.x + box, at.y + 4 },
			             look.fill, look.pattern, (struct stroke){ CHART_INK, 0.5, DASH_NONE });
		}
	}
	if (chart->threshold.is_set)
		line_symbol(drawing, legend_entry(&legend, line, chart->threshold.label), line,
		            (struct stroke){ CHART_ALARM, 1, DASH_SHORT });
	if (lines && misses)
		chart_mark(drawing, 0, legend_entry(&legend, 6, "未达标"), true);
	return legend.x > 0 ? legend.y + LEGEND_LEADING / 2 + 2 : y;
}

bool misses_threshold(const struct threshold *threshold, double value)
{
	if (!threshold->is_set || isnan(value))
		return false;
	return threshold->is_maximum ? value > threshold->value : value < threshold->value;
}

double chart_nothing(struct drawing *drawing, double y)
{
	drawing_text(drawing, (struct point){ drawing->width / 2, y + CHART_LEADING }, ANCHOR_MIDDLE, CHART_TEXT, false,
	             CHART_MUTED, "没有数据");
	return y + CHART_LEADING * 1.5;
}
