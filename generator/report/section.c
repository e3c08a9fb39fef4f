#include "report/section.h"

#include <string.h>

#include "report/wording.h"

static const struct section sections[] = {
	{ .path = "targets.list",
	  .told = 2,
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
	  .told = 4,
	  .keys = { "id" },
	  .columns = { { "times", "应完成" },
	               { "done", "按时" },
	               { "late", "逾期" },
	               { "missed", "未完成" },
	               { "waived", "免除" },
	               { "on_time", "按时率" } } },
	{ .path = "limits.list",
	  .told = 2,
	  .keys = { "id", "period" },
	  .columns = { { "used", "已发生" }, { "left", "余量" }, { "verdict", "状态" } } },
	{ .path = "staff.rules",
	  .keys = { "name" },
	  .columns = { { "people", "人数" },
	               { "lowest", "最少人数" },
	               { "absent_days", "缺岗天数" },
	               { "uncovered_days", "无人顶岗天数" } } },
	{ .path = "payments",
	  .told = 2,
	  .keys = { "name", "period" },
	  .columns = { { "paid", "付款日期" }, { "verdict", "状态" } } },
	{ .path = "appraisal.months",
	  .told = 2,
	  .keys = { "window" },
	  .columns = { { "score", "考核得分" }, { "deduction", "扣款" } } },
	{ .path = "availability",
	  .told = 3,
	  .keys = { "name" },
	  .behind = "incidents.list",
	  .shared = "system",
	  .columns = { { "percent", "可用率" }, { "outages", "中断次数" }, { "outage", "中断时长" } } },
	{ .path = "incidents.backlog",
	  .told = 4,
	  .title = "事件",
	  .behind = "incidents.list",
	  .columns = { { "opening", "期初未恢复" },
	               { "reported", "受理" },
	               { "restored", "恢复" },
	               { "closing", "期末未恢复" } } },
	{ .path = "incidents.repair",
	  .told = 4,
	  .title = "恢复用时",
	  .behind = "incidents.list",
	  .columns = { { "mean", "平均" },
	               { "median", "中位数" },
	               { "longest", "最长" },
	               { "reopened", "重新打开" } } },
	{ .path = "backups.series",
	  .told = 2,
	  .keys = { "object", "kind" },
	  .columns = { { "times", "备份次数" }, { "failed", "失败次数" }, { "longest", "最长间隔" } } },
	{ .path = "metrics.list",
	  .told = 4,
	  .keys = { "name", "unit" },
	  .columns = { { "low", "最低" }, { "mean", "平均" }, { "high", "最高" }, { "exceeded", "越过阈值" } } },
	{ .path = "findings",
	  .told = 4,
	  .title = "问题整改",
	  .columns = { { "opening", "期初" },
	               { "opened", "新增" },
	               { "closed", "关闭" },
	               { "closing", "期末" },
	               { "overdue", "逾期" } } },
	{ .path = "requests",
	  .told = 4,
	  .title = "服务请求",
	  .columns = { { "opening", "期初" }, { "opened", "新增" }, { "closed", "办结" }, { "closing", "期末" } } },
	{ .path = "risks",
	  .told = 4,
	  .title = "风险",
	  .columns = { { "opening", "期初" }, { "opened", "新增" }, { "closed", "关闭" }, { "closing", "期末" } } },
	{ .path = "knowledge.incidents",
	  .told = 2,
	  .title = "事件引用知识文章",
	  .columns = { { "closed", "办结" }, { "citing", "引用" } } },
	{ .path = "knowledge.requests",
	  .told = 2,
	  .title = "服务请求引用知识文章",
	  .columns = { { "closed", "办结" }, { "citing", "引用" } } },
	{ .path = "knowledge.changed", .told = 1, .keys = { "title" }, .columns = { { "times", "复审后变更" } } },
};

const struct section *section_all(size_t *count)
{
	*count = sizeof sections / sizeof *sections;
	return sections;
}

struct value *section_follow(const struct value *view, const char *path)
{
	struct value *value = NULL;
	char name[32];
	while (*path) {
		size_t len = strcspn(path, ".");
		if (len >= sizeof name)
			die("the path %s is too long", path);
		memcpy(name, path, len);
		name[len] = '\0';
		value = value_get(value ? value : view, name);
		if (!value)
			return NULL;
		path += path[len] == '.' ? len + 1 : len;
	}
	return value;
}

const char *section_text(struct arena *arena, const struct value *object, const char *name)
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
		map_put(names, name, names);
	for (size_t i = 0; i < value->as.object.count; i++)
		gather_records(value->as.object.members[i].value, names);
}

static void gather_shared(const struct section *section, const struct value *view, const char *name,
                          struct map *records)
{
	const struct value *items = value_get(section_follow(view, section->behind), "items");
	for (size_t i = 0; items && i < items->as.array.count; i++) {
		const struct value *row = items->as.array.items[i];
		const char *shared = section->shared ? value_get_string(row, section->shared) : name;
		if (shared && strcmp(shared, name) == 0)
			gather_records(row, records);
	}
}

void section_records(const struct section *section, const struct value *view, const struct value *item,
                     const char *name, struct map *records)
{
	gather_records(item, records);
	if (section->behind)
		gather_shared(section, view, name, records);
}

const char *section_name(struct arena *arena, const struct section *section, const struct value *item)
{
	const char *name = section->title ? section->title : value_get_string(item, "name");
	if (name)
		return name;
	name = section_text(arena, item, section->keys[0]);
	return section->keys[1] ? arena_printf(arena, "%s %s", name, section_text(arena, item, section->keys[1]))
	                        : name;
}
