#include "document/chart.h"

struct drawing *chart_draw(struct arena *arena, const struct value *data, double width, struct diags *diags)
{
	(void)arena;
	(void)width;
	const char *type = value_get_string(data, "type");
	DIAG(diags, data->place, MSG_CHART_TYPE, type ? type : "", "");
	return NULL;
}
