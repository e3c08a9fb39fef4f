"""The figures of a report that count and measure records, computed again from the files."""
import collections
import datetime
import functools
import json
import os
import re
import statistics
import subprocess

from by_hand import AS_OF, ROOT, SCHEMAS, SecondOpinion, moment, rows_of, text_of, words, yes
import tap

DAY = datetime.timedelta(days=1)


class Value:
    """A value of the view that writes down the name by which it is looked up."""
    looked_up = set()

    def __init__(self, plain, name=""):
        self.plain, self.name = plain, name

    def __getitem__(self, key):
        name = f"{self.name}.{key}" if self.name else key
        Value.looked_up.add(name)
        inner = self.plain[key]
        return Value(inner, name) if isinstance(inner, (dict, list)) else inner

    def __iter__(self):
        """The items of a list or of values."""
        items = self.plain["items"] if isinstance(self.plain, dict) else self.plain
        return (Value(item, self.name + "[]") if isinstance(item, dict) else item for item in items)


def each(value):
    return list(value or [])


def percent(part, whole):
    """One decimal; never rounded up to 100 %."""
    if not whole:
        return "—"
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{min(tenths, 1000 if part == whole else 999) / 10:.1f}%"


def plain(text):
    return float(text.replace(",", ""))


def spoken(at):
    return "" if at is None else f"{at.month}月{at.day}日 {at:%H:%M}"


class Records:
    """One report, and the checks of what it counts and measures."""

    def __init__(self, contract, kind, period, begin, end, before, trend):
        self.contract, self.kind, self.period = contract, kind, period
        self.begin, self.end, self.before = moment(begin), moment(end), moment(before or begin)
        self.has_previous, self.trend = before is not None, trend
        self.terms = json.loads(text_of(f"records/{contract}/contract.json"))
        answer = subprocess.run([os.environ["OPSLEDGER"], "-C", ROOT, "--as-of", AS_OF, "report", kind, "--contract",
                                 contract, "--period", period, "--format", "json"], check=True, capture_output=True)
        self.view = Value(json.loads(answer.stdout))
        self.opinion = SecondOpinion(contract, self.terms)
        self.levels = {level["id"]: level["name"] for level in self.terms.get("levels", [])}

    def check(self, what, by_hand, by_program):
        tap.check(f"{self.contract} {self.period}: {what}",
                  f"from the files {by_hand}, in the report {by_program}" if by_hand != by_program else "")

    @functools.cache
    def rows(self, kind):
        return rows_of(self.contract, kind)

    def dated(self, kind, begin=None, end=None):
        begin, end, field = begin or self.begin, end or self.end, SCHEMAS[kind]["dateField"]
        return [row for row in self.rows(kind) if moment(row.get(field)) and begin <= moment(row[field]) < end]

    def earlier(self, kind):
        return self.dated(kind, self.before, self.begin) if self.has_previous else []

    def level_name(self, text):
        """"P1 重大故障"; a level without a short form by its name."""
        name = self.levels.get(text, text)
        return f"{text} {name}" if text in self.levels and re.search("[A-Z0-9]", text) else name

    def records(self):
        for kind in SCHEMAS:
            if "dateField" not in SCHEMAS[kind]:
                continue
            told = self.view["records"][kind]
            self.check(f"{kind} of the period", len(self.dated(kind)), told["times"])
            self.check(f"{kind} of the period before", str(len(self.earlier(kind))) if self.has_previous else "—",
                       told["previous"])
        for kind in ("incidents", "requests", "changes", "findings"):
            self.check(f"{kind} in the summary", self.view["records"][kind]["times"], len(self.dated(kind)))

    def tallies(self, kind, field, name=lambda text: text):
        labels = next((one.get("labels", {}) for one in SCHEMAS[kind]["fields"] if one["name"] == field), {})
        count = lambda rows: collections.Counter(labels.get(name(row.get(field)), name(row.get(field))) or "未填" for row in rows)
        dated = "dateField" in SCHEMAS[kind]
        now = count(self.dated(kind) if dated else self.rows(kind))
        then = count(self.earlier(kind)) if dated else {}
        told = {row["name"]: (row["times"], row["share"], row["previous"])
                for row in each(self.view["records"][kind]["by"][field])}
        self.check(f"{kind} by {field}", {key: (times, percent(times, now.total()),
                                                str(then.get(key, 0)) if self.has_previous and dated else "—")
                                          for key, times in now.items()}, told)

    def cells(self):
        """Numbers in rows stand as in the files."""
        for kind, schema in SCHEMAS.items():
            own = {row["id"]: row for row in self.rows(kind)} if "dateField" in schema else {}
            fields = [field["name"] for field in schema["fields"] if field["type"] in ("integer", "number")]
            wrong = [(row["id"], field) for row in each(self.view["records"][kind]["list"] if own else None) for field in fields
                     if (plain(row[field]) if row[field] else None) != (round(float(own[row["id"]][field]), 2)
                                                                        if own[row["id"]].get(field) not in (None, "") else None)]
            self.check(f"numbers in rows of {kind}", [], wrong)

    def matrix(self, kind):
        told = self.view["records"][kind]["matrix"]
        counted = collections.Counter((row.get("system") or "未填", row["kind"]) for row in self.dated(kind))
        columns, rows = list(told["columns"]), [(row["name"], list(row["cells"]), row["total"]) for row in told["rows"]]
        self.check(f"{kind} by system and kind", dict(counted),
                   {(name, column): cell for name, cells, _ in rows for column, cell in zip(columns, cells) if cell})
        self.check(f"sums of {kind} by kind", [sum(cells[i] for _, cells, _ in rows) for i in range(len(columns))],
                   list(told["totals"]))
        self.check(f"sums of {kind} by system", [sum(cells) for _, cells, _ in rows], [total for *_, total in rows])
        self.check(f"sum of {kind}", counted.total(), told["total"])

    def flow(self, kind, opened, closed, due=None):
        counts = dict.fromkeys(("opening", "opened", "closed", "closing", "overdue"), 0)
        for row in self.rows(kind):
            came, went = moment(row[opened]), moment(row.get(closed))
            counts["opening"] += came < self.begin and (went is None or went >= self.begin)
            counts["opened"] += self.begin <= came < self.end
            counts["closed"] += went is not None and self.begin <= went < self.end
            still = came < self.end and (went is None or went >= self.end)
            counts["closing"] += still
            counts["overdue"] += bool(still and due and row.get(due) and moment(row[due]) + DAY <= self.end)
        self.check(f"{kind} from opening to closing", counts, {key: self.view[kind][key] for key in counts})
        self.check(f"{kind} listed as open", counts["closing"], len(each(self.view[kind]["open_list"])))
        self.check(f"{kind} listed as closed", counts["closed"], len(each(self.view[kind]["closed_list"])))

    def restored(self, row):
        """The last restoration, where an incident was opened again."""
        times = [moment(again.get("restored_at")) for again in self.rows("reopenings") if again["incident"] == row["id"]]
        return max([time for time in [*times, moment(row.get("restored_at"))] if time], default=None)

    def repairs(self, begin, end):
        """Minutes; tickets of one cause are repaired once."""
        own = [(moment(row["reported_at"]), self.restored(row)) for row in self.rows("incidents") if not row.get("parent")]
        return [(b - a).total_seconds() / 60 for a, b in own if b and begin <= a < end]

    def incidents(self):
        came = [(moment(row["reported_at"]), self.restored(row)) for row in self.rows("incidents")]
        backlog, repair = self.view["incidents"]["backlog"], self.view["incidents"]["repair"]
        self.check("incidents", len(self.dated("incidents")), self.view["incidents"]["times"])
        self.check("incidents open at the start",
                   sum(a < self.begin and (b is None or b >= self.begin) for a, b in came), backlog["opening"])
        self.check("incidents reported", sum(self.begin <= a < self.end for a, _ in came), backlog["reported"])
        self.check("incidents restored", sum(b is not None and self.begin <= b < self.end for _, b in came),
                   backlog["restored"])
        self.check("incidents open at the end",
                   sum(a < self.end and (b is None or b >= self.end) for a, b in came), backlog["closing"])
        took, before = self.repairs(self.begin, self.end), self.repairs(self.before, self.begin)
        self.check("repair", [words(statistics.mean(took)), words(statistics.median(took)), words(max(took)),
                              words(statistics.median(before)) if before else "—"],
                   [repair["mean"], repair["median"], repair["longest"], repair["previous_median"]])
        again = [row for row in self.rows("reopenings") if row["incident"] in {one["id"] for one in self.dated("incidents")}]
        self.check("incidents opened again", len({row["incident"] for row in again}), repair["reopened"])
        told = {row["id"]: (row["took"], row["missed"]) for row in each(self.view["incidents"]["list"])}
        missed = collections.Counter(record for (record, _), verdict in self.opinion.clocks(self.begin, self.end)
                                     if verdict == "missed")
        self.check("time and misses of each incident",
                   {row["id"]: (words((self.restored(row) - moment(row["reported_at"])).total_seconds() / 60)
                                if self.restored(row) else None, missed[row["id"]]) for row in self.dated("incidents")}, told)

    def availability(self):
        """Outages of one system count once; maintenance announced in time is no part of what was agreed."""
        lead = self.terms.get("maintenance", {}).get("announced", "0h")
        lead = datetime.timedelta(hours=int(lead.removesuffix("h")))
        for told in each(self.view["availability"]):
            system = next(one for one in self.terms["systems"] if one["name"] == told["name"])
            own = lambda row: row.get("system") in (system["id"], system["name"])
            agreed = self.minutes([(self.begin, self.end)])
            maintained = set()
            for row in filter(own, self.rows("changes")):
                begin, end, announced = (moment(row.get(key)) for key in ("planned_from", "planned_to", "announced_at"))
                if row.get("approved_by") and end and announced and announced + lead <= begin:
                    maintained |= self.minutes([(begin, end)])
            down, times = set(), []
            for row in filter(own, self.rows("incidents")):
                if yes(row.get("outage")) and not row.get("parent"):
                    begin = moment(row.get("outage_from")) or moment(row["reported_at"])
                    end = moment(row.get("outage_to")) or self.restored(row) or self.end
                    if begin < self.end and end > self.begin:
                        times.append((begin, end))
            down = self.minutes(times) - maintained
            agreed -= maintained
            share = 10000 * (len(agreed) - len(down)) // len(agreed)
            self.check(f"availability of {told['name']}", (f"{share / 100:.2f}%", words(len(down)) if down else "—"),
                       (told["percent"], told["outage"]))
            united, last = 0, None
            for begin, end in sorted(times):
                united += last is None or begin > last
                last = end if last is None else max(last, end)
            self.check(f"outages of {told['name']}", united, told["outages"])

    def minutes(self, spans):
        """The minutes of the period that lie in the spans."""
        minute = lambda at: int((min(max(at, self.begin), self.end) - self.begin).total_seconds() // 60)
        return {one for begin, end in spans for one in range(minute(begin), minute(end))}

    def metrics(self):
        values = collections.defaultdict(list)
        for row in self.dated("measurements"):
            values[row["metric"]].append(row)
        over = lambda row: bool(row.get("threshold")) and (
            float(row["value"]) < float(row["threshold"]) if row["direction"] == "min"
            else float(row["value"]) > float(row["threshold"]))
        exceeded = [row["id"] for rows in values.values() for row in rows if over(row)]
        self.check("measurements beyond thresholds", sorted(exceeded),
                   sorted(row["id"] for row in each(self.view["metrics"]["exceeded"])))
        names = set()
        for metric in each(self.view["metrics"]["list"]):
            rows = values[metric["name"]]
            names.add(metric["name"])
            numbers = [float(row["value"]) for row in rows]
            told = [plain(metric[key]) for key in ("low", "mean", "high")]
            near = [abs(a - b) < 0.00501 for a, b in zip(told, [min(numbers), statistics.mean(numbers), max(numbers)])]
            self.check(metric["name"], (len(rows), sum(map(over, rows)), [True] * 3), (metric["times"], metric["exceeded"], near))
            limits = {row["threshold"] for row in rows if row.get("threshold")}
            self.check(f"threshold of {metric['name']}", True,
                       not limits or plain(re.sub("^[^0-9]*", "", metric["threshold"] or "0")) in map(float, limits))
        self.check("and no other metric", set(values), names)
        for metric in each(self.view["metrics"]["watched"]):
            rows = values[metric["name"]]
            days = collections.defaultdict(list)
            for row in rows:
                days[moment(row["measured_at"]).date()].append(float(row["value"]))
            worst = min if rows[0]["direction"] == "min" else max
            if len(days) <= 62:
                self.check(f"course of {metric['name']}", [worst(days[day]) for day in sorted(days)],
                           list(metric["course"]["values"]))
            self.check(f"{metric['name']} is near its threshold", True, any(map(over, rows)) or min(
                abs(float(row["value"]) - float(row["threshold"])) / float(row["threshold"]) for row in rows) <= 0.15)

    def backups(self):
        bad = sorted(row["id"] for row in self.dated("backups") if row["result"] == "失败")
        self.check("backups that failed", bad, sorted(row["id"] for row in each(self.view["backups"]["failed"])))
        names = {row["id"]: row["name"] for row in self.rows("assets")}
        told = {(row["object"], row["kind"]): row for row in each(self.view["backups"]["series"])}
        series = collections.defaultdict(list)
        for row in sorted(self.rows("backups"), key=lambda row: moment(row["started_at"])):
            if row["kind"] != "恢复测试" and moment(row["started_at"]) < self.end:
                series[names.get(row.get("asset"), row.get("asset")) or row.get("system") or "—", row["kind"]].append(row)
        self.check("what is backed up", {key for key, rows in series.items()
                                         if any(moment(row["started_at"]) >= self.begin for row in rows)} - set(told), set())
        for key, row in told.items():
            mine = [one for one in series[key] if moment(one["started_at"]) >= self.begin]
            good = [moment(one["started_at"]) for one in series[key] if one["result"] == "成功"]
            gaps = [b - a for a, b in zip(good, good[1:]) if b >= self.begin] + [self.end - good[-1]]
            self.check(f"backups of {key}", (len(mine), sum(one["result"] == "失败" for one in mine),
                                             words(max(gaps).total_seconds() / 60)),
                       (row["times"], row["failed"], row["longest"]))
            self.check(f"last good backup of {key}", True, (row["last"] or "").endswith(spoken(good[-1])))
