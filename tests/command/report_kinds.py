#!/usr/bin/env python3
"""Issue 4: every kind of docs/reports.md has its template and a contract that asks for it,
cites rows of the requirements, and its sample has no empty section and no raw tag."""
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

from markdown_faults import faults

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

ROOT = pathlib.Path(os.environ["ROOT"])


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


# The second column of "What a periodic report holds".
PARTS = [part.replace("\\|", "|") for part in re.findall(
    r"^\| .* \| `([^`]+)` \|$", re.search(r"\| part \|.*?\n\n", shown("docs/reports.md"), re.S)[0], re.M)]
check("parts of a periodic report are read from the page", [] if len(PARTS) == 17 else PARTS)

for kind, clauses, contract, stem in rows:
    which = re.sub(f"^{kind}-", "", stem)
    answer = subprocess.run([os.environ["OPSLEDGER"], "-C", ROOT, "report", kind, "--contract", contract, "--period", which,
                             "--format", "md"], capture_output=True)
    text = answer.stdout.decode()
    check(f"{kind} of {contract}, {which}", answer.stderr.decode() if answer.returncode or not text else "")
    check(f"{kind} has no empty section, no raw tag, no null in words", faults(text))
    if kind in ("weekly", "monthly", "quarterly", "half-year", "annual"):
        check(f"{kind} holds what a periodic report holds", [part for part in PARTS if part not in text])
    named = {clause.strip() for clause in clauses.split(",")}
    own = next(report["clause"] for report in contracts[contract]["reports"] if report["kind"] == kind)
    check(f"{kind} cites its clause", "" if own in named else f"{own} is not among {sorted(named)}")
check("what must not be in a report is seen", {fault.split(" ")[0] for fault in faults(
    "# A\n\n## B\n\n## C\n\n{{x}} null。。\n\n```form\n{\"a\": \"x null\"}\n```\n")} ^ {"nothing", "a", "null", "two"}
      or faults("# A\n\n## B\n\ntext\n\n```chart\n{\"a\": [null]}\n```\n"))

# "A kind of your own" as the page tells it: one template, one line in the contract, one command.
page = shown("docs/reports.md")
own = page[page.index("## A kind of your own"):page.index("## What figures mean")]
name, template = re.search(r"`(templates/[a-z-]+\.md)`:\n\n((?: {7}.*\n|\n)+)", own).groups()
line = re.search(r"^ {7}(\{\"id\".*?\]\})$", own, re.M | re.S)[1]
command = shlex.split(re.search(r"`opsledger (report .*?) -o ", own)[1])
with tempfile.TemporaryDirectory() as work:
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, work], check=True)
    pathlib.Path(work, name).write_text(re.sub("^ {7}", "", template.strip("\n"), flags=re.M) + "\n", encoding="utf-8")
    contract = pathlib.Path(work, "records", command[command.index("--contract") + 1], "contract.json")
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace('"reports": [\n', '"reports": [\n' + line + ",\n", 1), encoding="utf-8")
    subprocess.run(["git", "-C", work, "add", "-A"], check=True)
    subprocess.run(["git", "-C", work, "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false",
                    "commit", "-q", "-m", "a kind"], check=True)
    answer = subprocess.run([os.environ["OPSLEDGER"], "-C", work, *command], capture_output=True)
    made = answer.stdout.decode()
    check("a kind of one's own is made as the page tells it", answer.stderr.decode() or faults(made))
    title = json.loads(line)["name"]
    check("and has its title, its figures and its signatures",
          [words for words in (f"# {title}（2026年第一季度）", "| E-T1 |", "```signature") if words not in made])
    checked = subprocess.run([os.environ["OPSLEDGER"], "-C", work, "check"], capture_output=True)
    check("and check has nothing against it", checked.stderr.decode() if checked.returncode else "")
done()
