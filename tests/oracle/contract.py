"""contract.json as data: terms, versions of items, conditions (docs/contract.md).

A contract is contract.json as json.load gives it, a record a dict of its cells
with "type" and "id". All points in time are ticks (law.py)."""
import datetime
import re

from law import DAYS, FIRST, TICK, Law, day_of

FOREVER = DAYS


def read_minutes(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def read_day(text):
    return day_of(datetime.date.fromisoformat(text))


def is_plain_date(text):
    return len(text) == len("2026-03-09")


def is_true(text):
    return text in ("true", "是")


class Zone:
    """The contract's offset: times as ticks and back."""

    def __init__(self, offset):
        sign, hours, minutes = re.fullmatch(r"([+-])(\d\d):(\d\d)", offset).groups()
        delta = datetime.timedelta(hours=int(hours), minutes=int(minutes))
        self.offset = offset
        self.zone = datetime.timezone(-delta if sign == "-" else delta)
        self.epoch = datetime.datetime(*FIRST.timetuple()[:3], tzinfo=self.zone)

    def tick(self, text):
        """None for an empty cell; a plain date is its 0:00."""
        if not text:
            return None
        moment = datetime.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        ticks = (moment - self.epoch).total_seconds() / TICK
        assert ticks == int(ticks), text
        return int(ticks)

    def text(self, tick):
        if tick is None:
            return None
        moment = self.epoch + datetime.timedelta(seconds=tick * TICK)
        return moment.isoformat()


class Contract:
    def __init__(self, document, calendar):
        self.document = document
        self.zone = Zone(document.get("offset", "+08:00"))
        shifts = document.get("hours", {}).get("shifts", [["09:00", "17:00"]])
        self.law = Law(calendar, [(read_minutes(begin), read_minutes(end)) for begin, end in shifts])
        self.rule = document.get("rule", "civil-code")
        self.close = document.get("day_ends") == "close"
        self.term = self.read_term(document["term"])
        signed_on = document.get("signed_on", document["term"]["from"])
        self.signed_on = read_day(signed_on)
        self.levels = [level["id"] for level in document.get("levels", [])]
        self.ids = {one["name"]: one["id"] for plural in ("levels", "systems") for one in document.get(plural, [])
                    if "name" in one}
        self.services = {service["id"]: service for service in document.get("services", [])}

    def read_term(self, term):
        """First day, and the day after the last."""
        day = [read_day(term[key]) for key in ("from", "to")]
        return day[0], day[1] + 1

    def id_of(self, text):
        """The id of a system or a level, which records may write by its name."""
        return self.ids.get(text, text)

    def service_span(self, item):
        service = self.services.get(item.get("service"), {})
        return self.read_term(service["term"]) if "term" in service else self.term

    def covers(self, item, record):
        """Whether an item of a service may speak of record."""
        return "service" not in item or self.is_served(record, item["service"])

    def is_served(self, record, service):
        return self.id_of(record.get("system")) in self.services[service]["systems"]

    def versions(self, plural):
        """Every version of the items of a list, with the days of its validity, in the contract's order."""
        valid = [[item, -FOREVER, FOREVER] for item in self.document.get(plural, [])]
        for amendment in self.document.get("amendments", []):
            effective = read_day(amendment["effective"])
            changes = amendment["changes"]
            ended = set(changes.get("end", [])) | {item["id"] for item in changes.get(plural, [])}
            for version in valid:
                if version[0]["id"] in ended and version[2] == FOREVER:
                    version[2] = effective
            valid += [[item, effective, FOREVER] for item in changes.get(plural, [])]
        return valid

    def in_force(self, plural, day):
        return [item for item, begin, end in self.versions(plural) if begin <= day < end]

    def fits(self, conditions, record, level, skip=("type",)):
        """Whether record meets the conditions, being of that level."""
        for field, wanted in conditions.items():
            if field in skip:
                continue
            if field == "service":
                held = self.is_served(record, wanted)
            elif field == "level":
                held = level in (wanted if isinstance(wanted, list) else [wanted])
            else:
                cell = record.get(field, "")
                held = any(cell == "" if one is None else is_true(cell) == one if isinstance(one, bool) else cell == one
                           for one in (wanted if isinstance(wanted, list) else [wanted]))
            if not held:
                return False
        return True

    def denied(self, conditions, record):
        """Whether record says otherwise; an empty cell denies nothing, but an empty boolean is false."""
        for field, wanted in conditions.items():
            cell = record.get(field, "")
            if isinstance(wanted, bool):
                if is_true(cell) != wanted:
                    return True
            elif cell and cell not in (wanted if isinstance(wanted, list) else [wanted]):
                return True
        return False
