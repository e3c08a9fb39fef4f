#include "site/audit_page.h"

#include <math.h>
#include <string.h>

#include "report/past.h"
#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "site/record_pages.h"
#include "source/csv_print.h"
#include "source/json.h"

const struct audit *site_audit(struct arena *arena, const struct site *site, const struct reporter *reporter)
{
	messages_speak_chinese(true);
	struct audit *audit = audit_run(arena, NULL, site->provenance, reporter->source.ledger, NULL, site->diags);
	audit->figures = past_figures(arena, reporter->since, reporter->seals.count);
	messages_speak_chinese(false);
	return audit;
}

static const char *explanation(enum flag_kind kind)
{
	static const char *const texts[FLAG_KIND_COUNT] = {
		[FLAG_RECORDED_LATE] = "首次提交晚于合同约定的录入时限。",
		[FLAG_FUTURE_DATED] = "记录中的时间晚于写入它的提交五分钟以上。",
		[FLAG_COMMIT_BEFORE_PARENT] = "提交时间早于上级提交五分钟以上。",
		[FLAG_MISS_BECAME_HIT] = "期限过后改了已填的值，或补记了暂停等，原超时的指标因此达标。",
		[FLAG_CHANGED_AFTER_SIGNING] = "报告签收后，该期间的记录被改写或删除。",
		[FLAG_ID_REUSED] = "编号先后或同时用于不同的记录。",
		[FLAG_EDIT_IN_REORDER] = "移动了多行的提交同时改写或删除了记录。",
		[FLAG_DROPPED_BY_MERGE] = "合并时丢失了任何一方都没有删除的记录。",
		[FLAG_HISTORY_REWRITTEN] = "签收所指的提交不在现有历史中。",
	};
	return texts[kind];
}

struct value *audit_flag_row(struct page *page, const struct audit *audit, const struct flag *flag, struct value *rows)
{
	struct arena *arena = page->arena;
	struct value *row = value_push(arena, rows, value_object(arena));
	view_text(arena, row, "flag", flag_name(flag->kind));
	view_text(arena, row, "title", flag->title);
	view_text(arena, row, "fact", flag->fact);
	view_text(arena, row, "reason", flag->reason);
	view_text(arena, row, "commit", flag->commit ? flag->commit->facts.id : NULL);
	view_text(arena, row, "short",
	          flag->commit ? arena_strndup(arena, flag->commit->facts.id, COMMIT_SHORT) : NULL);
	view_text(arena, row, "author", flag->commit ? flag->commit->facts.author.name : NULL);
	view_text(arena, row, "when",
	          flag->commit
	              ? wording_instant(arena, flag->commit->facts.committer.at, audit->ledger->contract->offset)
	              : NULL);
	view_text(arena, row, "grade", flag->commit ? grade_letter(grade_of(&audit->grades, flag->commit)) : NULL);
	return row;
}

/* The page of CONTRACT/TYPE/ID, which may be of one that is gone. */
static const char *page_of(struct arena *arena, const char *record)
{
	const char *type = strchr(record, '/') + 1, *id = strchr(type, '/') + 1;
	return record_url(arena, arena_strndup(arena, record, (size_t)(type - record - 1)),
	                  arena_strndup(arena, type, (size_t)(id - type - 1)), id);
}

static void add_flags(struct page *page, const struct audit *audit)
{
	struct value *kinds = value_array(page->arena);
	for (size_t kind = 0; kind < FLAG_KIND_COUNT; kind++) {
		struct value *rows = value_array(page->arena);
		const char *title = NULL;
		for (size_t i = 0; i < audit->flags.count; i++) {
			const struct flag *flag = &audit->flags.items[i];
			if (flag->kind != (enum flag_kind)kind)
				continue;
			title = flag->title;
			struct value *row = audit_flag_row(page, audit, flag, rows);
			view_text(page->arena, row, "record", flag->record ? strchr(flag->record, '/') + 1 : NULL);
			view_text(page->arena, row, "url", flag->record ? page_of(page->arena, flag->record) : NULL);
		}
		if (!rows->as.array.count)
			continue;
		struct value *item = value_push(page->arena, kinds, value_object(page->arena));
		view_text(page->arena, item, "title", title);
		view_text(page->arena, item, "explanation", explanation((enum flag_kind)kind));
		value_set(page->arena, item, "flags", view_list(page->arena, rows));
	}
	value_set(page->arena, page->view, "kinds", view_list(page->arena, kinds));
}

static const char *seconds_words(struct arena *arena, bool any, double seconds)
{
	return any ? wording_duration(arena, llround(seconds / 60) * 60) : WORDING_NONE;
}

static void add_lags(struct page *page, const struct audit *audit)
{
	struct arena *arena = page->arena;
	struct value *rows = value_array(arena);
	for (size_t i = 0; i < audit->lags.count; i++) {
		const struct lag_figures *figures = &audit->lags.items[i];
		const struct record_table *table =
		    figures->type ? map_get(&audit->ledger->records->tables, figures->type) : NULL;
		struct value *row = value_push(arena, rows, value_object(arena));
		bool any = figures->count > 0;
		view_text(arena, row, "by", figures->type ? "类别" : figures->author ? "提交人" : "合同");
		view_text(arena, row, "name",
		          table             ? table->schema->title
		          : figures->author ? figures->author
		                            : "全部记录");
		view_count(arena, row, "recorded", figures->count);
		view_count(arena, row, "on_time", figures->on_time);
		view_count(arena, row, "imported", figures->imported);
		view_text(arena, row, "share", wording_percent(arena, figures->on_time, figures->count));
		view_text(arena, row, "median", seconds_words(arena, any, figures->median));
		view_text(arena, row, "p90", seconds_words(arena, any, figures->p90));
	}
	value_set(arena, page->view, "lags", view_list(arena, rows));
	const struct contract *contract = audit->ledger->contract;
	view_text(arena, page->view, "recording",
	          contract->has_recording ? duration_format(arena, contract->recording) : NULL);
}

/* Records of templates are named; those of this page have addresses. */
static void set_urls(struct arena *arena, struct value *value)
{
	if (value->kind == VALUE_ARRAY)
		for (size_t i = 0; i < value->as.array.count; i++)
			set_urls(arena, value->as.array.items[i]);
	if (value->kind != VALUE_OBJECT)
		return;
	for (size_t i = 0; i < value->as.object.count; i++)
		set_urls(arena, value->as.object.members[i].value);
	const char *record = value_get_string(value, "record");
	if (value_get(value, "record"))
		view_text(arena, value, "url", record ? page_of(arena, record) : NULL);
}

static void add_seals(struct page *page, const struct reporter *reporter, struct diags *diags)
{
	struct value *rows = value_array(page->arena);
	for (size_t i = 0; i < reporter->seals.count; i++)
		value_push(page->arena, rows, view_seal(reporter, page->arena, &reporter->seals.items[i], 0, diags));
	set_urls(page->arena, rows);
	value_set(page->arena, page->view, "seals", view_list(page->arena, rows));
}

/* Records that once were and are no more. */
static void add_gone(struct page *page, const struct audit *audit)
{
	struct arena *arena = page->arena;
	struct value *rows = value_array(arena);
	for (size_t i = 0; i < audit->provenance->life_count; i++) {
		const struct life *life = provenance_life(audit->provenance, i);
		if (!life_is_gone(audit->ledger, life))
			continue;
		const struct commit *commit = &life_last(life)->commit->facts;
		struct value *row = value_push(arena, rows, value_object(arena));
		view_text(arena, row, "name", arena_printf(arena, "%s/%s", life->type, life->id));
		view_text(arena, row, "url", record_url(arena, life->contract, life->type, life->id));
		view_text(arena, row, "short", arena_strndup(arena, commit->id, COMMIT_SHORT));
		view_text(arena, row, "commit", commit->id);
		view_text(arena, row, "author", commit->author.name);
		view_text(arena, row, "subject", commit->subject);
		view_text(arena, row, "when",
		          wording_instant(arena, commit->committer.at, audit->ledger->contract->offset));
	}
	value_set(arena, page->view, "gone", view_list(arena, rows));
}

static void put_csv(struct site *site, const struct audit *audit, const char *path)
{
	static const char *const heads[] = {
		"事项", "名称", "记录", "事实", "提交", "作者", "提交时间", "等级", "说明"
	};
	enum { COLUMNS = sizeof heads / sizeof *heads };
	struct buf out = BUF_INIT;
	csv_print_heads(heads, COLUMNS, &out);
	for (size_t i = 0; i < audit->flags.count; i++) {
		const struct flag *flag = &audit->flags.items[i];
		const struct commit *commit = flag->commit ? &flag->commit->facts : NULL;
		char at[INSTANT_TEXT];
		const char *const cells[COLUMNS] = {
			flag_name(flag->kind),
			flag->title,
			flag->record,
			flag->fact,
			commit ? commit->id : NULL,
			commit ? commit->author.name : NULL,
			commit ? instant_format(commit->committer.at, at) : NULL,
			commit ? grade_letter(grade_of(&audit->grades, flag->commit)) : NULL,
			flag->reason,
		};
		csv_print_row(cells, COLUMNS, &out);
	}
	site_put(site, path, buf_chunk(&out));
	buf_free(&out);
}

static void put_json(struct site *site, const struct audit *audit, const char *path)
{
	struct arena *arena = arena_new();
	struct buf out = BUF_INIT;
	json_print(audit_json(arena, audit, site->diags), 1, &out);
	buf_putc(&out, '\n');
	site_put(site, path, buf_chunk(&out));
	buf_free(&out);
	arena_free(arena);
}

void make_audit_page(struct site *site, const struct reporter *reporter, const struct audit *audit)
{
	const struct contract *contract = audit->ledger->contract;
	struct page page = page_begin(site, tab_url(site->arena, contract, TAB_AUDIT), "审计");
	page_of_contract(&page, contract, TAB_AUDIT);
	view_count(page.arena, page.view, "flag_count", audit->flags.count);
	view_count(page.arena, page.view, "seal_count", audit->seals.count);
	view_count(page.arena, page.view, "erratum_count", audit->errata.count);
	add_flags(&page, audit);
	add_lags(&page, audit);
	add_seals(&page, reporter, site->diags);
	add_gone(&page, audit);
	const char *folder = arena_strndup(site->arena, page.path, (size_t)(strrchr(page.path, '/') - page.path));
	page_end(&page, "audit");
	put_json(site, audit, arena_printf(site->arena, "%s/audit.json", folder));
	put_csv(site, audit, arena_printf(site->arena, "%s/flags.csv", folder));
}
