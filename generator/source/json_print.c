#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "source/json.h"

static void print_string(const char *text, struct buf *out)
{
	buf_putc(out, '"');
	for (; *text; text++) {
		switch (*text) {
		case '"':
		case '\\':
			buf_putc(out, '\\');
			buf_putc(out, *text);
			break;
		case '\n':
			buf_puts(out, "\\n");
			break;
		case '\r':
			buf_puts(out, "\\r");
			break;
		case '\t':
			buf_puts(out, "\\t");
			break;
		default:
			if ((unsigned char)*text < ' ')
				buf_printf(out, "\\u%04x", (unsigned)*text);
			else
				buf_putc(out, *text);
		}
	}
	buf_putc(out, '"');
}

static void print_number(double number, struct buf *out)
{
	enum { MOST_DIGITS = 17 }; /* enough for every double */
	char text[32] = "null";
	if (isfinite(number) && fabs(number) < 1e15 && trunc(number) == number)
		snprintf(text, sizeof text, "%lld", (long long)number);
	else if (isfinite(number))
		for (int digits = 1; digits <= MOST_DIGITS; digits++) {
			snprintf(text, sizeof text, "%.*g", digits, number);
			if (strtod(text, NULL) == number)
				break;
		}
	buf_puts(out, text);
}

static void break_line(unsigned indent, unsigned depth, struct buf *out)
{
	if (!indent)
		return;
	buf_putc(out, '\n');
	for (unsigned i = 0; i < indent * depth; i++)
		buf_putc(out, ' ');
}

static void print_value(const struct value *value, unsigned indent, unsigned depth, struct buf *out)
{
	bool object = value->kind == VALUE_OBJECT;
	size_t count;
	switch (value->kind) {
	case VALUE_NULL:
		buf_puts(out, "null");
		break;
	case VALUE_BOOL:
		buf_puts(out, value->as.boolean ? "true" : "false");
		break;
	case VALUE_NUMBER:
		print_number(value->as.number, out);
		break;
	case VALUE_STRING:
		print_string(value->as.string, out);
		break;
	case VALUE_ARRAY:
	case VALUE_OBJECT:
		count = object ? value->as.object.count : value->as.array.count;
		buf_putc(out, object ? '{' : '[');
		for (size_t i = 0; i < count; i++) {
			if (i)
				buf_puts(out, indent ? "," : ", ");
			break_line(indent, depth + 1, out);
			if (object) {
				print_string(value->as.object.members[i].name, out);
				buf_puts(out, ": ");
			}
			print_value(object ? value->as.object.members[i].value : value->as.array.items[i], indent,
			            depth + 1, out);
		}
		if (count)
			break_line(indent, depth, out);
		buf_putc(out, object ? '}' : ']');
		break;
	}
}

void json_print(const struct value *value, unsigned indent, struct buf *out)
{
	print_value(value, indent, 0, out);
}
