#include "proof/pdf_date.h"

#include <stdio.h>
#include <string.h>

const char *pdf_date_format(struct instant instant, char out[PDF_DATE_TEXT])
{
	char iso[INSTANT_TEXT];
	instant_format(instant, iso);
	snprintf(out, PDF_DATE_TEXT, "D:%.4s%.2s%.2s%.2s%.2s%.2s%.3s'%.2s'", iso, iso + 5, iso + 8, iso + 11, iso + 14,
	         iso + 17, iso + 19, iso + 23);
	return out;
}

/* The number that so many digits at *at write; absent at the end of the text. */
static bool take(struct chunk text, size_t *at, size_t digits, int absent, int *out)
{
	*out = *at == text.len ? absent : 0;
	if (*at == text.len)
		return true;
	for (size_t i = 0; i < digits; i++, ++*at) {
		if (*at == text.len || text.data[*at] < '0' || text.data[*at] > '9')
			return false;
		*out = *out * 10 + text.data[*at] - '0';
	}
	return true;
}

bool pdf_date_parse(struct chunk text, struct instant *out)
{
	int year, part[5] = { 1, 1, 0, 0, 0 }, hours = 0, minutes = 0, sign = 0;
	size_t at = 2;
	if (text.len < 6 || memcmp(text.data, "D:", 2) != 0 || !take(text, &at, 4, 0, &year))
		return false;
	for (size_t i = 0; i < 5 && at < text.len && !strchr("+-Z", text.data[at]); i++)
		if (!take(text, &at, 2, 0, &part[i]))
			return false;
	if (at < text.len)
		sign = text.data[at] == '-' ? -1 : text.data[at] == '+' ? 1 : 0;
	if (at < text.len && !strchr("+-Z", text.data[at++]))
		return false;
	if (!take(text, &at, 2, 0, &hours))
		return false;
	if (at < text.len && text.data[at++] != '\'')
		return false;
	if (!take(text, &at, 2, 0, &minutes))
		return false;
	if (at < text.len && text.data[at++] != '\'')
		return false;
	if (at != text.len || year == 0 || !date_is_valid(year, part[0], part[1]) || part[2] > 23 || part[3] > 59 ||
	    part[4] > 59 || hours > 23 || minutes > 59)
		return false;
	*out = instant_at(date_of_ymd(year, part[0], part[1]), part[2] * 3600 + part[3] * 60 + part[4],
	                  sign * (hours * 3600 + minutes * 60));
	return true;
}
