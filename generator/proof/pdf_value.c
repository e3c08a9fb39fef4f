#include "proof/pdf_value.h"

#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

enum { MAX_DEPTH = 64, MAX_KEYS = 4096, MAX_BYTES = 4 << 20 };

struct scan {
	struct arena *arena;
	struct chunk file;
	size_t at, end;
	unsigned depth;
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\f' || byte == '\0';
}

static bool is_delimiter(char byte)
{
	return byte != '\0' && strchr("()<>[]{}/%", byte);
}

static bool is_regular(char byte)
{
	return !is_blank(byte) && !is_delimiter(byte);
}

void pdf_skip_blanks(struct chunk file, size_t *at, size_t end)
{
	while (*at < end && (is_blank(file.data[*at]) || file.data[*at] == '%'))
		if (file.data[(*at)++] == '%')
			while (*at < end && file.data[*at] != '\n' && file.data[*at] != '\r')
				++*at;
}

bool pdf_take_word(struct chunk file, size_t *at, size_t end, const char *word)
{
	size_t len = strlen(word);
	if (end - *at < len || memcmp(file.data + *at, word, len) != 0 ||
	    (end - *at > len && is_regular(file.data[*at + len])))
		return false;
	*at += len;
	return true;
}

static int hex_digit(char byte)
{
	return byte >= '0' && byte <= '9'   ? byte - '0'
	       : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
	       : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
	                                    : -1;
}

static bool read_value(struct scan *scan, struct pdf_value *out);

/* Room for what comes, as it is never longer than it is written. */
static char *room(struct scan *scan, size_t end)
{
	return arena_alloc(scan->arena, end - scan->at + 1);
}

static bool read_name(struct scan *scan, struct pdf_value *out)
{
	const char *text = scan->file.data;
	size_t end = ++scan->at;
	while (end < scan->end && is_regular(text[end]))
		end++;
	char *bytes = room(scan, end);
	size_t len = 0;
	while (scan->at < end) {
		char byte = text[scan->at++];
		if (byte == '#') {
			if (end - scan->at < 2 || hex_digit(text[scan->at]) < 0 || hex_digit(text[scan->at + 1]) < 0)
				return false;
			byte = (char)(hex_digit(text[scan->at]) * 16 + hex_digit(text[scan->at + 1]));
			scan->at += 2;
		}
		bytes[len++] = byte;
	}
	out->kind = PDF_NAME;
	out->bytes = (struct chunk){ bytes, len };
	return true;
}

static bool read_hex_string(struct scan *scan, struct pdf_value *out)
{
	const char *text = scan->file.data;
	const char *close = memchr(text + scan->at, '>', scan->end - scan->at);
	if (!close)
		return false;
	size_t end = (size_t)(close - text), len = 0;
	scan->at++;
	char *bytes = room(scan, end);
	bool half = false;
	for (; scan->at < end; scan->at++) {
		int digit = hex_digit(text[scan->at]);
		if (digit < 0) {
			if (!is_blank(text[scan->at]))
				return false;
			continue;
		}
		if (half)
			bytes[len++] |= (char)digit;
		else
			bytes[len] = (char)(digit << 4);
		half = !half;
	}
	scan->at++;
	out->kind = PDF_STRING;
	out->bytes = (struct chunk){ bytes, len + half };
	return true;
}

/* What stands behind a backslash (7.3.4.2), which scan is at. */
static void read_escape(struct scan *scan, size_t end, char *bytes, size_t *len)
{
	static const char letters[] = "nrtbf", meanings[] = "\n\r\t\b\f";
	const char *text = scan->file.data;
	char byte = text[scan->at++];
	const char *letter = byte ? strchr(letters, byte) : NULL;
	if (byte >= '0' && byte <= '7') {
		int code = byte - '0';
		for (int i = 0; i < 2 && scan->at < end && text[scan->at] >= '0' && text[scan->at] <= '7'; i++)
			code = code * 8 + text[scan->at++] - '0';
		bytes[(*len)++] = (char)code;
	} else if (letter) {
		bytes[(*len)++] = meanings[letter - letters];
	} else if (byte == '\r') {
		if (scan->at < end && text[scan->at] == '\n')
			scan->at++;
	} else if (byte != '\n') {
		bytes[(*len)++] = byte;
	}
}

static bool read_literal_string(struct scan *scan, struct pdf_value *out)
{
	const char *text = scan->file.data;
	size_t end = ++scan->at, len = 0;
	for (unsigned open = 1; open > 0; end++) {
		if (end >= scan->end)
			return false;
		if (text[end] == '\\')
			end++;
		else if (text[end] == '(')
			open++;
		else if (text[end] == ')')
			open--;
	}
	end--;
	char *bytes = room(scan, end);
	while (scan->at < end) {
		char byte = text[scan->at++];
		if (byte == '\\') {
			read_escape(scan, end, bytes, &len);
			continue;
		}
		if (byte == '\r') {
			byte = '\n';
			if (scan->at < end && text[scan->at] == '\n')
				scan->at++;
		}
		bytes[len++] = byte;
	}
	scan->at++;
	out->kind = PDF_STRING;
	out->bytes = (struct chunk){ bytes, len };
	return true;
}

/* Digits at *at, at most 10 of them. */
static bool take_digits(const struct scan *scan, size_t *at, int64_t *out)
{
	size_t from = *at;
	*out = 0;
	while (*at < scan->end && scan->file.data[*at] >= '0' && scan->file.data[*at] <= '9' && *at - from < 11)
		*out = *out * 10 + scan->file.data[(*at)++] - '0';
	return *at > from && *at - from <= 10;
}

/* "12 0 R" */
static bool read_reference(struct scan *scan, struct pdf_value *out)
{
	size_t at = scan->at;
	int64_t number, generation;
	if (!take_digits(scan, &at, &number) || at >= scan->end || !is_blank(scan->file.data[at]))
		return false;
	pdf_skip_blanks(scan->file, &at, scan->end);
	if (!take_digits(scan, &at, &generation) || at >= scan->end || !is_blank(scan->file.data[at]))
		return false;
	pdf_skip_blanks(scan->file, &at, scan->end);
	if (!pdf_take_word(scan->file, &at, scan->end, "R") || number > UINT32_MAX || generation > UINT16_MAX)
		return false;
	out->kind = PDF_REFERENCE;
	out->integer = number;
	out->generation = (uint32_t)generation;
	scan->at = at;
	return true;
}

static bool read_number(struct scan *scan, struct pdf_value *out)
{
	char text[32];
	size_t len = 0;
	bool real = false, digits = false;
	while (scan->at + len < scan->end && len < sizeof text - 1 && is_regular(scan->file.data[scan->at + len])) {
		char byte = scan->file.data[scan->at + len];
		if (byte == '.' ? real : byte == '+' || byte == '-' ? len > 0 : byte < '0' || byte > '9')
			return false;
		real |= byte == '.';
		digits |= byte >= '0' && byte <= '9';
		text[len++] = byte;
	}
	text[len] = '\0';
	if (!digits || len > 18)
		return false;
	scan->at += len;
	out->kind = real ? PDF_REAL : PDF_INTEGER;
	out->real = strtod(text, NULL);
	out->integer = real ? 0 : strtoll(text, NULL, 10);
	return true;
}

static bool read_array(struct scan *scan, struct pdf_value *out)
{
	size_t capacity = 0;
	scan->at++;
	out->kind = PDF_ARRAY;
	for (;;) {
		pdf_skip_blanks(scan->file, &scan->at, scan->end);
		if (scan->at < scan->end && scan->file.data[scan->at] == ']')
			break;
		struct pdf_value item;
		if (!read_value(scan, &item))
			return false;
		arena_push(scan->arena, out->items, out->count, capacity, item);
	}
	scan->at++;
	return true;
}

static bool read_dictionary(struct scan *scan, struct pdf_value *out)
{
	size_t capacity = 0;
	scan->at += 2;
	out->kind = PDF_DICTIONARY;
	for (;;) {
		pdf_skip_blanks(scan->file, &scan->at, scan->end);
		if (scan->end - scan->at >= 2 && memcmp(scan->file.data + scan->at, ">>", 2) == 0)
			break;
		struct pdf_value key, value;
		if (!read_value(scan, &key) || key.kind != PDF_NAME || !read_value(scan, &value) ||
		    out->count >= 2 * MAX_KEYS)
			return false;
		for (size_t i = 0; i < out->count; i += 2)
			if (chunk_equal(out->items[i].bytes, key.bytes))
				return false;
		arena_push(scan->arena, out->items, out->count, capacity, key);
		arena_push(scan->arena, out->items, out->count, capacity, value);
	}
	scan->at += 2;
	return true;
}

static bool read_word(struct scan *scan, struct pdf_value *out)
{
	static const struct {
		const char *word;
		enum pdf_kind kind;
		int64_t integer;
	} words[] = { { "true", PDF_BOOLEAN, 1 }, { "false", PDF_BOOLEAN, 0 }, { "null", PDF_NULL, 0 } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (pdf_take_word(scan->file, &scan->at, scan->end, words[i].word)) {
			out->kind = words[i].kind;
			out->integer = words[i].integer;
			return true;
		}
	return false;
}

static bool read_bare(struct scan *scan, struct pdf_value *out)
{
	char byte = scan->file.data[scan->at];
	switch (byte) {
	case '/':
		return read_name(scan, out);
	case '(':
		return read_literal_string(scan, out);
	case '[':
		return read_array(scan, out);
	case '<':
		if (scan->end - scan->at >= 2 && scan->file.data[scan->at + 1] == '<')
			return read_dictionary(scan, out);
		return read_hex_string(scan, out);
	default:
		return read_reference(scan, out) || read_number(scan, out) || read_word(scan, out);
	}
}

static bool read_value(struct scan *scan, struct pdf_value *out)
{
	*out = (struct pdf_value){ 0 };
	pdf_skip_blanks(scan->file, &scan->at, scan->end);
	if (scan->at >= scan->end || scan->depth == MAX_DEPTH)
		return false;
	out->from = scan->at;
	scan->depth++;
	bool fine = read_bare(scan, out);
	scan->depth--;
	out->to = scan->at;
	return fine;
}

bool pdf_value_read(struct arena *arena, struct chunk file, size_t *at, size_t end, struct pdf_value *out)
{
	struct scan scan = { arena, file, *at, end - *at > MAX_BYTES ? *at + MAX_BYTES : end, 0 };
	bool fine = read_value(&scan, out);
	*at = scan.at;
	return fine;
}

const struct pdf_value *pdf_get_chunk(const struct pdf_value *dictionary, struct chunk key)
{
	if (dictionary && dictionary->kind == PDF_DICTIONARY)
		for (size_t i = 0; i < dictionary->count; i += 2)
			if (chunk_equal(dictionary->items[i].bytes, key))
				return &dictionary->items[i + 1];
	return NULL;
}

const struct pdf_value *pdf_get(const struct pdf_value *dictionary, const char *key)
{
	return pdf_get_chunk(dictionary, chunk_of(key));
}

bool pdf_is_name(const struct pdf_value *value, const char *name)
{
	return value && value->kind == PDF_NAME && chunk_is(value->bytes, name);
}

bool pdf_value_same(const struct pdf_value *a, const struct pdf_value *b)
{
	if (!a || !b)
		return a == b;
	bool numbers =
	    (a->kind == PDF_INTEGER || a->kind == PDF_REAL) && (b->kind == PDF_INTEGER || b->kind == PDF_REAL);
	if (numbers)
		return !(a->real < b->real || a->real > b->real) && (a->kind != b->kind || a->integer == b->integer);
	if (a->kind != b->kind || a->integer != b->integer || a->generation != b->generation || a->count != b->count ||
	    !chunk_equal(a->bytes, b->bytes))
		return false;
	bool dictionary = a->kind == PDF_DICTIONARY;
	for (size_t i = dictionary ? 1 : 0; i < a->count; i += dictionary ? 2 : 1)
		if (!pdf_value_same(&a->items[i], dictionary ? pdf_get_chunk(b, a->items[i - 1].bytes) : &b->items[i]))
			return false;
	return true;
}

static void put_character(struct buf *out, char32_t code)
{
	utf8_put(out, code < ' ' || (code >= 0x7F && code < 0xA0) ? ' '
	              : code >= 0xD800 && code < 0xE000           ? 0xFFFD
	                                                          : code);
}

static void put_utf16(struct buf *out, struct chunk bytes)
{
	const unsigned char *units = (const unsigned char *)bytes.data;
	for (size_t i = 2; i + 1 < bytes.len; i += 2) {
		char32_t unit = (uint32_t)units[i] << 8 | units[i + 1];
		if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < bytes.len && (units[i + 2] & 0xFC) == 0xDC) {
			char32_t low = (uint32_t)units[i + 2] << 8 | units[i + 3];
			unit = 0x10000 + ((unit & 0x3FF) << 10 | (low & 0x3FF));
			i += 2;
		}
		put_character(out, unit);
	}
}

const char *pdf_text_of(struct arena *arena, const struct pdf_value *value)
{
	struct buf out = BUF_INIT;
	if (value && (value->kind == PDF_STRING || value->kind == PDF_NAME)) {
		struct chunk bytes = value->bytes;
		bool wide = bytes.len >= 2 && memcmp(bytes.data, "\xFE\xFF", 2) == 0;
		bool utf8 = !wide && utf8_first_fault(bytes) == bytes.len;
		if (wide)
			put_utf16(&out, bytes);
		else
			for (size_t i = 0; i < bytes.len;)
				put_character(&out, utf8 ? utf8_next(bytes, &i) : (unsigned char)bytes.data[i++]);
	}
	char *text = arena_strndup(arena, buf_str(&out), out.len);
	buf_free(&out);
	return text;
}
