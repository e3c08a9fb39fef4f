/* Numbers as Chinese readers expect them in print, whatever the locale. Each
 * function appends to out. */
#ifndef OPSLEDGER_TEXT_NUMERALS_H
#define OPSLEDGER_TEXT_NUMERALS_H

#include <stdint.h>

#include "base/buffer.h"

/* "1,234,567". */
void numeral_count(struct buf *out, int64_t number);

/* "12,300.00" yuan; fen is the amount in 分. */
void numeral_money(struct buf *out, int64_t fen);

/* The same in capital numerals: "壹万贰仟叁佰元整", "壹仟肆佰零玖元伍角整",
 * "壹仟陆佰捌拾元零叁角贰分", "负" before an amount below zero. By the Ministry of
 * Finance's 会计基础工作规范, article 52 (整 after 元 and 角, none after 分; one 零 for
 * zeros inside), and the People's Bank's 支付结算办法, annex 1, where 零 for a
 * ten-thousands digit of 0 is optional and left out, for a yuan digit of 0 written. */
void numeral_capital_money(struct buf *out, int64_t fen);

/* part of whole in tenths of a percent, rounded half up, but below 1000 as long as
 * part is below whole: rounding never turns a miss into 100 %. part is 0 or more, whole is
 * more than 0. */
int64_t percent_tenths(int64_t part, int64_t whole);
/* "98.7%", "100.0%"; "—" when whole is 0. */
void numeral_percent(struct buf *out, int64_t part, int64_t whole);

/* "512 B", "1.5 KB", "2.0 MB" …; a KB is 1,024 bytes. bytes is 0 or more. */
void numeral_size(struct buf *out, int64_t bytes);

#endif
