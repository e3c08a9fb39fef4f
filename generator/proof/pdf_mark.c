#include "proof/pdf_mark.h"

#include <stdlib.h>
#include <string.h>

void pdf_mark_real(struct buf *out, double number)
{
	long hundredths = (long)(number * 100 + (number < 0 ? -0.5 : 0.5));
	buf_printf(out, "%s%ld.%02ld", hundredths < 0 ? "-" : "", labs(hundredths) / 100, labs(hundredths) % 100);
}

static void put_point(struct buf *out, double x, double y, const char *operator)
{
	pdf_mark_real(out, x);
	buf_putc(out, ' ');
	pdf_mark_real(out, y);
	buf_printf(out, " %s ", operator);
}

/* Letters as a draughtsman writes them: lines from point to point of a grid 4 wide
 * and 6 high, each point its two digits; a solidus begins another line. */
static const struct {
	char letter;
	const char *lines;
} letters[] = {
	{ '0', "10 01 05 16 36 45 41 30 10" },
	{ '1', "05 26 20" },
	{ '2', "05 16 36 45 44 00 40" },
	{ '3', "05 16 36 45 44 33 42 41 30 10 01/13 33" },
	{ '4', "30 36 02 42" },
	{ '5', "46 06 04 34 43 41 30 10 01" },
	{ '6', "45 36 16 05 01 10 30 41 42 33 13 02" },
	{ '7', "06 46 10" },
	{ '8', "13 04 05 16 36 45 44 33 13 02 01 10 30 41 42 33" },
	{ '9', "01 10 30 41 45 36 16 05 04 13 33 44" },
	{ '-', "13 33" },
	{ '+', "03 43/25 21" },
	{ ':', "22 21/25 24" },
};

/* Letters stand so far apart, in parts of their height. */
static const double step = 0.9;

static void draw_letter(struct buf *out, const char *lines, double x, double y, double height)
{
	const char *operator= "m";
	for (; *lines; lines += strspn(lines, " /")) {
		put_point(out, x + (lines[0] - '0') * height / 6, y + (lines[1] - '0') * height / 6, operator);
		lines += 2;
		operator= * lines == '/' ? "m" : "l";
	}
}

static void draw_letters(struct buf *out, const char *text, double x, double y, double height)
{
	for (; *text; text++, x += height * step)
		for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
			if (letters[i].letter == *text)
				draw_letter(out, letters[i].lines, x, y, height);
	buf_puts(out, "S\n");
}

void pdf_mark_draw(double width, double height, struct instant at, struct buf *out)
{
	char text[INSTANT_TEXT];
	double size = height < width ? height : width, left = size * 0.95, high = size * 0.22;
	instant_format(at, text);
	buf_puts(out, "0.70 0.10 0.12 RG 1 J 1 j 0.60 w\n");
	put_point(out, 1, 1, "");
	put_point(out, width - 2, height - 2, "re S\n");
	buf_puts(out, "1.80 w ");
	put_point(out, size * 0.22, size * 0.50, "m");
	put_point(out, size * 0.42, size * 0.26, "l");
	put_point(out, size * 0.75, size * 0.78, "l S\n");
	const char *time = text + 11;
	if (left + (double)strlen(time) * high * step > width)
		return;
	buf_puts(out, "0.75 w\n");
	text[10] = '\0';
	draw_letters(out, text, left, height / 2 + high * 0.4, high);
	draw_letters(out, time, left, height / 2 - high * 1.4, high);
}
