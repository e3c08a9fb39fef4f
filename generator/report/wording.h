/* Figures as Chinese readers expect them in a formal report.
 *
 * Dates and times are worded in the offset given, which is the contract's, so
 * that a report shows one zone throughout. All results live in the arena. */
#ifndef OPSLEDGER_REPORT_WORDING_H
#define OPSLEDGER_REPORT_WORDING_H

#include <stddef.h>

#include "base/memory.h"
#include "rules/clock.h"
#include "rules/duty.h"
#include "rules/limit.h"
#include "rules/money.h"

/* What stands where there is nothing to say: no figure, nothing to divide. */
#define WORDING_NONE "—"

/* "2026年3月9日" */
const char *wording_date(struct arena *arena, struct date date);
/* "3月9日" in the year that the reader is in, "2025年3月9日" in another. */
const char *wording_day(struct arena *arena, struct date date, int year);
/* "星期一" … "星期日" */
const char *wording_weekday(struct date date);
/* "2026年3月9日 08:05"; seconds are shown when they are not zero. */
const char *wording_instant(struct arena *arena, struct instant instant, int32_t offset);
/* "3月9日 08:05" in the year that the reader is in. */
const char *wording_time(struct arena *arena, struct instant instant, int32_t offset, int year);
/* The end of something: as wording_time, but midnight is the day before's
 * 24:00 (Civil Code, article 203): "3月9日 24:00". */
const char *wording_end(struct arena *arena, struct instant instant, int32_t offset, int year);
/* "3月9日—3月15日", "3月9日"; in another year than the reader's "2025年3月9日—3月15日";
 * over New Year "2025年12月29日—2026年1月4日". */
const char *wording_span(struct arena *arena, struct span span, int year);
/* "1小时12分", "76小时", "45分20秒", "0分": exact, parts that are nought left out. Hours
 * are never summed to days, which could be taken for working days. seconds may
 * not be negative. */
const char *wording_duration(struct arena *arena, int64_t seconds);
/* part ÷ whole with one decimal: "75.0%"; WORDING_NONE where whole is 0. Never
 * rounds up to 100.0% what is less. */
const char *wording_percent(struct arena *arena, size_t part, size_t whole);
/* A number with as many decimals as it has, two at most, and separators:
 * "1,234.5". */
const char *wording_number(struct arena *arena, double number);
/* "12,300.00", and in capital numerals "壹万贰仟叁佰元整". */
const char *wording_money(struct arena *arena, int64_t fen);
const char *wording_capital_money(struct arena *arena, int64_t fen);

/* Verdicts in a report, which is Chinese whatever the language of messages:
 * "达标", "超时" …; "按时完成", "逾期完成" …; "限额内" … */
const char *wording_verdict(enum verdict verdict);
const char *wording_duty_verdict(enum duty_verdict verdict);
const char *wording_limit_verdict(enum limit_verdict verdict);
const char *wording_payment_verdict(enum payment_verdict verdict);

#endif
