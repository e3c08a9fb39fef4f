#include "base/version.h"

#include <stdio.h>

static char name[64] = VERSION;

void program_init(const char *sources)
{
	snprintf(name, sizeof name, "%s+%s", VERSION, sources);
}

const char *program_name(void)
{
	return name;
}
