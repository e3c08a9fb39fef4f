/* Whatever bytes come: what is decoded is well-formed UTF-8 without NUL, its faults are where they
 * are said to be, and decoding it again changes nothing. */
#include <stdint.h>
#include <stdlib.h>

#include "text/encoding.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct decoded decoded = encoding_decode(arena, (struct chunk){ (const char *)data, size });
	if (utf8_first_fault(decoded.text) != decoded.text.len)
		abort();
	size_t at = decoded.first_fault;
	if (decoded.fault_count ? at >= decoded.text.len || utf8_next(decoded.text, &at) != 0xFFFD
	                        : at != decoded.text.len)
		abort();
	struct decoded again = encoding_decode(arena, decoded.text);
	if (again.encoding == ENCODING_UTF8 && !chunk_equal(decoded.text, again.text))
		abort();
	arena_free(arena);
	return 0;
}
