/* A matrix of verdicts: a row a duty or clock, a column a window. Each verdict has
 * a symbol of its own, so that nothing hangs on colour. */
#include <math.h>
#include <string.h>

#include "document/chart_parts.h"

#define CELL_MOST 20.0
#define CELL_HEIGHT 15.0
#define SYMBOL 8.0
#define COLUMNS_MOST 62

enum symbol {
	SYMBOL_CHECK,
	SYMBOL_TRIANGLE,
	SYMBOL_CROSS,
	SYMBOL_RING,
	SYMBOL_DOT,
	SYMBOL_BAR,
	SYMBOL_PAUSE,
	SYMBOL_MARK
};

/* The verdicts of duties and of clocks (design, chapter 5, rules 6 and 10). */
static const struct verdict {
	const char *name, *title;
	enum symbol symbol;
	color fill, ink;
} verdicts[] = {
	{ "done", "按时完成", SYMBOL_CHECK, 0xE3EEE6, 0x2B5B3C },
	{ "met", "达标", SYMBOL_CHECK, 0xE3EEE6, 0x2B5B3C },
	{ "late", "逾期完成", SYMBOL_TRIANGLE, 0xF4E2B8, 0x7A5A12 },
	{ "missed", "逾期未完成", SYMBOL_CROSS, 0xA33A2C, 0xFFFFFF },
	{ "pending", "待完成", SYMBOL_RING, 0xFFFFFF, 0x1F4E79 },
	{ "running", "进行中", SYMBOL_RING, 0xFFFFFF, 0x1F4E79 },
	{ "not_due", "未到期", SYMBOL_DOT, 0xFFFFFF, 0x8C8C8C },
	{ "not_applicable", "不适用", SYMBOL_DOT, 0xFFFFFF, 0x8C8C8C },
	{ "waived", "已免除", SYMBOL_BAR, 0xEDEDED, 0x444444 },
	{ "excluded", "不计入", SYMBOL_BAR, 0xEDEDED, 0x444444 },
	{ "paused", "暂停计时", SYMBOL_PAUSE, 0xEDEDED, 0x444444 },
	{ "unknown", "缺少数据", SYMBOL_MARK, 0xF4E2B8, 0x7A5A12 },
};

enum { VERDICTS = sizeof verdicts / sizeof *verdicts };

static void draw_symbol(struct drawing *drawing, const struct verdict *verdict, struct point c)
{
	struct stroke thick = { verdict->ink, 1.4, DASH_NONE }, none = CHART_NO_STROKE;
	const double r = 3.2;
	struct point check[] = { { c.x - r, c.y }, { c.x - r * 0.25, c.y + r * 0.75 }, { c.x + r, c.y - r * 0.8 } };
	struct point triangle[] = { { c.x, c.y - r }, { c.x + r, c.y + r * 0.8 }, { c.x - r, c.y + r * 0.8 } };
	switch (verdict->symbol) {
	case SYMBOL_CHECK:
		drawing_polyline(drawing, check, 3, thick);
		break;
	case SYMBOL_TRIANGLE:
		drawing_polygon(drawing, triangle, 3, verdict->ink, none);
		break;
	case SYMBOL_CROSS:
		drawing_line(drawing, (struct point){ c.x - r * 0.8, c.y - r * 0.8 },
		             (struct point){ c.x + r * 0.8, c.y + r * 0.8 }, thick);
		drawing_line(drawing, (struct point){ c.x - r * 0.8, c.y + r * 0.8 },
		             (struct point){ c.x + r * 0.8, c.y - r * 0.8 }, thick);
		break;
	case SYMBOL_RING:
		drawing_circle(drawing, c, r * 0.8, COLOR_NONE, (struct stroke){ verdict->ink, 1, DASH_NONE });
		break;
	case SYMBOL_DOT:
		drawing_circle(drawing, c, 1, verdict->ink, none);
		break;
	case SYMBOL_BAR:
		drawing_line(drawing, (struct point){ c.x - r, c.y }, (struct point){ c.x + r, c.y }, thick);
		break;
	case SYMBOL_PAUSE:
		drawing_line(drawing, (struct point){ c.x - 1.5, c.y - r }, (struct point){ c.x - 1.5, c.y + r },
		             thick);
		drawing_line(drawing, (struct point){ c.x + 1.5, c.y - r }, (struct point){ c.x + 1.5, c.y + r },
		             thick);
		break;
	case SYMBOL_MARK:
		drawing_text(drawing, (struct point){ c.x, c.y + SYMBOL * 0.35 }, ANCHOR_MIDDLE, SYMBOL, true,
		             verdict->ink, "?");
		break;
	}
}

static void draw_cell(struct drawing *drawing, const struct verdict *verdict, double x, double y, double width)
{
	drawing_rect(drawing, (struct point){ x, y }, (struct point){ x + width, y + CELL_HEIGHT },
	             verdict ? verdict->fill : COLOR_NONE, PATTERN_NONE, (struct stroke){ CHART_GRID, 0.5, DASH_NONE });
	if (verdict)
		draw_symbol(drawing, verdict, (struct point){ x + width / 2, y + CELL_HEIGHT / 2 });
}

static const struct verdict *find_verdict(const char *name)
{
	for (size_t i = 0; i < VERDICTS; i++)
		if (strcmp(verdicts[i].name, name) == 0)
			return &verdicts[i];
	return NULL;
}

static void report_verdict(struct fields *fields, const struct value *cell)
{
	struct buf names = BUF_INIT;
	for (size_t i = 0; i < VERDICTS; i++)
		buf_printf(&names, "%s%s", i ? ", " : "", verdicts[i].name);
	DIAG(fields->diags, cell->place, MSG_CHART_VERDICT, cell->kind == VALUE_STRING ? cell->as.string : "",
	     buf_str(&names));
	buf_free(&names);
	fields->ok = false;
}

struct row {
	const char *label;
	const struct verdict **cells; /* NULL where there is none */
};

struct matrix {
	const char **columns;
	size_t column_count;
	struct row *rows;
	size_t row_count;
};

static void read_row(struct drawing *drawing, struct fields *fields, const struct value *value, size_t columns,
                     struct row *row)
{
	static const char *const names[] = { "label", "cells", NULL };
	struct fields of_row = fields_of(value, "chart.row", names, fields->diags);
	row->label = fields_string(&of_row, "label", true);
	row->cells = arena_alloc(drawing->arena, columns * sizeof(struct verdict *));
	const struct value *cells = fields_list(&of_row, "cells", true);
	if (cells && cells->as.array.count != columns) {
		DIAG(fields->diags, cells->place, MSG_CHART_VALUES, "cells",
		     arena_printf(drawing->arena, "%zu", cells->as.array.count),
		     arena_printf(drawing->arena, "%zu", columns));
		of_row.ok = false;
	}
	for (size_t i = 0; of_row.ok && i < columns; i++) {
		const struct value *cell = cells->as.array.items[i];
		if (cell->kind == VALUE_NULL)
			continue;
		row->cells[i] = cell->kind == VALUE_STRING ? find_verdict(cell->as.string) : NULL;
		if (!row->cells[i])
			report_verdict(fields, cell);
	}
	fields->ok = fields->ok && of_row.ok;
}

static bool read_matrix(struct drawing *drawing, struct fields *fields, struct matrix *matrix)
{
	const struct value *columns = fields_list(fields, "columns", true), *rows = fields_list(fields, "rows", true);
	if (!columns || !rows)
		return false;
	matrix->column_count = columns->as.array.count;
	matrix->row_count = rows->as.array.count;
	if (matrix->column_count > COLUMNS_MOST) {
		DIAG(fields->diags, columns->place, MSG_CHART_MANY,
		     arena_printf(drawing->arena, "%zu", matrix->column_count),
		     arena_printf(drawing->arena, "%d", COLUMNS_MOST));
		return false;
	}
	matrix->columns = arena_alloc(drawing->arena, matrix->column_count * sizeof *matrix->columns);
	for (size_t i = 0; i < matrix->column_count; i++)
		matrix->columns[i] = fields_text(fields, columns->as.array.items[i], "columns");
	matrix->rows = arena_alloc(drawing->arena, matrix->row_count * sizeof *matrix->rows);
	for (size_t i = 0; i < matrix->row_count; i++)
		read_row(drawing, fields, rows->as.array.items[i], matrix->column_count, &matrix->rows[i]);
	return fields->ok;
}

/* "每日巡检：按时完成 29（1 2 3 …）…": windows are named where something is wrong. */
static void describe(const struct matrix *matrix, struct buf *out)
{
	for (size_t i = 0; i < matrix->row_count; i++) {
		buf_printf(out, "%s：", matrix->rows[i].label);
		const char *gap = "";
		for (size_t v = 0; v < VERDICTS; v++) {
			bool names = verdicts[v].symbol == SYMBOL_CROSS || verdicts[v].symbol == SYMBOL_TRIANGLE ||
			             verdicts[v].symbol == SYMBOL_MARK;
			size_t count = 0;
			struct buf which = BUF_INIT;
			for (size_t j = 0; j < matrix->column_count; j++)
				if (matrix->rows[i].cells[j] == &verdicts[v])
					buf_printf(&which, "%s%s", count++ ? "、" : "", matrix->columns[j]);
			if (count > 0)
				buf_printf(out, names ? "%s%s %zu（%s）" : "%s%s %zu", gap, verdicts[v].title, count,
				           buf_str(&which));
			if (count > 0)
				gap = "，";
			buf_free(&which);
		}
		buf_puts(out, "。");
	}
}

static double draw_column_labels(struct drawing *drawing, const struct matrix *matrix, double left, double cell,
                                 double y)
{
	double widest = 0;
	for (size_t i = 0; i < matrix->column_count; i++)
		widest = fmax(widest, drawing_text_width(matrix->columns[i], CHART_TEXT));
	size_t each = (size_t)ceil((widest + 2) / cell);
	for (size_t i = 0; i < matrix->column_count; i += each)
		drawing_text(drawing, (struct point){ left + cell * ((double)i + 0.5), y + CHART_TEXT }, ANCHOR_MIDDLE,
		             CHART_TEXT, false, CHART_INK, matrix->columns[i]);
	return y + CHART_LEADING;
}

static double draw_legend(struct drawing *drawing, const struct matrix *matrix, double y)
{
	struct legend legend = { drawing, CELL_HEIGHT + 4, 0, y + CELL_HEIGHT / 2 };
	for (size_t v = 0; v < VERDICTS; v++) {
		bool used = false;
		for (size_t i = 0; i < matrix->row_count; i++)
			for (size_t j = 0; j < matrix->column_count; j++)
				used = used || matrix->rows[i].cells[j] == &verdicts[v];
		if (!used)
			continue;
		struct point at = legend_entry(&legend, CELL_HEIGHT, verdicts[v].title);
		draw_cell(drawing, &verdicts[v], at.x, at.y - CELL_HEIGHT / 2, CELL_HEIGHT);
	}
	return legend.y + CELL_HEIGHT / 2 + 2;
}

bool chart_matrix(struct drawing *drawing, struct fields *fields, double y)
{
	struct matrix matrix = { 0 };
	if (!read_matrix(drawing, fields, &matrix))
		return false;
	if (matrix.column_count == 0 || matrix.row_count == 0) {
		drawing->height = chart_nothing(drawing, y);
		return true;
	}
	double left = 0;
	for (size_t i = 0; i < matrix.row_count; i++)
		left = fmax(left, drawing_text_width(matrix.rows[i].label, CHART_TEXT));
	left = fmin(left, drawing->width * 0.32) + 6;
	double cell = fmin(CELL_MOST, (drawing->width - left - 1) / (double)matrix.column_count);
	y = draw_column_labels(drawing, &matrix, left, cell, y) + 1;
	for (size_t i = 0; i < matrix.row_count; i++, y += CELL_HEIGHT) {
		chart_text(drawing, (struct point){ left - 6, y + CELL_HEIGHT / 2 + CHART_TEXT * 0.35 }, ANCHOR_END,
		           left - 6, CHART_INK, matrix.rows[i].label);
		for (size_t j = 0; j < matrix.column_count; j++)
			draw_cell(drawing, matrix.rows[i].cells[j], left + cell * (double)j, y, cell);
	}
	drawing->height = draw_legend(drawing, &matrix, y + 6);
	struct buf text = BUF_INIT;
	describe(&matrix, &text);
	drawing->description = arena_strdup(drawing->arena, buf_str(&text));
	buf_free(&text);
	return true;
}
