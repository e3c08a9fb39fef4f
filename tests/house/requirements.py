#!/usr/bin/env python3
"""docs/requirements.md: every T, D, L, M and S row of the five contracts has an
item that carries it and a test that proves it; every D, R, P, M and S row has a
report that says so; and the page names them all."""
import json
import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

LISTS = ("targets", "duties", "limits", "staff_rules", "payment", "demands")
ROW = re.compile(r"[A-E]-[TDLMS][0-9]+")
TOLD = re.compile(r"[A-E]-[DRPMS][0-9]+")
SECOND_PART = "## What reports say of each row"


def items_of(contract):
    """The clauses of an item, by its id, for all items of the contract."""
    found = {}
    for item in [i for name in LISTS for i in contract.get(name, [])] + [contract.get("appraisal", {})]:
        for clause in {item.get("clause"), item.get("excluded_by")} - {None}:
            found.setdefault(clause, set()).add(item["id"])
    return found


def rows_of(page):
    """Clause → its items and tests, as the page says."""
    rows = {}
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and ROW.fullmatch(cells[0]):
            tests = re.findall(r"`([\w/]+\.c)` (\w+)", cells[3])
            rows[cells[0]] = (set(re.findall(r"`([\w-]+)`", cells[2])), tests)
    return rows


def faults(page, contracts, tests):
    rows = rows_of(page)
    for contract in contracts:
        items = items_of(contract)
        for clause in filter(ROW.fullmatch, contract["clauses"]):
            named, proofs = rows.pop(clause, (set(), []))
            if not items.get(clause):
                yield f"{clause}: no item of {contract['id']} carries it"
            if named != items.get(clause, set()):
                yield f"{clause}: the page names {sorted(named)}, the contract has {sorted(items.get(clause, set()))}"
            if not proofs:
                yield f"{clause}: no test is named"
            for file, name in proofs:
                if f"static void {name}(" not in tests.get(file, ""):
                    yield f"{clause}: there is no test {name} in {file}"
                elif clause not in tests[file]:
                    yield f"{clause}: {file} does not say that it proves it"
    for clause in rows:
        yield f"{clause}: no contract has it"


def told_faults(page, contracts, exists):
    """Rows that no report tells of, and reports that their contract does not call for."""
    rows = {}
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and TOLD.fullmatch(cells[0]):
            rows.setdefault(cells[0], []).append(cells[1:])
    for contract in contracts:
        kinds = {report["kind"] for report in contract.get("reports", [])}
        for clause in filter(TOLD.fullmatch, contract["clauses"]):
            if clause not in rows:
                yield f"{clause}: no report tells of it"
            for text, report, words in rows.pop(clause, []):
                place = re.match(r"`([^`]+)`", report)[1]
                if text != contract["clauses"][clause]:
                    yield f"{clause}: the contract words it otherwise"
                if place not in kinds and not exists(place):
                    yield f"{clause}: {contract['id']} has no report {place}"
                if not words:
                    yield f"{clause}: no words are named"
    for clause in rows:
        yield f"{clause}: no contract has it"


def main():
    whole = pathlib.Path("docs/requirements.md").read_text(encoding="utf-8")
    page, _, second = whole.partition(SECOND_PART)
    contracts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(pathlib.Path("records").glob("*/contract.json"))]
    unit = pathlib.Path("tests/unit")
    tests = {str(path.relative_to(unit)): path.read_text(encoding="utf-8") for path in unit.glob("*/*.c")}
    found = list(faults(page, contracts, tests))
    check("every row has its item and its test", found)
    # The rule itself is tested: a row without an item, one without a test, and one that is no row are seen.
    broken = "| X | clause | items | tests |\n| A-T1 | c | `a` |  |\n| A-T9 | c | `a` | `rules/t.c` none |\n"
    seen = list(faults(broken, [{"id": "x", "clauses": {"A-T1": "c", "A-T2": "c"}, "targets": [{"id": "a", "clause": "A-T1"}]}], {}))
    expected = ["A-T1: no test is named", "A-T2: no item of x carries it", "A-T2: no test is named", "A-T9: no contract has it"]
    check("what is missing is seen", seen != expected)
    untold = list(told_faults(second, contracts, lambda place: pathlib.Path(place).is_file()))
    check("every row has its report", untold)
    broken = "| A-D1 | c | `weekly` 2026-W01 | `x` |\n| A-D2 | d | `kb/none.md` | |\n| A-P9 | c | `weekly` x | `x` |\n"
    saw = list(told_faults(broken, [{"id": "x", "clauses": {"A-D1": "c", "A-D2": "c", "A-R1": "c"}, "reports": [{"kind": "weekly"}]}],
                           lambda place: False))
    wanted = ["A-D2: the contract words it otherwise", "A-D2: x has no report kb/none.md", "A-D2: no words are named",
              "A-R1: no report tells of it", "A-P9: no contract has it"]
    check("what is missing is seen there too", saw != wanted)
    done()


main()
