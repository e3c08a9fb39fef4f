#include "proof/comparer.h"

#include <string.h>

enum { MOST_USES = 1000 };

void comparer_open(struct comparer *comparer, const struct schema *schema, int32_t offset)
{
	comparer->faults = diags_new();
	comparer->scratch = arena_new();
	comparer->uses = 0;
	field_reader_open(&comparer->reader, comparer->scratch, schema, offset, comparer->faults);
}

void comparer_close(struct comparer *comparer)
{
	field_reader_close(&comparer->reader);
	diags_free(comparer->faults);
	arena_free(comparer->scratch);
}

static void clear(struct comparer *comparer)
{
	comparer->uses = 0;
	diags_free(comparer->faults);
	arena_free(comparer->scratch);
	comparer->reader.diags = comparer->faults = diags_new();
	comparer->reader.arena = comparer->scratch = arena_new();
}

bool comparer_same(struct comparer *comparer, size_t field, const char *a, const char *b)
{
	static const struct place nowhere;
	enum field_type type = comparer->reader.schema->fields[field].type;
	if (strcmp(a, b) == 0)
		return true;
	if (type == FIELD_ARRAY || type == FIELD_OBJECT)
		return false;
	if (++comparer->uses > MOST_USES)
		clear(comparer);
	struct field left = field_of_text(&comparer->reader, field, chunk_of(a), nowhere);
	struct field right = field_of_text(&comparer->reader, field, chunk_of(b), nowhere);
	if (!left.present || !right.present)
		return false;
	if (type == FIELD_INTEGER || type == FIELD_NUMBER)
		return left.as.number == right.as.number;
	if (type == FIELD_DATETIME)
		return left.as.instant.seconds == right.as.instant.seconds;
	return strcmp(left.text, right.text) == 0;
}
