#include "text/pattern.h"

#include <stdint.h>
#include <stdlib.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include "base/memory.h"

enum { MOST_STEPS = 200 }; /* in units of ICU, each a fraction of a millisecond */

struct pattern {
	URegularExpression *regex;
	UChar *text;
	size_t capacity; /* of text */
};

/* Puts the UTF-16 of text into pattern->text; false when that is no well-formed UTF-8. */
static bool set_text(struct pattern *pattern, struct chunk text, int32_t *len)
{
	UErrorCode status = U_ZERO_ERROR;
	if (text.len >= INT32_MAX)
		return false;
	if (text.len > pattern->capacity) {
		pattern->capacity = text.len * 2;
		pattern->text = xreallocarray(pattern->text, pattern->capacity, sizeof *pattern->text);
	}
	u_strFromUTF8(pattern->text, (int32_t)pattern->capacity, len, text.len ? text.data : "", (int32_t)text.len,
	              &status);
	return U_SUCCESS(status);
}

struct pattern *pattern_new(const char *expression)
{
	struct pattern *pattern = xcalloc(1, sizeof *pattern);
	UErrorCode status = U_ZERO_ERROR;
	int32_t len;
	if (set_text(pattern, chunk_of(expression), &len)) {
		pattern->regex = uregex_open(pattern->text, len, 0, NULL, &status);
		uregex_setTimeLimit(pattern->regex, MOST_STEPS, &status);
	}
	if (U_SUCCESS(status) && pattern->regex)
		return pattern;
	pattern_free(pattern);
	return NULL;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	uregex_close(pattern->regex);
	free(pattern->text);
	free(pattern);
}

bool pattern_matches(struct pattern *pattern, struct chunk text)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t len;
	if (!set_text(pattern, text, &len))
		return false;
	uregex_setText(pattern->regex, pattern->text, len, &status);
	bool matches = uregex_matches(pattern->regex, -1, &status);
	return U_SUCCESS(status) && matches;
}
