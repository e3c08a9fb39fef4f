"""Windows of duties and what fills them (docs/contract.md, "duties"), the slow way.

Days are walked one by one: a new window begins on a day that belongs to
another period than the day before it."""
import bisect
import calendar
import csv
import datetime
import functools
import re

from contract import is_plain_date, read_day
from law import DAY, date_of, day_of, read_duration

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12,
          "contract-month": 1, "contract-quarter": 3, "contract-half-year": 6, "contract-year": 12}
SINGLE_DAYS = ("day", "workday")
DATED = {"inspections": "inspected_at", "deliverables": "submitted_at", "backups": "started_at",
         "assessments": "assessed_at"}


def read_lunar(path):
    """(year, "MM-DD") → date of the lunar calendar, as worked out elsewhere."""
    with open(path, encoding="utf-8") as file:
        return {(int(row["year"]), f"{int(row['month']):02}-{int(row['day']):02}"):
                datetime.date.fromisoformat(row["date"]) for row in csv.DictReader(file)}


class Window:
    def __init__(self, duty, subject, name, begin, end):
        self.duty, self.subject, self.name, self.begin, self.end = duty, subject, name, begin, end
        self.due = None
        self.provisional = False
        self.verdict, self.evidence, self.following = None, [], None

    @property
    def key(self):
        return self.duty["id"], self.subject, self.begin


class Roll:
    """Unrolls the duties of one contract and judges the windows."""

    def __init__(self, contract, rows, lunar):
        self.contract, self.law, self.rows, self.lunar = contract, contract.law, rows, lunar
        self.shown = {}
        self.made = self.windows()

    # --- periods

    def period(self, every, day, term):
        """The name of the period that day lies in, and nothing else: windows are its runs of days."""
        date = date_of(day)
        if every in SINGLE_DAYS:
            return date.isoformat()
        if every == "week":
            year, week, _ = date.isocalendar()
            return f"{year}-W{week:02}"
        if every == "term":
            return "term"
        part = {"month": date.month, "quarter": (date.month + 2) // 3, "half-year": (date.month + 5) // 6}.get(every)
        if part:
            return f"{date.year}-" + {"month": f"{part:02}", "quarter": f"Q{part}", "half-year": f"H{part}"}[every]
        if every == "year":
            return str(date.year)
        number = bisect.bisect_right(self.beginnings(every, term), day) - 1
        size = 12 // MONTHS[every]
        letter = {"contract-month": "M", "contract-quarter": "Q", "contract-half-year": "H"}.get(every)
        part = f"{number % size + 1:02}" if letter == "M" else number % size + 1
        return f"Y{number // size + 1}" + (f"-{letter}{part}" if letter else "")

    @functools.lru_cache(maxsize=None)
    def beginnings(self, every, term):
        """The days on which the parts of contract years begin, each counted from the term's first day."""
        days = [term[0]]
        while days[-1] < term[1]:
            days.append(self.law.day_after(term[0], len(days) * MONTHS[every], "mo")[0])
        return days

    def runs(self, duty, subject, begin, end, term):
        """The windows of the days from begin to end."""
        if "on" in duty:
            windows = []
            for day, provisional in self.dates(duty, term):
                if begin <= day < end:
                    windows.append(Window(duty, subject, date_of(day).isoformat(), day, day + 1))
                    windows[-1].provisional = provisional
            return windows
        windows = []
        for day in range(begin, end):
            if duty["every"] == "workday" and not self.law.calendar.worked[day]:
                continue
            name = self.period(duty["every"], day, term)
            if windows and windows[-1].name == name:
                windows[-1].end = day + 1
            else:
                windows.append(Window(duty, subject, name, day, day + 1))
        if duty["every"] == "workday":
            for window in windows:
                window.provisional = self.law.calendar.unknown[window.begin]
        return windows

    def dates(self, duty, term):
        """The days themselves, with whether an unknown year had a say."""
        days = set()
        for year in range(date_of(term[0]).year - 1, date_of(term[1]).year + 2):
            for text in duty["on"]:
                if text.startswith("lunar "):
                    date = self.lunar.get((year, text[6:]))
                else:
                    month, day = text.split("-")
                    day = min(int(day), calendar.monthrange(year, int(month))[1])  # 29 February, else its 28th
                    date = datetime.date(year, int(month), day)
                if date:
                    days.add(self.shift(duty, day_of(date)))
        return sorted(days)

    def shift(self, duty, day):
        seen = []
        amount, unit = re.fullmatch(r"([+-]?\d+)(d|wd)", duty.get("offset", "0d")).groups()
        step = 1 if int(amount) > 0 else -1
        left = abs(int(amount))
        while left:
            day += step
            seen += [day] if unit == "wd" else []
            left -= unit == "d" or self.law.calendar.worked[day]
        step = {"keep": 0, "before": -1, "after": 1}[duty.get("rest_day", "keep")]
        seen += [day] if step else []
        while step and not self.law.calendar.worked[day]:
            day += step
            seen.append(day)
        return day, self.law.is_unknown(seen)

    # --- windows

    def subjects(self, duty):
        """Pairs of a subject and the days in which the duty is owed for it."""
        term = self.contract.service_span(duty)
        if "each" not in duty:
            return [(None, term)]
        (field, wanted), = duty["each"].items()
        if field != "assets":
            return [(value, term) for value in wanted]
        owed = []
        for asset in self.rows.get("assets", []):
            if all(asset.get(key) == value for key, value in wanted.items()):
                begin = read_day(asset["installed_on"]) if asset["installed_on"] else term[0]
                end = read_day(asset["retired_on"]) if asset["retired_on"] else term[1]
                owed.append((asset["id"], (max(begin, term[0]), min(end, term[1]))))
        return owed

    def windows(self):
        made, versions = [], self.contract.versions("duties")
        for number, (duty, valid_from, valid_to) in enumerate(versions):
            term = self.contract.service_span(duty)
            replaces = any(other["id"] == duty["id"] and end == valid_from for other, _, end in versions[:number])
            replaced = any(other["id"] == duty["id"] and begin == valid_to for other, begin, _ in versions[number:])
            for subject, (begin, end) in self.subjects(duty):
                begin = begin if replaces else max(begin, valid_from)
                end = end if replaced else min(end, valid_to)
                made += [window for window in self.runs(duty, subject, begin, end, term)
                         if valid_from <= window.begin < valid_to]
        for window in made:
            self.set_due(window)
        return made

    def day_end(self, day):
        return day * DAY + (self.law.close if self.contract.close else DAY)

    def set_due(self, window):
        due = window.duty.get("due")
        rule, close = self.contract.rule, self.contract.close
        if due is None:
            window.due = self.day_end(window.end - 1)
            return
        if due == "last-workday":
            day = window.end - 1
            seen = [day]
            while day > window.begin and not self.law.calendar.worked[day]:
                day -= 1
                seen.append(day)
            window.due = self.day_end(day if self.law.calendar.worked[day] else window.end - 1)
            window.provisional |= self.law.is_unknown(seen)
            return
        after, within = ("end", due) if isinstance(due, str) else (due["after"], due["within"])
        start = {"end": window.end * DAY, "start": window.begin * DAY, "signing": self.contract.signed_on * DAY}[after]
        if after == "end" and rule == "civil-code" and read_duration(within)[1] not in ("m", "h", "wh"):
            start -= 1  # the day of the end does not count; elsewhere the end is the next day's 0:00
        window.due, provisional = self.law.deadline(start, within, rule, close)
        window.provisional |= provisional

    # --- verdicts

    def work(self, window):
        """(time, id, period named) of all that shows window's duty done."""
        duty = window.duty
        key = id(duty), window.subject
        if key in self.shown:
            return self.shown[key]
        kind = duty["evidence"]["type"]
        each = next(iter(duty.get("each", {})), None)
        found = self.shown[key] = set()
        for row in self.rows.get(kind, []):
            subject = row.get("asset") if each == "assets" else self.contract.id_of(row.get(each))
            if window.subject not in (None, subject):
                continue
            if self.contract.fits(duty["evidence"], row, row.get("level")) and self.contract.covers(duty, row):
                text = row.get(duty.get("at", DATED[kind]), "")
                if text:
                    # A plain date is a moment of its day, not the 24:00 of the day before.
                    at = self.contract.zone.tick(text) + (0.5 if is_plain_date(text) else 0)
                    found.add((at, row["id"], row.get("period", "")))
        return found

    def judge(self, as_of):
        groups = {}
        for window in self.made:
            window.evidence = []
            groups.setdefault(window.key[:2], []).append(window)
        for windows in groups.values():
            self.fill(sorted(windows, key=lambda window: window.begin), as_of)
        return self.made

    def fill(self, windows, as_of):
        """Gives each piece of work to the window that it names, else to the earliest that it is in
        time for, else to the earliest that it is late for."""
        versions = {id(window.duty): window for window in windows}.values()
        pieces = sorted({piece for window in versions for piece in self.work(window) if int(piece[0]) <= as_of})
        names = {window.name for window in windows}
        for window, following in zip(windows, [*windows[1:], None]):
            window.following = following
        unnamed = [piece for piece in pieces if piece[2] not in names]
        self.give(windows, [piece for piece in pieces if piece[2] in names], self.named)
        left = self.give(windows, unnamed, self.in_time)
        self.give(windows, left, self.late)
        for window in windows:
            self.conclude(window, as_of)

    def give(self, windows, pieces, fits):
        left = []
        for piece in pieces:
            for window in self.near(windows, piece):
                if not self.full(window) and fits(window, piece) and piece in self.work(window):
                    window.evidence.append(piece)
                    break
            else:
                left.append(piece)
        return left

    @staticmethod
    def near(windows, piece):
        """The windows that piece may be for: by name, or begun before it and some way back; what
        comes before all of them may be for the first, when that is due after the signing."""
        last = bisect.bisect_right(windows, int(piece[0] // DAY), key=lambda window: window.begin)
        return windows if piece[2] or len(windows) < 20 else windows[max(0, last - 20):last] or windows[:1]

    @staticmethod
    def full(window):
        return len(window.evidence) >= window.duty.get("times", 1)

    @staticmethod
    def named(window, piece):
        return piece[2] == window.name

    def in_time(self, window, piece):
        """What is done on one day is no work of the day before, unless that was due later."""
        at = piece[0]
        if not self.opening(window) * DAY <= at <= window.due:
            return False
        return at < window.end * DAY or window.end * DAY < window.due

    def opening(self, window):
        """The day from which work counts: what is due after the signing may be done from then on."""
        due = window.duty.get("due")
        if isinstance(due, dict) and due["after"] == "signing":
            return min(self.contract.signed_on, window.begin)
        return window.begin

    def late(self, window, piece):
        """Until the next one is due; a single day cannot be made up for."""
        at, following = piece[0], window.following
        if at < self.opening(window) * DAY:
            return False
        if window.end - window.begin == 1 and "due" not in window.duty:
            return at < window.end * DAY
        return following is None or at <= following.due and not at == following.due == following.end * DAY

    def conclude(self, window, as_of):
        in_time = all(piece[2] == window.name and piece[0] <= window.due or self.in_time(window, piece)
                      for piece in window.evidence)
        if self.full(window) and in_time:
            window.verdict = "done"
        elif self.waived(window):
            window.verdict = "waived"
        elif self.full(window):
            window.verdict = "late"
        elif as_of > window.due:
            window.verdict = "missed"
        else:
            window.verdict = "pending" if as_of >= self.opening(window) * DAY else "not_due"

    def waived(self, window):
        return any(row["duty"] == window.duty["id"]
                   and read_day(row["period_from"]) <= window.begin and window.end - 1 <= read_day(row["period_to"])
                   for row in self.rows.get("waivers", []))

