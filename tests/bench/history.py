"""Provenance against git log, and a build: 20,000 commits, 100,000 rows."""
import pathlib
import subprocess

from compare import PROGRAM, compare, synthetic_history

FIRST = "bench/incidents/INC-0000001"


def files_and_megabytes(folder):
    sizes = [path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file()]
    return f"{len(sizes):,} files, {sum(sizes) / 1e6:,.0f} MB"


def git(folder, *arguments, **options):
    return subprocess.run(["git", "-C", folder, "-c", "user.name=x", "-c", "user.email=x", *arguments], check=True,
                          capture_output=True, text=True, **options).stdout.strip()


def add_row(folder, work):
    """A commit that adds one row to the newest file, on the branch one."""
    index = {"GIT_INDEX_FILE": str(work / "index"), "PATH": "/usr/bin:/bin"}
    path = git(folder, "ls-tree", "-r", "--name-only", "main", "records/bench/incidents/").splitlines()[-1]
    rows = git(folder, "show", f"main:{path}") + "\nINC-9999999,登录缓慢,P3,2026-03-01T01:00:00+08:00,,甲,\n"
    blob = git(folder, "hash-object", "-w", "--stdin", input=rows)
    git(folder, "read-tree", "main", env=index)
    git(folder, "update-index", "--cacheinfo", f"100644,{blob},{path}", env=index)
    tree = git(folder, "write-tree", env=index)
    git(folder, "branch", "-f", "one", git(folder, "commit-tree", tree, "-p", "main", "-m", "one row"))


def measure_trace(work, commits, rows_a_file, rows_a_commit):
    """The life of every record: from nothing, and with what an earlier run kept."""
    subject, kept = work / "trace.git", f"OPSLEDGER_CACHE={work / 'kept'}"
    synthetic_history(subject, commits, rows_a_file, rows_a_commit)
    add_row(subject, work)
    trace = [PROGRAM, "-C", subject, "trace", FIRST]
    compare(f"Where the records of {commits:,} commits come from", {
        "git log --raw": ["git", "-C", subject, "log", "--raw", "main"],
        "opsledger, from nothing": ["env", "OPSLEDGER_CACHE=", *trace],
        "git log -p": ["git", "-C", subject, "log", "-p", "main"]})
    subprocess.run(["env", kept, *trace], check=True, capture_output=True)
    compare("With what was kept", {
        "opsledger, from nothing": ["env", "OPSLEDGER_CACHE=", *trace],
        "nothing new": ["env", kept, *trace],
        "one new commit": ["env", kept, PROGRAM, "-C", subject, "--at", "one", "trace", FIRST]})


def measure_build(work, commits, rows_a_commit):
    """rows_a_commit: the most that a commit adds."""
    subject = work / "build.git"
    synthetic_history(subject, commits, 2400, rows_a_commit)
    builds = {"opsledger build": "main", "the same without reports": "no-reports"}
    compare(f"A site of {commits:,} commits", {
        name: [PROGRAM, "-C", subject, "--at", branch, "build", "-o", work / branch]
        for name, branch in builds.items()}, times=1)
    for name, branch in builds.items():
        print(f"  {name}: {files_and_megabytes(work / branch)}")


def run(work):
    measure_trace(work, 20000, 230, 9)
    measure_build(work, 20000, 9)
