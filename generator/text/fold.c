#include "text/fold.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/memory.h"

char32_t fold_width(char32_t code_point)
{
	if (code_point >= 0xFF01 && code_point <= 0xFF5E)
		return code_point - 0xFF01 + '!';
	return code_point == 0x3000 ? ' ' : code_point;
}

static bool is_ascii(struct chunk text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] >= 0x80)
			return false;
	return true;
}

static void fold_ascii(struct chunk text, struct buf *out)
{
	buf_reserve(out, text.len);
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.data[i];
		buf_putc(out, byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte);
	}
}

static void check(UErrorCode error)
{
	if (U_FAILURE(error))
		die("ICU cannot fold text: %s", u_errorName(error));
}

void fold_for_search(struct chunk text, struct buf *out)
{
	if (is_ascii(text)) {
		fold_ascii(text, out);
		return;
	}
	/* NFKC makes at most 18 units of 3 bytes (U+FDFA). */
	if (text.len > INT32_MAX / 18)
		die("text of %zu bytes is too long to fold", text.len);
	int32_t len = (int32_t)text.len, room = len * 6 + 1;
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&error);
	check(error);
	UChar *source = xreallocarray(NULL, (size_t)len + 1, sizeof *source);
	UChar *composed = xreallocarray(NULL, (size_t)room, sizeof *composed);
	int32_t source_len;
	u_strFromUTF8(source, len + 1, &source_len, text.data, len, &error);
	int32_t composed_len = unorm2_normalize(nfkc, source, source_len, composed, room, &error);
	check(error);
	/* Measured first: the one error then expected is the full buffer's. */
	int32_t lower_len = u_strToLower(NULL, 0, composed, composed_len, "", &error);
	error = U_ZERO_ERROR;
	UChar *lower = xreallocarray(source, (size_t)lower_len + 1, sizeof *lower);
	u_strToLower(lower, lower_len + 1, composed, composed_len, "", &error);
	check(error);
	int32_t bytes = lower_len * 3;
	buf_reserve(out, (size_t)bytes);
	int32_t written;
	u_strToUTF8(out->data + out->len, bytes + 1, &written, lower, lower_len, &error);
	check(error);
	out->len += (size_t)written;
	free(lower);
	free(composed);
}
