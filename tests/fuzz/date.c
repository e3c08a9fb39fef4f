/* Whatever text comes: what is read as a date or an instant reads the same in its canonical form,
 * which is no guess. */
#include <stdint.h>
#include <stdlib.h>

#include "text/encoding.h"
#include "time/instant.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct chunk text = encoding_decode(arena, (struct chunk){ (const char *)data, size }).text;
	struct instant instant, same_instant;
	struct date date, same_date;
	bool guessed;
	char canonical[INSTANT_TEXT];
	if (instant_parse(text, OFFSET_CHINA, &instant, &guessed)) {
		instant_format(instant, canonical);
		if (!instant_parse(chunk_of(canonical), 0, &same_instant, &guessed) || guessed ||
		    instant_compare(instant, same_instant) != 0 || instant.offset != same_instant.offset)
			abort();
	}
	if (date_parse(text, &date, &guessed)) {
		date_format(date, canonical);
		if (!date_parse(chunk_of(canonical), &same_date, &guessed) || guessed || date.day != same_date.day)
			abort();
	}
	arena_free(arena);
	return 0;
}
