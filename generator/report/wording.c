#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/wording.h"
#include "text/numerals.h"

enum { MINUTE = 60, HOUR = 3600 };

const char *wording_date(struct arena *arena, struct date date)
{
	int year, month, day;
	date_to_ymd(date, &year, &month, &day);
	return arena_printf(arena, "%d年%d月%d日", year, month, day);
}

const char *wording_day(struct arena *arena, struct date date, int reader_year)
{
	int year, month, day;
	date_to_ymd(date, &year, &month, &day);
	if (year != reader_year)
		return wording_date(arena, date);
	return arena_printf(arena, "%d月%d日", month, day);
}

const char *wording_weekday(struct date date)
{
	static const char *const names[] = { "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日" };
	return names[date_weekday(date) - 1];
}

static const char *clock_text(struct arena *arena, int32_t second_of_day)
{
	int hour = second_of_day / HOUR, minute = second_of_day / MINUTE % 60, second = second_of_day % MINUTE;
	if (second != 0)
		return arena_printf(arena, "%02d:%02d:%02d", hour, minute, second);
	return arena_printf(arena, "%02d:%02d", hour, minute);
}

static struct instant in_offset(struct instant instant, int32_t offset)
{
	instant.offset = offset;
	return instant;
}

const char *wording_instant(struct arena *arena, struct instant instant, int32_t offset)
{
	struct instant local = in_offset(instant, offset);
	return arena_printf(arena, "%s %s", wording_date(arena, date_of_instant(local)),
	                    clock_text(arena, instant_second_of_day(local)));
}

const char *wording_time(struct arena *arena, struct instant instant, int32_t offset, int year)
{
	struct instant local = in_offset(instant, offset);
	return arena_printf(arena, "%s %s", wording_day(arena, date_of_instant(local), year),
	                    clock_text(arena, instant_second_of_day(local)));
}

const char *wording_end(struct arena *arena, struct instant instant, int32_t offset, int year)
{
	struct instant local = in_offset(instant, offset);
	if (instant_second_of_day(local) != 0)
		return wording_time(arena, instant, offset, year);
	struct date before = date_of_instant(local);
	before.day--;
	return arena_printf(arena, "%s 24:00", wording_day(arena, before, year));
}

const char *wording_span(struct arena *arena, struct span span, int year)
{
	struct date last = { span.to.day - 1 };
	if (last.day <= span.from.day)
		return wording_day(arena, span.from, year);
	if (date_year(span.from) == date_year(last))
		return arena_printf(arena, "%s—%s", wording_day(arena, span.from, year),
		                    wording_day(arena, last, date_year(last)));
	return arena_printf(arena, "%s—%s", wording_date(arena, span.from), wording_date(arena, last));
}

const char *wording_duration(struct arena *arena, int64_t seconds)
{
	static const struct {
		int64_t length;
		const char *name;
	} units[] = { { HOUR, "小时" }, { MINUTE, "分" }, { 1, "秒" } };
	if (seconds < 0)
		die("a duration of %lld seconds cannot be worded", (long long)seconds);
	const char *text = "";
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (seconds >= units[i].length)
			text = arena_printf(arena, "%s%lld%s", text, (long long)(seconds / units[i].length),
			                    units[i].name);
		seconds %= units[i].length;
	}
	return *text == '\0' ? "0分" : text;
}

static const char *taken(struct arena *arena, struct buf *text)
{
	const char *words = arena_strndup(arena, buf_str(text), text->len);
	buf_free(text);
	return words;
}

const char *wording_percent(struct arena *arena, size_t part, size_t whole)
{
	struct buf text = BUF_INIT;
	numeral_percent(&text, (int64_t)part, (int64_t)whole);
	return taken(arena, &text);
}

const char *wording_money(struct arena *arena, int64_t fen)
{
	struct buf text = BUF_INIT;
	numeral_money(&text, fen);
	return taken(arena, &text);
}

const char *wording_capital_money(struct arena *arena, int64_t fen)
{
	struct buf text = BUF_INIT;
	numeral_capital_money(&text, fen);
	return taken(arena, &text);
}

const char *wording_number(struct arena *arena, double number)
{
	char digits[400];
	double cents = round(fabs(number) * 100);
	snprintf(digits, sizeof digits, "%.2f", cents / 100);
	size_t whole = strlen(digits) - 3, used = strlen(digits);
	while (digits[used - 1] == '0')
		used--;
	if (digits[used - 1] == '.')
		used--;
	char grouped[600];
	size_t length = 0;
	if (number < 0 && cents > 0)
		grouped[length++] = '-';
	for (size_t i = 0; i < used; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0)
			grouped[length++] = ',';
		grouped[length++] = digits[i];
	}
	return arena_strndup(arena, grouped, length);
}

const char *wording_verdict(enum verdict verdict)
{
	static const char *const words[VERDICT_COUNT] = {
		[VERDICT_MET] = "达标",         [VERDICT_MISSED] = "超时",   [VERDICT_RUNNING] = "进行中",
		[VERDICT_PAUSED] = "暂停",      [VERDICT_EXCLUDED] = "不计", [VERDICT_NOT_APPLICABLE] = "不适用",
		[VERDICT_UNKNOWN] = "无法判定",
	};
	return words[verdict];
}

const char *wording_duty_verdict(enum duty_verdict verdict)
{
	static const char *const words[DUTY_VERDICT_COUNT] = {
		[DUTY_DONE] = "按时完成",  [DUTY_LATE] = "逾期完成",  [DUTY_MISSED] = "逾期未完成",
		[DUTY_PENDING] = "待完成", [DUTY_NOT_DUE] = "未到期", [DUTY_WAIVED] = "免除",
	};
	return words[verdict];
}

const char *wording_limit_verdict(enum limit_verdict verdict)
{
	static const char *const words[] = {
		[LIMIT_WITHIN] = "限额内",
		[LIMIT_WARNING] = "接近限额",
		[LIMIT_REACHED] = "已达限额",
		[LIMIT_PASSED] = "超出限额",
	};
	return words[verdict];
}

const char *wording_payment_verdict(enum payment_verdict verdict)
{
	static const char *const words[] = {
		[PAYMENT_NOT_OPEN] = "未到付款条件", [PAYMENT_OPEN] = "待付款",      [PAYMENT_PAID] = "已付款",
		[PAYMENT_PAID_LATE] = "逾期付款",    [PAYMENT_OVERDUE] = "逾期未付",
	};
	return words[verdict];
}
