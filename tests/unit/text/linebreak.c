/* Line breaks: UAX #14, kinsoku and GB/T 15834—2011. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "text/linebreak.h"

/* The text with | at each opportunity and ‖ at each forced break. */
static void check(struct line_breaker *breaker, const char *text, const char *expected)
{
	struct buf shown = BUF_INIT;
	size_t count, start = 0;
	const struct line_break *breaks = line_breaks(breaker, chunk_of(text), &count);
	for (size_t i = 0; i < count; i++) {
		assert_true(breaks[i].offset > start || (i == 0 && breaks[i].offset > 0));
		buf_put(&shown, text + start, breaks[i].offset - start);
		buf_puts(&shown, breaks[i].must ? "‖" : "|");
		start = breaks[i].offset;
	}
	assert_int_equal(start, strlen(text));
	assert_string_equal(buf_str(&shown), expected);
	buf_free(&shown);
}

static void chinese_breaks_between_hanzi_only(void **state)
{
	check(*state, "运维台账", "运|维|台|账‖");
	check(*state, "（“你好”），《办法》第3条。", "（“你|好”），|《办|法》|第|3|条。‖");
	check(*state, "甲、乙；丙！", "甲、|乙；|丙！‖");
	check(*state, "重启 nginx 服务", "重|启 |nginx |服|务‖");
	check(*state, "……省略——破折", "……|省|略|——|破|折‖");
	check(*state, "费用￥5,000.00元", "费|用|￥5,000.00|元‖");
	check(*state, "", "");
}

static void hard_breaks_are_told(void **state)
{
	check(*state, "一\n二", "一\n‖二‖");
	check(*state, "一\r\n\n", "一\r\n‖\n‖");
}

static void connecting_marks_begin_no_line(void **state)
{
	check(*state, "9:00～12:00", "9:00～|12:00‖");
	check(*state, "约1—3天", "约|1—|3|天‖");
	check(*state, "甲–乙", "甲–|乙‖");
	check(*state, "尾—", "尾—‖");
	check(*state, "阿尔茨·海默", "阿|尔|茨·|海|默‖");
	check(*state, "人々々的", "人々々|的‖");
}

static void slash_between_hanzi_holds_both(void **state)
{
	check(*state, "是/否", "是/否‖");
	check(*state, "级/P2级", "级/P2|级‖");
	check(*state, "a.b/c/d", "a.b/|c/|d‖"); /* paths and addresses still break */
	check(*state, "的 /data/x 与", "的 /data/|x |与‖");
	check(*state, "/data", "/data‖");
}

static void number_of_a_standard_stays_whole(void **state)
{
	check(*state, "执行GB/T 22239—2019标准", "执|行|GB/T 22239—2019|标|准‖");
	check(*state, "GB 18030-2022，ISO/IEC 27001:2022", "GB 18030-2022，|ISO/IEC 27001:2022‖");
	check(*state, "DB32/T 3968.1—2021与GB/T 15834–2011", "DB32/T 3968.1—2021|与|GB/T 15834–2011‖");
	check(*state, "abGB/T 1", "abGB/|T |1‖");        /* begins within a word */
	check(*state, "一A/B 2", "一|A/|B |2‖");         /* one letter is no body of standards */
	check(*state, "按GB/T—附录", "按|GB/T—|附|录‖"); /* without a number */
}

static void long_text_takes_linear_time(void **state)
{
	struct buf text = BUF_INIT;
	for (int i = 0; i < 20000; i++)
		buf_puts(&text, "AB/T 运");
	size_t count;
	line_breaks(*state, buf_chunk(&text), &count);
	assert_int_equal(count, 40000);
	buf_free(&text);
}

static int open_breaker(void **state)
{
	*state = line_breaker_new();
	return 0;
}

static int close_breaker(void **state)
{
	line_breaker_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chinese_breaks_between_hanzi_only), cmocka_unit_test(hard_breaks_are_told),
		cmocka_unit_test(connecting_marks_begin_no_line),    cmocka_unit_test(slash_between_hanzi_holds_both),
		cmocka_unit_test(number_of_a_standard_stays_whole),  cmocka_unit_test(long_text_takes_linear_time),
	};
	return cmocka_run_group_tests(tests, open_breaker, close_breaker);
}
