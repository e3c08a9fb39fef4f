#include "document/style.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"

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

static const double millimetre = 72 / 25.4;

static void complain(struct reader *reader, struct place place, enum message message, const char *argument)
{
	DIAG(reader->diags, place, message, argument);
	reader->failed = true;
}

/* The member, which must be there and be of that kind; NULL after a diagnostic. */
static const struct value *need(struct reader *reader, const struct value *object, const char *name,
                                enum value_kind kind)
{
	const struct value *value = value_get(object, name);

	if (!value)
		complain(reader, object->place, MSG_PRINT_KEY_MISSING, name);
	else if (value->kind != kind)
		complain(reader, value->place, MSG_PRINT_VALUE_WRONG, name);
	return value && value->kind == kind ? value : NULL;
}

static void check_keys(struct reader *reader, const struct value *object, const char *const known[])
{
	for (size_t i = 0; i < object->as.object.count; i++) {
		const struct member *member = &object->as.object.members[i];
		size_t k = 0;

		while (known[k] && strcmp(known[k], member->name) != 0)
			k++;
		if (!known[k])
			complain(reader, member->place, MSG_PRINT_KEY_UNKNOWN, member->name);
	}
}

static void read_length(struct reader *reader, const struct value *page, const char *name, double *length)
{
	const struct value *value = need(reader, page, name, VALUE_NUMBER);

	if (value && (value->as.number < 0 || value->as.number > 2000))
		complain(reader, value->place, MSG_PRINT_VALUE_WRONG, name);
	else if (value)
		*length = value->as.number * millimetre;
}

/* "#rrggbb" */
static bool read_color(const struct value *value, color *into)
{
	unsigned number = 0;

	if (value->kind != VALUE_STRING || value->as.string[0] != '#' || strlen(value->as.string) != 7)
		return false;
	for (const char *c = value->as.string + 1; *c; c++) {
		const char *digits = "0123456789abcdef", *at = strchr(digits, *c);

		if (!at)
			return false;
		number = number << 4 | (unsigned)(at - digits);
	}
	*into = (color)number;
	return true;
}

static void read_page(struct reader *reader, const struct value *json)
{
	static const char *const keys[] = { "width", "height", "top",    "bottom",    "inner",
		                            "outer", "header", "footer", "two_sided", NULL };
	struct page_setup *setup = reader->setup;
	const struct value *page = need(reader, json, "page", VALUE_OBJECT);

	if (!page)
		return;
	check_keys(reader, page, keys);
	read_length(reader, page, "width", &setup->width);
	read_length(reader, page, "height", &setup->height);
	read_length(reader, page, "top", &setup->top);
	read_length(reader, page, "bottom", &setup->bottom);
	read_length(reader, page, "inner", &setup->inner);
	read_length(reader, page, "outer", &setup->outer);
	read_length(reader, page, "header", &setup->header);
	read_length(reader, page, "footer", &setup->footer);
	if (value_get(page, "two_sided")) {
		const struct value *two_sided = need(reader, page, "two_sided", VALUE_BOOL);

		setup->two_sided = two_sided && two_sided->as.boolean;
	}
	/* Room for a line of body text, however the margins are. */
	if (!reader->failed && (setup->width - setup->inner - setup->outer < 100 * millimetre ||
	                        setup->height - setup->top - setup->bottom < 100 * millimetre))
		complain(reader, page->place, MSG_PRINT_MARGINS, NULL);
}

/* A font: {"file": NAME, "face": NUMBER}. */
static const struct font *read_font(struct reader *reader, const struct value *object)
{
	static const char *const keys[] = { "file", "face", NULL };
	const struct value *file = need(reader, object, "file", VALUE_STRING), *face = value_get(object, "face");

	check_keys(reader, object, keys);
	if (!file)
		return NULL;
	unsigned number = 0;
	if (face && face->kind == VALUE_NUMBER && face->as.number >= 0 && face->as.number < 64)
		number = (unsigned)face->as.number;
	for (size_t i = 0; i < reader->folders->as.array.count; i++) {
		const struct value *folder = reader->folders->as.array.items[i];

		if (folder->kind != VALUE_STRING)
			continue;
		const char *path = arena_printf(reader->arena, "%s/%s", folder->as.string, file->as.string);
		const struct font *font = access(path, R_OK) == 0 ? fonts_open(reader->fonts, path, number) : NULL;

		if (font)
			return font;
	}
	complain(reader, file->place, MSG_PRINT_FONT_MISSING, file->as.string);
	return NULL;
}

static void read_families(struct reader *reader, const struct value *json)
{
	static const char *const keys[] = { "regular", "bold", NULL };
	const struct value *families = need(reader, json, "families", VALUE_OBJECT);

	reader->folders = need(reader, json, "folders", VALUE_ARRAY);
	for (size_t i = 0; families && reader->folders && i < families->as.object.count; i++) {
		const struct member *member = &families->as.object.members[i];
		struct family *family = arena_alloc(reader->arena, sizeof *family);

		if (member->value->kind != VALUE_OBJECT) {
			complain(reader, member->value->place, MSG_PRINT_VALUE_WRONG, member->name);
			continue;
		}
		check_keys(reader, member->value, keys);
		family->name = member->name;
		const struct value *regular = need(reader, member->value, "regular", VALUE_OBJECT);
		if (regular)
			family->regular = read_font(reader, regular);
		family->bold = family->regular;
		if (value_get(member->value, "bold")) {
			const struct value *bold = need(reader, member->value, "bold", VALUE_OBJECT);

			if (bold)
				family->bold = read_font(reader, bold);
		}
		map_put(&reader->families, member->name, family);
	}
}

static const struct family *find_family(struct reader *reader, const struct value *name)
{
	const struct family *family = name->kind == VALUE_STRING ? map_get(&reader->families, name->as.string) : NULL;

	if (!family)
		complain(reader, name->place, MSG_PRINT_FAMILY_UNKNOWN,
		         name->kind == VALUE_STRING ? name->as.string : "?");
	return family;
}

static void read_fallback(struct reader *reader, const struct value *json)
{
	const struct value *names = need(reader, json, "fallback", VALUE_ARRAY);
	size_t count = names ? names->as.array.count : 0;
	const struct family **fallback = arena_alloc(reader->arena, (count + 1) * sizeof(struct family *));

	for (size_t i = 0; i < count; i++)
		fallback[i] = find_family(reader, names->as.array.items[i]);
	reader->setup->fallback = fallback;
}

static void read_number(struct reader *reader, const struct member *member, double *into)
{
	if (member->value->kind != VALUE_NUMBER || member->value->as.number < 0 || member->value->as.number > 500)
		complain(reader, member->value->place, MSG_PRINT_VALUE_WRONG, member->name);
	else
		*into = member->value->as.number;
}

static bool read_align(const struct value *value, enum align *align)
{
	static const char *const names[] = { "justify", "left", "center", "right" };

	for (unsigned i = 0; value->kind == VALUE_STRING && i < sizeof names / sizeof *names; i++)
		if (strcmp(value->as.string, names[i]) == 0) {
			*align = (enum align)i;
			return true;
		}
	return false;
}

static void read_member(struct reader *reader, struct style *style, const struct member *member)
{
	const struct {
		const char *name;
		double *length;
	} numbers[] = {
		{ "size", &style->size },   { "leading", &style->leading }, { "before", &style->before },
		{ "after", &style->after }, { "indent", &style->indent },
	};
	bool good = true;

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (strcmp(member->name, numbers[i].name) == 0) {
			read_number(reader, member, numbers[i].length);
			return;
		}
	if (strcmp(member->name, "family") == 0)
		style->family = find_family(reader, member->value);
	else if (strcmp(member->name, "bold") == 0)
		good = member->value->kind == VALUE_BOOL, style->bold = good && member->value->as.boolean;
	else if (strcmp(member->name, "align") == 0)
		good = read_align(member->value, &style->align);
	else if (strcmp(member->name, "color") == 0)
		good = read_color(member->value, &style->color);
	else
		complain(reader, member->place, MSG_PRINT_KEY_UNKNOWN, member->name);
	if (!good)
		complain(reader, member->value->place, MSG_PRINT_VALUE_WRONG, member->name);
}

static void read_style(struct reader *reader, const struct value *json, struct style *style)
{
	if (json->kind != VALUE_OBJECT) {
		complain(reader, json->place, MSG_PRINT_VALUE_WRONG, "styles");
		return;
	}
	for (size_t i = 0; i < json->as.object.count; i++)
		read_member(reader, style, &json->as.object.members[i]);
	if (style->size < 4 || style->leading < style->size)
		complain(reader, json->place, MSG_PRINT_LEADING, NULL);
}

/* The body comes first: what another style does not say is as there, but for
 * indent and space. */
static void read_styles(struct reader *reader, const struct value *json)
{
	struct style *styles = reader->setup->styles;
	const struct value *object = need(reader, json, "styles", VALUE_OBJECT);
	const struct value *body = object ? need(reader, object, "body", VALUE_OBJECT) : NULL;

	if (!body)
		return;
	check_keys(reader, object, style_names);
	read_style(reader, body, &styles[STYLE_BODY]);
	if (!styles[STYLE_BODY].family)
		complain(reader, body->place, MSG_PRINT_KEY_MISSING, "family");
	for (int i = STYLE_BODY + 1; i < STYLE_COUNT; i++) {
		const struct value *style = value_get(object, style_names[i]);

		styles[i] = styles[STYLE_BODY];
		styles[i].before = styles[i].after = styles[i].indent = 0;
		if (style)
			read_style(reader, style, &styles[i]);
	}
}

const struct page_setup *page_setup_read(struct arena *arena, struct fonts *fonts, const struct value *json,
                                         struct diags *diags)
{
	static const char *const keys[] = { "page", "folders", "families", "fallback", "emphasis",
		                            "code", "accent",  "styles",   NULL };
	struct reader reader = { .arena = arena, .fonts = fonts, .diags = diags };

	if (json->kind != VALUE_OBJECT) {
		DIAG(diags, json->place, MSG_PRINT_VALUE_WRONG, "{}");
		return NULL;
	}
	reader.setup = arena_alloc(arena, sizeof *reader.setup);
	map_init(&reader.families, arena);
	check_keys(&reader, json, keys);
	read_page(&reader, json);
	read_families(&reader, json);
	read_fallback(&reader, json);
	read_styles(&reader, json);
	const struct value *emphasis = need(&reader, json, "emphasis", VALUE_STRING);
	if (emphasis)
		reader.setup->emphasis = find_family(&reader, emphasis);
	const struct value *code = need(&reader, json, "code", VALUE_STRING);
	if (code)
		reader.setup->code = find_family(&reader, code);
	const struct value *accent = need(&reader, json, "accent", VALUE_STRING);
	if (accent && !read_color(accent, &reader.setup->accent))
		complain(&reader, accent->place, MSG_PRINT_VALUE_WRONG, "accent");
	return reader.failed ? NULL : reader.setup;
}
