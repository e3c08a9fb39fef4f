#include "rules/clock_steps.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/diag.h"

__attribute__((format(printf, 3, 4))) static void add(struct arena *arena, struct clock_reading *reading,
                                                      const char *format, ...)
{
	if (!arena)
		return;
	va_list args;
	va_start(args, format);
	const char *step = arena_vprintf(arena, format, args);
	va_end(args);
	arena_push(arena, reading->steps, reading->step_count, reading->step_capacity, step);
}

/* The Chinese title of a field of the record's type. */
static const char *title(const struct clock_reading *reading, const char *field)
{
	const struct schema *schema = reading->record->schema;
	size_t index = schema_field_index(schema, field);
	return index == SIZE_MAX ? field : schema->fields[index].title;
}

void step_start(struct arena *arena, struct clock_reading *reading)
{
	char text[INSTANT_TEXT];
	const struct target *target = reading->target;
	if (reading->level && match_condition(&target->applies, "level"))
		add(arena, reading, translate("judged by level %s"), reading->level);
	if (target->from)
		add(arena, reading, translate("starts with %s: %s"), title(reading, target->from),
		    instant_format(reading->from, text));
}

void step_missed(struct arena *arena, struct clock_reading *reading, const struct target *missed)
{
	char text[INSTANT_TEXT];
	add(arena, reading, translate("starts when \"%s\" was missed: %s"), missed->item.name,
	    instant_format(reading->from, text));
}

void step_absent(struct arena *arena, struct clock_reading *reading, const char *field)
{
	add(arena, reading, translate("%s is not filled in"), title(reading, field));
}

void step_agreed(struct arena *arena, struct clock_reading *reading)
{
	char text[INSTANT_TEXT];
	add(arena, reading, translate("deadline agreed in %s: %s"), title(reading, reading->target->by),
	    instant_format(reading->deadline, text));
}

void step_within(struct arena *arena, struct clock_reading *reading, const struct allowance *allowance,
                 const struct deadline *deadline)
{
	static const char *const units[] = {
		[UNIT_MINUTE] = "m", [UNIT_HOUR] = "h", [UNIT_WORKING_HOUR] = "wh", [UNIT_WORKING_DAY] = "wd",
		[UNIT_DAY] = "d",    [UNIT_WEEK] = "w", [UNIT_MONTH] = "mo",        [UNIT_YEAR] = "y",
	};
	char text[INSTANT_TEXT];
	if (!arena)
		return;
	add(arena, reading, translate("limit %d%s (%s)"), allowance->within.amount, units[allowance->within.unit],
	    reading->target->item.clause);
	for (size_t i = 0; i < deadline->step_count; i++)
		add(arena, reading, "%s: %s", deadline->steps[i].rule, deadline->steps[i].text);
	add(arena, reading, translate("deadline %s"), instant_format(deadline->at, text));
}

void step_paused(struct arena *arena, struct clock_reading *reading)
{
	char text[INSTANT_TEXT];
	if (reading->paused_seconds && reading->has_deadline)
		add(arena, reading, translate("stood still for %.0f minutes, deadline moved to %s"),
		    (double)reading->paused_seconds / 60, instant_format(reading->deadline, text));
	if (!reading->has_deadline)
		add(arena, reading, "%s", translate("stands still now"));
}

void step_verdict(struct arena *arena, struct clock_reading *reading, struct instant as_of)
{
	char text[INSTANT_TEXT];
	const char *verdict = verdict_title(reading->verdict);
	if (reading->has_to)
		add(arena, reading, translate("%s at %s: %s"), title(reading, reading->target->to),
		    instant_format(reading->to, text), verdict);
	else
		add(arena, reading, translate("%s not by %s: %s"), title(reading, reading->target->to),
		    instant_format(as_of, text), verdict);
}
