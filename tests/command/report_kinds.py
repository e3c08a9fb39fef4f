#!/usr/bin/env python3
"""Issue 4: every kind of docs/reports.md has its template and a contract that asks for it,
cites rows of the requirements, and its sample has no empty section and no raw tag."""
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ["ROOT"])
number, failed = 0, False


def check(name, fault):
    global number, failed
    number += 1
    failed = failed or bool(fault)
    print("not ok" if fault else "ok", number, "-", name)
    if fault:
        print("#", fault)


def shown(path):
    return subprocess.run(["git", "-C", ROOT, "show", f"HEAD:{path}"], check=True, capture_output=True).stdout.decode()


files = subprocess.run(["git", "-C", ROOT, "ls-tree", "-r", "--name-only", "HEAD"], check=True,
                       capture_output=True).stdout.decode().splitlines()
contracts = {path.split("/")[1]: json.loads(shown(path)) for path in files if path.endswith("/contract.json")}
rows = re.findall(r"^\| `([a-z-]+)` \|.*\| ([A-E0-9, TDLRPMS-]+) \| `([a-z-]+)/reports/([A-Za-z0-9-]+)` \|$",
                  shown("docs/reports.md"), re.M)
documented = {kind for kind, *_ in rows}
asked = {report["kind"] for contract in contracts.values() for report in contract["reports"]}
templates = {match[1] for path in files if (match := re.fullmatch(r"templates/([a-z-]+)\.md", path))}
check("every kind that a contract asks for is documented", asked ^ documented)
check("every kind has its template", documented - templates)


def empty_sections(text):
    """Headings with nothing before the next one of their level or above."""
    lines = [line for line in text.split("\n") if line.strip()]
    level = [len(re.match("#*", line)[0]) for line in lines]
    return [lines[i] for i in range(len(lines))
            if level[i] and (i + 1 == len(lines) or 0 < level[i + 1] <= level[i])]


for kind, clauses, contract, stem in rows:
    which = re.sub(f"^{kind}-", "", stem)
    answer = subprocess.run([os.environ["OPSLEDGER"], "-C", ROOT, "report", kind, "--contract", contract, "--period", which,
                             "--format", "md", "-o", "/dev/stdout"], capture_output=True)
    text = answer.stdout.decode()
    check(f"{kind} of {contract}, {which}", answer.stderr.decode() if answer.returncode else "")
    check(f"{kind} has no empty section", empty_sections(text))
    check(f"{kind} has no raw tag and no null in words", re.findall(r"\{\{.*?\}\}|\"[^\"\n]*\bnull\b[^\"\n]*\"", text))
    named = {clause.strip() for clause in clauses.split(",")}
    own = next(report["clause"] for report in contracts[contract]["reports"] if report["kind"] == kind)
    check(f"{kind} cites its clause", "" if own in named else f"{own} is not among {sorted(named)}")
print(f"1..{number}")
sys.exit(failed)
