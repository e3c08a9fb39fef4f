/* Whatever bytes come: what is read as JSON is, written and read again, written the same. */
#include <stdint.h>
#include <stdlib.h>

#include "source/json.h"
#include "text/encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct chunk text = encoding_decode(arena, (struct chunk){ (const char *)data, size }).text;
	const struct value *value = json_read(arena, "f", text, diags);
	if (!value && diags_errors(diags) == 0)
		abort();
	if (value) {
		json_print(value, size % 3, &first);
		const struct value *again = json_read(arena, "f", buf_chunk(&first), diags);
		if (!again)
			abort();
		json_print(again, size % 3, &second);
		if (!chunk_equal(buf_chunk(&first), buf_chunk(&second)))
			abort();
	}
	buf_free(&first);
	buf_free(&second);
	diags_free(diags);
	arena_free(arena);
	return 0;
}
