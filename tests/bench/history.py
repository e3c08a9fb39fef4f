"""Provenance against git log."""
import subprocess

from compare import PROGRAM, compare, synthetic_history


def run(work):
    subject = work / "history.git"
    synthetic_history(subject, 20000)
    record = next(line.split(",")[0] for line in subprocess.run(
        ["git", "-C", subject, "grep", "-h", "-m1", "INC", "HEAD", "--", "records/*.csv"],
        capture_output=True, text=True, check=True).stdout.splitlines())
    contract = subprocess.run(["git", "-C", subject, "ls-tree", "--name-only", "HEAD", "records/"],
                              capture_output=True, text=True, check=True).stdout.split()
    contract = next(name.split("/")[1] for name in contract if not name.endswith(("schema", "calendar")))
    compare("Where a record of 20,000 commits comes from", {
        "opsledger trace (every record)": [PROGRAM, "-C", subject, "trace", f"{contract}/incidents/{record}"],
        "git log --raw": ["git", "-C", subject, "log", "--raw"],
        "git log -p": ["git", "-C", subject, "log", "-p"]})
