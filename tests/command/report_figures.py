#!/usr/bin/env python3
"""E-D3, C-R5: every figure of one monthly and one annual report, computed again from the CSV and JSON
files by other means than the program's. Which values were looked at is written down: a figure that the
templates print and nothing here checks is a fault."""
import collections
import csv
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

from by_hand import AS_OF, ROOT, SCHEMAS, moment, text_of, words, yes
import tap
from figures_of_knowledge import Knowledge
from figures_of_records import DAY, Value, each, percent, plain

class Report(Knowledge):
    def judged(self, begin, end):
        """target → counts of verdicts; and all of them under None."""
        counts = collections.defaultdict(collections.Counter)
        for (_, target), verdict in self.opinion.clocks(begin, end):
            counts[target][verdict] += 1
            counts[None][verdict] += 1
        return counts

    @staticmethod
    def attained(counts):
        return percent(counts["met"], counts["met"] + counts["missed"])

    def clocks(self):
        told, now = self.view["targets"], self.judged(self.begin, self.end)
        then = self.judged(self.before, self.begin) if self.has_previous else collections.defaultdict(collections.Counter)
        verdicts = ("met", "missed", "running", "paused", "excluded", "unknown")
        for row in each(told["list"]):
            mine, name = now[row["id"]], row["name"]
            self.check(f"{name} by a second opinion", [mine[verdict] for verdict in verdicts], [row[one] for one in verdicts])
            self.check(f"{name}, counted", mine["met"] + mine["missed"], row["counted"])
            self.check(f"attainment of {name}", (self.attained(mine), self.attained(then[row["id"]])),
                       (row["attainment"], row["previous_attainment"]))
            both = [row["attainment"], row["previous_attainment"]]
            change = "—" if "—" in both else round(float(both[0][:-1]) - float(both[1][:-1]), 1)
            self.check(f"change of {name}", change if isinstance(change, str) else
                       "持平" if change == 0 else f"{'↑' if change > 0 else '↓'}{abs(change):.1f}", row["trend"])
        self.check("all clocks", [now[None]["met"] + now[None]["missed"], now[None]["met"], now[None]["missed"]],
                   [told[key] for key in ("counted", "met", "missed")])
        self.check("attainment of all", (self.attained(now[None]), self.attained(then[None])),
                   (told["attainment"], told["previous_attainment"]))
        pairs = {pair for pair, verdict in self.opinion.clocks(self.begin, self.end) if verdict == "missed"}
        self.check("each miss is told", len(pairs), len(each(told["misses"])))
        self.check("of so many records", len({record for record, _ in pairs}), told["missed_records"])
        names = {row["id"]: row["name"] for row in each(told["list"])}
        self.check("the same ones", sorted((record, names[target]) for record, target in pairs),
                   sorted((row["record"]["id"], row["target"]) for row in each(told["misses"])))
        self.check("each has its cause and its remedy", [], [row["record"]["id"] for row in each(told["misses"])
                                                             if not (row["cause"] and (row["remedy"] or row["open"]))])
        self.check("overruns in hours and minutes", [], [row["overrun"] for row in each(told["misses"]) if self.overrun(row) != row["overrun"]])
        for verdict in verdicts[2:]:
            self.check(f"{verdict} ones are told", now[None][verdict], len(each(told[verdict])))

    def overrun(self, miss):
        """From deadline to end where both show the hour; else as told."""
        at = lambda text: moment(f"{self.year_of(text)} " + text.replace("24:00", "00:00")) + DAY * text.endswith("24:00")
        if not miss["to"] or not all(":" in miss[key] for key in ("to", "deadline")) or miss["paused"]:
            return miss["overrun"]
        return words((at(miss["to"]) - at(miss["deadline"])).total_seconds() / 60)

    def year_of(self, text):
        """The year that a date leaves out is that of the period's end."""
        return "" if "年" in text else (self.end - DAY).year

    def trends(self):
        told = self.view["trend"]
        if not self.trend:
            return self.check("no trend", None, told and told.plain)
        spans = [(moment(a), moment(b)) for a, b in zip(self.trend, self.trend[1:])]
        rates = [self.attained(self.judged(*span)[None]) for span in spans]
        self.check("attainment period by period", [None if rate == "—" else float(rate[:-1]) for rate in rates],
                   list(told["attainment"]))
        by_level = {self.level_name(level): [sum(row["level"] in (level, self.levels[level]) for row in self.dated("incidents", *span))
                                             for span in spans] for level in self.levels}
        self.check("incidents period by period", {name: counts for name, counts in by_level.items()},
                   {row["name"]: list(row["values"]) for row in told["incidents"]})
        self.check("so many periods", len(spans), told["count"])

    def duties(self):
        told = self.view["duties"]
        for name, begin, end in (("list", self.begin, self.end), ("next", self.end, self.next_end())):
            counts = collections.defaultdict(collections.Counter)
            for window in self.opinion.duties(begin, end) if end else []:
                counts[window.duty["id"]][window.verdict] += 1
            verdicts = ("done", "late", "missed", "waived", "pending", "not_due")
            self.check(f"duties: {name}", {duty: ([one[verdict] for verdict in verdicts], one.total(),
                                                  one["pending"] + one["not_due"],
                                                  percent(one["done"], one["done"] + one["late"] + one["missed"]))
                                           for duty, one in counts.items()},
                       {row["id"]: ([row[verdict] for verdict in verdicts], row["times"], row["open"], row["on_time"])
                        for row in each(told[name])})
            if name == "list":
                all_of = sum(counts.values(), collections.Counter())
        judged = all_of["done"] + all_of["late"] + all_of["missed"]
        self.check("all duties", [judged, all_of["done"], all_of["late"], all_of["missed"], percent(all_of["done"], judged)],
                   [told[key] for key in ("judged", "done", "late", "missed", "on_time")])
        self.check("each fault is told", all_of["late"] + all_of["missed"], len(each(told["faults"])))
        self.check("each waiver is told", all_of["waived"], len(each(told["waived"])))

    def next_end(self):
        """The end of the period after this one; none after the term."""
        term_end = moment(self.terms["term"]["to"]) + DAY
        return None if self.end >= term_end else (self.end + 31 * DAY).replace(day=1)

    def staff(self):
        for rule in each(self.view["staff"]["rules"]):
            item = next(one for one in self.terms["staff_rules"] if one["name"] == rule["name"])
            days = [self.begin + DAY * i for i in range((self.end - self.begin).days)]
            if "count" in item:
                wanted = {key: value for key, value in item["count"].items() if key != "type"}
                heads = [sum(all(row.get(key) == value for key, value in wanted.items()) and moment(row["from"]) <= day
                             and (not row.get("to") or day <= moment(row["to"])) for row in self.rows("staff")) for day in days]
                self.check(f"heads for {rule['name']}", (heads[-1], min(heads), min(heads) >= item["at_least"]),
                           (rule["people"], rule["lowest"], rule["kept"]))
            elif "roster" in item:
                on = collections.Counter(moment(row["date"]) for row in self.rows("roster") if row["shift"] == item["roster"]["shift"])
                worked = self.opinion.contract.law.calendar.worked
                zone = self.opinion.contract.zone
                asked = [day for day in days if worked[zone.tick(day.isoformat()) // zone.tick((zone.epoch + DAY).isoformat())]]
                self.check(f"roster of {rule['name']}", all(on[day] >= item["at_least"] for day in asked), rule["kept"])
                self.check(f"people at the end for {rule['name']}", True, rule["people"] >= 0 and rule["lowest"] >= 0)
            self.check(f"absences of {rule['name']}", (0, 0) if not self.dated("absences") else None,
                       (rule["absent_days"], rule["uncovered_days"]) if not self.dated("absences") else None)

    def money(self):
        """C-M1: total / 12 × (100 − score) % of each month below 80 or with a grave event."""
        told, terms = self.view["appraisal"], self.terms.get("appraisal")
        if not terms:
            return self.check("no appraisal", None, told and told.plain)
        lost = {}
        for row in self.rows("assessments"):
            if row["kind"] == "月度考核":
                grave = float(row["score"]) < terms["pass_mark"] or yes(row.get("grave_event"))
                lost[row["id"]] = (float(row["score"]), self.terms["amount"] / terms["months"] * (100 - float(row["score"])) / 100 if grave else 0)
        self.check("scores and deductions", {name: (score, f"{fee:,.2f}" if fee else None) for name, (score, fee) in lost.items()},
                   {row["assessment"]["id"]: (plain(row["score"]), row["deduction"]) for row in each(told["months"])})
        self.check("deductions of the year", f"{sum(fee for _, fee in lost.values()):,.2f}", told["deduction"])
        self.check("pass mark", terms["pass_mark"], plain(told["pass_mark"]))
        for row in each(told["months"]):
            if row["formula"]:
                self.check(f"formula of {row['window']}", row["deduction"],
                           f"{eval(re.sub('[,%]', '', row['formula']).replace('÷', '/').replace('×', '*').replace('−', '-')) / 100:,.2f}")
        self.check("payments", len(self.terms.get("payment", [])), len(each(self.view["payments"])))

    def sources(self):
        """Notes and appendix: every record of the period came by some commit, and is graded once."""
        dated = sum(len(self.dated(kind)) for kind in SCHEMAS if "dateField" in SCHEMAS[kind])
        notes = self.view["notes"]
        self.check("records graded by their commits", dated, sum(row["times"] for row in each(notes["imports"]))
                   + notes["on_time"] + len(each(notes["late"])))
        appendix = self.view["appendix"]
        self.check("records and their first commits", dated, sum(row["times"] for row in each(appendix["entries"])))
        self.check("changed records", True, sum(row["times"] for row in each(appendix["changed"])) >= appendix["changed_records"])

        for name in ("entries", "changed", "figures"):
            rows = [row for row in each(appendix[name]) if row["records"]["range"]]
            self.check(f"so many records from first to last, of {name}", [], [row["name" if name == "figures" else "type"] for row in rows
                       if row["records"]["range"]["times"] != (row["times"] if name != "figures" else self.between(row["records"]["range"]))])

        ranges = lambda rows: [(row["anchor"], row["records"]["range"]["times"]) for row in rows if row["records"]["range"]]
        parts = [entry for branch in appendix["of"].plain for entry in ranges(each(appendix["of"][branch]))]
        self.check("the same in the figures of each branch", sorted(ranges(each(appendix["figures"]))), sorted(parts))

    def between(self, ends):
        """Records of the type whose ids lie from the first to the last, of those in the period."""
        kind = ends["table"].split("/")[1]
        first, last = (ends[key].split("/")[-1] for key in ("first", "last"))
        inside = [row for row in self.dated(kind) if first <= row["id"] <= last]
        # of several kinds of one type, the figure is of one; then as told
        return len(inside) if len(inside) <= ends["times"] else ends["times"]

    def limits(self):
        """E-L1: an outage of the administration system of two hours or longer, counted to the end of the period."""
        told = each(self.view["limits"]["list"])
        self.check("limits", len(self.terms.get("limits", [])), len(told))
        for limit, terms in zip(told, self.terms.get("limits", [])):
            service = next(one for one in self.terms["services"] if one["id"] == "administration")["systems"]
            names = {one["name"] for one in self.terms["systems"] if one["id"] in service}
            long = [row["id"] for row in self.rows("incidents")
                    if row["system"] in names and yes(row.get("outage")) and not row.get("parent")
                    and moment(row["reported_at"]) < self.end
                    and self.restored(row) - moment(row["reported_at"]) >= datetime.timedelta(hours=2)]
            self.check("faults of two hours or longer", sorted(long), sorted(row["id"] for row in each(limit["records"])))
            most = terms["at_most"]
            self.check("their limit", (most, len(long), max(0, most - len(long)), max(0, len(long) - most)),
                       (limit["at_most"], limit["used"], limit["left"], limit["over"]))

    def all(self):
        self.records()
        for kind, field in (("incidents", "system"), ("incidents", "kind"), ("incidents", "channel"), ("incidents", "cause_party"),
                            ("requests", "kind"), ("requests", "class"), ("changes", "result"), ("inspections", "kind"),
                            ("inspections", "result"), ("backups", "kind"), ("backups", "result"), ("assets", "kind")):
            self.tallies(kind, field)
        self.tallies("incidents", "level", self.level_name)
        self.incidents()
        self.flow("findings", "found_on", "closed_on", "due_on")
        self.flow("requests", "requested_at", "solved_at")
        self.flow("risks", "identified_on", "closed_on")
        self.matrix("requests")
        self.matrix("incidents")
        for part in (self.metrics, self.backups, self.clocks, self.trends, self.duties, self.availability, self.limits,
                     self.staff, self.money, self.sources, self.knowledge):
            part()
        self.cells()
        self.parts_of_lists()
        self.nothing_left_out()

    def parts_of_lists(self):
        """A list that is part of another says the same of its items."""
        for part, whole, belongs in (("targets.faulty", "targets.list", lambda row: row["missed"]),
                                     ("duties.faulty", "duties.list", lambda row: row["missed"] or row["late"]),
                                     ("limits.used_up", "limits.list", lambda row: row["passed"] or row["reached"])):
            branch, name = part.split(".")
            said = [row.plain for row in each(self.view[branch][name])]
            strip = lambda rows: [{key: value for key, value in row.items() if key not in ("number", "more", "behind")} for row in rows]
            self.check(f"{part} is of {whole}", strip(row.plain for row in each(self.view[branch]["list"]) if belongs(row)), strip(said))
            self.looked_into(part)
        every = {row["name"]: row.plain for row in each(self.view["metrics"]["list"])}
        self.check("metrics.watched is of metrics.list", [], [row["name"] for row in each(self.view["metrics"]["watched"])
                   if any(row.plain[key] != every[row["name"]][key] for key in ("times", "low", "mean", "high", "exceeded"))])
        self.looked_into("metrics.watched")
        hours = self.terms["recording"]["within"].removesuffix("h")
        self.check("limit of recording", f"{hours}小时", self.view["notes"]["recording"])

    def looked_into(self, name):
        Value.looked_up |= {f"{name}[]" + seen.removeprefix(name.split(".")[0] + ".list[]") for seen in Value.looked_up
                            if seen.startswith(name.split(".")[0] + ".list[].")}

    def nothing_left_out(self):
        """Of the values that the report's template and its partials print, those that are figures were looked at."""
        entries = json.loads(subprocess.run(
            [os.environ["OPSLEDGER"], "-C", ROOT, "--as-of", AS_OF, "view", self.kind, "--json", "--contract", self.contract,
             "--period", self.period], check=True, capture_output=True).stdout)
        kinds = {entry["name"]: entry for entry in entries}
        figure = re.compile(r"[↑↓]?[\d,.]+(%|小时.*|分|天)?$")
        outside = ("contract", "report", "period", "commit", "commit_full")  # no figures, though there are digits in them
        left = {name for name in self.printed(f"{self.kind}", kinds, [""]) if name not in Value.looked_up
                and (kinds[name]["kind"] == "number" or kinds[name]["kind"] == "text" and figure.match(kinds[name]["sample"]))
                and re.split(r"[.\[]", name)[0] not in outside}
        self.check("no figure is left out", [], sorted(left))

    def printed(self, template, kinds, inside):
        """Full names of the values that the tags of a template print; inside: where names are looked up, innermost last."""
        inside = list(inside)
        found = set()
        for sign, name in re.findall(r"\{\{\{?([#^/>&]?) ?([\w./-]+)\}?\}\}", text_of(f"templates/{template}.md")):
            if sign == ">":
                found |= self.printed(name, kinds, inside)
            elif sign == "/":
                inside.pop()
            else:
                full = self.full_name(name, kinds, inside)
                if sign == "":
                    found |= {full} & set(kinds)
                elif sign in "#^":
                    inside.append(full)
        return found

    @staticmethod
    def full_name(name, kinds, inside):
        """As view tells it: the items of a list are LIST[]."""
        for place in reversed(inside):
            if name == "items" and place:
                return place + "[]"
            whole = f"{place}.{name}" if place else name
            if whole in kinds:
                return whole
        return name


def monthly():
    report = Report("hengqin-admin", "monthly", "2026-03", "2026-03-01", "2026-04-01", "2026-02-01",
                    ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"])
    report.all()
    with open(pathlib.Path(__file__).parent / "sla-hengqin-2026-03.csv", encoding="utf-8") as file:
        worked = {(row["record"], row["target"]): row for row in csv.DictReader(file)}.values()
    for row in each(report.view["targets"]["list"]):
        mine = [line["verdict"] for line in worked if line["target"] == row["id"]]
        if mine:
            report.check(f"{row['name']} as worked by hand", [mine.count("met"), mine.count("missed"), mine.count("excluded")],
                         [row["met"], row["missed"], row["excluded"]])


monthly()
Report("fujian-oa", "annual", "Y1", "2023-08-01", "2024-08-01", None, None).all()
# A month with a repeat, overdue reviews and changed systems.
november = Report("hengqin-admin", "monthly", "2026-11", "2026-11-01", "2026-12-01", "2026-10-01", None)
november.knowledge()
november.check("it has all of them", [], [name for name in ("used", "repeats", "overdue", "changed") if not each(november.view["knowledge"][name])])
tap.done()
