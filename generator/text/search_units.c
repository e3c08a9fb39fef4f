#include "text/search_units.h"

#include <string.h>

#include "text/utf8.h"

struct range {
	char32_t from, to;
};

/* Fixed ranges and not Unicode's properties: browsers know different versions of
 * those. Folding has already mapped compatibility forms away. */
static const struct range cjk_ranges[] = {
	{ 0x2E80, 0x2FDF },   /* radicals */
	{ 0x3005, 0x3007 },   /* 々 〆 〇 */
	{ 0x3041, 0x30FF },   /* kana */
	{ 0x3105, 0x312F },   /* bopomofo */
	{ 0x31A0, 0x31FF },   /* bopomofo, strokes, kana */
	{ 0x3400, 0x4DBF },   /* hanzi, extension A */
	{ 0x4E00, 0x9FFF },   /* hanzi */
	{ 0xAC00, 0xD7AF },   /* hangul */
	{ 0xF900, 0xFAFF },   /* hanzi, compatibility */
	{ 0x20000, 0x3FFFF }, /* hanzi, further extensions */
};
static const struct range word_ranges[] = {
	{ '0', '9' },       { 'a', 'z' },       { 0xAA, 0xAA },     { 0xB5, 0xB5 },       { 0xBA, 0xBA },
	{ 0xC0, 0xD6 },     { 0xD8, 0xF6 },     { 0xF8, 0x2BF },    { 0x300, 0x1FFF },    { 0x2C00, 0x2DFF },
	{ 0xA4D0, 0xABFF }, { 0xFB00, 0xFDFF }, { 0xFE70, 0xFEFE }, { 0x10000, 0x1EFFF },
};

static bool is_in(char32_t code_point, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count && code_point >= ranges[i].from; i++)
		if (code_point <= ranges[i].to)
			return true;
	return false;
}

static bool is_cjk(char32_t code_point)
{
	if (code_point >= 0x4E00 && code_point <= 0x9FFF)
		return true;
	return is_in(code_point, cjk_ranges, sizeof cjk_ranges / sizeof *cjk_ranges);
}

static bool is_word(char32_t code_point)
{
	return is_in(code_point, word_ranges, sizeof word_ranges / sizeof *word_ranges);
}

bool search_unit_next(struct search_scan *scan, struct search_unit *unit)
{
	size_t gap = scan->at, from = gap, to = gap;
	char32_t first = 0;
	while (to < scan->text.len) {
		from = to;
		first = utf8_next(scan->text, &to);
		if (is_cjk(first) || is_word(first))
			break;
		first = 0;
	}
	if (!first) {
		scan->at = scan->text.len;
		return false;
	}
	unit->cjk = is_cjk(first) ? first : 0;
	for (size_t next = to; !unit->cjk && next < scan->text.len; to = next)
		if (!is_word(utf8_next(scan->text, &next)))
			break;
	unit->text = (struct chunk){ scan->text.data + from, to - from };

	unit->joint = JOINT_NONE;
	if (scan->begun && (scan->after_cjk || unit->cjk)) {
		while (gap < from && scan->text.data[gap] == ' ')
			gap++;
		unit->joint = gap == from ? JOINT_BESIDE : JOINT_NONE;
	} else if (scan->begun && from == gap + 1 && strchr("-._:/@\\", scan->text.data[gap])) {
		unit->joint = scan->text.data[gap];
	}
	scan->at = to;
	scan->begun = true;
	scan->after_cjk = unit->cjk != 0;
	return true;
}
