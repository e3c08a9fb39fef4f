#include "text/collation.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>

#include "base/memory.h"

struct collator {
	UCollator *collation;
};

static void check(UErrorCode error)
{
	if (U_FAILURE(error))
		die("ICU cannot collate: %s", u_errorName(error));
}

struct collator *collator_new(void)
{
	UErrorCode error = U_ZERO_ERROR;
	struct collator *collator = xcalloc(1, sizeof *collator);
	collator->collation = ucol_open("zh@collation=pinyin", &error);
	check(error);
	ucol_setAttribute(collator->collation, UCOL_NUMERIC_COLLATION, UCOL_ON, &error);
	check(error);
	return collator;
}

void collator_free(struct collator *collator)
{
	if (!collator)
		return;
	ucol_close(collator->collation);
	free(collator);
}

int collator_compare(const struct collator *collator, const char *a, const char *b)
{
	UErrorCode error = U_ZERO_ERROR;
	UCollationResult order = ucol_strcollUTF8(collator->collation, a, -1, b, -1, &error);
	check(error);
	return order != UCOL_EQUAL ? (int)order : strcmp(a, b);
}
