#include "source/csv.h"

#include <csv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "source/position.h"

enum { MOST_FAULTS = 100, CELL_BLOCK = 4096 };

/* A line without quotes is split here. Others go through libcsv, which does not tell where a cell
 * lies. So it is fed up to each comma or line end, and then asked no more than whether that piece
 * finished the cell: what a quote makes of a comma stays libcsv's to say, and the next cell begins
 * where the piece ended. */
struct reader {
	const char *path;
	struct chunk text;
	csv_visit *visit;
	void *context;
	struct diags *diags;
	struct csv_parser parser;
	struct position here, cell; /* cell: first character of the one being read, or its quote */
	struct csv_row row;
	size_t capacity;  /* of row.cells */
	struct buf cells; /* their texts, each with a NUL */
	bool cell_done, row_done;
	unsigned faults;
};

static bool is_line_end(char byte)
{
	return byte == '\n' || byte == '\r';
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static void advance(const struct reader *reader, struct position *position, size_t to)
{
	position_advance(position, reader->text, to);
}

static struct place place_at(const struct reader *reader, struct position position)
{
	return position_place(position, reader->path);
}

/* The first byte from at on that is no blank, or the text's end. */
static size_t skip_blanks(const struct reader *reader, size_t at)
{
	while (at < reader->text.len && is_blank(reader->text.data[at]))
		at++;
	return at;
}

static void begin_cell(struct reader *reader)
{
	reader->cell_done = false;
	advance(reader, &reader->here, skip_blanks(reader, reader->here.at));
	reader->cell = reader->here;
}

static void add_cell(struct reader *reader, const char *text, size_t len)
{
	struct csv_row *row = &reader->row;
	if (row->count == reader->capacity) {
		reader->capacity = reader->capacity ? reader->capacity * 2 : 32;
		row->cells = xreallocarray(row->cells, reader->capacity, sizeof *row->cells);
	}
	row->cells[row->count++] = (struct csv_cell){ .len = len, .place = place_at(reader, reader->cell) };
	buf_put(&reader->cells, text, len);
	buf_putc(&reader->cells, '\0');
}

static void on_cell(void *text, size_t len, void *context)
{
	struct reader *reader = context;
	add_cell(reader, text, len);
	reader->cell_done = true;
}

static void on_row(int line_end, void *context)
{
	(void)line_end;
	((struct reader *)context)->row_done = true;
}

static void start_parser(struct reader *reader)
{
	csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_realloc_func(&reader->parser, xrealloc);
	csv_set_blk_size(&reader->parser, CELL_BLOCK);
}

/* Says what is wrong with the quotes of the cell being read. bad is the byte where libcsv gave up. */
static void report_quotes(struct reader *reader, size_t bad)
{
	struct position stop = reader->here;
	advance(reader, &stop, bad);
	char where[32];
	snprintf(where, sizeof where, "%u:%u", stop.line, stop.column);
	if (reader->text.data[reader->cell.at] != '"')
		DIAG(reader->diags, place_at(reader, stop), MSG_CSV_STRAY_QUOTE);
	else if (bad < reader->text.len)
		DIAG(reader->diags, place_at(reader, reader->cell), MSG_CSV_TEXT_BEHIND_QUOTE, where);
	else
		DIAG(reader->diags, place_at(reader, reader->cell), MSG_CSV_OPEN_QUOTE);
}

/* Goes on behind the line in which the faulty cell began. */
static void recover(struct reader *reader, size_t bad)
{
	report_quotes(reader, bad);
	csv_free(&reader->parser);
	start_parser(reader);
	size_t end = reader->cell.at;
	while (end < reader->text.len && !is_line_end(reader->text.data[end]))
		end++;
	reader->here = reader->cell;
	advance(reader, &reader->here, end);
	if (++reader->faults == MOST_FAULTS) {
		DIAG(reader->diags, place_at(reader, reader->here), MSG_CSV_TOO_MANY_FAULTS);
		advance(reader, &reader->here, reader->text.len);
	}
}

/* Gives libcsv the text up to the next comma or line end. False on a fault, from which it has
 * then recovered. */
static bool feed_piece(struct reader *reader)
{
	const char *text = reader->text.data;
	size_t from = reader->here.at, mark = from;
	unsigned column = reader->here.column;
	for (; mark < reader->text.len && text[mark] != ',' && !is_line_end(text[mark]); mark++)
		column += begins_character(text[mark]);
	size_t end = mark < reader->text.len ? mark + 1 : mark;
	size_t read = csv_parse(&reader->parser, text + from, end - from, on_cell, on_row, reader);
	if (read < end - from) {
		recover(reader, from + read);
		return false;
	}
	reader->here.at = mark;
	reader->here.column = column;
	advance(reader, &reader->here, end);
	return true;
}

static void visit_row(struct reader *reader)
{
	const char *text = buf_str(&reader->cells);
	for (size_t i = 0; i < reader->row.count; i++) {
		reader->row.cells[i].text = text;
		text += reader->row.cells[i].len + 1;
	}
	size_t end = reader->here.at;
	if (end < reader->text.len && reader->text.data[end - 1] == '\r' && reader->text.data[end] == '\n')
		end++;
	reader->row.to = end;
	reader->visit(&reader->row, reader->context);
}

/* The end of the line that begins here, when there is no quote in it: then a comma is nothing but
 * a separator. SIZE_MAX when there is one. */
static size_t plain_line_end(const struct reader *reader)
{
	for (size_t at = reader->here.at; at < reader->text.len; at++) {
		if (is_line_end(reader->text.data[at]))
			return at;
		if (reader->text.data[at] == '"')
			return SIZE_MAX;
	}
	return reader->text.len;
}

/* Reads the row of a line without quotes: what libcsv makes of most rows, five times faster. */
static void split_line(struct reader *reader, size_t line_end)
{
	const char *text = reader->text.data;
	for (;; reader->here.at++, reader->here.column++) {
		for (; reader->here.at < line_end && is_blank(text[reader->here.at]); reader->here.at++)
			reader->here.column++;
		reader->cell = reader->here;
		size_t from = reader->here.at, mark = from;
		for (; mark < line_end && text[mark] != ','; mark++)
			reader->here.column += begins_character(text[mark]);
		size_t end = mark;
		while (end > from && is_blank(text[end - 1]))
			end--;
		add_cell(reader, text + from, end - from);
		reader->here.at = mark;
		if (mark == line_end)
			break;
	}
	if (line_end < reader->text.len)
		advance(reader, &reader->here, line_end + 1);
	visit_row(reader);
}

static void read_row(struct reader *reader)
{
	reader->row.count = 0;
	reader->row.from = reader->here.at;
	reader->row_done = false;
	buf_clear(&reader->cells);
	size_t line_end = plain_line_end(reader);
	if (line_end != SIZE_MAX) {
		split_line(reader, line_end);
		return;
	}
	begin_cell(reader);
	while (!reader->row_done && reader->here.at < reader->text.len) {
		if (!feed_piece(reader))
			return;
		if (reader->cell_done && !reader->row_done)
			begin_cell(reader);
	}
	if (!reader->row_done && csv_fini(&reader->parser, on_cell, on_row, reader) != 0)
		recover(reader, reader->text.len);
	else
		visit_row(reader);
}

/* Moves behind lines that hold nothing but blanks. */
static void skip_empty_lines(struct reader *reader)
{
	for (;;) {
		size_t end = skip_blanks(reader, reader->here.at);
		if (end < reader->text.len && !is_line_end(reader->text.data[end]))
			return;
		advance(reader, &reader->here, end < reader->text.len ? end + 1 : end);
		if (end == reader->text.len)
			return;
	}
}

void csv_read(const char *path, struct chunk text, csv_visit *visit, void *context, struct diags *diags)
{
	struct reader reader = {
		.path = path,
		.text = text,
		.visit = visit,
		.context = context,
		.diags = diags,
		.here = POSITION_START,
	};
	start_parser(&reader);
	for (skip_empty_lines(&reader); reader.here.at < text.len; skip_empty_lines(&reader))
		read_row(&reader);
	csv_free(&reader.parser);
	buf_free(&reader.cells);
	free(reader.row.cells);
}
