#!/usr/bin/env python3
"""Issue 3: the program and a slow oracle agree on random incidents and random duties.

ORACLE_SIZE says how many incidents (10000) and, a tenth of it, duties; ORACLE_SEED
which; ORACLE_FOLDER where the random repository is written, to be looked at later.
A difference is told with the record as the program read it and the readings of both."""
import collections
import os
import pathlib
import random
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import clocks
import duties
import incidents
import work
from law import DAY, Calendar
from repository import Repository

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

ROOT = pathlib.Path(os.environ["ROOT"])
SIZE = int(os.environ.get("ORACLE_SIZE", "10000"))
SEED = int(os.environ.get("ORACLE_SEED", "1"))
CLOCKS, DUTIES = 500, 50  # incidents, duties of a contract
SHOWN = 3

seen = collections.Counter()


def check_all(name, faults):
    """The first few faults are shown."""
    check(name + (f": {len(faults)} differences" if faults else ""), faults[:SHOWN])


def difference(title, program, oracle, *evidence):
    return "\n".join([title, f"  program {program}", f"  oracle  {oracle}", *(f"  {one}" for one in evidence)])


def filled(row):
    return {key: cell for key, cell in row.items() if cell}


def compare_clocks(repository, cases, judge, as_of):
    contract, zone = cases.contract, cases.contract.zone
    answer = repository.ask("sla", zone.text(as_of))
    told = {tuple(item["record"].split("/")[1:]) + (item["target"],): item for item in answer["items"]}
    reckoned = {}
    for kind in clocks.DATED:
        reckoned |= {(kind, *key): reading for key, reading in judge.read_all(cases.rows[kind], as_of).items()}
    faults = []
    for key in sorted(told.keys() | reckoned.keys()):
        program, oracle = item_of(told.get(key), zone), item_of_reading(reckoned.get(key))
        if oracle:
            seen[oracle[0]] += 1
            seen["provisional"] += oracle[-1]
        if program != oracle:
            kind, record, target = key
            rows = [row for rows in cases.rows.values() for row in rows if record in (row["id"], row.get("incident"))]
            faults.append(difference(f"{contract.document['id']}/{kind}/{record} {target} as of {zone.text(as_of)}",
                                     shown(program, zone), shown(oracle, zone), *map(filled, rows),
                                     *(one for one, *_ in contract.versions("targets") if one["id"] == target)))
    return faults


def item_of(item, zone):
    """(verdict, from, deadline, to, paused and overrun in minutes, provisional); of what is not
    counted, or not known, the verdict alone."""
    if not item:
        return None
    if item["verdict"] in ("excluded", "unknown"):
        return item["verdict"], False
    return (item["verdict"], *(zone.tick(item[key]) for key in ("from", "deadline", "to")), item["paused_minutes"],
            item["overrun_minutes"], item["provisional"])


def item_of_reading(reading):
    if not reading:
        return None
    if reading.verdict in ("excluded", "unknown"):
        return reading.verdict, False
    return (reading.verdict, reading.begin, reading.deadline, reading.end, reading.paused / 2, reading.overrun / 2,
            reading.provisional)


def compare_duties(repository, cases, roll, as_of):
    contract, zone = cases.contract, cases.contract.zone
    answer = repository.ask("duties", zone.text(as_of))
    told = collections.defaultdict(list)
    for window in answer["windows"]:
        told[window["duty"], window.get("subject") or "", zone.tick(window["from"]) // DAY].append(window)
    reckoned = collections.defaultdict(list)
    for window in roll.judge(as_of):
        reckoned[window.duty["id"], window.subject or "", window.begin].append(window)
        seen[window.verdict] += 1
    faults = []
    for key in sorted(told.keys() | reckoned.keys()):
        program = [(one["verdict"], zone.tick(one["to"]), zone.tick(one["due"]), one["provisional"],
                    *sorted(record.split("/")[-1] for record in one["evidence"])) for one in told[key]]
        oracle = [(one.verdict, one.end * DAY, one.due, one.provisional, *sorted(piece[1] for piece in one.evidence))
                  for one in reckoned[key]]
        if program != oracle:
            ids = {cell for one in program + oracle for cell in one}
            rows = [row for rows in cases.rows.values() for row in rows if row["id"] in ids]
            faults.append(difference(f"{contract.document['id']} {key[0]} {key[1]} from {zone.text(key[2] * DAY)}"
                                     f" as of {zone.text(as_of)}", [shown(one, zone) for one in program],
                                     [shown(one, zone) for one in oracle], *map(filled, rows),
                                     *(one for one, *_ in contract.versions("duties") if one["id"] == key[0])))
    return faults


def shown(item, zone):
    """Ticks as times."""
    return item and [zone.text(cell) if type(cell) is int else cell for cell in item]


def instants(cases):
    """One in the midst of things, one when all is over."""
    return cases.as_of, (cases.contract.term[1] + 40) * DAY


def stored(folder, cases):
    document = cases.contract.document
    return Repository(os.path.join(folder, document["id"]), ROOT, document, cases.rows)


def main(folder):
    chance = random.Random(SEED)
    calendar = Calendar(ROOT / "records/calendar")
    lunar = duties.read_lunar(ROOT / "tests/unit/time/lunar.csv")
    for i in range(max(1, SIZE // CLOCKS)):
        cases = incidents.Incidents(chance, incidents.contract(chance, f"clocks-{i}"), calendar, CLOCKS)
        repository, judge = stored(folder, cases), clocks.Judge(cases.contract, cases.rows)
        check_all(f"{CLOCKS} incidents of {cases.contract.document['id']}",
            [fault for as_of in instants(cases) for fault in compare_clocks(repository, cases, judge, as_of)])
    for i in range(max(1, SIZE // 10 // DUTIES)):
        cases = work.Work(chance, work.contract(chance, f"duties-{i}", DUTIES), calendar, lunar)
        repository, roll = stored(folder, cases), duties.Roll(cases.contract, cases.rows, lunar)
        check_all(f"{DUTIES} duties of {cases.contract.document['id']}",
            [fault for as_of in instants(cases) for fault in compare_duties(repository, cases, roll, as_of)])
    verdicts = ["met", "missed", "running", "paused", "excluded", "unknown", "provisional",
                "done", "late", "pending", "not_due", "waived"]
    check_all("every verdict occurs", [f"no {verdict}" for verdict in verdicts if not seen[verdict]])
    print("#", ", ".join(f"{count} {name}" for name, count in seen.most_common()))


if "ORACLE_FOLDER" in os.environ:
    shutil.rmtree(os.environ["ORACLE_FOLDER"], ignore_errors=True)
    main(os.environ["ORACLE_FOLDER"])
else:
    with tempfile.TemporaryDirectory() as scratch:
        main(os.path.join(scratch, "repository"))
done()
