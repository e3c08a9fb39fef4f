#include "document/flowchart.h"

#include <string.h>

#include "base/buffer.h"
#include "base/map.h"
#include "document/fields.h"
#include "document/flowchart_parts.h"

struct reader {
	struct flowchart *chart;
	struct diags *diags;
	const struct value *list; /* the steps */
	struct map ids;           /* to the steps */
	bool ok;
};

static void fault(struct reader *reader, struct place place, enum message message, const char *argument)
{
	DIAG(reader->diags, place, message, argument);
	reader->ok = false;
}

static const char *count_text(const struct reader *reader, size_t count)
{
	return arena_printf(reader->chart->arena, "%zu", count);
}

static void too_many(struct reader *reader, struct place place, size_t count, size_t most)
{
	DIAG(reader->diags, place, MSG_CHART_MANY, count_text(reader, count), count_text(reader, most));
	reader->ok = false;
}

static enum step_kind read_kind(struct fields *fields)
{
	static const char *const names[] = {
		[STEP_PLAIN] = "step", [STEP_START] = "start", [STEP_END] = "end", [STEP_DECISION] = "decision"
	};
	const char *name = fields_string(fields, "kind", false);
	for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return (enum step_kind)i;
	if (name)
		fields_wrong(fields, value_get(fields->object, "kind"), "kind", "step, start, end, decision");
	return STEP_PLAIN;
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static void read_step(struct reader *reader, const struct value *value, struct step *step)
{
	static const char *const names[] = { "id", "text", "kind", "who", "limit", "next", NULL };
	struct fields fields = fields_of(value, "flow.step", names, reader->diags);
	step->place = value->place;
	step->text = or_empty(fields_string(&fields, "text", true));
	if (step->text[0] == '\0' && fields.ok)
		fault(reader, value->place, MSG_FLOW_EMPTY, NULL);
	step->who = or_empty(fields_string(&fields, "who", false));
	step->limit = or_empty(fields_string(&fields, "limit", false));
	step->kind = read_kind(&fields);
	const char *id = fields_string(&fields, "id", false);
	if (id && map_get(&reader->ids, id))
		fault(reader, value_get(value, "id")->place, MSG_FLOW_ID_TWICE, id);
	else if (id)
		map_put(&reader->ids, id, step);
	reader->ok = reader->ok && fields.ok;
}

static void add_way(struct reader *reader, size_t from, size_t to, const char *label, struct place place)
{
	struct flowchart *chart = reader->chart;
	size_t rank = 0;
	for (size_t i = chart->way_count; i-- > 0 && chart->ways[i].from == from; rank++) {
		if (chart->ways[i].to == to) {
			fault(reader, place, MSG_FLOW_WAY_TWICE, chart->steps[to].text);
			return;
		}
	}
	if (from == to) {
		fault(reader, place, MSG_FLOW_ITSELF, chart->steps[to].text);
		return;
	}
	struct way way = { .from = from, .to = to, .place = place, .label = label, .rank = rank };
	arena_push(chart->arena, chart->ways, chart->way_count, chart->way_capacity, way);
	if (chart->way_count == FLOW_WAYS_MOST + 1)
		too_many(reader, place, chart->way_count, FLOW_WAYS_MOST);
}

static void read_way(struct reader *reader, size_t from, const char *label, const struct value *id)
{
	if (id->kind != VALUE_STRING) {
		DIAG(reader->diags, id->place, MSG_BLOCK_WRONG_KIND, "flow.step", "next",
		     translate("the id of a step"));
		reader->ok = false;
		return;
	}
	const struct step *to = map_get(&reader->ids, id->as.string);
	if (!to)
		fault(reader, id->place, MSG_FLOW_STEP_UNKNOWN, id->as.string);
	else
		add_way(reader, from, (size_t)(to - reader->chart->steps), label, id->place);
}

/* "next" of other steps: one id, a list of ids, or the step that stands below. */
static void read_next(struct reader *reader, size_t from, const struct value *next)
{
	struct flowchart *chart = reader->chart;
	if (!next && from + 1 < chart->step_count) {
		add_way(reader, from, from + 1, "", chart->steps[from].place);
	} else if (!next || (next->kind == VALUE_ARRAY && next->as.array.count == 0)) {
		fault(reader, next ? next->place : chart->steps[from].place, MSG_FLOW_OPEN, chart->steps[from].text);
	} else if (next->kind == VALUE_ARRAY) {
		if (next->as.array.count > FLOW_BRANCHES_MOST)
			too_many(reader, next->as.array.items[FLOW_BRANCHES_MOST]->place, next->as.array.count,
			         FLOW_BRANCHES_MOST);
		for (size_t i = 0; i < next->as.array.count; i++)
			read_way(reader, from, "", next->as.array.items[i]);
	} else {
		read_way(reader, from, "", next);
	}
}

/* "next" of a decision: the name of each way, and where it leads. */
static void read_branches(struct reader *reader, size_t from, const struct value *next)
{
	size_t count = next && next->kind == VALUE_OBJECT ? next->as.object.count : 0;
	if (next && next->kind != VALUE_OBJECT) {
		DIAG(reader->diags, next->place, MSG_BLOCK_WRONG_KIND, "flow.step", "next",
		     translate(
		         "the name of each way and the step that it leads to, as in {\"yes\": \"a\", \"no\": \"b\"}"));
		reader->ok = false;
		read_next(reader, from, next); /* so that no step seems unreached */
	} else if (count < 2) {
		fault(reader, next ? next->place : reader->chart->steps[from].place, MSG_FLOW_ONE_WAY,
		      reader->chart->steps[from].text);
	} else if (count > FLOW_BRANCHES_MOST) {
		too_many(reader, next->as.object.members[FLOW_BRANCHES_MOST].place, count, FLOW_BRANCHES_MOST);
	}
	for (size_t i = 0; i < count; i++)
		read_way(reader, from, next->as.object.members[i].name, next->as.object.members[i].value);
}

static void read_ways(struct reader *reader, size_t from)
{
	const struct step *step = &reader->chart->steps[from];
	const struct value *next = value_get(reader->list->as.array.items[from], "next");
	if (next && next->kind == VALUE_NULL)
		next = NULL;
	if (step->kind == STEP_DECISION)
		read_branches(reader, from, next);
	else if (step->kind != STEP_END)
		read_next(reader, from, next);
	else if (next)
		fault(reader, next->place, MSG_FLOW_END_LEADS, step->text);
}

static void reach(const struct flowchart *chart, size_t from, bool *reached)
{
	if (reached[from])
		return;
	reached[from] = true;
	for (size_t i = 0; i < chart->way_count; i++)
		if (chart->ways[i].from == from)
			reach(chart, chart->ways[i].to, reached);
}

/* Each step is led to: by a way, and in the end from where the process begins. */
static void check_reached(struct reader *reader)
{
	const struct flowchart *chart = reader->chart;
	bool reached[FLOW_STEPS_MOST] = { false }, led_to[FLOW_STEPS_MOST] = { true }, all_led_to = true;
	for (size_t i = 0; i < chart->way_count; i++)
		led_to[chart->ways[i].to] = true;
	for (size_t i = 0; i < chart->step_count; i++) {
		bool begins = i == 0 || chart->steps[i].kind == STEP_START;
		if (begins)
			reach(chart, i, reached);
		else if (!led_to[i])
			fault(reader, chart->steps[i].place, MSG_FLOW_UNREACHED, chart->steps[i].text);
		all_led_to = all_led_to && (begins || led_to[i]);
	}
	for (size_t i = 0; all_led_to && i < chart->step_count; i++) {
		if (!reached[i]) {
			fault(reader, chart->steps[i].place, MSG_FLOW_UNREACHED, chart->steps[i].text);
			return;
		}
	}
}

bool flowchart_read(struct flowchart *chart, const struct value *data, struct diags *diags)
{
	static const char *const names[] = { "title", "steps", NULL };
	struct fields fields = fields_of(data, "flow", names, diags);
	struct reader reader = { .chart = chart, .diags = diags, .ok = true };
	chart->title = or_empty(fields_string(&fields, "title", true));
	reader.list = fields_list(&fields, "steps", true);
	size_t count = reader.list ? reader.list->as.array.count : 0;
	if (reader.list && count == 0)
		fields_wrong(&fields, reader.list, "steps", translate("a list that is not empty"));
	if (count > FLOW_STEPS_MOST) {
		too_many(&reader, reader.list->as.array.items[FLOW_STEPS_MOST]->place, count, FLOW_STEPS_MOST);
		return false;
	}
	map_init(&reader.ids, chart->arena);
	chart->steps = arena_alloc(chart->arena, (count + 1) * sizeof *chart->steps);
	chart->step_count = count;
	for (size_t i = 0; i < count; i++)
		read_step(&reader, reader.list->as.array.items[i], &chart->steps[i]);
	for (size_t i = 0; i < count; i++)
		read_ways(&reader, i);
	check_reached(&reader);
	return fields.ok && reader.ok;
}

/* "登记（热线，15分钟内），接“判定”；判定，是：接“通知”，否：接“处理”；…。" */
const char *flowchart_describe(const struct flowchart *chart)
{
	struct buf text = BUF_INIT;
	for (size_t i = 0; i < chart->step_count; i++) {
		const struct step *step = &chart->steps[i];
		buf_printf(&text, "%s%s", i > 0 ? "；" : "", step->text);
		if (*step->who || *step->limit)
			buf_printf(&text, "（%s%s%s）", step->who, *step->who && *step->limit ? "，" : "", step->limit);
		for (size_t j = 0; j < chart->way_count; j++) {
			const struct way *way = &chart->ways[j];
			if (way->from == i)
				buf_printf(&text, "，%s%s接“%s”", way->label, *way->label ? "：" : "",
				           chart->steps[way->to].text);
		}
	}
	buf_puts(&text, "。");
	const char *copy = arena_strdup(chart->arena, buf_str(&text));
	buf_free(&text);
	return copy;
}

/* Arranges the chart with so many steps side by side at most; false where it finds
 * no room, after a diagnostic if diags is not NULL. */
static bool arrange(struct flowchart *chart, size_t side_by_side, double width, struct plan *plan, struct diags *diags)
{
	flowchart_rows(chart, side_by_side);
	flowchart_columns(chart, side_by_side);
	const struct way *crowded = flowchart_routes(chart);
	if (!crowded)
		crowded = flowchart_tracks(chart);
	if (!crowded && flowchart_plan(chart, width, plan))
		return true;
	if (diags && crowded)
		DIAG(diags, crowded->place, MSG_FLOW_CROWDED, chart->steps[crowded->to].text);
	else if (diags)
		DIAG(diags, chart->place, MSG_FLOW_WIDE);
	return false;
}

struct drawing *flowchart_draw(struct arena *arena, const struct value *data, double width, struct diags *diags)
{
	struct flowchart chart = { .arena = arena, .place = data->place };
	struct plan plan;
	if (!flowchart_read(&chart, data, diags))
		return NULL;
	size_t side_by_side = FLOW_COLUMNS_MOST;
	while (!arrange(&chart, side_by_side, width, &plan, side_by_side == 1 ? diags : NULL))
		if (--side_by_side == 0)
			return NULL;
	if (plan.height > FLOW_HEIGHT_MOST) {
		DIAG(diags, data->place, MSG_FLOW_HIGH, arena_printf(arena, "%.0f", plan.height),
		     arena_printf(arena, "%d", FLOW_HEIGHT_MOST));
		return NULL;
	}
	flowchart_untangle(&plan);
	struct drawing *drawing = flowchart_paint(&plan, width);
	drawing->description = flowchart_describe(&chart);
	return drawing;
}
