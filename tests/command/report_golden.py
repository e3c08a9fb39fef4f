#!/usr/bin/env python3
"""Issue 4: the Markdown of every kind of docs/reports.md, made of a small contract whose figures can be
worked in the head (tests/golden/report/records and kb) by the templates of this repository, at a fixed commit.

OPSLEDGER_GOLDEN=1 writes the golden files anew."""
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

ROOT = pathlib.Path(os.environ["ROOT"])
GOLDEN = ROOT / "tests/golden/report"
# kind → the period, or the record
REPORTS = {
    "daily": "2026-03-10", "weekly": "2026-W11", "monthly": "2026-03", "quarterly": "2026-Q1", "half-year": "2026-H1",
    "annual": "Y1", "licences": "2026-03", "messages": "2026-03", "appraisal": "2026-03", "inspection-log": "2026-03",
    "training": "Y1", "payment": "Y1", "fault": "INC-2026-0002", "major-fault": "INC-2026-0001",
    "emergency": "INC-2026-0001", "rectification": "RCT-2026-0001", "inspection": "INS-20260310",
    "security-inspection": "INS-20260312", "restore-test": "BAK-20260318-01", "drill": "DRL-2026-0001",
    "vulnerability": "ASM-2026-0001", "assessment": "ASM-2026-0002", "code-audit": "ASM-2026-0003",
    "data-quality": "ASM-2026-0004", "device": "DEV-2026-0001",
}


def commit(folder, day, message):
    when = f"2026-{day}T18:00:00+08:00"
    identity = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                for what, value in (("NAME", "记录员"), ("EMAIL", "records@example.invalid"), ("DATE", when))}
    for command in (["add", "-A"], ["-c", "commit.gpgsign=false", "commit", "-q", "-m", message]):
        subprocess.run(["git", "-C", folder, *command], check=True, env={**os.environ, **identity})
    return subprocess.run(["git", "-C", folder, "rev-parse", "HEAD"], check=True, capture_output=True).stdout.decode().strip()


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


with tempfile.TemporaryDirectory() as work:
    repository = pathlib.Path(work)
    subprocess.run(["git", "init", "-q", "-b", "main", repository], check=True)
    for folder in ("records", "kb"):
        shutil.copytree(GOLDEN / folder, repository / folder)
    for folder in ("records/schema", "records/calendar", "templates"):
        shutil.copytree(ROOT / folder, repository / folder)
    # Three commits, so that reports have late records and changed ones to tell of.
    records = repository / "records/office"
    late = (records / "findings.csv").read_text(encoding="utf-8")
    edit(records / "findings.csv", late.splitlines(True)[-1], "")
    edit(records / "incidents.csv", "2026-03-16 09:00", "2026-03-12 09:00")
    commits = [commit(repository, "03-31", "录入")]
    (records / "findings.csv").write_text(late, encoding="utf-8")
    commits.append(commit(repository, "04-02", "补录"))
    edit(records / "incidents.csv", "2026-03-12 09:00", "2026-03-16 09:00")
    commits.append(commit(repository, "07-02", "更正"))
    for kind, which in REPORTS.items():
        answer = subprocess.run([os.environ["OPSLEDGER"], "-C", repository, "report", kind, "--contract", "office",
                                 "--period", which, "--format", "md"], capture_output=True)
        text = answer.stdout.decode()
        # Commit ids hang on templates and schemas too.
        for order, name in enumerate(commits, 1):
            text = text.replace(name[:10], f"COMMIT-{order}")
        path = GOLDEN / f"{kind}.md"
        if os.environ.get("OPSLEDGER_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        golden = path.read_text(encoding="utf-8") if path.exists() else ""
        check(f"{kind} {which}", answer.stderr.decode().splitlines()
              or list(difflib.unified_diff(golden.splitlines(), text.splitlines(), "golden", "is", lineterm="")))

documented = set(re.findall(r"^\| `([a-z-]+)` \|.*/reports/", (ROOT / "docs/reports.md").read_text(encoding="utf-8"), re.M))
check("every kind has its golden file", sorted(documented ^ set(REPORTS)))
done()
