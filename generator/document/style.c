#include "document/style.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/output.h"
#include "document/fields.h"

struct reader {
	struct arena *arena;
	struct fonts *fonts;
	struct diags *diags;
	const struct value *folders;
	struct map families;
	struct page_setup *setup;
	bool failed;
};

static const char *const style_names[STYLE_COUNT + 1] = {
	[STYLE_BODY] = "body",
	[STYLE_HEADING_1] = "heading1",
	[STYLE_HEADING_2] = "heading2",
	[STYLE_HEADING_3] = "heading3",
	[STYLE_HEADING_4] = "heading4",
	[STYLE_HEADING_5] = "heading5",
	[STYLE_HEADING_6] = "heading6",
	[STYLE_LIST] = "list",
	[STYLE_QUOTE] = "quote",
	[STYLE_CODE] = "code",
	[STYLE_TABLE] = "table",
	[STYLE_TABLE_HEAD] = "table_head",
	[STYLE_CAPTION] = "caption",
	[STYLE_FIGURE] = "figure",
	[STYLE_FOOTNOTE] = "footnote",
	[STYLE_CONTENTS_TITLE] = "contents_title",
	[STYLE_CONTENTS_1] = "contents1",
	[STYLE_CONTENTS_2] = "contents2",
	[STYLE_CONTENTS_3] = "contents3",
	[STYLE_COVER_TITLE] = "cover_title",
	[STYLE_COVER_SUBTITLE] = "cover_subtitle",
	[STYLE_COVER_FACT] = "cover_fact",
	[STYLE_SIGNATURE] = "signature",
	[STYLE_HEADER] = "header",
	[STYLE_FOOTER] = "footer",
	[STYLE_WATERMARK] = "watermark",
};

static void note(struct reader *reader, const struct fields *fields)
{
	reader->failed = reader->failed || !fields->ok;
}

/* "#rrggbb" */
static bool parse_color(const char *text, color *into)
{
	unsigned number = 0;

	if (text[0] != '#' || strlen(text) != 7)
		return false;
	for (const char *c = text + 1; *c; c++) {
		const char *digits = "0123456789abcdef", *at = strchr(digits, *c);

		if (!at)
			return false;
		number = number << 4 | (unsigned)(at - digits);
	}
	*into = (color)number;
	return true;
}

static void read_color(struct fields *fields, const char *name, color *into)
{
	const char *text = fields_string(fields, name, false);

	if (text && !parse_color(text, into))
		fields_wrong(fields, value_get(fields->object, name), name, translate("a colour such as \"#b3121d\""));
}

/* A length that is not negative; fallback below 0 means that there must be one. */
static double read_length(struct fields *fields, const char *name, double fallback)
{
	double length = fields_number(fields, name, fallback);

	if (length >= 0 && length <= 2000)
		return length;
	const struct value *value = value_get(fields->object, name);
	fields_wrong(fields, value ? value : fields->object, name, translate("a number from 0 to 2000"));
	return 0;
}

static void read_page(struct reader *reader, const struct value *page)
{
	static const char *const names[] = { "width",  "height", "top",    "bottom",    "inner", "outer",
		                             "header", "footer", "number", "two_sided", NULL };
	const double millimetre = 72 / 25.4, least = 100 * millimetre;
	struct page_setup *setup = reader->setup;
	struct fields fields = fields_of(page, "print.page", names, reader->diags);

	setup->width = read_length(&fields, "width", -1) * millimetre;
	setup->height = read_length(&fields, "height", -1) * millimetre;
	setup->top = read_length(&fields, "top", -1) * millimetre;
	setup->bottom = read_length(&fields, "bottom", -1) * millimetre;
	setup->inner = read_length(&fields, "inner", -1) * millimetre;
	setup->outer = read_length(&fields, "outer", -1) * millimetre;
	setup->header = read_length(&fields, "header", -1) * millimetre;
	setup->footer = read_length(&fields, "footer", -1) * millimetre;
	const char *number = fields_string(&fields, "number", false);
	setup->number = number ? number : "第 {page} 页 共 {pages} 页";
	setup->two_sided = fields_bool(&fields, "two_sided", false);
	if (fields.ok && (setup->width - setup->inner - setup->outer < least ||
	                  setup->height - setup->top - setup->bottom < least)) {
		DIAG(reader->diags, page->place, MSG_PRINT_MARGINS);
		fields.ok = false;
	}
	note(reader, &fields);
}

/* The path of a file in the first folder that has it; NULL after a diagnostic. */
static const char *find_file(struct reader *reader, const char *name, struct place place)
{
	for (size_t i = 0; i < reader->folders->as.array.count; i++) {
		const struct value *folder = reader->folders->as.array.items[i];

		if (folder->kind != VALUE_STRING)
			continue;
		const char *path = arena_printf(reader->arena, "%s/%s", folder->as.string, name);
		if (access(path, R_OK) == 0)
			return path;
	}
	DIAG(reader->diags, place, MSG_PRINT_FILE_MISSING, name);
	reader->failed = true;
	return NULL;
}

static const struct font *read_font(struct reader *reader, const struct value *value)
{
	static const char *const names[] = { "file", "face", NULL };
	struct fields fields = fields_of(value, "print.font", names, reader->diags);
	const char *file = fields_string(&fields, "file", true);
	int face = fields_count(&fields, "face", 0, 0, 63);
	const char *path = file ? find_file(reader, file, value->place) : NULL;
	const struct font *font = path ? fonts_open(reader->fonts, path, (unsigned)face) : NULL;

	if (path && !font) {
		DIAG(reader->diags, value->place, MSG_PRINT_FONT_BROKEN, file);
		fields.ok = false;
	}
	note(reader, &fields);
	return font;
}

static void read_families(struct reader *reader, const struct value *families)
{
	static const char *const names[] = { "regular", "bold", NULL };

	for (size_t i = 0; i < families->as.object.count; i++) {
		const struct member *member = &families->as.object.members[i];
		struct fields fields = fields_of(member->value, "print.family", names, reader->diags);
		const struct value *regular = fields_object(&fields, "regular", true);
		const struct value *bold = fields_object(&fields, "bold", false);
		struct family *family = arena_alloc(reader->arena, sizeof *family);

		family->name = member->name;
		family->regular = regular ? read_font(reader, regular) : NULL;
		family->bold = bold ? read_font(reader, bold) : family->regular;
		map_put(&reader->families, member->name, family);
		note(reader, &fields);
	}
}

static const struct family *find_family(struct reader *reader, const char *name, struct place place)
{
	const struct family *family = name ? map_get(&reader->families, name) : NULL;

	if (name && !family) {
		DIAG(reader->diags, place, MSG_PRINT_FAMILY_UNKNOWN, name);
		reader->failed = true;
	}
	return family;
}

static void read_fallback(struct reader *reader, struct fields *fields)
{
	const struct value *list = fields_list(fields, "fallback", true);
	size_t count = list ? list->as.array.count : 0;
	const struct family **fallback = arena_alloc(reader->arena, (count + 1) * sizeof(struct family *));

	for (size_t i = 0; i < count; i++) {
		const struct value *name = list->as.array.items[i];

		fallback[i] = find_family(reader, fields_text(fields, name, "fallback"), name->place);
	}
	reader->setup->fallback = fallback;
}

static bool parse_align(const char *text, enum align *align)
{
	static const char *const names[] = { "justify", "left", "center", "right" };

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(text, names[i]) == 0) {
			*align = (enum align)i;
			return true;
		}
	return false;
}

/* What the file does not say stays as it is in style. */
static void read_style(struct reader *reader, const struct value *value, struct style *style)
{
	static const char *const names[] = { "family", "bold",   "size",  "leading", "before",
		                             "after",  "indent", "align", "color",   NULL };
	struct fields fields = fields_of(value, "print.style", names, reader->diags);
	const char *family = fields_string(&fields, "family", false), *align = fields_string(&fields, "align", false);

	if (family)
		style->family = find_family(reader, family, value_get(value, "family")->place);
	style->bold = fields_bool(&fields, "bold", style->bold);
	style->size = read_length(&fields, "size", style->size);
	style->leading = read_length(&fields, "leading", style->leading);
	style->before = read_length(&fields, "before", style->before);
	style->after = read_length(&fields, "after", style->after);
	style->indent = read_length(&fields, "indent", style->indent);
	read_color(&fields, "color", &style->color);
	if (align && !parse_align(align, &style->align))
		fields_wrong(&fields, value_get(value, "align"), "align", translate("justify, left, center or right"));
	if (fields.ok && (style->size < 4 || style->leading < style->size || style->leading > 200)) {
		DIAG(reader->diags, value->place, MSG_PRINT_LEADING);
		fields.ok = false;
	}
	note(reader, &fields);
}

/* What a style does not say is as in the body, but for indent and space. */
static void read_styles(struct reader *reader, const struct value *value)
{
	struct style *styles = reader->setup->styles;
	struct fields fields = fields_of(value, "print.styles", style_names, reader->diags);
	const struct value *body = fields_object(&fields, "body", true);

	if (body)
		read_style(reader, body, &styles[STYLE_BODY]);
	if (body && !styles[STYLE_BODY].family)
		fields_wrong(&fields, body, "family", translate("a string"));
	for (int i = STYLE_BODY + 1; body && i < STYLE_COUNT; i++) {
		const struct value *style = fields_object(&fields, style_names[i], false);

		styles[i] = styles[STYLE_BODY];
		styles[i].before = styles[i].after = styles[i].indent = 0;
		if (style)
			read_style(reader, style, &styles[i]);
	}
	note(reader, &fields);
}

static const struct family *read_family(struct reader *reader, struct fields *fields, const char *name)
{
	const char *family = fields_string(fields, name, true);

	return family ? find_family(reader, family, value_get(fields->object, name)->place) : NULL;
}

static void read_profile(struct reader *reader, struct fields *fields)
{
	const char *name = fields_string(fields, "profile", true);
	const char *path = name ? find_file(reader, name, value_get(fields->object, "profile")->place) : NULL;
	struct buf bytes = BUF_INIT;

	if (path && read_file(path, &bytes))
		reader->setup->profile =
		    (struct chunk){ arena_strndup(reader->arena, bytes.data, bytes.len), bytes.len };
	buf_free(&bytes);
}

const struct page_setup *page_setup_read(struct arena *arena, struct fonts *fonts, const struct value *json,
                                         struct diags *diags)
{
	static const char *const names[] = { "page", "folders", "families", "fallback", "emphasis",
		                             "code", "accent",  "profile",  "styles",   NULL };
	struct reader reader = { .arena = arena, .fonts = fonts, .diags = diags };
	struct fields fields = fields_of(json, "print", names, diags);
	const struct value *page = fields_object(&fields, "page", true),
	                   *styles = fields_object(&fields, "styles", true);
	const struct value *families = fields_object(&fields, "families", true);

	reader.folders = fields_list(&fields, "folders", true);
	reader.setup = arena_alloc(arena, sizeof *reader.setup);
	map_init(&reader.families, arena);
	if (page)
		read_page(&reader, page);
	if (families && reader.folders) {
		read_families(&reader, families);
		read_fallback(&reader, &fields);
		reader.setup->emphasis = read_family(&reader, &fields, "emphasis");
		reader.setup->code = read_family(&reader, &fields, "code");
		read_profile(&reader, &fields);
	}
	read_color(&fields, "accent", &reader.setup->accent);
	if (styles)
		read_styles(&reader, styles);
	note(&reader, &fields);
	return reader.failed ? NULL : reader.setup;
}
