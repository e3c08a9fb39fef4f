#include "text/width.h"

#include <unicode/uchar.h>

#include "text/utf8.h"

size_t text_width(const char *text)
{
	struct chunk chunk = chunk_of(text);
	size_t width = 0;
	for (size_t offset = 0; offset < chunk.len;) {
		UChar32 character = (UChar32)utf8_next(chunk, &offset);
		int kind = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
		if (u_charType(character) == U_NON_SPACING_MARK || u_charType(character) == U_ENCLOSING_MARK)
			continue;
		width += kind == U_EA_WIDE || kind == U_EA_FULLWIDTH ? 2 : 1;
	}
	return width;
}
