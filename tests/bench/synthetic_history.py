#!/usr/bin/env python3
"""Builds a synthetic repository of records with a long history, the same one every time.

usage: synthetic_history.py FOLDER COMMITS [ROWS_A_MONTH [ROWS_A_COMMIT]]

A contract of many years whose incidents stand in a file a month, from 1990 on. A file grows by 1 to
ROWS_A_COMMIT rows (18 when not given) a commit and takes about ROWS_A_MONTH (2400 when not given); one
commit in ten also edits an older row; one in fifty begins a branch of one commit, which is merged. The
contract calls for a report of each day, week and month and of each major fault; templates are this
repository's. The branches no-reports and monthly-reports have one commit more, whose contract calls for
none, or for those of each month. It is packed by git
gc, as a server would. Known answers go to FOLDER.json: commits, records, events, files.
"""
import datetime
import json
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = ["id", "title", "system", "level", "reported_at", "responded_at", "restored_at", "handler", "note"]
TITLES = ["登录缓慢", "考勤数据缺失", "附件打不开", "接口超时", "流程卡住"]
SYSTEMS = ["oa", "hr", "car"]
BEGIN = datetime.datetime(1990, 1, 1)
OFFSET = datetime.timezone(datetime.timedelta(hours=8))


INCIDENTS, CONTRACT = "records/schema/incidents.json", "records/bench/contract.json"


def schema():
    """That of incidents, for ids of seven digits and rows of what COLUMNS has."""
    text = json.loads((ROOT / INCIDENTS).read_bytes())
    for field in text["fields"]:
        if field["name"] == "id":
            field["constraints"]["pattern"] = "^INC-[0-9]{7}$"
        elif field["name"] not in COLUMNS:
            field.get("constraints", {}).pop("required", None)
    return json.dumps(text, ensure_ascii=False).encode()


def contract(last_year, kinds=("daily", "weekly", "monthly", "major-fault")):
    signers = [{"id": "engineer", "party": "provider", "role": "驻场工程师"}]
    reports = [{"id": kind, "kind": kind, "clause": "R1", "name": name, "copies": 1, "signers": signers}
               for kind, name in [("daily", "日报"), ("weekly", "周报"), ("monthly", "月报")]]
    reports.append({"id": "major-fault", "kind": "major-fault", "clause": "R2", "name": "重大故障记录报告", "copies": 1,
                    "for": {"type": "incidents", "level": "P1"}, "signers": signers})
    limits = {"P1": "2h", "P2": "4h", "P3": "8h", "P4": "24h"}
    return json.dumps({
        "id": "bench", "name": "办公系统运维服务", "purchaser": "采购人", "provider": "承建运维单位",
        "term": {"from": BEGIN.date().isoformat(), "to": f"{last_year}-12-31"},
        "hours": {"shifts": [["09:00", "12:00"], ["13:00", "18:00"]]}, "recording": {"within": "11h"},
        "services": [{"id": "office", "name": "办公系统", "systems": SYSTEMS}],
        "systems": [{"id": id, "name": name} for id, name in zip(SYSTEMS, ["协同办公", "人事", "车辆"])],
        "levels": [{"id": f"P{i}", "name": f"{i}级"} for i in range(1, 6)],
        "targets": [{"id": "answer", "clause": "T1", "name": "响应", "for": {"type": "incidents"},
                     "from": "reported_at", "to": "responded_at", "within": "30m"}] + [
            {"id": f"restore-{level.lower()}", "clause": "T2", "name": f"{level}恢复",
             "for": {"type": "incidents", "level": level}, "from": "reported_at", "to": "restored_at", "within": within}
            for level, within in limits.items()],
        "duties": [{"id": "weekly-work", "clause": "D1", "name": "每周到场处置", "every": "week",
                    "evidence": {"type": "incidents"}}],
        "limits": [{"id": "major-faults", "clause": "L1", "name": "重大故障次数", "per": "contract-year",
                    "count": {"type": "incidents", "level": "P1"}, "at_most": 12}],
        "reports": [report for report in reports if report["kind"] in kinds],
    }, ensure_ascii=False).encode()


def copied(*folders):
    """Files of this repository."""
    return {str(path.relative_to(ROOT)): path.read_bytes() for folder in folders
            for path in sorted((ROOT / folder).rglob("*")) if path.is_file()}


class Writer:
    def __init__(self, folder):
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder], check=True)
        self.process = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet", "--force"],
                                        stdin=subprocess.PIPE)
        self.out = self.process.stdin
        self.count = 0

    def commit(self, parents, at, files, branch="main"):
        """One commit of the instant at; answers with its mark."""
        self.count += 1
        person = "甲 <a@example.invalid> %d +0800" % at.replace(tzinfo=OFFSET).timestamp()
        self.out.write(f"commit refs/heads/{branch}\nmark :{self.count}\nauthor {person}\ncommitter {person}\n"
                       "data 1\nx\n".encode())
        for word, parent in zip(("from", "merge"), parents):
            self.out.write(f"{word} :{parent}\n".encode())
        for path, data in files.items():
            self.out.write(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
        return self.count

    def close(self):
        self.out.close()
        if self.process.wait():
            sys.exit("git fast-import failed")


def minutes(count):
    return datetime.timedelta(minutes=count)


def row(rng, number, at):
    level = 1 if rng.random() < 0.0005 else rng.randrange(2, 6)
    times = (at, at + minutes(rng.randrange(1, 32)), at + minutes(rng.randrange(32, 300 if rng.random() < 0.02 else 110)))
    return ("INC-%07d,%s,%s,P%d,%s,op1,%s\n" % (
        number, rng.choice(TITLES), rng.choice(SYSTEMS), level, ",".join(f"{time:%Y-%m-%d %H:%M}" for time in times),
        "重启服务" if rng.random() < 0.5 else "")).encode()


def edited(rng, old):
    cells = old.rstrip(b"\n").split(b",")
    cells[-1] = b"note %d" % rng.randrange(10 ** 9)
    return b",".join(cells) + b"\n"


class Ledger:
    """The file that grows, and the counts."""

    def __init__(self, rows_a_month, most):
        self.rng = random.Random(7)
        self.records = self.events = self.files = 0
        self.rows, self.path, self.at = [], None, BEGIN
        self.step, self.most = 30 * 24 * 60 * 2 // rows_a_month, most

    def next_month(self):
        """Begins a file where the last row came into a new month."""
        path = f"records/bench/incidents/{self.at:%Y-%m}.csv"
        if path != self.path:
            self.files += 1
            self.path, self.rows = path, []

    def grow(self):
        for _ in range(self.rng.randrange(1, self.most + 1)):
            self.records += 1
            self.events += 1
            self.rows.append(row(self.rng, self.records, self.at))
            self.at += minutes(self.rng.randrange(self.step + 1))

    def edit(self, below):
        """One of the first rows, which an earlier commit added."""
        at = self.rng.randrange(below)
        self.rows[at] = edited(self.rng, self.rows[at])
        self.events += 1

    def commit(self, writer, *parents):
        """When all that was reported is restored."""
        return writer.commit(parents, self.at + minutes(300),
                             {self.path: (",".join(COLUMNS) + "\n").encode() + b"".join(self.rows)})


def grow_by_branch(writer, ledger, tip):
    """A branch edits an early row while main grows; the merge has both."""
    trunk = list(ledger.rows)
    ledger.edit(10)
    branch = ledger.commit(writer, tip)
    side, ledger.rows = ledger.rows, trunk
    ledger.grow()
    tip = ledger.commit(writer, tip)
    ledger.rows[:10] = side[:10]
    return ledger.commit(writer, tip, branch)


def main():
    folder, commits = sys.argv[1], int(sys.argv[2])
    rows_a_month = int(sys.argv[3]) if len(sys.argv) > 3 else 2400
    most = int(sys.argv[4]) if len(sys.argv) > 4 else 18
    writer, ledger = Writer(folder), Ledger(rows_a_month, most)
    last_year = BEGIN.year + commits * (most + 1) // 2 // rows_a_month // 12 + 1
    tip = writer.commit([], BEGIN, {
        **copied("templates", "records/calendar", "records/schema"), INCIDENTS: schema(),
        "records/bench/staff.csv": "id,name,role,from\nop1,驻场工程师甲,驻场工程师,1990-01-01\n".encode(),
        CONTRACT: contract(last_year)})
    while writer.count < commits:
        ledger.next_month()
        held = len(ledger.rows)
        if held > 50 and ledger.rng.random() < 0.02:
            tip = grow_by_branch(writer, ledger, tip)
            continue
        if held and ledger.rng.random() < 0.1:
            ledger.edit(held)
        ledger.grow()
        tip = ledger.commit(writer, tip)
    count = writer.count
    writer.commit([tip], ledger.at + minutes(300), {CONTRACT: contract(last_year, ())}, "no-reports")
    writer.commit([tip], ledger.at + minutes(300), {CONTRACT: contract(last_year, ("monthly",))}, "monthly-reports")
    writer.close()
    subprocess.run(["git", "-C", folder, "gc", "-q"], check=True)
    with open(folder.rstrip("/") + ".json", "w", encoding="utf-8") as out:
        json.dump({"commits": count, "records": ledger.records, "events": ledger.events,
                   "files": ledger.files}, out)


if __name__ == "__main__":
    main()
