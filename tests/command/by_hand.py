"""The records as they stand in the files of the commit, read by other means than the program's, and a
second opinion on clocks and duties (tests/oracle)."""
import csv
import datetime
import io
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ["ROOT"])
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests/oracle"), str(ROOT / "tests")]
import clocks
import duties
from contract import Contract
from law import Calendar

AS_OF = "2026-11-21T18:00:00+08:00"


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


def cells_of(kind, row):
    """A row as the oracle takes it: all cells text, times in one form."""
    types = {field["name"]: field["type"] for field in SCHEMAS[kind]["fields"]}
    cells = {"type": kind}
    for name, value in row.items():
        if isinstance(value, bool):
            value = "是" if value else "否"
        text = "" if value is None or isinstance(value, (list, dict)) else str(value)
        if text and types.get(name) in ("date", "datetime"):
            at = moment(text)
            text = at.date().isoformat() if types[name] == "date" else at.isoformat(sep=" ")
        cells[name] = text
    return cells


class SecondOpinion:
    """Verdicts of one contract's clocks and duties."""

    def __init__(self, name, terms):
        dated = {kind: schema["dateField"] for kind, schema in SCHEMAS.items() if "dateField" in schema}
        clocks.DATED.update(dated)
        duties.DATED.update(dated)
        self.contract = Contract(terms, Calendar(ROOT / "records/calendar"))
        self.rows = {kind: [cells_of(kind, row) for row in rows_of(name, kind)] for kind in SCHEMAS}
        now = self.contract.zone.tick(AS_OF)
        timed = {target["for"]["type"] for target in terms["targets"]}
        judge = clocks.Judge(self.contract, self.rows)
        self.readings = {kind: judge.read_all(self.rows[kind], now) for kind in timed}
        roll = duties.Roll(self.contract, self.rows, duties.read_lunar(ROOT / "tests/unit/time/lunar.csv"))
        self.windows = roll.judge(now)

    def clocks(self, begin, end):
        """Pairs of (record, target) and the verdict, of the records that came in the span."""
        for kind, readings in self.readings.items():
            came = {row["id"] for row in self.rows[kind] if begin <= moment(row[clocks.DATED[kind]]) < end}
            yield from ((pair, reading.verdict) for pair, reading in readings.items() if pair[0] in came)

    def duties(self, begin, end):
        """The windows due in the span, 24:00 of a day being that day's; what is due after the term, in its
        last day's."""
        zone, last = self.contract.zone, moment(self.contract.document["term"]["to"]) + datetime.timedelta(days=1)
        for window in self.windows:
            due = min(moment(zone.text(window.due)), last)
            if begin < due <= end:
                yield window
