"""Provenance against git log, and a build: 20,000 commits, 100,000 rows."""
import pathlib

from compare import PROGRAM, compare, synthetic_history


def files_and_megabytes(folder):
    sizes = [path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file()]
    return f"{len(sizes):,} files, {sum(sizes) / 1e6:,.0f} MB"


def measure(work, commits, rows_a_commit):
    """rows_a_commit: the most that a commit adds."""
    subject = work / "history.git"
    synthetic_history(subject, commits, 2400, rows_a_commit)
    compare(f"Where a record of {commits:,} commits comes from", {
        "opsledger trace (every record)": [PROGRAM, "-C", subject, "trace", "bench/incidents/INC-0000001"],
        "git log --raw": ["git", "-C", subject, "log", "--raw"],
        "git log -p": ["git", "-C", subject, "log", "-p"]})
    builds = {"opsledger build": "main", "the same without reports": "no-reports"}
    compare(f"A site of {commits:,} commits", {
        name: [PROGRAM, "-C", subject, "--at", branch, "build", "-o", work / branch]
        for name, branch in builds.items()}, times=1)
    for name, branch in builds.items():
        print(f"  {name}: {files_and_megabytes(work / branch)}")


def run(work):
    measure(work, 20000, 9)
