#include "rules/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

struct spread spread_of(double *seconds, size_t count)
{
	struct spread spread = { .count = count };
	double sum = 0;
	if (!count)
		return spread;
	qsort(seconds, count, sizeof *seconds, by_size);
	for (size_t i = 0; i < count; i++)
		sum += seconds[i];
	spread.mean = sum / (double)count;
	spread.median = (seconds[(count - 1) / 2] + seconds[count / 2]) / 2;
	spread.p90 = seconds[(count * 9 + 9) / 10 - 1];
	spread.maximum = seconds[count - 1];
	return spread;
}

bool attainment(const struct target_figures *figures, double *percent)
{
	size_t met = figures->verdicts[VERDICT_MET], judged = met + figures->verdicts[VERDICT_MISSED];
	if (!judged)
		return false;
	*percent = (double)met * 100 / (double)judged;
	return true;
}

const char *attainment_text(struct arena *arena, const struct target_figures *figures)
{
	double percent;
	if (!attainment(figures, &percent))
		return "—";
	double tenths = round(percent * 10);
	if (tenths >= 1000 && figures->verdicts[VERDICT_MISSED])
		tenths = 999;
	if (tenths <= 0 && figures->verdicts[VERDICT_MET])
		tenths = 1;
	return arena_printf(arena, "%.1f%%", tenths / 10);
}

/* The row of the target that reading is of; versions of one id share a row. */
static struct target_figures *row_of(const struct target_figures_list *list, const struct target *target)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].target->item.id, target->item.id) == 0)
			return &list->items[i];
	return NULL;
}

/* What came before its clock began (a fault record filed before the incident was
 * reopened) took no time. */
static double seconds_taken(const struct clock_reading *reading)
{
	int64_t seconds = reading->to.seconds - reading->from.seconds - reading->paused_seconds;
	return seconds > 0 ? (double)seconds : 0;
}

static struct spread target_spread(const struct clock_list *clocks, const char *id)
{
	double *seconds = xcalloc(clocks->count + 1, sizeof *seconds);
	size_t count = 0;
	for (size_t i = 0; i < clocks->count; i++) {
		const struct clock_reading *reading = &clocks->items[i];
		bool judged = reading->verdict == VERDICT_MET || reading->verdict == VERDICT_MISSED;
		if (judged && reading->has_from && reading->has_to && strcmp(reading->target->item.id, id) == 0)
			seconds[count++] = seconds_taken(reading);
	}
	struct spread spread = spread_of(seconds, count);
	free(seconds);
	return spread;
}

struct target_figures_list target_figures(const struct ledger *ledger, const struct clock_list *clocks,
                                          struct span span, struct arena *arena)
{
	const struct contract *contract = ledger->contract;
	struct target_figures_list list = { .count = 0 };
	for (size_t i = 0; i < contract->target_count; i++) {
		const struct target *target = &contract->targets[i];
		struct target_figures *row = row_of(&list, target);
		if (!item_valid_in(&target->item, span))
			continue;
		if (row) {
			row->target = target;
			continue;
		}
		struct target_figures figures = { .target = target };
		arena_push(arena, list.items, list.count, list.capacity, figures);
	}
	for (size_t i = 0; i < clocks->count; i++) {
		struct target_figures *row = row_of(&list, clocks->items[i].target);
		if (!row)
			continue;
		row->verdicts[clocks->items[i].verdict]++;
		row->provisional |= clocks->items[i].provisional;
	}
	for (size_t i = 0; i < list.count; i++)
		list.items[i].spread = target_spread(clocks, list.items[i].target->item.id);
	return list;
}
