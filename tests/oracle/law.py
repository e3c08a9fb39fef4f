"""The law of time (design, chapter 5), by counting ticks and days one after another.

Shares nothing with the engine. A point in time is the number of ticks of 30
seconds since 2022-01-01T00:00 in the contract's own zone, a day the number of
days since then. Whatever is asked is counted out on a table that says of every
tick whether it is worked, or day by day; nothing is worked out by arithmetic
on shifts or intervals, which is what the engine does.

Sources: Civil Code of the PRC, articles 200-204; generator/time/deadline.h
where the articles leave a contract free."""
import calendar as month_lengths
import csv
import datetime
import pathlib
import re

FIRST = datetime.date(2022, 1, 1)
DAYS = 8 * 366
TICK = 30
HOUR = 3600 // TICK
DAY = 24 * HOUR
UNITS = {"m": 60 // TICK, "h": HOUR}


def day_of(date):
    return (date - FIRST).days


def date_of(day):
    return FIRST + datetime.timedelta(days=day)


def read_duration(text):
    amount, unit = re.fullmatch(r"([0-9]+)(m|h|wh|wd|d|w|mo|y)", text).groups()
    return int(amount), unit


class Calendar:
    """Rest and work by day, and the days whose year no notice covers."""

    def __init__(self, folder):
        entries, years = {}, set()
        for path in sorted(pathlib.Path(folder).glob("cn-*.csv")):
            years.add(int(path.stem[3:]))
            with open(path, encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    entries[datetime.date.fromisoformat(row["date"])] = row["kind"] == "work"
        dates = [date_of(day) for day in range(DAYS)]
        self.worked = [entries.get(date, date.isoweekday() < 6) for date in dates]
        self.unknown = [date.year not in years for date in dates]


class Law:
    """A contract's calendar and hours. shifts are pairs of minutes of the day; one that
    passes midnight ends after 1440 and belongs to the day it begins on."""

    def __init__(self, calendar, shifts):
        self.calendar = calendar
        self.close = max(to for _, to in shifts) * 60 // TICK
        table = bytearray((DAYS + 2) * DAY)
        for day in range(DAYS):
            if calendar.worked[day]:
                for begin, end in shifts:
                    ticks = range(day * DAY + begin * 60 // TICK, day * DAY + end * 60 // TICK)
                    table[ticks.start:ticks.stop] = b"\1" * len(ticks)
        self.working = bytes(table)
        self.always = bytes(b"\1" * len(table))

    def is_unknown(self, days):
        return any(self.calendar.unknown[day] for day in days)

    def days_of_working_time(self, begin, end):
        """The days whose shifts may hold a tick of [begin, end)."""
        return range(begin // DAY, (end - 1) // DAY + 1) if end > begin else range(0)

    @staticmethod
    def run_out(state, begin, need):
        """The end of the need-th tick from begin on that is 1 in state; None when there is none."""
        here = begin
        while True:
            if here >= len(state):
                return None
            count = state.count(1, here, here + DAY)
            if count >= need:
                break
            need -= count
            here += DAY
        while need:
            need -= state[here]
            here += 1
        return here

    def day_after(self, day, amount, unit):
        """Counts amount units of days from day, which itself does not count (201, 202)."""
        if unit in ("d", "w"):
            for _ in range(amount * (7 if unit == "w" else 1)):
                day += 1
            return day, False
        date = date_of(day)
        year, month = date.year, date.month
        for _ in range(amount * (12 if unit == "y" else 1)):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        length = month_lengths.monthrange(year, month)[1]
        return day_of(datetime.date(year, month, min(date.day, length))), date.day > length

    def workday_after(self, day, amount, seen):
        """The amount-th working day after day; the days looked at are added to seen."""
        while amount:
            day += 1
            seen.append(day)
            amount -= self.calendar.worked[day]
        return day

    def off_rest(self, day, seen):
        """day, or the working day that follows a rest day (203)."""
        seen.append(day)
        while not self.calendar.worked[day]:
            day += 1
            seen.append(day)
        return day

    def deadline(self, start, within, rule, close):
        """The deadline, and whether it rests on an unknown year."""
        amount, unit = read_duration(within)
        seen = []
        if unit in UNITS:
            return start + amount * UNITS[unit], False
        if unit == "wh":
            end = self.run_out(self.working, start, amount * HOUR)
            return end, self.is_unknown(self.days_of_working_time(start, end))
        day, clock = divmod(start, DAY)
        if rule == "same-clock":
            if unit != "wd":
                last, clamped = self.day_after(day, amount, unit)
                return (last + 1) * DAY if clamped else last * DAY + clock, False
            if not self.calendar.worked[day]:
                clock = 0
            day = self.off_rest(day, seen)
            last = self.workday_after(day, amount, seen)
            return last * DAY + clock, self.is_unknown(seen)
        if rule == "count-first-day":
            if close and clock >= self.close:
                day += 1
            if unit == "wd":
                last = self.workday_after(day - 1, amount, seen)
            else:
                last, clamped = self.day_after(day, amount, unit)
                last = self.off_rest(last if clamped else last - 1, seen)
        elif unit == "wd":
            last = self.workday_after(day, amount, seen)
        else:
            last = self.off_rest(self.day_after(day, amount, unit)[0], seen)
        return last * DAY + (self.close if close else DAY), self.is_unknown(seen)
