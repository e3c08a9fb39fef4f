#include "text/numerals.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

static uint64_t magnitude(int64_t number)
{
	return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

static void put_grouped(struct buf *out, uint64_t number)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%" PRIu64, number);
	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			buf_putc(out, ',');
		buf_putc(out, digits[i]);
	}
}

void numeral_count(struct buf *out, int64_t number)
{
	if (number < 0)
		buf_putc(out, '-');
	put_grouped(out, magnitude(number));
}

void numeral_money(struct buf *out, int64_t fen)
{
	uint64_t amount = magnitude(fen);
	if (fen < 0)
		buf_putc(out, '-');
	put_grouped(out, amount / 100);
	buf_printf(out, ".%02d", (int)(amount % 100));
}

static const char *const CAPITALS[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };

/* Appends a number below 10,000; *zero_due says that a digit skipped before asks for one 零 before the next. */
static void put_capital_group(struct buf *out, unsigned number, bool *zero_due)
{
	static const char *const units[] = { "仟", "佰", "拾", "" };
	unsigned divisor = 1000;
	for (int i = 0; i < 4; i++, divisor /= 10) {
		unsigned digit = number / divisor % 10;
		if (digit == 0) {
			*zero_due = true;
			continue;
		}
		if (*zero_due && out->len)
			buf_puts(out, CAPITALS[0]);
		*zero_due = false;
		buf_puts(out, CAPITALS[digit]);
		buf_puts(out, units[i]);
	}
}

/* Groups of four digits take 万; what is above 亿 is a number of its own before 亿. */
static void put_capital(struct buf *out, uint64_t number, bool *zero_due)
{
	const uint64_t yi = 100000000, wan = 10000;
	if (number >= yi) {
		put_capital(out, number / yi, zero_due);
		buf_puts(out, "亿");
		number %= yi;
		*zero_due = number < wan;
	}
	if (number >= wan) {
		put_capital_group(out, (unsigned)(number / wan), zero_due);
		buf_puts(out, "万");
		/* Zeros at the end of a group ask for no 零 before the thousands of the next. */
		*zero_due = false;
	}
	if (number % wan)
		put_capital_group(out, (unsigned)(number % wan), zero_due);
}

void numeral_capital_money(struct buf *out, int64_t fen)
{
	uint64_t amount = magnitude(fen), yuan = amount / 100;
	unsigned jiao = (unsigned)(amount / 10 % 10), cents = (unsigned)(amount % 10);
	if (fen < 0)
		buf_puts(out, "负");
	if (yuan) {
		struct buf words = BUF_INIT;
		bool zero_due = false;
		put_capital(&words, yuan, &zero_due);
		buf_put_chunk(out, buf_chunk(&words));
		buf_free(&words);
		buf_puts(out, "元");
	} else if (amount == 0) {
		buf_puts(out, "零元");
	}
	bool yuan_ends_in_zero = yuan && yuan % 10 == 0;
	if (jiao) {
		if (yuan_ends_in_zero)
			buf_puts(out, CAPITALS[0]);
		buf_puts(out, CAPITALS[jiao]);
		buf_puts(out, "角");
	} else if (cents && yuan) {
		buf_puts(out, CAPITALS[0]);
	}
	if (cents) {
		buf_puts(out, CAPITALS[cents]);
		buf_puts(out, "分");
	} else {
		buf_puts(out, "整");
	}
}

int64_t percent_tenths(int64_t part, int64_t whole)
{
	int64_t tenths = (part * 2000 + whole) / (whole * 2);
	return tenths >= 1000 && part < whole ? 999 : tenths;
}

void numeral_percent(struct buf *out, int64_t part, int64_t whole)
{
	if (whole == 0) {
		buf_puts(out, "—");
		return;
	}
	int64_t tenths = percent_tenths(part, whole);
	buf_printf(out, "%" PRId64 ".%d%%", tenths / 10, (int)(tenths % 10));
}

void numeral_size(struct buf *out, int64_t bytes)
{
	static const char *const units[] = { "B", "KB", "MB", "GB", "TB" };
	enum { LAST = sizeof units / sizeof *units - 1 };
	if (bytes < 1024) {
		buf_printf(out, "%" PRId64 " B", bytes);
		return;
	}
	size_t unit = 1;
	int64_t divisor = 1024;
	/* What would print as 1024.0 is 1.0 of the next unit. */
	while (unit < LAST && (bytes + divisor / 20) / divisor >= 1024) {
		unit++;
		divisor *= 1024;
	}
	int64_t tenths = (bytes / divisor) * 10 + ((bytes % divisor) * 10 + divisor / 2) / divisor;
	buf_printf(out, "%" PRId64 ".%d %s", tenths / 10, (int)(tenths % 10), units[unit]);
}
