#!/usr/bin/env python3
"""Issue 4: opsledger view and the tables of docs/templates.md name the same values: none that a
report of docs/reports.md can print is left out, none is told that no report has."""
import json
import os
import pathlib
import re
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

ROOT = pathlib.Path(os.environ["ROOT"])


def shown(path):
    return subprocess.run(["git", "-C", ROOT, "show", f"HEAD:{path}"], check=True, capture_output=True).stdout.decode()


def view(*arguments):
    return subprocess.run([os.environ["OPSLEDGER"], "-C", ROOT, "view", *arguments], capture_output=True)


def documented(page):
    """Every name of the tables: each of the first cell, and with each member of the second."""
    names = set()
    for line in page[page.index("### In every report"):].splitlines():
        cells = line.strip("| ").split(" | ") if line.startswith("| ") else []
        if line.startswith("| | "):
            cells = ["", *line[4:].strip("| ").split(" | ")]
        owners = re.findall(r"`([^`]+)`", cells[0]) if cells else []
        for member in re.findall(r"`([^`]+)`", cells[1]) if len(cells) > 1 else []:
            names |= {f"{owner}.{member}" for owner in owners} or {member}
        names |= {owner.removesuffix("[]") for owner in owners}
    return names


def general(name):
    """A name as the page writes it: the names of types, fields and values stand for all of them."""
    name = re.sub(r"^(appendix\.of\.)\w+", r"\1BRANCH", name)
    begin = re.match(r"records\.\w+|subject\.related(?:_by|_each|_total)?\.\w+|subject\.of\.\w+", name)
    if not begin:
        return name
    last = "FIELD" if begin[0].startswith("subject.of") else "TYPE"
    name = begin[0].rpartition(".")[0] + "." + last + name[begin.end():]
    name = re.sub(r"(\.where\.)\w+\.[^.\[]+", r"\1FIELD.VALUE", name)
    name = re.sub(r"(\.(?:where|by)\.)(?!FIELD)\w+", r"\1FIELD", name)
    name = re.sub(r"(related_(?:by|each)\.TYPE\.)\w+", r"\1FIELD", name)
    name = re.sub(r"(\.rate\.)\w+\.\w+", r"\1FIELD.OTHER", name)
    return re.sub(r"(\.(?:sum|rate)\.)(?!FIELD)\w+", r"\1FIELD", name)


SCHEMAS = {pathlib.Path(path).stem: {field["name"] for field in json.loads(shown(path))["fields"]}
           for path in subprocess.run(["git", "-C", ROOT, "ls-tree", "-r", "--name-only", "HEAD", "records/schema"],
                                      check=True, capture_output=True).stdout.decode().split()}
ROWS = re.findall(r"^\| `([a-z-]+)` \|.*\| `([a-z-]+)/reports/([A-Za-z0-9-]+)` \|$", shown("docs/reports.md"), re.M)
told = documented(shown("docs/templates.md"))
seen, empty = set(), set()
for kind, contract, stem in ROWS:
    answer = view(kind, "--contract", contract, "--period", re.sub(f"^{kind}-", "", stem), "--json")
    check(f"lists the values of {kind}", answer.stderr.decode())
    entries = json.loads(answer.stdout)
    types = {entry["name"]: entry.get("type") for entry in entries}
    for entry in entries:
        # fields of a row are told by its schema
        row = re.match(r"(subject|records\.\w+\.list)(?:\[\])?\.(\w+)", entry["name"])
        if row and row[2] in SCHEMAS.get(types[row[1]], {"record"}) | {"record"}:
            continue
        seen.add(general(entry["name"]))
        if entry["kind"] == "empty":
            empty.add(general(entry["name"]))
check("names of values are read from the page", len(told) < 300)
check("every value is documented", sorted(seen - told))
# What is empty in all samples shows no members.
check("every documented value is there",
      sorted(name for name in told - seen if not any(name.startswith(nothing + "[]") for nothing in empty)))

texts = view("monthly", "targets", "--contract", "hengqin-admin", "--period", "2026-03").stdout.decode().splitlines()
check("NAME chooses what is below it", [line for line in texts[1:] if not re.match(r"targets[ .]", line)])
check("and shows kind and sample", not any(re.match(r"targets\.list\[\]\.limit +(text|文字) +10分钟$", line) for line in texts))
check("a name that is none is told", view("monthly", "nix", "--contract", "hengqin-admin", "--period", "2026-03").returncode != 2)

# The rule itself: what is left out and what is not there are seen.
page = "### In every report\n| `a` | `b` `c` | |\n| | `d` | |\n"
check("tables are read", documented(page) ^ {"a", "a.b", "a.c", "d"})
check("names are made general", {general(name) for name in (
    "records.backups.where.kind.恢复测试", "records.messages.by.operator[].rate.sent.failed", "subject.related.findings",
    "subject.related_each.aspects.aspect[].list", "subject.of.incident", "records.x.sum", "targets.list[].met")}
    ^ {"records.TYPE.where.FIELD.VALUE", "records.TYPE.by.FIELD[].rate.FIELD.OTHER", "subject.related.TYPE",
       "subject.related_each.TYPE.FIELD[].list", "subject.of.FIELD", "records.TYPE.sum", "targets.list[].met"})
done()
