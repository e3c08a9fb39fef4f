"""What random contracts are made of, and days that try the calendar."""

SHIFTS = [
    [["09:00", "12:00"], ["13:00", "18:00"]],
    [["08:30", "12:00"], ["14:00", "17:30"]],
    [["09:00", "17:00"]],
    [["00:00", "24:00"]],
    [["08:00", "11:30"], ["13:00", "16:00"], ["19:00", "21:00"]],
]
# A calendar year, one from October, two years from 29 February, one into a year without a notice.
TERMS = [("2026-01-01", "2026-12-31"), ("2025-10-01", "2026-09-30"), ("2024-02-29", "2026-02-28"),
         ("2026-07-01", "2027-06-30")]
RULES = ["civil-code", "civil-code", "same-clock", "count-first-day"]
OFFSETS = ["+08:00", "+08:00", "+08:00", "+05:30", "-03:00"]
SYSTEMS = [{"id": "office", "name": "行政管理子系统"}, {"id": "cases", "name": "案件管理子系统"}, {"id": "portal"}]

# About holidays, weekends worked in exchange, ends of months and years.
INTERESTING_DAYS = [
    "2024-02-29", "2024-04-07", "2024-05-11", "2024-10-12", "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28",
    "2025-09-30", "2025-10-11", "2025-12-31", "2026-01-01", "2026-01-04", "2026-01-31", "2026-02-13", "2026-02-14",
    "2026-02-28", "2026-04-30", "2026-05-09", "2026-09-20", "2026-09-30", "2026-10-07", "2026-10-10", "2026-12-31",
    "2027-01-01", "2027-01-31", "2027-02-27"]


def happens(random, chance):
    return random.random() < chance


def ids(things):
    return [thing["id"] for thing in things]


def spelling(random, things, name):
    """The id, or half of the time the name, of one of things."""
    thing = next(thing for thing in things if thing["id"] == name)
    return thing.get("name", name) if happens(random, 0.5) else name


def written(random, zone, tick):
    """A time as engineers write it, now and then with its offset."""
    text = zone.text(tick)
    return text if happens(random, 0.1) else text[:19].replace("T", " ").removesuffix(":00")


def frame(random, name):
    """A contract without items."""
    begin, end = random.choice(TERMS)
    return {
        "id": name, "purchaser": "采购人", "provider": "承建运维单位", "offset": random.choice(OFFSETS),
        "term": {"from": begin, "to": end}, "hours": {"shifts": random.choice(SHIFTS)},
        "rule": random.choice(RULES), "day_ends": random.choice(["midnight", "close"]),
        "services": [{"id": "administration", "systems": ["office", "portal"]},
                     {"id": "enforcement", "systems": ["cases"]}],
        "systems": SYSTEMS,
    }
