#include "report/comparison.h"

#include <string.h>

#include "report/wording.h"

enum { COLUMNS_MOST = 9, KEYS_MOST = 2 };

/* Where a view has figures, and what they are called. */
struct section {
	const char *path;            /* of a list, or of one object */
	const char *keys[KEYS_MOST]; /* members that tell the items of a list apart; none: one object */
	const char *title;           /* of one object; else an item's own name, or its keys */
	const char *behind;          /* the list of the rows it rests on; NULL: those that the item itself names */
	const char *shared;          /* member that those rows share with the item's name; NULL: all */
	struct {
		const char *name, *title;
	} columns[COLUMNS_MOST];
};

static const struct section sections[] = {
	{ .path = "targets.list",
	  .keys = { "id" },
	  .columns = { { "met", "达标" },
	               { "missed", "超时" },
	               { "running", "进行中" },
	               { "paused", "暂停" },
	               { "excluded", "不计" },
	               { "unknown", "无法判定" },
	               { "attainment", "达标率" },
	               { "median", "用时中位数" },
	               { "longest", "最长用时" } } },
	{ .path = "duties.list",
	  .keys = { "id" },
	  .columns = { { "times", "应完成" },
	               { "done", "按时" },
	               { "late", "逾期" },
	               { "missed", "未完成" },
	               { "waived", "免除" },
	               { "on_time", "按时率" } } },
	{ .path = "limits.list",
	  .keys = { "id", "period" },
	  .columns = { { "used", "已发生" }, { "left", "余量" }, { "verdict", "状态" } } },
	{ .path = "staff.rules",
	  .keys = { "name" },
	  .columns = { { "people", "人数" },
	               { "lowest", "最少人数" },
	               { "absent_days", "缺岗天数" },
	               { "uncovered_days", "无人顶岗天数" } } },
	{ .path = "payments",
	  .keys = { "name", "period" },
	  .columns = { { "paid", "付款日期" }, { "verdict", "状态" } } },
	{ .path = "appraisal.months",
	  .keys = { "window" },
	  .columns = { { "score", "考核得分" }, { "deduction", "扣款" } } },
	{ .path = "availability",
	  .keys = { "name" },
	  .behind = "incidents.list",
	  .shared = "system",
	  .columns = { { "percent", "可用率" }, { "outages", "中断次数" }, { "outage", "中断时长" } } },
	{ .path = "incidents.backlog",
	  .title = "事件",
	  .behind = "incidents.list",
	  .columns = { { "opening", "期初未恢复" },
	               { "reported", "受理" },
	               { "restored", "恢复" },
	               { "closing", "期末未恢复" } } },
	{ .path = "incidents.repair",
	  .title = "恢复用时",
	  .behind = "incidents.list",
	  .columns = { { "mean", "平均" },
	               { "median", "中位数" },
	               { "longest", "最长" },
	               { "reopened", "重新打开" } } },
	{ .path = "backups.series",
	  .keys = { "object", "kind" },
	  .columns = { { "times", "备份次数" }, { "failed", "失败次数" }, { "longest", "最长间隔" } } },
	{ .path = "metrics.list",
	  .keys = { "name", "unit" },
	  .columns = { { "low", "最低" }, { "mean", "平均" }, { "high", "最高" }, { "exceeded", "越过阈值" } } },
	{ .path = "findings",
	  .title = "问题整改",
	  .columns = { { "opening", "期初" },
	               { "opened", "新增" },
	               { "closed", "关闭" },
	               { "closing", "期末" },
	               { "overdue", "逾期" } } },
	{ .path = "requests",
	  .title = "服务请求",
	  .columns = { { "opening", "期初" }, { "opened", "新增" }, { "closed", "办结" }, { "closing", "期末" } } },
	{ .path = "risks",
	  .title = "风险",
	  .columns = { { "opening", "期初" }, { "opened", "新增" }, { "closed", "关闭" }, { "closing", "期末" } } },
};

/* The member that a path of names leads to, or NULL. */
static const struct value *follow(const struct value *value, const char *path)
{
	char name[32];
	while (value && *path) {
		size_t len = strcspn(path, ".");
		if (len >= sizeof name)
			die("the path %s is too long", path);
		memcpy(name, path, len);
		name[len] = '\0';
		value = value_get(value, name);
		path += path[len] == '.' ? len + 1 : len;
	}
	return value;
}

static const char *figure_text(struct arena *arena, const struct value *object, const char *name)
{
	const struct value *value = value_get(object, name);
	if (value && value->kind == VALUE_NUMBER)
		return wording_number(arena, value->as.number);
	return value && value->kind == VALUE_STRING ? value->as.string : WORDING_NONE;
}

/* All records that are named anywhere below value. */
static void gather_records(const struct value *value, struct map *names)
{
	if (value && value->kind == VALUE_ARRAY)
		for (size_t i = 0; i < value->as.array.count; i++)
			gather_records(value->as.array.items[i], names);
	if (!value || value->kind != VALUE_OBJECT)
		return;
	const char *name = value_get_string(value, "record");
	if (name)
		map_put(names, strchr(name, '/') + 1, names);
	for (size_t i = 0; i < value->as.object.count; i++)
		gather_records(value->as.object.members[i].value, names);
}

/* Two views, and what was found. */
struct matching {
	struct arena *arena;
	const struct value *before, *after;
	struct comparison found;
};

static void gather_shared(const struct section *section, const struct value *view, const char *name, struct map *names)
{
	const struct value *items = value_get(follow(view, section->behind), "items");
	for (size_t i = 0; items && i < items->as.array.count; i++) {
		const struct value *row = items->as.array.items[i];
		const char *shared = section->shared ? value_get_string(row, section->shared) : name;
		if (shared && strcmp(shared, name) == 0)
			gather_records(row, names);
	}
}

static const char *name_of(struct arena *arena, const struct section *section, const struct value *item)
{
	const char *name = section->title ? section->title : value_get_string(item, "name");
	if (name)
		return name;
	name = figure_text(arena, item, section->keys[0]);
	return section->keys[1] ? arena_printf(arena, "%s %s", name, figure_text(arena, item, section->keys[1])) : name;
}

/* old or new may be NULL: a row of one side only. */
static void match_objects(struct matching *matching, const struct section *section, const struct value *old,
                          const struct value *new)
{
	struct arena *arena = matching->arena;
	struct comparison *found = &matching->found;
	const struct value *any = new ? new : old;
	struct figure_difference difference = { .clause = value_get_string(any, "clause"),
		                                .name = name_of(arena, section, any) };
	map_init(&difference.records, arena);
	gather_records(old, &difference.records);
	gather_records(new, &difference.records);
	if (section->behind) {
		gather_shared(section, matching->before, difference.name, &difference.records);
		gather_shared(section, matching->after, difference.name, &difference.records);
	}
	for (size_t i = 0; i < COLUMNS_MOST && section->columns[i].name; i++) {
		difference.figure = section->columns[i].title;
		difference.before = figure_text(arena, old, section->columns[i].name);
		difference.after = figure_text(arena, new, section->columns[i].name);
		if (strcmp(difference.before, difference.after) != 0)
			arena_push(arena, found->items, found->count, found->capacity, difference);
	}
}

static bool same_keys(const struct section *section, const struct value *a, const struct value *b)
{
	for (size_t i = 0; i < KEYS_MOST && section->keys[i]; i++) {
		const char *left = value_get_string(a, section->keys[i]),
		           *right = value_get_string(b, section->keys[i]);
		if (strcmp(left ? left : "", right ? right : "") != 0)
			return false;
	}
	return true;
}

static const struct value *find_item(const struct section *section, const struct value *items, const struct value *like)
{
	for (size_t i = 0; items && i < items->as.array.count; i++)
		if (same_keys(section, items->as.array.items[i], like))
			return items->as.array.items[i];
	return NULL;
}

static void match_lists(struct matching *matching, const struct section *section, const struct value *before,
                        const struct value *after)
{
	const struct value *old = value_get(before, "items"), *new = value_get(after, "items");
	for (size_t i = 0; old && i < old->as.array.count; i++)
		match_objects(matching, section, old->as.array.items[i],
		              find_item(section, new, old->as.array.items[i]));
	for (size_t i = 0; new &&i < new->as.array.count; i++)
		if (!find_item(section, old, new->as.array.items[i]))
			match_objects(matching, section, NULL, new->as.array.items[i]);
}

/* How many records of each type there are. */
static void match_counts(struct matching *matching, const struct value *before, const struct value *after)
{
	static const struct section counts = { .keys = { "title" }, .columns = { { "times", "条数" } } };
	for (size_t i = 0; after && i < after->as.object.count; i++)
		match_objects(matching, &counts, value_get(before, after->as.object.members[i].name),
		              after->as.object.members[i].value);
}

struct comparison comparison_make(struct arena *arena, const struct value *before, const struct value *after)
{
	struct matching matching = { arena, before, after, { 0 } };
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		const struct value *old = follow(before, sections[i].path), *new = follow(after, sections[i].path);
		if (sections[i].keys[0])
			match_lists(&matching, &sections[i], old, new);
		else if (old || new)
			match_objects(&matching, &sections[i], old, new);
	}
	match_counts(&matching, value_get(before, "records"), value_get(after, "records"));
	return matching.found;
}

/* Text that people wrote, which no figure counts. */
static bool is_prose(const struct schema *schema, const char *name)
{
	size_t index = schema_field_index(schema, name);
	const struct schema_field *field = index == SIZE_MAX ? NULL : &schema->fields[index];
	return field && field->type == FIELD_STRING && !field->allowed_count && !field->references && !field->pattern &&
	       strcmp(name, "system") != 0 && strcmp(name, "level") != 0;
}

bool difference_rests_on(const struct figure_difference *difference, const struct provenance *provenance,
                         const struct event *event, const struct record *record)
{
	const struct life *life = &provenance->lives[event->life];
	const struct schema *schema = life_schema(provenance, life);
	bool counts = event->change != CHANGE_CHANGED || !schema;
	for (size_t i = 0; i < event->field_count && !counts; i++)
		counts = !is_prose(schema, event->fields[i].name);
	struct arena *arena = arena_new();
	bool found = map_get(&difference->records, arena_printf(arena, "%s/%s", life->type, life->id)) != NULL;
	for (size_t i = 0; record && i < record->schema->field_count && !found; i++) {
		const char *type = record->schema->fields[i].references;
		if (type && record->fields[i].present)
			found = map_get(&difference->records,
			                arena_printf(arena, "%s/%s", type, record->fields[i].text)) != NULL;
	}
	arena_free(arena);
	return counts && found;
}
