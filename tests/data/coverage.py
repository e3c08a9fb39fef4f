#!/usr/bin/env python3
"""Every row of the requirements has records that show it: for each row a
question to the records of its contract, which at least one record answers."""
import pathlib
import re
import sys
from collections import Counter
from datetime import timedelta

from samples import ROOT, load

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done


def took(contract, first, then, least, most, **wanted):
    """Incidents in which so many minutes went by from one time to another."""
    return [r for r in contract.select("incidents", **wanted) if r[first] and r[then]
            and timedelta(minutes=least) <= r[then] - r[first] <= timedelta(minutes=most)]


EVER = 10**6


def met_and_missed(first, then, limit, **wanted):
    """Both a hit and a miss of a clock."""
    return lambda c: took(c, first, then, 0, limit, **wanted) and took(c, first, then, limit + 1, EVER, **wanted)


def both(*questions):
    return lambda c: all(question(c) for question in questions)


def some(of, least=1, **wanted):
    return lambda c: len(c.select(of, **wanted)) >= least


def each(of, field, values, **wanted):
    """Every one of values occurs in the field."""
    return lambda c: set(values) <= {r[field] for r in c.select(of, **wanted)}


def assets_of(**groups):
    return lambda c: all(sum(r["group"] == g and not r["retired_on"] for r in c.records["assets"]) == n for g, n in groups.items())


def contract_has(key, count):
    return lambda c: len(c.terms.get(key, [])) >= count


def shelves(*kinds):
    """The knowledge base has articles of each of these kinds."""
    heads = [path.read_text(encoding="utf-8").split("---")[1] for path in (ROOT.parent / "kb").rglob("*.md")]
    return lambda _: set(kinds) <= {kind for head in heads for kind in re.findall(r"^kind: (.*)$", head, re.M)}


ROWS = {
    "nantong-elicense": {
        "A-T1": met_and_missed("reported_at", "responded_at", 15),
        "A-T2": met_and_missed("reported_at", "restored_at", 30, level="一般故障"),
        "A-T3": both(met_and_missed("reported_at", "arrived_at", 60), lambda c: took(c, "reported_at", "arrived_at", 0, 30) and [r for r in took(c, "reported_at", "arrived_at", 31, EVER) if r["reported_at"].weekday() > 4]),
        "A-T4": met_and_missed("remote_started_at", "dispatched_at", 30, remote=True),
        "A-T5": met_and_missed("reported_at", "plan_at", 120, level="重大设备故障"),
        "A-T6": met_and_missed("reported_at", "restored_at", 480),
        "A-T7": both(met_and_missed("restored_at", "report_filed_at", 2880), some("incidents", report_signed_at=...)),
        "A-T8": some("inspections", 3, kind="应急安全监测", plan_at=...),
        "A-D1": some("inspections", 12, kind="安全巡检", report_filed_at=...),
        "A-D2": some("deliverables", 2, kind="半年服务报告"),
        "A-D3": both(some("deliverables", 40, kind="服务周报"), some("deliverables", kind="年度服务报告")),
        "A-D4": both(some("backups", 100), some("backups", rerun_of=...)),
        "A-D5": both(some("inspections", 40, kind="健康检查"), some("changes", 2, kind="阈值调整"), lambda c: len({r["threshold"] for r in c.select("measurements", metric="数据盘使用率")}) > 1),
        "A-R1": some("incidents", 2, level="重大设备故障", phenomenon=..., process=..., impact=..., cause_analysis=..., explanation=..., emergency_plan=..., solution=...),
        "A-R2": both(some("incidents", 10, remote=True), lambda c: not c.select("incidents", remote=True, remote_consent=None)),
        "A-R3": both(some("licences", 20, re_reported=...), some("licences", template_mended_on=...)),
        "A-R4": each("licence_items", "status", ["在用", "新增", "待制作"]),
        "A-R5": both(some("risks", 5), some("risk_reviews", 5)),
        "A-R6": both(some("deliverables", 2, kind="应急预案"), shelves("应急预案")),
        "A-M1": some("payments", 3, paid_on=...),
    },
    "shaanxi-civil": {
        "B-0": both(contract_has("services", 7), contract_has("systems", 16)),
        "B-T1": both(met_and_missed("arrived_at", "restored_at", 120, level="紧急故障"), some("incidents", 6, level="紧急故障")),
        "B-T2": both(met_and_missed("arrived_at", "restored_at", 240, level="一般故障"), met_and_missed("reported_at", "responded_at", 30, level="一般故障")),
        "B-T3": some("incidents", 2, workaround_at=...),
        "B-T4": lambda c: [call for call in c.select("calls", answered=False) for r in c.select("incidents", id=call["incident"]) if r["reported_at"] == call["called_at"]],
        "B-T5": lambda c: [r for r in c.records["requests"] if r["solved_at"] and r["solved_at"] - r["requested_at"] > timedelta(hours=24)],
        "B-L1": both(some("calls", 4, answered=False), some("calls", 20, answered=True)),
        "B-L2": some("evaluations", 2, verdict="不满意"),
        "B-D1": some("inspections", 4, kind="季度巡检", report_filed_at=...),
        "B-D2": some("deliverables", kind="年度服务报告"),
        "B-D3": both(some("inspections", 11, kind="月度巡检"), some("inspections", 3, kind="重点日巡检")),
        "B-D4": both(some("assessments", 4, kind="等保测评"), some("deliverables", 4, kind="备案证明"), lambda c: all(len({r["aspect"] for r in c.select("aspects", assessment=a["id"])}) == 10 for a in c.select("assessments", kind="等保测评"))),
        "B-D5": both(some("assessments", kind="代码审计"), each("findings", "aspect", ["输入/输出验证", "安全功能"], source="代码审计")),
        "B-D6": both(some("backups", 50, kind="全量备份"), some("backups", 50, kind="增量备份"), some("backups", 3, kind="恢复测试")),
        "B-D7": some("assessments", 8, kind="数据质量", accuracy=..., completeness=..., consistency=..., timeliness=...),
        "B-D8": some("drills", 2, kind="应急演练"),
        "B-D9": both(some("roster", 500, shift="驻场"), some("roster", 100, shift="值班")),
        "B-R1": both(some("migrations", 5), some("migrations", differences=lambda n: n > 0)),
        "B-R2": both(some("assets", 12, kind="线路"), some("requests", 5, kind="会议保障"), some("line_checks", 20)),
        "B-R3": some("inspections", checked=..., problems=..., handling=..., advice=...),
        "B-R4": both(some("inspections", 3, kind="应急巡检"), some("incidents", 3, level="紧急故障", process=...)),
        "B-S1": both(some("staff", role="项目经理"), some("staff", 4, role="技术支持"), some("staff", consent=...)),
        "B-S2": some("absences", 2),
        "B-P1": some("deliverables", 4, copies=2),
    },
    "fujian-oa": {
        "C-0": both(contract_has("systems", 15), lambda c: len({r["unit"] for r in c.records["incidents"]}) > 8),
        "C-T1": both(met_and_missed("reported_at", "responded_at", 30), lambda c: [r for r in c.records["requests"] if r["responded_at"] and r["responded_at"] - r["requested_at"] > timedelta(minutes=30)]),
        "C-T2": both(some("incidents", exempt=True), lambda c: took(c, "reported_at", "restored_at", 4320, EVER)),
        "C-T3": lambda c: took(c, "restored_at", "report_filed_at", 5760, EVER),
        "C-D1": some("inspections", 360, kind="数据汇总监控"),
        "C-D2": both(some("deliverables", 12, kind="日常问题分析"), lambda c: len({r["class"] for r in c.records["requests"]}) > 5),
        "C-D3": some("assessments", 12, kind="月度考核"),
        "C-M1": both(some("assessments", kind="月度考核", score=lambda n: n < 80), some("assessments", grave_event=True)),
        "C-D4": lambda c: c.select("changes", kind=("补丁升级", "版本升级")) and not c.select("changes", kind=("补丁升级", "版本升级"), test_reference=None),
        "C-D5": some("deliverables", kind="实施计划"),
        "C-R1": lambda c: c.select("changes", kind=("系统重启", "系统重装")) and not c.select("changes", kind=("系统重启", "系统重装"), approval=None),
        "C-R2": some("incidents", 40, phenomenon=..., process=..., solution=...),
        "C-R3": some("inspections", 12, kind="月度巡检"),
        "C-R4": each("requests", "kind", ["数据统计", "数据导出", "数据追溯"], approval=..., scope=...),
        "C-R5": shelves("手册", "巡检记录", "案例", "故障记录"),
        "C-R6": some("risks", 4, advice=...),
        "C-R7": each("findings", "source", ["主管部门通报", "等保测评", "安全巡检"]),
        "C-R8": some("incidents", title=lambda t: t.startswith("历史")),
    },
    "nantong-egov": {
        "D-0": both(contract_has("systems", 8), contract_has("editions", 4)),
        "D-T1": met_and_missed("reported_at", "restored_at", 240, kind="系统崩溃", cause_party="provider"),
        "D-T2": some("incidents", 2, kind="系统崩溃", cause_party=("third_party", "purchaser", "force_majeure")),
        "D-D1": some("inspections", 200, kind="每工作日检查"),
        "D-D2": both(some("deliverables", 40, kind="服务周报", confirmed_at=...), some("deliverables", kind="服务周报", confirmed_at=None)),
        "D-D3": both(some("backups", 40, kind="在线备份"), some("backups", 40, kind="离线备份")),
        "D-D4": both(some("trainings", kind="计划", confirmed_by=...), some("trainings", 5, kind="培训")),
        "D-R1": each("requests", "kind", ["账号创建", "机构维护", "权限配置", "单点登录配置", "公文单位接入", "印章办理", "流程调整", "短信接口", "证书办理"]),
        "D-R2": lambda c: c.select("requests", kind="流程调整") and not c.select("requests", kind="流程调整", approval=None),
        "D-R3": both(some("messages", 100), each("messages", "operator", ["电信", "移动", "联通"])),
        "D-R4": each("advice", "class", ["升级", "隐患", "效率"]),
        "D-R5": lambda c: any("provider" in s for s in c.terms["systems"]),
        "D-S1": both(some("staff", 6, to=None), some("staff", role="驻场工程师", onsite=True), some("staff", role="备选驻场工程师")),
        "D-M1": both(some("payments", 2, paid_on=...), some("payments", paid_on=None)),
    },
    "hengqin-admin": {
        "E-0": both(contract_has("systems", 10), assets_of(linux操作系统=6, Nginx中间件=2, MySQL数据库=3, Redis数据库=2, 考勤机=3, 电子桌牌=45, GPS设备=13)),
        "E-T1": both(*(met_and_missed("reported_at", "restored_at", h * 60, level=p) for p, h in (("P2", 4), ("P3", 8), ("P4", 24))), lambda c: took(c, "reported_at", "restored_at", 121, EVER, level="P1"),
                     lambda c: {True, False} == {r["restored_at"] <= r["agreed_at"] for r in c.select("incidents", level="P5", restored_at=...)}, some("incidents", level="P5", restored_at=None)),
        "E-T2": both(met_and_missed("reported_at", "responded_at", 10, channel="电话"), some("incidents", channel="电话", responded_at=None)),
        "E-T3": both(met_and_missed("reported_at", "responded_at", 10, onsite=True), some("incidents", level="P1", onsite=True)),
        "E-T4": both(met_and_missed("reported_at", "remote_started_at", 15, remote=True), lambda c: not c.select("incidents", remote=True, remote_consent=None)),
        "E-T5": met_and_missed("restored_at", "report_filed_at", 1440),
        "E-L1": lambda c: {"P1", "P3"} <= {r["level"] for r in took(c, "reported_at", "restored_at", 120, EVER, outage=True)} and took(c, "reported_at", "restored_at", 0, 119, outage=True),
        "E-D1": both(some("inspections", 300, kind="日常巡检"), some("deliverables", 300, kind="日常维护报告")),
        "E-D2": both(some("assessments", 10, kind="漏洞扫描"), some("findings", 20, source="漏洞扫描"), some("findings", closed_on=None)),
        "E-D3": some("deliverables", 10, kind="月度维护报告"),
        "E-D4": both(some("backups", 3, kind="恢复测试", result="成功"), some("backups", kind="恢复测试", result="失败")),
        "E-D5": some("drills", kind="系统恢复演练"),
        "E-D6": both(some("assessments", 9, kind="日志分析"), some("backups", 9, location="离线存储柜")),
        "E-D7": lambda c: {"max", "min"} == {r["direction"] for r in c.records["measurements"] if (r["value"] > r["threshold"]) == (r["direction"] == "max")},
        "E-D8": some("exercises"),
        "E-R1": each("requests", "kind", ["账号重置", "账号停用", "账号创建", "账号删除"]),
        "E-R2": some("requests", 40, kind=("技术咨询", "使用指导"), question=..., answer=...),
        "E-R3": both(some("assets", 6, kind="接口"), some("incidents", kind="接口故障")),
        "E-R4": some("device_reports", repairable=False, alternatives=...),
        "E-R5": lambda c: c.records["changes"] and not c.select("changes", approval=None) and not c.select("requests", kind=("数据处理", "数据导出"), approval=None),
        "E-P1": both(some("deliverables", 40, kind="服务周报"), some("incidents", level="P1", timeline=..., solution=...), some("rectifications", 3, plan=..., advice=...)),
        "E-S1": some("roster", 200, shift="驻场"),
    },
}
# What records of any contract must show of clocks and duties.
SHARED = {
    "approved pause": some("pauses", approved_by=...), "unapproved pause": some("pauses", approved_by=None), "open pause": some("pauses", to=None),
    "overlapping pauses": lambda c: max(Counter(r["incident"] for r in c.records["pauses"]).values()) > 1,
    "level raised": some("level_changes", approved_by=None), "level lowered": some("level_changes", approved_by=...),
    "reopened": some("reopenings"), "duty waived": some("waivers"), "several tickets of one cause": some("incidents", parent=...), "repeated": some("incidents", follows=...),
    "open at the end": some("incidents", restored_at=None), "a time missing": some("incidents", channel="电话", responded_at=None),
    "cause of others": each("incidents", "cause_party", ["provider", "purchaser", "third_party", "force_majeure"]),
    "failed and run again": some("backups", result="成功", rerun_of=...), "failed for good": some("backups", result="失败"),
}


def main():
    _, contracts = load()
    questions = [(name, row, question) for name, rows in ROWS.items() for row, question in rows.items()]
    questions += [("hengqin-admin", row, question) for row, question in SHARED.items()]
    for name, row, question in questions:
        check(f"{name} {row} is shown by records", name not in contracts or not question(contracts[name]))
    done()


main()
