"""Random contracts with duties, and work done for them: early, in time, late, never."""
from contract import Contract, read_day
from duties import DATED, Roll
from law import DAY, date_of
from samples import SYSTEMS, frame, happens, ids, spelling

PERIODS = ["day", "workday", "week", "week", "month", "month", "quarter", "half-year", "year", "contract-month",
           "contract-quarter", "contract-half-year", "contract-year", "term"]
DATES = ["02-14", "02-29", "05-20", "10-01", "01-01", "12-31", "05-01", "lunar 07-07", "lunar 01-01", "lunar 08-15",
         "lunar 12-30"]
LIMITS = ["1d", "5d", "1w", "1wd", "5wd", "10wd", "1mo", "24h", "8wh"]
# By type of evidence: its cells, the field that tells whose duty it is, the form of its id.
KINDS = {
    "inspections": ({"kind": "日常巡检", "result": "正常"}, "checked", "INS-2026{:04}-{:02}"),
    "deliverables": ({"kind": "证明材料"}, "title", "DLV-{:04}-{:02}"),
    "backups": ({"kind": "全量备份", "result": "成功"}, "note", "BAK-2026{:04}-{:02}"),
    "assessments": ({"kind": "漏洞扫描"}, "summary", "ASM-{:04}-{:02}"),
}


def rhythm(random):
    """When a duty is owed and due."""
    if happens(random, 0.15):
        one = {"on": random.sample(DATES, random.randint(1, 4))}
        if happens(random, 0.5):
            one["offset"] = random.choice(["-1d", "+1d", "-3d", "-1wd", "+2wd", "+10d"])
        if happens(random, 0.5):
            one["rest_day"] = random.choice(["keep", "before", "after"])
        return one
    one = {"every": random.choice(PERIODS)}
    if happens(random, 0.3):
        one["times"] = random.randint(2, 3)
    if happens(random, 0.5) and one["every"] not in ("day", "workday"):
        within = random.choice(LIMITS)
        after = {"after": random.choice(["start", "end"]), "within": within}
        one["due"] = random.choice([within, "last-workday", after])
    return one


def subjects(random, kind):
    if kind == "backups" and happens(random, 0.3):
        return {"each": {"assets": {"kind": random.choice(["数据库", "服务器节点"])}}}
    if happens(random, 0.15):
        return {"each": {"system": random.sample(ids(SYSTEMS), 2)}}
    return {}


def duty(random, name):
    kind = random.choice(sorted(KINDS))
    service = {"service": random.choice(["administration", "enforcement"])} if happens(random, 0.1) else {}
    when = rhythm(random)
    if when.get("every") == "term" and happens(random, 0.5):
        when["due"] = {"after": "signing", "within": random.choice(LIMITS)}
    return {"id": name, "clause": "X", "evidence": {"type": kind, KINDS[kind][1]: name}, **when, **service,
            **subjects(random, kind)}


def amended(random, one):
    """Another version of a duty: its rhythm, service and subjects may change."""
    other = {key: one[key] for key in ("id", "clause", "evidence")} | rhythm(random)
    if happens(random, 0.2):
        other["service"] = random.choice(["administration", "enforcement"])
    if "each" in one:
        other["each"] = one["each"]
        if "system" in one["each"]:
            other["each"] = {"system": random.sample(ids(SYSTEMS), random.randint(1, 3))}
    return other


def contract(random, name, count):
    document = frame(random, name)
    begin, end = (read_day(document["term"][key]) for key in ("from", "to"))
    document["signed_on"] = date_of(begin - random.randint(0, 40)).isoformat()
    first, last = sorted(random.sample(range(begin, end), 2))
    document["services"][1]["term"] = {"from": date_of(first).isoformat(), "to": date_of(last).isoformat()}
    document["duties"] = [duty(random, f"d{number}") for number in range(count)]
    document["amendments"] = []
    for number, day in enumerate(sorted(random.sample(range(begin + 1, end), random.randint(0, 2)))):
        changed = [amended(random, one) for one in document["duties"] if happens(random, 0.2)]
        ended = [one for one in ids(document["duties"]) if one not in ids(changed) and happens(random, 0.05)]
        document["amendments"].append({"id": f"A{number}", "effective": date_of(day).isoformat(),
                                       "changes": {"duties": changed, **({"end": ended} if ended else {})}})
    return document


class Work:
    """The rows of one contract: evidence, assets and waivers."""

    def __init__(self, random, document, calendar, lunar):
        self.random, self.contract = random, Contract(document, calendar)
        begin, end = self.contract.term
        self.as_of = random.randrange(begin, end) * DAY + random.choice([0, 0, 720, 1080, 2159])
        self.rows = {kind: [] for kind in (*KINDS, "assets", "waivers")}
        self.amended = {one["id"] for change in document["amendments"] for one in change["changes"]["duties"]}
        self.count = 0
        self.assets(begin, end)
        for window in Roll(self.contract, self.rows, lunar).made:
            self.work(window)
        self.waivers(begin, end)

    def assets(self, begin, end):
        random = self.random
        for number in range(6):
            first, last = (date_of(day).isoformat() for day in sorted(random.sample(range(begin - 100, end + 100), 2)))
            self.rows["assets"].append({
                "type": "assets", "id": f"DB-{number}", "name": "库", "kind": random.choice(["数据库", "服务器节点"]),
                "installed_on": first if happens(random, 0.7) else "",
                "retired_on": last if happens(random, 0.4) else ""})

    def work(self, window):
        """Some rows about a window, now and then none."""
        random = self.random
        begin, end, due = window.begin * DAY, window.end * DAY, window.due
        for _ in range(random.choice([0, 1, 1, 1, 2]) + window.duty.get("times", 1) - 1):
            within = [random.randrange(begin, end) for _ in range(4)]
            early, late = begin - random.randrange(end - begin), due + random.randrange(end - begin)
            self.row(window, random.choice([begin, end - 1, end, due, due - 1, due + 1, *within, early, late]))

    def row(self, window, at):
        random, duty_id = self.random, window.duty["id"]
        kind = window.duty["evidence"]["type"]
        cells, mark, form = KINDS[kind]
        self.count += 1
        each = window.duty.get("each", {})
        system = random.choice(ids(SYSTEMS))
        if "system" in each:
            system = window.subject
        elif "service" in window.duty and happens(random, 0.9):
            system = self.contract.services[window.duty["service"]]["systems"][0]
        row = {"type": kind, "id": form.format(*divmod(self.count, 100)), **cells, mark: duty_id,
               "system": spelling(random, SYSTEMS, system),
               DATED[kind]: self.contract.zone.text(at)[:10 if kind == "assessments" else 19].replace("T", " ")}
        if "assets" in each:
            row["asset"] = window.subject
        if kind == "deliverables" and "every" in window.duty and duty_id not in self.amended:
            row["period"] = random.choice([window.name, window.name, "", "", ""])
            if window.duty["every"] == "week" and happens(random, 0.2):
                row["period"] = date_of(window.begin).isoformat()[:7]  # no period of the duty's kind: it says nothing
        self.rows[kind].append(row)

    def waivers(self, begin, end):
        random = self.random
        for number in range(30):
            day = random.randrange(begin, end)
            self.rows["waivers"].append({
                "type": "waivers", "id": f"WAI-2026-{number:04}",
                "duty": random.choice(ids(self.contract.document["duties"])),
                "period_from": date_of(day).isoformat(),
                "period_to": date_of(day + random.choice([0, 1, 7, 31, 100, 200])).isoformat(),
                "approved_by": "采购人代表", "reason": "采购人暂停业务"})
