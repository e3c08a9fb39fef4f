#!/usr/bin/env python3
"""docs/requirements.md, second part: the report or article that is named for each D, R, P, M and S row
of the requirements says the words that are named."""
import functools
import os
import pathlib
import re
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import tap

ROOT = pathlib.Path(os.environ["ROOT"])


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


@functools.cache
def text_of(contract, place, which):
    if place.startswith("kb/"):
        return run("git", "-C", ROOT, "show", f"HEAD:{place}")
    return run(os.environ["OPSLEDGER"], "-C", ROOT, "report", place, "--contract", contract, "--period", which)


contract = None
for line in run("git", "-C", ROOT, "show", "HEAD:docs/requirements.md").partition("## What reports say of each row")[2].splitlines():
    if line.startswith("### "):
        contract = line.split(" · ")[1]
    row = re.fullmatch(r"\| ([A-E]-[DRPMS][0-9]+) \| .* \| `([^`]+)` ?(\S*) \| (.*) \|", line)
    if row:
        absent = [word for word in re.findall(r"`([^`]+)`", row[4]) if word not in text_of(contract, row[2], row[3])]
        tap.check(f"{row[1]} {row[2]} {row[3]}", [f"it does not say {word}" for word in absent])
tap.check("rows are read", tap.count < 60)
tap.done()
