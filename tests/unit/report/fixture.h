/* A small contract whose figures can be worked in the head, committed, and the
 * reports made of it. */
#ifndef REPORT_FIXTURE_H
#define REPORT_FIXTURE_H

#include "../rules/fixture.h"

#include "report/report.h"
#include "report/template_files.h"
#include "source/json.h"

/* What is needed to make reports of contract c as one commit has it. */
struct making {
	struct repository *repository;
	struct template_files templates;
	struct provenance *provenance;
	struct reporter *reporter;
};

/* Two weeks of March 2026: three incidents, one of which missed its clock by 20
 * minutes and was open for 2 h 20 min; daily inspections, the one of the 12th not
 * made; a backup that failed; a finding closed late and one still open. */
static inline void put_small_contract(struct fixture *fixture)
{
	put_contract(
	    fixture,
	    "\"id\": \"c\", \"name\": \"办公系统运维服务\", \"recording\": {\"within\": \"24h\"},\n"
	    "\"clauses\": {\"T1\": \"故障恢复时间\", \"D1\": \"每日巡检\", \"L1\": \"重大故障次数\", \"P1\": "
	    "\"报告\"},\n"
	    "\"systems\": [{\"id\": \"office\", \"name\": \"行政管理子系统\"}, {\"id\": \"cases\", \"name\": "
	    "\"案件管理子系统\"}],\n"
	    "\"targets\": [{\"id\": \"restore\", \"clause\": \"T1\", \"name\": \"恢复正常运行\", \"for\": {\"type\": "
	    "\"incidents\"},\n"
	    "  \"from\": \"reported_at\", \"to\": \"restored_at\",\n"
	    "  \"within\": [{\"level\": \"P1\", \"within\": \"2h\"}, {\"within\": \"8h\"}]},\n"
	    " {\"id\": \"mend\", \"clause\": \"T1\", \"name\": \"按期整改\", \"for\": {\"type\": \"findings\"}, "
	    "\"to\": \"closed_on\", \"by\": \"due_on\"}],\n"
	    "\"duties\": [{\"id\": \"daily\", \"clause\": \"D1\", \"name\": \"每日巡检\", \"every\": \"day\",\n"
	    "  \"evidence\": {\"type\": \"inspections\", \"kind\": \"日常巡检\"}}],\n"
	    "\"limits\": [{\"id\": \"major\", \"clause\": \"L1\", \"name\": \"重大故障次数\", \"count\": {\"type\": "
	    "\"incidents\"},\n"
	    "  \"from\": \"reported_at\", \"to\": \"restored_at\", \"at_least\": \"2h\", \"per\": \"contract-year\", "
	    "\"at_most\": 1}],\n"
	    "\"reports\": [{\"id\": \"weekly\", \"kind\": \"weekly\", \"clause\": \"P1\", \"name\": \"服务周报\", "
	    "\"copies\": 2,\n"
	    "  \"signers\": [{\"id\": \"purchaser\", \"party\": \"purchaser\", \"role\": \"采购人代表\"}]},\n"
	    " {\"id\": \"monthly\", \"kind\": \"monthly\", \"clause\": \"P1\", \"name\": \"服务月报\", \"copies\": 2,\n"
	    "  \"signers\": [{\"id\": \"purchaser\", \"party\": \"purchaser\", \"role\": \"采购人代表\"}]},\n"
	    " {\"id\": \"fault\", \"kind\": \"fault\", \"clause\": \"P1\", \"name\": \"故障处理报告\", \"for\": "
	    "{\"type\": \"incidents\"}}]");
	put_records(fixture, "incidents",
	            "id,title,system,kind,channel,level,reported_at,responded_at,restored_at,cause,cause_party,remedy\n"
	            "I1,登录失败,office,系统故障,电话,P1,2026-03-02 09:00,2026-03-02 09:05,2026-03-02 "
	            "11:20,证书过期,provider,更换证书\n"
	            "I2,查询慢,cases,性能问题,微信,P2,2026-03-10 14:00,2026-03-10 14:10,2026-03-10 "
	            "15:30,缺索引,provider,补建索引\n"
	            "I3,导出乱码,office,数据问题,电话,P2,2026-03-31 17:00,2026-03-31 17:02,2026-04-01 "
	            "00:30,编码,third_party,改编码\n");
	put_records(fixture, "inspections",
	            "id,kind,result,inspected_at,problems,handling\n"
	            "N09,日常巡检,正常,2026-03-09 09:00,,\nN10,日常巡检,异常,2026-03-10 09:00,磁盘 86%,清理\n"
	            "N11,日常巡检,正常,2026-03-11 09:00,,\nN13,日常巡检,正常,2026-03-13 09:00,,\n"
	            "N14,日常巡检,正常,2026-03-14 09:00,,\nN15,日常巡检,正常,2026-03-15 09:00,,\n");
	put_records(fixture, "measurements",
	            "id,inspection,metric,value,unit,threshold,direction,measured_at\n"
	            "M1,N09,磁盘使用率,70,%,85,max,2026-03-09 09:00\nM2,N10,磁盘使用率,86,%,85,max,2026-03-10 09:00\n"
	            "M3,N10,磁盘使用率,60,%,85,max,2026-03-10 18:00\n");
	put_records(fixture, "backups",
	            "id,kind,system,started_at,finished_at,result,rerun_of,note\n"
	            "B1,全量备份,office,2026-03-08 02:00,2026-03-08 03:00,成功,,\n"
	            "B2,全量备份,office,2026-03-10 02:00,2026-03-10 02:10,失败,,空间不足\n"
	            "B3,全量备份,office,2026-03-10 08:00,2026-03-10 09:00,成功,B2,\n");
	put_records(fixture, "findings",
	            "id,source,system,severity,title,found_on,due_on,closed_on,remedy\n"
	            "F1,漏洞扫描,office,高危,弱口令,2026-03-03,2026-03-10,2026-03-12,改口令\n"
	            "F2,漏洞扫描,office,低危,版本过旧,2026-03-04,2026-03-13,,\n");
}

/* Commits what is there on 1 April 2026, 10:00. */
static inline void commit_all(struct fixture *fixture)
{
	run(fixture, "cd repo && git add -A && GIT_AUTHOR_DATE=2026-04-01T10:00:00+0800 "
	             "GIT_COMMITTER_DATE=2026-04-01T10:00:00+0800 git commit -q -m 记录");
}

/* The reporter of contract c at HEAD; whether its templates are there is the
 * caller's affair. */
static inline struct making start(struct fixture *fixture, const char *as_of)
{
	struct making making = { .repository = repository_open(path_of(fixture, "repo"), fixture->diags) };
	struct commit commit;
	assert_true(repository_resolve(making.repository, fixture->arena, "HEAD", &commit, fixture->diags));
	struct snapshot *snapshot = snapshot_of_commit(fixture->arena, making.repository, commit.id, fixture->diags);
	struct records *records = records_read(fixture->arena, snapshot, fixture->diags);
	struct ledger *ledger = ledger_new(fixture->arena, records, "c", fixture->diags);
	assert_string_equal(told(fixture), "");
	making.provenance = provenance_read(making.repository, commit.id, records, NULL, fixture->diags);
	template_files_init(&making.templates, snapshot, fixture->diags);
	struct report_source source = { ledger,    &records->schemas, making.provenance, &making.templates.loader,
		                        at(as_of), commit.id,         making.repository, NULL };
	making.reporter = reporter_new(fixture->arena, &source, fixture->diags);
	return making;
}

static inline void stop(struct making *making)
{
	provenance_free(making->provenance);
	repository_free(making->repository);
}

static inline struct report_subject subject_of(struct fixture *fixture, const struct making *making, const char *kind,
                                               const char *which)
{
	struct report_subject subject = { 0 };
	if (!report_subject_find(making->reporter, fixture->arena, kind, which, &subject, fixture->diags))
		fail_msg("no report %s %s: %s", kind, which, told(fixture));
	return subject;
}

/* What stands at path ("targets.list.items.0.met") in tree, as JSON. */
static inline const char *value_text(struct fixture *fixture, const struct value *tree, const char *path)
{
	const struct value *value = tree;
	for (const char *rest = path; *rest && value;) {
		size_t length = strcspn(rest, ".");
		const char *name = arena_strndup(fixture->arena, rest, length);
		if (value->kind == VALUE_ARRAY)
			value = (size_t)atoi(name) < value->as.array.count ? value->as.array.items[atoi(name)] : NULL;
		else
			value = value_get(value, name);
		rest += length + (rest[length] == '.');
	}
	if (!value)
		fail_msg("the view has no %s", path);
	struct buf json = BUF_INIT;
	json_print(value, 0, &json);
	const char *text = arena_strdup(fixture->arena, buf_str(&json));
	buf_free(&json);
	return text;
}

#define assert_value(fixture, tree, path, expected) assert_string_equal(value_text(fixture, tree, path), expected)

#endif
