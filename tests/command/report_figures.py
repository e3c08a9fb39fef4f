#!/usr/bin/env python3
"""E-D3, C-R5: every figure of one monthly and one annual report, computed again from the
CSV and JSON files by other means than the program's."""
import csv
import datetime
import io
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(os.environ["ROOT"])
AS_OF = "2026-11-21T18:00:00+08:00"
number, failed = 0, False


def check(name, by_hand, by_program):
    global number, failed
    number += 1
    fault = by_hand != by_program
    failed = failed or fault
    print("not ok" if fault else "ok", number, "-", name)
    if fault:
        print(f"# from the files {by_hand}, in the report {by_program}")


def text_of(path):
    """As the commit has it, which is what the report is made of."""
    data = subprocess.run(["git", "-C", ROOT, "show", f"HEAD:{path}"], check=True, capture_output=True).stdout
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


FILES = subprocess.run(["git", "-C", ROOT, "ls-tree", "-r", "-z", "--name-only", "HEAD", "records"], check=True,
                       capture_output=True).stdout.decode().strip("\0").split("\0")
SCHEMAS = {pathlib.Path(path).stem: json.loads(text_of(path)) for path in FILES if path.startswith("records/schema/")}


def rows_of(contract, kind):
    names = {field["title"]: field["name"] for field in SCHEMAS[kind]["fields"]}
    rows = []
    for path in FILES:
        if not re.match(rf"records/{contract}/{kind}(\.csv$|/)", path):
            continue
        if path.endswith(".json"):
            rows.append(json.loads(text_of(path)))
            continue
        for row in csv.DictReader(io.StringIO(text_of(path))):
            rows.append({names.get(key, key): value for key, value in row.items()})
    return rows


def moment(text):
    """A time as engineers write it, without its zone, which is +08:00 throughout."""
    digits = [int(part) for part in re.findall(r"\d+", str(text).split("+")[0])]
    return datetime.datetime(*digits[:6]) if digits else None


def yes(value):
    return value in (True, "是", "true", "TRUE", "1")


def words(minutes):
    minutes = round(minutes)
    hours, rest = divmod(minutes, 60)
    return (f"{hours}小时" if hours else "") + (f"{rest}分" if rest or not hours else "")


def items(value):
    return value["items"] if value else []


class Report:
    def __init__(self, contract, kind, period, begin, end):
        self.contract, self.begin, self.end = contract, moment(begin), moment(end)
        self.terms = json.loads(text_of(f"records/{contract}/contract.json"))
        answer = subprocess.run([os.environ["OPSLEDGER"], "-C", ROOT, "--as-of", AS_OF, "report", kind, "--contract",
                                 contract, "--period", period, "--format", "json"], check=True, capture_output=True)
        self.view = json.loads(answer.stdout)
        self.name = f"{contract} {period}"

    def check(self, what, by_hand, by_program):
        check(f"{self.name}: {what}", by_hand, by_program)

    def inside(self, row, field):
        at = moment(row.get(field) or "")
        return at is not None and self.begin <= at < self.end

    def dated(self, kind):
        return [row for row in rows_of(self.contract, kind) if self.inside(row, SCHEMAS[kind]["dateField"])]

    def records(self):
        for kind in SCHEMAS:
            if "dateField" in SCHEMAS[kind]:
                self.check(f"{kind} of the period", len(self.dated(kind)), self.view["records"][kind]["times"])

    def tallies(self, kind, field, name=lambda text: text):
        counted = {}
        for row in self.dated(kind):
            key = name(row.get(field)) or "未填"
            counted[key] = counted.get(key, 0) + 1
        told = {row["name"]: row["times"] for row in items(self.view["records"][kind]["by"][field])}
        self.check(f"{kind} by {field}", counted, told)

    def flow(self, kind, opened, closed):
        counts = {"opening": 0, "opened": 0, "closed": 0, "closing": 0}
        for row in rows_of(self.contract, kind):
            came, went = moment(row[opened]), moment(row.get(closed) or "")
            counts["opening"] += came < self.begin and (went is None or went >= self.begin)
            counts["opened"] += self.begin <= came < self.end
            counts["closed"] += went is not None and self.begin <= went < self.end
            counts["closing"] += came < self.end and (went is None or went >= self.end)
        self.check(f"{kind} from opening to closing", counts, {key: self.view[kind][key] for key in counts})

    def restored(self, row):
        """The last restoration, where an incident was opened again."""
        times = [moment(again["restored_at"]) for again in rows_of(self.contract, "reopenings")
                 if again["incident"] == row["id"] and again.get("restored_at")]
        first = moment(row.get("restored_at") or "")
        return max([time for time in times + [first] if time], default=None)

    def incidents(self):
        came = [(moment(row["reported_at"]), self.restored(row)) for row in rows_of(self.contract, "incidents")]
        backlog = self.view["incidents"]["backlog"]
        self.check("incidents open at the start",
                   sum(a < self.begin and (b is None or b >= self.begin) for a, b in came), backlog["opening"])
        self.check("incidents restored", sum(b is not None and self.begin <= b < self.end for _, b in came),
                   backlog["restored"])
        self.check("incidents open at the end",
                   sum(a < self.end and (b is None or b >= self.end) for a, b in came), backlog["closing"])
        self.check("and the sum of them", backlog["opening"] + backlog["reported"] - backlog["restored"],
                   backlog["closing"])
        # tickets of one cause are repaired once
        own = [(moment(row["reported_at"]), self.restored(row)) for row in rows_of(self.contract, "incidents")
               if not row.get("parent")]
        took = [(b - a).total_seconds() / 60 for a, b in own if b and self.begin <= a < self.end]
        self.check("median of repair", words(statistics.median(took)), self.view["incidents"]["repair"]["median"])
        self.check("mean of repair", words(statistics.mean(took)), self.view["incidents"]["repair"]["mean"])

    def matrix(self, kind):
        told = self.view["records"][kind]["matrix"]
        counted = {}
        for row in self.dated(kind):
            key = (row.get("system") or "未填", row["kind"])
            counted[key] = counted.get(key, 0) + 1
        cells = {(row["name"], column): cell for row in told["rows"]
                 for column, cell in zip(told["columns"], row["cells"]) if cell}
        self.check(f"{kind} by system and kind", counted, cells)
        self.check(f"sums of {kind} by kind", [sum(row["cells"][i] for row in told["rows"]) for i in range(len(told["columns"]))],
                   told["totals"])

    def metrics(self):
        values = {}
        for row in self.dated("measurements"):
            values.setdefault(row["metric"], []).append(row)
        for metric in items(self.view["metrics"]["list"]):
            rows = values.pop(metric["name"])
            over = sum(bool(row.get("threshold")) and (float(row["value"]) < float(row["threshold"]) if row["direction"] == "min"
                       else float(row["value"]) > float(row["threshold"])) for row in rows)
            numbers = [float(row["value"]) for row in rows]
            plain = [float(metric[key].replace(",", "")) for key in ("low", "mean", "high")]
            near = [abs(a - b) < 0.00501 for a, b in zip(plain, [min(numbers), statistics.mean(numbers), max(numbers)])]
            self.check(f"{metric['name']}", (len(rows), over, [True] * 3), (metric["times"], metric["exceeded"], near))
        self.check("and no other metric", {}, values)

    def backups(self):
        failed_ones = sorted(row["id"] for row in self.dated("backups") if row["result"] == "失败")
        self.check("backups that failed", failed_ones, sorted(row["id"] for row in items(self.view["backups"]["failed"])))

    def daily_duty(self, duty, kind, what):
        days = {moment(row[SCHEMAS[kind]["dateField"]]).date() for row in self.dated(kind) if row["kind"] == what}
        told = next(row for row in items(self.view["duties"]["list"]) if row["id"] == duty)
        self.check(f"days of {what}", ((self.end - self.begin).days, len(days)), (told["times"], told["done"]))

    def sums_of_clocks(self):
        told = self.view["targets"]
        rows = items(told["list"])
        for key in ("counted", "met", "missed"):
            self.check(f"clocks {key}, summed", sum(row[key] for row in rows), told[key])
        self.check("as many misses told as counted", told["missed"], len(items(told["misses"])))
        self.check("attainment of all", f"{100 * told['met'] / told['counted']:.1f}%", told["attainment"])
        for row in rows:
            share = f"{100 * row['met'] / row['counted']:.1f}%" if row["counted"] else "—"
            self.check(f"attainment of {row['name']}", share, row["attainment"])

    def all(self):
        levels = {level["id"]: level["name"] for level in self.terms.get("levels", [])}
        self.records()
        for field in ("system", "kind", "channel"):
            self.tallies("incidents", field)
        self.tallies("requests", "kind")
        self.tallies("changes", "result")
        self.incidents()
        self.flow("findings", "found_on", "closed_on")
        self.flow("requests", "requested_at", "solved_at")
        self.flow("risks", "identified_on", "closed_on")
        self.matrix("requests")
        self.metrics()
        self.backups()
        self.sums_of_clocks()
        return levels


def monthly():
    report = Report("hengqin-admin", "monthly", "2026-03", "2026-03-01", "2026-04-01")
    levels = report.all()
    report.tallies("incidents", "level", lambda level: f"{level} {levels[level]}")
    report.daily_duty("daily-inspection", "inspections", "日常巡检")
    report.daily_duty("daily-report", "deliverables", "日常维护报告")
    with open(pathlib.Path(__file__).parent / "sla-hengqin-2026-03.csv", encoding="utf-8") as file:
        worked = {(row["record"], row["target"]): row for row in csv.DictReader(file)}.values()
    for row in items(report.view["targets"]["list"]):
        mine = [line["verdict"] for line in worked if line["target"] == row["id"]]
        if mine:
            report.check(f"{row['name']} as worked by hand", [mine.count("met"), mine.count("missed"), mine.count("excluded")],
                         [row["met"], row["missed"], row["excluded"]])
    # E-L1: an outage of the administration system of two hours or longer, counted to the end of March
    service = next(one for one in report.terms["services"] if one["id"] == "administration")["systems"]
    names = {one["name"] for one in report.terms["systems"] if one["id"] in service}
    long = [row["id"] for row in rows_of("hengqin-admin", "incidents")
            if row["system"] in names and yes(row.get("outage")) and not row.get("parent")
            and moment(row["reported_at"]) < report.end
            and report.restored(row) - moment(row["reported_at"]) >= datetime.timedelta(hours=2)]
    limit = items(report.view["limits"]["list"])[0]
    report.check("faults of two hours or longer", sorted(long), sorted(row["id"] for row in items(limit["records"])))


def annual():
    report = Report("fujian-oa", "annual", "Y1", "2023-08-01", "2024-08-01")
    report.all()
    report.daily_duty("roll-up", "inspections", "数据汇总监控")
    # C-M1: total / 12 × (100 − score) % of each month below 80 or with a grave event
    lost, months = 0, 0
    for row in rows_of("fujian-oa", "assessments"):
        if row["kind"] == "月度考核":
            months += 1
            if float(row["score"]) < 80 or yes(row.get("grave_event")):
                lost += 480000 / 12 * (100 - float(row["score"])) / 100
    appraisal = report.view["appraisal"]
    report.check("months scored", months, sum(row["score"] is not None for row in items(appraisal["months"])))
    report.check("deductions of the year", f"{lost:,.2f}", appraisal["deduction"])


monthly()
annual()
print(f"1..{number}")
sys.exit(failed)
