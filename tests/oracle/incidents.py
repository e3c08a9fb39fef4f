"""Random contracts with clocks, and incidents and findings that try their edges."""
from contract import Contract, read_day, read_minutes
from law import DAY, TICK, date_of
from samples import INTERESTING_DAYS, RULES, SYSTEMS, frame, happens, ids, spelling, written

SHORT = ["10m", "15m", "30m", "45m", "1h", "90m", "2h", "1wh", "2wh"]
LONG = ["4h", "8h", "24h", "48h", "4wh", "8wh", "20wh", "1wd", "2wd", "3wd", "5wd", "1d", "2d", "10d", "1w", "1mo"]
LEVELS = [{"id": "P1", "name": "重大故障"}, {"id": "P2", "name": "严重故障"}, {"id": "P3"}, {"id": "P4"}]
REASONS = ["等待采购人授权", "等待采购人提供条件", "不可抗力"]
PARTIES = ["provider", "purchaser", "third_party", "force_majeure"]


def limits(random, durations):
    """One limit, or a list of which the first that fits holds."""
    if happens(random, 0.7):
        return random.choice(durations)
    several = [{"within": random.choice(durations)}]
    for chance, condition in ((0.5, {"on": random.choice(["restday", "workday"])}),
                              (0.5, {"level": random.choice(["P1", ["P1", "P2"]])}), (0.3, {"onsite": True})):
        if happens(random, chance):
            several.insert(0, {**condition, "within": random.choice(durations)})
    return several


def target(random, name, conditions, begin, end, within, **more):
    one = {"id": name, "clause": "X", "for": {"type": "incidents", **conditions}, "from": begin, "to": end,
           "within": within, **more}
    if happens(random, 0.25):
        one["rule"] = random.choice(RULES)
    if happens(random, 0.25):
        one["day_ends"] = random.choice(["midnight", "close"])
    if happens(random, 0.6):
        one["pause"] = random.sample(REASONS, random.randint(1, 2))
    if happens(random, 0.15):
        one["counts_if"] = random.choice([{"cause_party": "provider"}, {"exempt": False},
                                          {"cause_party": ["provider", "third_party"], "exempt": False}])
    if happens(random, 0.3):
        one["each_ticket"] = True
    if happens(random, 0.1):
        one["service"] = random.choice(["administration", "enforcement"])
    return one


def some_targets(random):
    """Clocks of every kind that chapter 4 of the design knows."""
    targets = [
        target(random, "answer", {}, "reported_at", "responded_at", limits(random, SHORT)),
        target(random, "answer-phone", {"channel": "电话"}, "reported_at", "responded_at", limits(random, SHORT)),
        target(random, "arrive", {"onsite": True}, "reported_at", "arrived_at", limits(random, SHORT + LONG[:5])),
        target(random, "dispatch", {"remote": True}, "remote_started_at", "dispatched_at", limits(random, SHORT),
               unless="restored_at"),
        target(random, "plan", {}, "reported_at", "plan_at", limits(random, LONG)),
        target(random, "solve", {}, "reported_at", "resolved_at", limits(random, LONG)),
        target(random, "mend", {"onsite": True}, "arrived_at", "restored_at", limits(random, LONG)),
        target(random, "file", {}, "restored_at", "report_filed_at", limits(random, LONG)),
        {"id": "agreed", "clause": "X", "for": {"type": "incidents", "level": "P4"}, "to": "closed_at",
         "by": "agreed_at"},
        {"id": "close-finding", "clause": "X", "for": {"type": "findings"}, "to": "closed_on", "by": "due_on"},
        {"id": "retest-finding", "clause": "X", "for": {"type": "findings"}, "from": "found_on", "to": "retested_on",
         "within": random.choice(LONG)},
    ]
    chosen = [one for one in targets if happens(random, 0.7)]
    if "mend" in ids(chosen) and happens(random, 0.7):
        chosen.append(target(random, "substitute", {}, {"missed": "mend"}, "workaround_at", limits(random, SHORT),
                             unless="restored_at"))
    # The more severe the level, the shorter its limit.
    for number, limit in enumerate(sorted(random.sample(range(len(LONG)), 3)), 1):
        for name, begin in (("restore", "reported_at"), ("mend", "arrived_at")):
            if name == "restore" or happens(random, 0.5):
                chosen.append(target(random, f"{name}-p{number}", {"level": f"P{number}"}, begin, "restored_at",
                                     LONG[limit]))
    return chosen


def contract(random, name):
    document = {**frame(random, name), "levels": LEVELS, "targets": some_targets(random)}
    if happens(random, 0.9):
        document["reopen"] = {"within": random.choice(["3d", "7d", "48h", "2wd", "1w"])}
    if happens(random, 0.6):
        document["amendments"] = amendments(random, document)
    return document


def amendments(random, document):
    """Targets that are replaced, added, ended and brought back."""
    begin, end = (read_day(document["term"][key]) for key in ("from", "to"))
    days = sorted(random.sample(range(begin + 1, end), random.randint(1, 2)))
    made = []
    for number, day in enumerate(days):
        known = set(ids(document["targets"]))
        changed = [one for one in some_targets(random) if happens(random, 0.4) and one["id"] != "substitute"]
        ended = [one for one in sorted(known - set(ids(changed)) - {"mend"}) if happens(random, 0.1)]
        made.append({"id": f"A{number}", "effective": date_of(day).isoformat(),
                     "changes": {"targets": changed, **({"end": ended} if ended else {})}})
    return made


class Incidents:
    """The rows of one contract, many of them open about the instant as_of."""

    def __init__(self, random, document, calendar, count):
        self.random, self.contract = random, Contract(document, calendar)
        self.law = self.contract.law
        begin, end = self.contract.term
        self.days = [day for day in map(read_day, INTERESTING_DAYS) if begin <= day < end]
        self.as_of = self.moment(random.randint(begin + 30, end - 1))
        self.rows = {"incidents": [], "findings": [], "pauses": [], "level_changes": [], "reopenings": []}
        for _ in range(count):
            self.incident()
        for _ in range(count // 10):
            self.finding()

    def moment(self, day):
        """Some tick of day, often at the edge of a shift."""
        random = self.random
        if happens(random, 0.4):
            edge = random.choice(random.choice(self.contract.document["hours"]["shifts"]))
            tick = read_minutes(edge) * 60 // TICK + random.choice([-2, -1, 0, 0, 0, 1, 2])
        elif happens(random, 0.1):
            tick = random.choice([0, 1, DAY - 1])
        else:
            tick = random.randrange(DAY // 2) * 2
        return day * DAY + tick

    def begin(self):
        random = self.random
        first, last = self.contract.term
        chance = random.random()
        if chance < 0.3 and self.days:
            day = random.choice(self.days) + random.choice([-1, 0, 0, 1])
        elif chance < 0.7:
            day = self.as_of // DAY - random.randint(0, 8)
        else:
            day = random.randrange(first, last)
        return min(max(self.moment(day), first * DAY), last * DAY - 1)

    def near(self, begin, field):
        """A time for field, mostly about the limit of a clock from begin."""
        random = self.random
        clocks = [one for one in self.contract.document["targets"] if one["to"] == field and "within" in one]
        if not clocks or happens(random, 0.3):
            return begin + random.choice([0, 20, 60, 240, 500, 3000, 9000]) * random.randint(0, 3)
        one = random.choice(clocks)
        limit = one["within"]
        limit = limit if isinstance(limit, str) else random.choice(limit)["within"]
        close = one.get("day_ends", "close" if self.contract.close else "") == "close"
        deadline = self.law.deadline(begin, limit, one.get("rule", self.contract.rule), close)[0]
        moved = random.choice([0, 0, 0, -1, 1, -120, 120, 600, random.randint(-3000, 9000)])
        return max(begin, deadline + moved)

    def text(self, tick):
        return written(self.random, self.contract.zone, tick)

    def add(self, kind, prefix, row):
        rows = self.rows[kind]
        rows.append({"type": kind, "id": f"{prefix}-2026-{len(rows) + 1:04}", **row})
        return rows[-1]

    def incident(self):
        random, number = self.random, len(self.rows["incidents"])
        begin = self.begin()
        row = self.add("incidents", "INC", {
            "title": "故障", "system": spelling(random, SYSTEMS, random.choice(ids(SYSTEMS))), "kind": "系统故障",
            "channel": random.choice(["电话", "微信"]), "level": spelling(random, LEVELS, random.choice(ids(LEVELS))),
            "onsite": random.choice(["", "是", "否"]), "remote": random.choice(["", "是", "否"]),
            "exempt": random.choice(["", "", "", "是", "否"]),
            "cause_party": random.choice(["", "provider", "provider", *PARTIES]),
            "parent": f"INC-2026-{random.randint(1, number):04}" if number and happens(random, 0.06) else "",
            "reported_at": self.text(begin)})
        at = self.events(row, begin)
        if happens(random, 0.35):
            self.pauses(row, begin)
        if happens(random, 0.15):
            self.level_changes(row, begin)
        if "restored_at" in at and happens(random, 0.15):
            self.reopenings(row, at["restored_at"])

    def events(self, row, begin):
        """Fills in the times of the incident's course; some are forgotten, some have not come."""
        random = self.random
        steps = ["responded_at"]
        steps += ["remote_started_at", "dispatched_at"] if row["remote"] == "是" else []
        steps += ["arrived_at"] if row["onsite"] == "是" else []
        steps += ["workaround_at", "restored_at", "resolved_at", "closed_at"]
        at, here = {}, begin
        for step in steps[:random.choice([len(steps)] * 3 + list(range(len(steps))))]:
            if happens(random, 0.6 if step == "workaround_at" else 0.08):
                continue
            since = begin if step in ("responded_at", "arrived_at", "resolved_at") else here
            here = max(here, self.near(since, step))
            at[step] = here
        if happens(random, 0.5):
            at["plan_at"] = self.near(begin, "plan_at")
        if "restored_at" in at and happens(random, 0.7):
            at["report_filed_at"] = self.near(at["restored_at"], "report_filed_at")
        if happens(random, 0.6):
            at["agreed_at"] = at.get("closed_at", begin) + random.choice([0, 0, -1, 1, 3000])
        row.update((field, self.text(tick)) for field, tick in at.items())
        return at

    def pauses(self, row, begin):
        random = self.random
        for _ in range(random.choice([1, 1, 1, 2, 3, 4])):
            since = max(begin - 600, begin + random.choice([-400, 0, 20, 100, 240, 720, 2880, 8640])
                        + random.randint(-60, 60))
            if happens(random, 0.3):
                since = self.moment(since // DAY)
            until = since + random.choice([2, 10, 60, 120, 600, 2880, 8640, 20000]) + random.randint(0, 60)
            self.add("pauses", "PAU", {
                "incident": row["id"], "from": self.text(since),
                "to": self.text(until) if happens(random, 0.85) else "", "reason": random.choice(REASONS),
                "approved_by": "采购人代表" if happens(random, 0.85) else "",
                "target": random.choice(ids(self.contract.document["targets"])) if happens(random, 0.15) else ""})

    def level_changes(self, row, begin):
        random = self.random
        at, level = begin, random.choice(ids(LEVELS))
        for _ in range(random.choice([1, 1, 1, 2, 3])):
            at = self.near(at, random.choice(["restored_at", "responded_at", "arrived_at"]))
            other = random.choice([one for one in ids(LEVELS) if one != level])
            self.add("level_changes", "LVC", {
                "incident": row["id"], "at": self.text(at), "from_level": spelling(random, LEVELS, level),
                "to_level": spelling(random, LEVELS, other),
                "approved_by": random.choice(["", "采购人代表", "采购人代表"]), "reason": "影响范围变化"})
            row["level"] = level = other

    def reopenings(self, row, restored):
        random = self.random
        within = self.contract.document.get("reopen", {"within": "7d"})["within"]
        for _ in range(random.choice([1, 1, 2])):
            limit = self.law.deadline(restored, within, self.contract.rule, self.contract.close)[0]
            at = max(restored, random.choice([restored + random.randint(0, 3000), limit, limit - 1, limit + 1,
                                              limit + 20000]))
            again = at + random.choice([0, 10, 100, 3000]) if happens(random, 0.8) else None
            self.add("reopenings", "REO", {
                "incident": row["id"], "at": self.text(at), "restored_at": "" if again is None else self.text(again),
                "reason": "再次发生"})
            if again is None:
                return
            restored = again

    def finding(self):
        """A record of plain dates."""
        random = self.random
        found = self.begin() // DAY
        limits = [one["within"] for one in self.contract.document["targets"] if one["id"] == "retest-finding"]
        due = found + random.choice([0, 1, 7, 30])
        retested = found + 3
        if limits:
            retested = self.law.deadline(found * DAY, limits[0], self.contract.rule, False)[0] // DAY
        days = {"found_on": found, "due_on": due, "closed_on": due + random.choice([-1, 0, 0, 1, 5]),
                "retested_on": retested + random.choice([-1, 0, 0, 1])}
        for field in ("due_on", "closed_on", "retested_on"):
            if happens(random, 0.2):
                del days[field]
        self.add("findings", "FND", {
            "source": "漏洞扫描", "severity": "中危", "title": "弱口令", "system": random.choice(ids(SYSTEMS)),
            **{field: date_of(max(day, found)).isoformat() for field, day in days.items()}})
