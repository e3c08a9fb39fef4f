#include "source/json_scan.h"

#include <string.h>

#include "source/position.h"
#include "text/utf8.h"

enum {
	MOST_DEEP = 200,
	MOST_NUMBER = 60 /* bytes; cJSON reads no longer numbers */
};

struct scan {
	struct arena *arena;
	const char *path;
	struct chunk text;
	struct position here;
	struct json_places *places;
	struct diags *diags;
	unsigned depth;
};

static char byte_at(const struct scan *scan, size_t at)
{
	return at < scan->text.len ? scan->text.data[at] : '\0';
}

static char byte_here(const struct scan *scan)
{
	return byte_at(scan, scan->here.at);
}

static void go_to(struct scan *scan, size_t to)
{
	position_advance(&scan->here, scan->text, to);
}

static void skip_space(struct scan *scan)
{
	size_t to = scan->here.at;
	while (to < scan->text.len && strchr(" \t\r\n", scan->text.data[to]))
		to++;
	go_to(scan, to);
}

static void note_place(struct scan *scan)
{
	struct json_places *places = scan->places;
	arena_push(scan->arena, places->items, places->count, places->capacity, position_place(scan->here, scan->path));
}

/* Reports what stands here in place of what was expected; false. */
static bool unexpected(struct scan *scan, const char *expected)
{
	struct place place = position_place(scan->here, scan->path);
	if (scan->here.at == scan->text.len) {
		DIAG(scan->diags, place, MSG_JSON_ENDS_EARLY, translate(expected));
		return false;
	}
	size_t end = scan->here.at;
	utf8_next(scan->text, &end);
	const char *found = arena_strndup(scan->arena, scan->text.data + scan->here.at, end - scan->here.at);
	DIAG(scan->diags, place, MSG_JSON_UNEXPECTED, found, translate(expected));
	return false;
}

/* Reports a fault of the string or number that begins here, at the byte at; false. */
static bool faulty(struct scan *scan, size_t at, enum message message)
{
	go_to(scan, at);
	DIAG(scan->diags, position_place(scan->here, scan->path), message);
	return false;
}

static size_t skip_digits(const struct scan *scan, size_t at)
{
	while (byte_at(scan, at) >= '0' && byte_at(scan, at) <= '9')
		at++;
	return at;
}

static bool scan_number(struct scan *scan)
{
	size_t from = scan->here.at + (byte_here(scan) == '-'), at = skip_digits(scan, from);
	bool fine = at > from && (byte_at(scan, from) != '0' || at == from + 1);
	if (byte_at(scan, at) == '.') {
		from = at + 1;
		at = skip_digits(scan, from);
		fine = fine && at > from;
	}
	if (byte_at(scan, at) == 'e' || byte_at(scan, at) == 'E') {
		from = at + 1;
		from += byte_at(scan, from) == '+' || byte_at(scan, from) == '-';
		at = skip_digits(scan, from);
		fine = fine && at > from;
	}
	if (!fine || at - scan->here.at > MOST_NUMBER)
		return faulty(scan, scan->here.at, MSG_JSON_NUMBER);
	go_to(scan, at);
	return true;
}

/* The hexadecimal digits from the byte at on, four at most. */
static size_t hex_digits(const struct scan *scan, size_t at)
{
	size_t count = 0;
	while (count < 4 && byte_at(scan, at + count) && strchr("0123456789abcdefABCDEF", byte_at(scan, at + count)))
		count++;
	return count;
}

/* The length of the escape at the byte at; 0 when it is none. */
static size_t escape_length(const struct scan *scan, size_t at)
{
	char kind = byte_at(scan, at + 1);
	if (kind == 'u') /* NUL would end the text in C */
		return hex_digits(scan, at + 2) == 4 && memcmp(scan->text.data + at + 2, "0000", 4) != 0 ? 6 : 0;
	return kind && strchr("\"\\/bfnrt", kind) ? 2 : 0;
}

static bool scan_string(struct scan *scan)
{
	size_t at = scan->here.at + 1;
	while (at < scan->text.len && scan->text.data[at] != '"') {
		size_t step = scan->text.data[at] == '\\' ? escape_length(scan, at) : 1;
		if (step == 0)
			return faulty(scan, at, MSG_JSON_ESCAPE);
		if ((unsigned char)scan->text.data[at] < ' ')
			return faulty(scan, at, MSG_JSON_CONTROL_CHARACTER);
		at += step;
	}
	if (at >= scan->text.len)
		return faulty(scan, scan->here.at, MSG_JSON_OPEN_STRING);
	go_to(scan, at + 1);
	return true;
}

static bool scan_word(struct scan *scan)
{
	static const char *const words[] = { "true", "false", "null" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i]);
		if (scan->text.len - scan->here.at >= len &&
		    memcmp(scan->text.data + scan->here.at, words[i], len) == 0) {
			go_to(scan, scan->here.at + len);
			return true;
		}
	}
	return unexpected(scan, N_("a value"));
}

static bool scan_value(struct scan *scan);

static bool scan_member(struct scan *scan)
{
	if (byte_here(scan) != '"')
		return unexpected(scan, N_("a name in quotes"));
	note_place(scan);
	if (!scan_string(scan))
		return false;
	skip_space(scan);
	if (byte_here(scan) != ':')
		return unexpected(scan, N_("a colon"));
	go_to(scan, scan->here.at + 1);
	return scan_value(scan);
}

/* An array or an object, whose opening bracket stands here. */
static bool scan_items(struct scan *scan, char close, bool (*scan_item)(struct scan *scan), const char *expected)
{
	if (++scan->depth > MOST_DEEP)
		return faulty(scan, scan->here.at, MSG_JSON_TOO_DEEP);
	go_to(scan, scan->here.at + 1);
	skip_space(scan);
	bool more = byte_here(scan) != close;
	while (more) {
		skip_space(scan);
		if (!scan_item(scan))
			return false;
		skip_space(scan);
		if (byte_here(scan) != ',' && byte_here(scan) != close)
			return unexpected(scan, expected);
		more = byte_here(scan) == ',';
		if (more)
			go_to(scan, scan->here.at + 1);
	}
	go_to(scan, scan->here.at + 1);
	scan->depth--;
	return true;
}

static bool scan_value(struct scan *scan)
{
	skip_space(scan);
	note_place(scan);
	char first = byte_here(scan);
	if (first == '{')
		return scan_items(scan, '}', scan_member, N_("a comma or }"));
	if (first == '[')
		return scan_items(scan, ']', scan_value, N_("a comma or ]"));
	if (first == '"')
		return scan_string(scan);
	if (first == '-' || (first >= '0' && first <= '9'))
		return scan_number(scan);
	return scan_word(scan);
}

bool json_scan(struct arena *arena, const char *path, struct chunk text, struct json_places *places,
               struct diags *diags)
{
	struct scan scan = {
		.arena = arena, .path = path, .text = text, .here = POSITION_START, .places = places, .diags = diags
	};
	if (!scan_value(&scan))
		return false;
	skip_space(&scan);
	return scan.here.at == text.len || unexpected(&scan, N_("the end of the file"));
}
