#include "report/escape.h"

#include <stdbool.h>
#include <string.h>

static const char *html_entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return "&#39;";
	}
}

void escape_html(const char *text, struct buf *out)
{
	for (;;) {
		size_t plain = strcspn(text, "&<>\"'");
		buf_put(out, text, plain);
		text += plain;
		if (!*text)
			return;
		buf_puts(out, html_entity(*text++));
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_latin(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c)
{
	return is_latin(c) || (unsigned char)c >= 0x80;
}

static bool is_gap(char c)
{
	return c == '\0' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether the mark at text[at] would be read as Markdown. The value may come to
 * stand at the head of a line, where more marks have a meaning than elsewhere. */
static bool has_meaning(const char *text, size_t at)
{
	char before = at > 0 ? text[at - 1] : '\0', after = text[at + 1];
	switch (text[at]) {
	case '\\':
	case '`':
	case '*':
	case '[':
	case ']':
	case '<':
	case '>':
	case '|':
	case '~':
		return true;
	case '_': /* between Chinese marks such as ） it would begin an emphasis */
		return !is_latin(before) || !is_latin(after);
	case '&':
		return after == '#' || is_word(after);
	case '!': /* an image, if the template goes on with a link */
		return !after;
	case '#': /* a heading, or the end of one */
		return at == 0 || before == ' ';
	case '=':
		return at == 0;
	case '-':
	case '+':
		return at == 0 && !is_word(after);
	case ':': /* the line below a table's head; an address, in which backslashes would stay */
		return (at == 0 && after == '-') || (after == '/' && text[at + 2] == '/');
	case '.':
		if (at >= 3 && memcmp(text + at - 3, "www", 3) == 0)
			return true;
		/* fall through */
	case ')': /* an ordered list */
		return at == strspn(text, "0123456789") && is_gap(after);
	default:
		return false;
	}
}

#define BYTE_ORDER_MARK "\xEF\xBB\xBF" /* no text where a document begins */

void escape_markdown(const char *text, struct buf *out)
{
	for (size_t at = 0; text[at]; at++) {
		char c = text[at];
		if (c == '\n' || c == '\r') {
			at += c == '\r' && text[at + 1] == '\n';
			buf_puts(out, "&#10;");
		} else if (strncmp(text + at, BYTE_ORDER_MARK, 3) == 0) {
			buf_puts(out, "&#xFEFF;");
			at += 2;
		} else if ((c == ' ' || c == '\t') && (at == 0 || !text[at + 1])) {
			buf_puts(out, c == ' ' ? "&#32;" : "&#9;");
		} else {
			if (has_meaning(text, at))
				buf_putc(out, '\\');
			buf_putc(out, c);
		}
	}
}
