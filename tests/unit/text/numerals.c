/* Amounts, percentages and sizes in print. C-M1: the deduction in figures and capital numerals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/numerals.h"

struct number_case {
	int64_t number;
	const char *expected;
};

static void check(void (*print)(struct buf *out, int64_t number), const struct number_case *cases, size_t count)
{
	struct buf out = BUF_INIT;
	for (size_t i = 0; i < count; i++) {
		buf_clear(&out);
		buf_puts(&out, "合计："); /* what stands before must not matter */
		print(&out, cases[i].number);
		assert_string_equal(buf_str(&out) + strlen("合计："), cases[i].expected);
	}
	buf_free(&out);
}

#define CHECK(print, cases) check((print), (cases), sizeof(cases) / sizeof *(cases))

static void counts_have_separators(void **state)
{
	(void)state;
	static const struct number_case cases[] = {
		{ 0, "0" },
		{ 999, "999" },
		{ 1000, "1,000" },
		{ 1234567, "1,234,567" },
		{ -100000, "-100,000" },
		{ INT64_MIN, "-9,223,372,036,854,775,808" },
	};
	CHECK(numeral_count, cases);
}

static void money_has_two_decimals(void **state)
{
	(void)state;
	static const struct number_case cases[] = {
		{ 0, "0.00" }, { 5, "0.05" }, { 1230000, "12,300.00" }, { 123456789, "1,234,567.89" }, { -50, "-0.50" },
	};
	CHECK(numeral_money, cases);
}

static void capital_money_follows_the_accounting_rules(void **state)
{
	(void)state;
	static const struct number_case cases[] = {
		/* The examples of 支付结算办法, annex 1, 五(一) to (四); 整 after 角 by 会计基础工作规范, article 52.
		 */
		{ 140950, "壹仟肆佰零玖元伍角整" },
		{ 600714, "陆仟零柒元壹角肆分" },
		{ 168032, "壹仟陆佰捌拾元零叁角贰分" },
		{ 10700053, "壹拾万柒仟元零伍角叁分" },
		{ 1640902, "壹万陆仟肆佰零玖元零贰分" },
		{ 32504, "叁佰贰拾伍元零肆分" },
		/* Units alone. */
		{ 0, "零元整" },
		{ 1, "壹分" },
		{ 10, "壹角整" },
		{ 15, "壹角伍分" },
		{ 100, "壹元整" },
		{ 101, "壹元零壹分" },
		{ 110, "壹元壹角整" },
		{ 1000, "壹拾元整" }, /* never 拾 alone */
		{ 1001, "壹拾元零壹分" },
		{ 1010, "壹拾元零壹角整" },
		{ 1600, "壹拾陆元整" },
		{ 10000, "壹佰元整" },
		{ 10100, "壹佰零壹元整" },
		{ 11000, "壹佰壹拾元整" },
		{ 100000, "壹仟元整" },
		{ 100100, "壹仟零壹元整" },
		{ 101000, "壹仟零壹拾元整" },
		{ 110000, "壹仟壹佰元整" },
		{ 101010, "壹仟零壹拾元零壹角整" },
		{ 1230000, "壹万贰仟叁佰元整" },
		/* Zeros between and inside the groups of four. */
		{ 1000000, "壹万元整" },
		{ 1000100, "壹万零壹元整" },
		{ 1001000, "壹万零壹拾元整" },
		{ 1010000, "壹万零壹佰元整" },
		{ 1100000, "壹万壹仟元整" },
		{ 10000000, "壹拾万元整" },
		{ 10010000, "壹拾万零壹佰元整" },
		{ 10100000, "壹拾万壹仟元整" },
		{ 100010001, "壹佰万零壹佰元零壹分" },
		{ 1001000100, "壹仟零壹万零壹元整" },
		{ 1000010000, "壹仟万零壹佰元整" },
		{ 10000000000, "壹亿元整" },
		{ 10000000100, "壹亿零壹元整" },
		{ 10000500000, "壹亿零伍仟元整" },
		{ 10001000000, "壹亿零壹万元整" },
		{ 10010000000, "壹亿零壹拾万元整" },
		{ 11000000000, "壹亿壹仟万元整" },
		{ 100000000000, "壹拾亿元整" },
		{ 100001000000, "壹拾亿零壹万元整" },
		{ 100000050000, "壹拾亿零伍佰元整" },
		{ 123456789012, "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元零壹角贰分" },
		{ 100010000000000, "壹万零壹亿元整" },
		{ 100000000000001, "壹万亿元零壹分" },
		{ 999999999999999, "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分" },
		{ -1230000, "负壹万贰仟叁佰元整" },
		{ -10000000100, "负壹亿零壹元整" },
		{ -7, "负柒分" },
	};
	CHECK(numeral_capital_money, cases);
}

/* Reads capital numerals back by the value of each sign, in another way than they are written. */
static int64_t read_capital(const char *text)
{
	static const char *const digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
	static const struct {
		const char *sign;
		int64_t value;
	} units[] = { { "拾", 10 }, { "佰", 100 }, { "仟", 1000 } };
	int64_t total = 0, high = 0, group = 0, digit = 0;
	for (; *text; text += 3) {
		for (int i = 0; i < 10; i++)
			if (strncmp(text, digits[i], 3) == 0)
				digit = i;
		for (int i = 0; i < 3; i++)
			if (strncmp(text, units[i].sign, 3) == 0) {
				group += digit * units[i].value;
				digit = 0;
			}
		if (strncmp(text, "万", 3) == 0) {
			high += (group + digit) * 10000;
			group = digit = 0;
		} else if (strncmp(text, "亿", 3) == 0) {
			high = (high + group + digit) * 100000000;
			group = digit = 0;
		} else if (strncmp(text, "元", 3) == 0) {
			total = (high + group + digit) * 100;
			digit = 0;
		} else if (strncmp(text, "角", 3) == 0) {
			total += digit * 10;
			digit = 0;
		} else if (strncmp(text, "分", 3) == 0) {
			total += digit;
		}
	}
	return total;
}

static void capital_money_reads_back(void **state)
{
	(void)state;
	struct buf out = BUF_INIT;
	/* Every amount to 2,000 yuan, then widening steps: an amount that ends in many zeros and one that does not. */
	for (int64_t fen = 0; fen < 10000000000000; fen = fen < 200000 ? fen + 1 : fen + fen / 1999 + fen % 7) {
		buf_clear(&out);
		numeral_capital_money(&out, fen);
		if (read_capital(buf_str(&out)) != fen)
			fail_msg("%lld: %s", (long long)fen, buf_str(&out));
		if (strstr(buf_str(&out), "零零") || (fen >= 100 && strstr(buf_str(&out), "零元")))
			fail_msg("%lld: %s", (long long)fen, buf_str(&out));
	}
	buf_free(&out);
}

static void percent_never_rounds_a_miss_away(void **state)
{
	(void)state;
	static const struct {
		int64_t part, whole;
		const char *expected;
	} cases[] = {
		{ 0, 0, "—" },
		{ 0, 7, "0.0%" },
		{ 3, 4, "75.0%" },
		{ 2, 3, "66.7%" },
		{ 1, 3, "33.3%" },
		{ 1, 16, "6.3%" }, /* 6.25: half up */
		{ 9994, 10000, "99.9%" },
		{ 9996, 10000, "99.9%" },      /* not 100.0 */
		{ 2678399, 2678400, "99.9%" }, /* a second down in a month */
		{ 31536000, 31536000, "100.0%" },
		{ 6, 5, "120.0%" },
	};
	struct buf out = BUF_INIT;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&out);
		numeral_percent(&out, cases[i].part, cases[i].whole);
		assert_string_equal(buf_str(&out), cases[i].expected);
	}
	for (int64_t whole = 1; whole <= 5000; whole++)
		assert_true(percent_tenths(whole - 1, whole) < 1000);
	buf_free(&out);
}

static void sizes_have_one_decimal(void **state)
{
	(void)state;
	static const struct number_case cases[] = {
		{ 0, "0 B" },         { 1023, "1023 B" },       { 1024, "1.0 KB" },
		{ 1536, "1.5 KB" },   { 1048575, "1.0 MB" }, /* not 1024.0 KB */
		{ 83968, "82.0 KB" }, { 5368709120, "5.0 GB" }, { INT64_C(1125899906842624) * 4, "4096.0 TB" },
	};
	CHECK(numeral_size, cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_have_separators),
		cmocka_unit_test(money_has_two_decimals),
		cmocka_unit_test(capital_money_follows_the_accounting_rules),
		cmocka_unit_test(capital_money_reads_back),
		cmocka_unit_test(percent_never_rounds_a_miss_away),
		cmocka_unit_test(sizes_have_one_decimal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
