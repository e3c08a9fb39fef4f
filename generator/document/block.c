#include "document/block.h"

#include <string.h>

#include "document/chart.h"
#include "document/drawing.h"
#include "document/fields.h"
#include "document/flowchart.h"
#include "source/json.h"

/* Text of a cell: lines become line breaks. */
static void append_lines(struct arena *arena, struct node *parent, const char *text)
{
	for (;;) {
		size_t len = strcspn(text, "\n");
		if (len > 0) {
			struct node *line = node_new(arena, NODE_TEXT, node_place(parent));
			line->as.text = arena_strndup(arena, text, len);
			node_append(parent, line);
		}
		if (!text[len])
			return;
		node_append(parent, node_new(arena, NODE_LINE_BREAK, node_place(parent)));
		text += len + 1;
	}
}

static enum align read_align(struct fields *fields)
{
	const char *align = fields_string(fields, "align", false);
	if (!align)
		return ALIGN_NONE;
	if (strcmp(align, "left") == 0)
		return ALIGN_LEFT;
	if (strcmp(align, "center") == 0)
		return ALIGN_CENTER;
	if (strcmp(align, "right") == 0)
		return ALIGN_RIGHT;
	fields_wrong(fields, value_get(fields->object, "align"), "align", "left, center, right");
	return ALIGN_NONE;
}

static struct node *read_cell(struct arena *arena, const struct value *value, struct fields *form)
{
	static const struct node_cell plain = { .span_columns = 1, .span_rows = 1 };
	struct node *cell = node_new(arena, NODE_CELL, value->place);
	cell->as.cell = &plain;
	if (value->kind == VALUE_STRING) {
		append_lines(arena, cell, value->as.string);
		return cell;
	}
	static const char *const names[] = { "text", "head", "columns", "rows", "lines", "align", NULL };
	struct fields fields = fields_of(value, "form.cell", names, form->diags);
	const char *text = fields_string(&fields, "text", false);
	if (text)
		append_lines(arena, cell, text);
	struct node_cell *own = arena_alloc(arena, sizeof *own);
	own->head = fields_bool(&fields, "head", false);
	own->span_columns = fields_count(&fields, "columns", 1, 1, 24);
	own->span_rows = fields_count(&fields, "rows", 1, 1, 100);
	own->lines = fields_count(&fields, "lines", 0, 0, 60);
	own->align = read_align(&fields);
	cell->as.cell = own;
	form->ok = form->ok && fields.ok;
	return cell;
}

/* The number of columns that the cells of a row fill, those counted that hang
 * into it from rows above; hanging holds, per column, how many more rows are
 * taken, and is moved on by a row. */
static size_t fill_row(const struct node *row, int *hanging, size_t columns)
{
	size_t filled = 0;
	const struct node *cell = row->first;
	for (size_t column = 0; column < columns || cell;) {
		if (column < columns && hanging[column] > 0) {
			hanging[column++]--;
			filled++;
			continue;
		}
		if (!cell)
			break;
		size_t end = column + (size_t)cell->as.cell->span_columns;
		for (; column < end; column++) {
			if (column < columns && hanging[column] > 0)
				return columns + 1;
			if (column < columns)
				hanging[column] = cell->as.cell->span_rows - 1;
			filled++;
		}
		cell = cell->next;
	}
	return filled;
}

static void check_grid(struct arena *arena, const struct node *form, size_t columns, struct fields *fields)
{
	int *hanging = arena_alloc(arena, columns * sizeof *hanging);
	for (const struct node *row = form->first; row; row = row->next) {
		if (fill_row(row, hanging, columns) == columns)
			continue;
		DIAG(fields->diags, node_place(row), MSG_FORM_ROW_COLUMNS, arena_printf(arena, "%zu", columns));
		fields->ok = false;
		return;
	}
	for (size_t column = 0; column < columns; column++) {
		if (hanging[column] > 0) {
			DIAG(fields->diags, node_place(form->last), MSG_FORM_ROW_SPAN);
			fields->ok = false;
			return;
		}
	}
}

static bool read_form(struct arena *arena, struct node *form, struct diags *diags)
{
	static const char *const names[] = { "title", "widths", "rows", NULL };
	struct fields fields = fields_of(form->as.data, "form", names, diags);
	fields_string(&fields, "title", false);
	const struct value *widths = fields_list(&fields, "widths", true);
	const struct value *rows = fields_list(&fields, "rows", true);
	for (size_t i = 0; widths && i < widths->as.array.count; i++) {
		const struct value *width = widths->as.array.items[i];
		if (width->kind != VALUE_NUMBER || width->as.number <= 0)
			fields_wrong(&fields, width, "widths", translate("a number above 0"));
	}
	if (widths && widths->as.array.count == 0)
		fields_wrong(&fields, widths, "widths", translate("a list that is not empty"));
	if (rows && rows->as.array.count == 0)
		fields_wrong(&fields, rows, "rows", translate("a list that is not empty"));
	for (size_t i = 0; rows && i < rows->as.array.count; i++) {
		const struct value *cells = rows->as.array.items[i];
		if (cells->kind != VALUE_ARRAY) {
			fields_wrong(&fields, cells, "rows", translate("a list of lists"));
			continue;
		}
		struct node *row = node_new(arena, NODE_ROW, cells->place);
		node_append(form, row);
		for (size_t j = 0; j < cells->as.array.count; j++)
			node_append(row, read_cell(arena, cells->as.array.items[j], &fields));
	}
	if (fields.ok)
		check_grid(arena, form, widths->as.array.count, &fields);
	return fields.ok;
}

static bool read_signature(struct arena *arena, struct node *node, struct diags *diags)
{
	static const char *const names[] = { "statement", "signers", NULL };
	static const char *const signer_names[] = { "id", "role", "organisation", "seal", NULL };
	(void)arena;
	struct fields fields = fields_of(node->as.data, "signature", names, diags);
	fields_string(&fields, "statement", false);
	const struct value *signers = fields_list(&fields, "signers", true);
	if (signers && signers->as.array.count == 0)
		fields_wrong(&fields, signers, "signers", translate("a list that is not empty"));
	for (size_t i = 0; signers && i < signers->as.array.count; i++) {
		struct fields signer = fields_of(signers->as.array.items[i], "signature.signer", signer_names, diags);
		fields_string(&signer, "role", true);
		fields_string(&signer, "organisation", false);
		fields_bool(&signer, "seal", false);
		const char *id = fields_string(&signer, "id", true);
		if (id && (!*id || strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(id)))
			fields_wrong(&signer, value_get(signer.object, "id"), "id",
			             translate("lower-case letters, digits, - and _"));
		fields.ok = fields.ok && signer.ok;
	}
	return fields.ok;
}

static bool read_cover(struct arena *arena, struct node *node, struct diags *diags)
{
	static const char *const names[] = { "title", "subtitle", "facts", NULL };
	(void)arena;
	struct fields fields = fields_of(node->as.data, "cover", names, diags);
	fields_string(&fields, "title", true);
	fields_string(&fields, "subtitle", false);
	const struct value *facts = fields_list(&fields, "facts", false);
	for (size_t i = 0; facts && i < facts->as.array.count; i++) {
		const struct value *fact = facts->as.array.items[i];
		if (fact->kind != VALUE_ARRAY || fact->as.array.count != 2 ||
		    fact->as.array.items[0]->kind != VALUE_STRING || fact->as.array.items[1]->kind != VALUE_STRING)
			fields_wrong(&fields, fact, "facts", translate("pairs of strings"));
	}
	return fields.ok;
}

struct block {
	const char *info;
	enum node_kind kind;
	/* One of the two; neither for a block without body. */
	bool (*check)(struct arena *arena, struct node *node, struct diags *diags); /* the node's data */
	chart_drawer *draw;
};

static const struct block blocks[] = {
	{ "chart", NODE_CHART, NULL, chart_draw }, { "flow", NODE_CHART, NULL, flowchart_draw },
	{ "form", NODE_FORM, read_form, NULL },    { "signature", NODE_SIGNATURE, read_signature, NULL },
	{ "cover", NODE_COVER, read_cover, NULL }, { "pagebreak", NODE_PAGE_BREAK, NULL, NULL },
	{ "toc", NODE_TOC, NULL, NULL },
};

const struct block *block_find(const char *info)
{
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		if (strcmp(info, blocks[i].info) == 0)
			return &blocks[i];
	return NULL;
}

/* Width of drawings, in points; painters scale them. */
#define DRAWING_WIDTH 450.0

static bool read_chart(struct arena *arena, struct node *node, chart_drawer *draw, struct chunk text,
                       struct diags *diags)
{
	struct arena *scratch = arena_new();
	const struct value *data = json_read(scratch, node->path, text, diags);
	const struct drawing *drawing = data ? draw(scratch, data, DRAWING_WIDTH, diags) : NULL;
	if (drawing) {
		struct node_chart *chart = arena_alloc(arena, sizeof *chart);
		struct chunk body = chunk_trim(text);
		chart->title = arena_strdup(arena, drawing->title);
		chart->description = arena_strdup(arena, drawing->description);
		chart->width = drawing->width;
		chart->height = drawing->height;
		chart->body = arena_strndup(arena, body.data, body.len);
		chart->draw = draw;
		node->as.chart = chart;
	}
	arena_free(scratch);
	return drawing != NULL;
}

struct drawing *block_drawing(struct arena *arena, const struct node *node)
{
	const struct node_chart *chart = node->as.chart;
	struct diags *unsaid = diags_new(); /* all was told when it was read */
	const struct value *data = json_read(arena, node->path, chunk_of(chart->body), unsaid);
	struct drawing *drawing = data ? chart->draw(arena, data, DRAWING_WIDTH, unsaid) : NULL;
	if (!drawing)
		die("the chart in line %u of %s was drawn once and cannot be drawn again", node->line, node->path);
	diags_free(unsaid);
	return drawing;
}

struct node *block_read(struct arena *arena, const struct block *block, struct place place, struct chunk text,
                        struct diags *diags)
{
	struct node *node = node_new(arena, block->kind, place);
	if (block->draw)
		return read_chart(arena, node, block->draw, text, diags) ? node : NULL;
	if (block->check) {
		node->as.data = json_read(arena, place.path, text, diags);
		return node->as.data && block->check(arena, node, diags) ? node : NULL;
	}
	if (chunk_trim(text).len == 0)
		return node;
	DIAG(diags, place, MSG_BLOCK_NOT_EMPTY);
	return NULL;
}
