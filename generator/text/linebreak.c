#include "text/linebreak.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "base/memory.h"
#include "text/utf8.h"

struct line_breaker {
	UBreakIterator *iterator;
	struct line_break *breaks;
	size_t count, capacity;
};

static void check(UErrorCode error)
{
	if (U_FAILURE(error))
		die("ICU cannot break lines: %s", u_errorName(error));
}

struct line_breaker *line_breaker_new(void)
{
	UErrorCode error = U_ZERO_ERROR;
	struct line_breaker *breaker = xcalloc(1, sizeof *breaker);
	breaker->iterator = ubrk_open(UBRK_LINE, "zh@lb=strict", NULL, 0, &error);
	check(error);
	return breaker;
}

void line_breaker_free(struct line_breaker *breaker)
{
	if (!breaker)
		return;
	ubrk_close(breaker->iterator);
	free(breaker->breaks);
	free(breaker);
}

static bool is_capital(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_word(char byte)
{
	return is_capital(byte) || is_digit(byte) || (byte >= 'a' && byte <= 'z') || byte == '_';
}

/* The byte at offset, or NUL behind the end. */
static char byte_at(struct chunk text, size_t offset)
{
	return offset < text.len ? text.data[offset] : '\0';
}

static size_t skip_while(struct chunk text, size_t offset, bool (*holds)(char byte))
{
	while (holds(byte_at(text, offset)))
		offset++;
	return offset;
}

/* The length of a dash: em dash, en dash or hyphen; 0 for anything else. */
static size_t dash_length(struct chunk text, size_t offset)
{
	if (byte_at(text, offset) == '-')
		return 1;
	if (offset >= text.len)
		return 0;
	size_t end = offset;
	char32_t code_point = utf8_next(text, &end);
	return code_point == U'—' || code_point == U'–' ? end - offset : 0;
}

/* The end of a standard's number that begins at offset, or offset: two capitals or more, with the digits of a
 * province (DB32) and the letters of its kind (/T), a blank, the number with its parts, the year after a dash. */
static size_t standard_end(struct chunk text, size_t offset)
{
	size_t at = skip_while(text, offset, is_capital);
	if (at - offset < 2)
		return offset;
	size_t letters = at;
	at = skip_while(text, at, is_digit);
	if (byte_at(text, at) == '/' && is_capital(byte_at(text, at + 1)))
		letters = at = skip_while(text, at + 1, is_capital);
	at += byte_at(text, at) == ' ';
	size_t number = skip_while(text, at, is_digit);
	if (number == at)
		return letters;
	while (byte_at(text, number) == '.' && is_digit(byte_at(text, number + 1)))
		number = skip_while(text, number + 1, is_digit);
	size_t year = number + dash_length(text, number);
	size_t end = skip_while(text, year, is_digit);
	return end > year ? end : number;
}

/* A stretch without breaks. */
struct glue {
	size_t from, to;
};

/* The first standard's number at or after offset; empty at the end of the text when there is none. */
static struct glue next_standard(struct chunk text, size_t offset)
{
	for (; offset < text.len; offset++) {
		if (!is_capital(text.data[offset]) || (offset && is_word(text.data[offset - 1])))
			continue;
		size_t end = standard_end(text, offset);
		if (end > offset)
			return (struct glue){ offset, end };
	}
	return (struct glue){ text.len, text.len };
}

static bool is_hanzi(char32_t code_point)
{
	return u_hasBinaryProperty((UChar32)code_point, UCHAR_IDEOGRAPHIC);
}

static char32_t code_point_before(struct chunk text, size_t offset)
{
	do
		offset--;
	while (offset && ((unsigned char)text.data[offset] & 0xC0) == 0x80);
	return utf8_next(text, &offset);
}

/* Whether GB/T 15834—2011 forbids to begin a line at offset, inside the text. */
static bool is_forbidden(struct chunk text, size_t offset)
{
	size_t end = offset;
	char32_t after = utf8_next(text, &end);
	switch (after) {
	case U'～':
	case U'–':
	case U'·':
	case U'々':
		return true;
	case U'—': /* two of them are a dash, which may begin a line */
		return end == text.len || utf8_next(text, &end) != U'—';
	default:
		break;
	}
	char32_t before = code_point_before(text, offset);
	if (after == '/')
		return is_hanzi(before);
	if (before != '/')
		return false;
	/* A path's first slash stays with its first name. */
	char32_t first = offset > 1 ? code_point_before(text, offset - 1) : ' ';
	return is_hanzi(after) || is_hanzi(first) || first == ' ';
}

static void put(struct line_breaker *breaker, struct line_break item)
{
	if (breaker->count == breaker->capacity) {
		breaker->capacity = breaker->capacity ? breaker->capacity * 2 : 64;
		breaker->breaks = xreallocarray(breaker->breaks, breaker->capacity, sizeof *breaker->breaks);
	}
	breaker->breaks[breaker->count++] = item;
}

const struct line_break *line_breaks(struct line_breaker *breaker, struct chunk text, size_t *count)
{
	UErrorCode error = U_ZERO_ERROR;
	UText utext = UTEXT_INITIALIZER;
	breaker->count = 0;
	utext_openUTF8(&utext, text.data ? text.data : "", (int64_t)text.len, &error);
	ubrk_setUText(breaker->iterator, &utext, &error);
	check(error);
	struct glue standard = next_standard(text, 0);
	ubrk_first(breaker->iterator);
	for (int32_t next; (next = ubrk_next(breaker->iterator)) != UBRK_DONE;) {
		size_t offset = (size_t)next;
		bool must = offset == text.len || ubrk_getRuleStatus(breaker->iterator) >= UBRK_LINE_HARD;
		while (standard.to < text.len && standard.to <= offset)
			standard = next_standard(text, standard.to);
		if (must || ((offset <= standard.from || offset >= standard.to) && !is_forbidden(text, offset)))
			put(breaker, (struct line_break){ offset, must });
	}
	utext_close(&utext);
	*count = breaker->count;
	return breaker->breaks;
}
